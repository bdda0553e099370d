using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.Claims;
using ClaimsEngine.Plans;

namespace ClaimsEngine.AuditPacks;

/// <summary>A decision of the sample, with all that is needed to compute it again by hand.</summary>
/// <param name="Because"><c>over</c>: its amount is above the limit; <c>drawn</c>; or <c>least</c>: it fills the sample up</param>
/// <param name="Draw">16 hexadecimal digits (<see cref="PackSample.DrawOf"/>)</param>
/// <param name="Facts">that the assessment rested on</param>
/// <param name="Steps">as they were recorded</param>
/// <param name="Recomputed">from the facts and the card; null where there is no answer any more</param>
/// <param name="Identical">amount, steps and what is used up are the same to the byte, and the card has the recorded hash</param>
/// <param name="Approved">null where nothing was approved</param>
public sealed record SampledDecision(
    ClaimId Claim, string Number, RegionCode Region, IncidentKind Kind, string Because, string Draw, int PlanVersion, string RuleHash,
    string Interpreter, CaseFacts Facts, Money Assessed, IReadOnlyList<Step> Steps, Consumption? Consumed, Money? Recomputed,
    bool Identical, ClaimStatus Status, Money? Approved, string AssessedBy, string? DecidedBy);

/// <summary>
/// Which decisions are in the sample: those above the limit, those that are drawn, and of a small plan as many more as make the least
/// number. The draw is a pure function of seed and claim, so that anybody draws the same again. Nobody chooses the id of a claim.
/// </summary>
public sealed class PackSample(PackOrder order)
{
    public const string Over = "over", Drawn = "drawn", Least = "least";

    private readonly SortedList<(ulong Draw, ClaimId Claim), SampledDecision> next =
        new(Comparer<(ulong Draw, ClaimId Claim)>.Create((a, b) =>
            a.Draw != b.Draw ? a.Draw.CompareTo(b.Draw) : a.Claim.Value.CompareTo(b.Claim.Value)));
    private int drawn;

    /// <summary>The first 8 bytes of SHA-256 over <c>claims-engine/audit-pack/SEED/CLAIM</c> as a big-endian number. A claim is drawn when
    /// this number modulo 1000 is below the share.</summary>
    public static ulong DrawOf(string seed, ClaimId claim)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"claims-engine/audit-pack/{seed}/{claim}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Whether the claim is in the sample; if it may still be needed to make the least number, it is kept in mind.</summary>
    /// <param name="replay">of its last assessment</param>
    public SampledDecision? Take(Claim claim, ClaimAssessed assessed, DecisionReplay replay)
    {
        var draw = DrawOf(order.Seed, claim.Id);
        var isDrawn = draw % 1000 < (ulong)order.Share;
        if (isDrawn) drawn++;
        var decision = new SampledDecision(
            claim.Id, claim.Number, claim.Region, claim.Incident.Kind, assessed.Amount > order.AllOver ? Over : isDrawn ? Drawn : Least,
            draw.ToString("x16"), assessed.PlanVersion, assessed.RuleHash, assessed.Interpreter, assessed.Facts, assessed.Amount,
            assessed.Steps, assessed.Consumed, replay.Recomputed?.AssessedAmount, replay.Identical, claim.Status, claim.Outcome?.Amount,
            assessed.By, claim.Outcome?.By);
        if (decision.Because != Least) return decision;
        next.Add((draw, claim.Id), decision);
        if (next.Count > order.Least) next.RemoveAt(next.Count - 1);
        return null;
    }

    /// <summary>What fills the sample up to its least number, by rising draw.</summary>
    public IEnumerable<SampledDecision> Rest() => next.Values.Take(Math.Max(0, order.Least - drawn));
}
