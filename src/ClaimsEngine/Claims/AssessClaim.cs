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
        return Handle(claim, enrolment!, plan!.Version(claim.PlanVersion)!, context.By);
    }

    public static Decision Handle(Claim claim, Enrolment enrolment, PlanVersion version, Actor by)
    {
        if (!claim.IsOpen) return Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed");
        if (claim.MissingDocuments is { Count: > 0 } missing) return new Refusal(Refuse.DocumentsMissing, $"missing: {string.Join(", ", missing)}");

        var facts = new CaseFacts(claim.Incident.Kind, claim.Incident.Date, enrolment.Units, enrolment.Used, claim.Incident.Grade);
        var (assessment, refusal) = Adjudication.Assess(version.Card, facts);
        if (refusal is not null) return refusal;
        if (claim.Assessment is { } earlier && earlier.Facts == facts && earlier.RuleHash == version.RuleHash && earlier.Interpreter == Adjudication.Interpreter)
            return Decision.Nothing;
        return Decision.On<Claim>(claim.StreamId, new ClaimAssessed(
            assessment!.Amount, facts, assessment.Steps, version.Number, version.RuleHash, Adjudication.Interpreter, by.Id));
    }
}
