using ClaimsEngine.Enrolments;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>The claimant takes the claim back before it is decided.</summary>
public sealed record WithdrawClaim(ClaimId Claim, string Reason) : Command, IAssistable
{
    public sealed class Validator : AbstractValidator<WithdrawClaim>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class WithdrawClaimHandler
{
    public static async Task<(Claim, Enrolment)> LoadAsync(WithdrawClaim command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await context.Get<Enrolment>(claim.Enrolment.Value));
    }

    public static Decision Handle(WithdrawClaim command, Claim claim, Enrolment enrolment, Actor by, LocalDate today) => claim switch
    {
        { Status: ClaimStatus.Withdrawn } => Decision.Nothing,
        { IsOpen: false } => claim.NotOpen(),
        _ => claim.EndedBy(new ClaimWithdrawn(command.Reason, by.Id, today), enrolment, by),
    };
}
