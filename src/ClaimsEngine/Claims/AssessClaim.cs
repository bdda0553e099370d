using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>The engine computes what is payable, under the plan version bound to the certificate, never today's. It records which union
/// level may approve that, and how many people have to review it before.</summary>
public sealed record AssessClaim(ClaimId Claim) : Command;

public static class AssessClaimHandler
{
    public static Task<ClaimCase> LoadAsync(AssessClaim command, IUseCaseContext context) => ClaimCase.Of(command.Claim, context);

    public static Decision Handle(AssessClaim command, ClaimCase found, Actor by, LocalDate today)
    {
        var (claim, enrolment, _, version, _) = found;
        if (!claim.IsOpen) return claim.NotOpen();
        if (!enrolment.Covers(claim.Incident.Date)) return enrolment.NotInForce();
        if (claim.MissingDocuments is { Count: > 0 } missing)
            return new Refusal(Refuse.DocumentsMissing, $"missing: {string.Join(", ", missing)}");

        var facts = found.Facts();
        var (assessment, refusal) = Adjudication.Assess(version.Card, facts);
        if (refusal is not null) return refusal;
        var interpreter = Adjudication.InterpreterFor(version.Card);
        if (claim.Assessment is { } earlier && earlier.Facts.SameAs(facts) && earlier.RuleHash == version.RuleHash
            && earlier.Interpreter == interpreter)
            return Decision.Nothing;
        var (rules, amount) = (found.RulesOn(today), assessment!.Amount);
        var exempt = rules.SubmitAssess is not null && IsSecondHand(claim, by);
        if (exempt && !(amount <= rules.SubmitAssess!.ExemptUpTo))
            return Refuse.SamePerson(by, "submitted or reclassified the claim", "assess it");
        var ofPlan = version.Card.LevelFor(amount);
        var level = (UnionLevel)Math.Min((int)rules.LevelFor(amount), (int)(ofPlan ?? UnionLevel.District));
        var reviews = rules.ReviewsFor(amount);
        return Decision.On(claim, new ClaimAssessed(
            amount, facts, assessment.Steps, version.Number, version.RuleHash, interpreter, by.Id, assessment.Consumed,
            ofPlan, UntilDecided(claim, today), level, reviews > 0 ? reviews : null, exempt ? true : null));
    }

    private static bool IsSecondHand(Claim claim, Actor by) =>
        by.ActsAs(claim.SubmittedBy) || claim.Reclassifications.Any(reclassified => by.ActsAs(reclassified.By));

    /// <summary>Who assesses once more wins no time for the decision. A claim from before deadlines were kept goes on without.</summary>
    private static Deadline? UntilDecided(Claim claim, LocalDate today) => claim.Deadline switch
    {
        null or { Step: ClaimStep.Decision } => claim.Deadline,
        _ => Deadline.For(ClaimStep.Decision, claim.Region, today),
    };
}
