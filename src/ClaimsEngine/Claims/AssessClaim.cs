using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>The engine computes what is payable, under the plan version bound to the certificate, never today's.</summary>
public sealed record AssessClaim(ClaimId Claim);

public static class AssessClaimHandler
{
    public static async Task<Decision> Run(AssessClaim command, IUseCaseContext context)
    {
        if (await context.Find<Claim>(command.Claim.Value) is not { } claim) return Refuse.NotFound("claim");
        var enrolment = await context.FindAnywhere<Enrolment>(claim.Enrolment.Value);
        var plan = await context.Find<Plan>(PlanId.Of(claim.Plan).Value);
        var account = await context.FindAnywhere<BenefitAccount>(BenefitAccount.IdOf(claim.Member));
        return Handle(claim, enrolment!, account, plan!.Version(claim.PlanVersion)!, context.By);
    }

    /// <param name="account">what the member was granted under all enrolments; null is nothing</param>
    public static Decision Handle(Claim claim, Enrolment enrolment, BenefitAccount? account, PlanVersion version, Actor by)
    {
        if (!claim.IsOpen) return Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed");
        if (!enrolment.Covers(claim.Incident.Date)) return Enrolment.NotInForce(enrolment);
        if (claim.MissingDocuments is { Count: > 0 } missing) return new Refusal(Refuse.DocumentsMissing, $"missing: {string.Join(", ", missing)}");

        var facts = FactsOf(claim, enrolment, account, version.Card);
        var (assessment, refusal) = Adjudication.Assess(version.Card, facts);
        if (refusal is not null) return refusal;
        var interpreter = Adjudication.InterpreterFor(version.Card);
        if (claim.Assessment is { } earlier && earlier.Facts.SameAs(facts) && earlier.RuleHash == version.RuleHash && earlier.Interpreter == interpreter)
            return Decision.Nothing;
        return Decision.On<Claim>(claim.StreamId, new ClaimAssessed(
            assessment!.Amount, facts, assessment.Steps, version.Number, version.RuleHash, interpreter, by.Id, assessment.Consumed,
            version.Card.LevelFor(assessment.Amount)));
    }

    /// <summary>The facts as they stand now. Cards of format 1 read fewer, and what they were decided on keeps its form.</summary>
    internal static CaseFacts FactsOf(Claim claim, Enrolment enrolment, BenefitAccount? account, PlanCard card) => card.Format == 1
        ? new CaseFacts(claim.Incident.Kind, claim.Incident.Date, enrolment.Units, enrolment.Used, claim.Incident.Grade)
        : CaseFacts.Of(claim.Incident, enrolment.Units, enrolment.Used, enrolment.Cover, enrolment.CoverTier, BenefitAccount.CountersFor(enrolment, card, account));
}
