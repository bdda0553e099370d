using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A recorded assessment beside the same computed again from its recorded facts, under the rules then in force.</summary>
/// <param name="Identical">both serialise to the same bytes, and the card still has the hash that was recorded</param>
/// <param name="Recomputed">null where the card or the interpreter is gone, or has no answer any more</param>
public sealed record DecisionReplay(
    bool Identical, ReplayedAssessment Recorded, ReplayedAssessment? Recomputed, string RuleHash, int PlanVersion, string Interpreter)
{
    /// <summary>Null where nothing has been assessed: there is nothing to compute again, and nothing that could be identical.</summary>
    public static DecisionReplay? Of(Claim claim, Plan plan) => claim.Assessment is { } recorded ? Of(recorded, plan) : null;

    /// <summary>The same of any assessment, the last one or one that was replaced.</summary>
    /// <param name="plan">whose rules it was computed by</param>
    public static DecisionReplay Of(ClaimAssessed recorded, Plan plan)
    {
        var version = plan.Version(recorded.PlanVersion);
        var before = new ReplayedAssessment(recorded.Amount, recorded.Steps, recorded.Consumed);
        var again = version is not null && Adjudication.Knows(recorded.Interpreter)
            && Adjudication.Assess(recorded.Interpreter, version.Card, recorded.Facts).Assessment is { } assessment
            ? new ReplayedAssessment(assessment.Amount, assessment.Steps, assessment.Consumed) : null;
        var identical = again is not null && version!.RuleHash == recorded.RuleHash && CardReading.Hash(version.Json) == recorded.RuleHash
            && Bytes(before).SequenceEqual(Bytes(again));
        return new(identical, before, again, recorded.RuleHash, recorded.PlanVersion, recorded.Interpreter);
    }

    private static byte[] Bytes(ReplayedAssessment assessment) => JsonSerializer.SerializeToUtf8Bytes(assessment, ClaimsJson.Options);
}

/// <param name="Consumed">what it uses up besides money; null is nothing</param>
public sealed record ReplayedAssessment(Money AssessedAmount, IReadOnlyList<Step> Steps, Consumption? Consumed = null);
