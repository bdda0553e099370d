using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// The office corrects what the incident of an open claim is: a mild illness was severe (Yingcheng, S33), the grade is another, or the
/// kind. The same is asked of it as of a new claim, but for the time to apply: that was kept. The claim is then assessed anew.
/// </summary>
/// <param name="Incident">as a whole, as it is now known</param>
public sealed record ReclassifyClaim(ClaimId Claim, Incident Incident, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReclassifyClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Incident).AgreesWithItself();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ReclassifyClaimHandler
{
    public static async Task<(Claim, IncidentRules)> LoadAsync(ReclassifyClaim command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        await context.Look([
            claim.Enrolment.Value, PlanId.Of(claim.Plan).Value, BenefitAccount.IdOf(claim.Member), .. ClaimView.PeopleOf(claim)]);
        var version = await Plan.BoundVersion(context, claim.Plan, claim.PlanVersion);
        return (claim, new IncidentRules(
            await context.Get<Enrolment>(claim.Enrolment.Value), version.Card, await context.Get<Person>(claim.Member.Value),
            await IncidentRules.DeathUnder(claim.Enrolment, context),
            await MembersClaims.Of(claim.Member, context)));
    }

    public static Decision Handle(ReclassifyClaim command, Claim claim, IncidentRules rules, Actor by, LocalDate today)
    {
        var incident = command.Incident;
        if (!claim.IsOpen) return claim.NotOpen();
        if (incident.SameAs(claim.Incident)) return Decision.Nothing;
        if (incident.IsDeath != claim.Incident.IsDeath)
            return new Refusal(Refuse.PayeeWouldChange,
                "a living member is paid and after a death the claimant: withdraw this claim and submit it anew", "incident.kind");
        if (rules.Broken(incident, today) is { } broken) return broken;

        var papers = rules.Card.Documents[incident.Kind];
        // who is paid, and to which account, stays as it is: so does the paper about another person's account
        IReadOnlyList<string> required =
            claim.RequiredDocuments.Contains(OtherHolder.Paper) ? [.. papers.Union([OtherHolder.Paper])] : papers;
        var after = claim.As(incident, required);
        var missing = after.MissingDocuments;
        var resembles = Likeness.Of(incident, claim.Receipts, claim.Id, claim.Occurrence, rules.Others?.Claims ?? []);
        var flags = ClaimFlags.Of(incident, rules.Enrolment, resembles);
        if (claim.FourEyesExempt) flags = ClaimFlags.With(flags, ClaimFlags.FourEyesExempt);
        var (held, wanted) = (Claim.IncidentKeys(claim.Enrolment, claim.Incident), Claim.IncidentKeys(claim.Enrolment, incident));
        var reclassified = Decision.On(claim, new ClaimReclassified(
            claim.Incident, incident, required, missing, command.Reason, by.Id, flags, Next(after, missing, today), resembles));
        var decision = Claim.Holding(rules.Others?.Under(reclassified) ?? reclassified, claim.Id,
            wanted.Except(held), incident.TakenField());
        return held.Except(wanted).Aggregate(decision, (before, key) => before.Releasing(key, claim.StreamId));
    }

    /// <summary>
    /// The step that the claim then waits for. Who reclassifies wins no time for a step that goes on. The claimant goes on to answer only
    /// if everything that is missing was asked for. A claim from before deadlines were kept goes on without.
    /// </summary>
    private static Deadline? Next(Claim after, IReadOnlyList<string> missing, LocalDate today) => after.Deadline switch
    {
        null => null,
        { Step: ClaimStep.Supplement } open when missing.Count > 0 && missing.All(after.Asked.Contains) => open,
        { Step: ClaimStep.Check } open when missing.Count > 0 => open,
        _ when missing.Count > 0 => Deadline.For(ClaimStep.Check, after.Region, today),
        { Step: ClaimStep.Assessment } running => running,
        { Step: ClaimStep.Supplement } when after.Supplement is { Stopped: { } step, Left: { } left } =>
            Deadline.For(step, after.Region, today, left),
        _ => Deadline.For(ClaimStep.Assessment, after.Region, today),
    };
}
