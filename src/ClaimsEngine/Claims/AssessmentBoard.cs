using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>The last assessment of every claim with its facts, for what-ifs; none while it is to be assessed anew. Facts
/// of an illness or accident, and no names.</summary>
public sealed record AssessmentRow(
    [property: Column("assessed by the engine, in fen")] Money Amount,
    [property: Column("what the rules were asked with"), JsonColumn] CaseFacts Facts,
    [property: Column("what an approval uses up besides money; null is nothing"), JsonColumn] Consumption? Consumed);

public static class AssessmentBoard
{
    public static readonly ReadModel<AssessmentRow> Model = new(
        "assessments", "Last assessment of every claim with its facts; no names, but facts of illness: not for everybody", Claim.StreamType,
        Evolve);

    public static AssessmentRow? Evolve(AssessmentRow? row, RecordedEvent recorded) =>
        recorded.Data switch
        {
            ClaimAssessed e => new AssessmentRow(e.Amount, e.Facts, e.Consumed),
            ClaimReclassified or RefusalReversed or ClaimReopened => null,   // it is to be assessed anew
            _ => row,
        };
}
