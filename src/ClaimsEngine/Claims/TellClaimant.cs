using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>Notes that a person of the office gave a notice, where no text message did, or beside it.</summary>
/// <param name="Notice">one about this claim</param>
public sealed record TellClaimant(ClaimId Claim, NoticeId Notice, ContactWay How) : Command
{
    public sealed class Validator : AbstractValidator<TellClaimant>
    {
        public Validator() => RuleFor(c => c.How).IsInEnum();
    }
}

public static class TellClaimantHandler
{
    /// <param name="Of">the claim that the notice is about; null when there is no such notice</param>
    public sealed record Case(Claim Claim, ClaimId? Of);

    public static async Task<Case> LoadAsync(TellClaimant command, IUseCaseContext context) =>
        new(await context.Get<Claim>(command.Claim.Value), await context.ClaimOfNotice(command.Notice));

    public static Decision Handle(TellClaimant command, Case found, Actor by) =>
        found.Of != found.Claim.Id ? Refuse.NotFound("notice of this claim")
        : found.Claim.Told.Contains(command.Notice) ? Decision.Nothing
        : Decision.On(found.Claim, new ClaimantInformed(command.Notice, command.How, by.Id));
}
