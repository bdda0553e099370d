using FluentValidation;

namespace ClaimsEngine.Notices;

/// <summary>An objection to a public notice is dismissed or upheld, by another person than who recorded it and who approved the claim, or
/// on whose behalf it was approved. Where it is upheld, the payout of the claim is not authorised.</summary>
/// <param name="Claim">whose approval is published</param>
/// <param name="Number">of the objection, from 1</param>
public sealed record DecideObjection(ClaimId Claim, int Number, ObjectionOutcome Outcome, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<DecideObjection>
    {
        public Validator()
        {
            RuleFor(c => c.Outcome).IsInEnum();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class DecideObjectionHandler
{
    public static Task<PublicNotice> LoadAsync(DecideObjection command, IUseCaseContext context) =>
        context.Get<PublicNotice>(PublicNoticeId.Of(command.Claim).Value);

    public static Decision Handle(DecideObjection command, PublicNotice notice, Actor by)
    {
        if (notice.Objections.FirstOrDefault(one => one.Number == command.Number) is not { } objection)
            return new Refusal(Refuse.UnknownObjection, $"the notice has {notice.Objections.Count} objections", "number");
        if (by.ActsAs(objection.By)) return Refuse.SamePerson(by, "recorded the objection", "decide it");
        if (by.ActsAs(notice.ApprovedBy, notice.ApprovedFor))
            return Refuse.SamePerson(by, "approved the claim", "decide an objection to it");
        if (objection.Outcome is { } decided)
            return decided == command.Outcome ? Decision.Nothing
                : new Refusal(Refuse.ObjectionDecided, $"the objection was {decided.ToString().ToLowerInvariant()}");
        return Decision.On(notice, command.Outcome == ObjectionOutcome.Upheld
            ? new ObjectionUpheld(command.Number, command.Reason, by.Id)
            : new ObjectionDismissed(command.Number, command.Reason, by.Id));
    }
}
