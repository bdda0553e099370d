using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClaimsEngine.Claims;

/// <summary>Which approved claims get a second look. An organiser's setting.</summary>
/// <param name="Key">changes with each period, and so what is drawn; the file of rules with another key is another version</param>
/// <param name="Share">per mille of all approved claims, 0 to 1000</param>
/// <param name="Risk">higher shares for some claims; the highest that applies holds</param>
public sealed record Sampling(string Key, int Share, IReadOnlyList<RiskShare>? Risk = null);

/// <summary>A share for claims with one risk. Exactly one of the three says which.</summary>
/// <param name="Flag">claims with this flag (<see cref="ClaimFlags"/>)</param>
/// <param name="Over">claims of which more than this is approved</param>
/// <param name="StraightThrough">true for claims that the engine itself approves</param>
/// <param name="Share">per mille, 0 to 1000</param>
public sealed record RiskShare(int Share, string? Flag = null, Money? Over = null, bool StraightThrough = false)
{
    /// <summary>The name of the rule where it applies; null where it does not.</summary>
    internal string? ReasonFor(Claim claim, Money approved, string approver) =>
        Flag is { } flag && claim.Flags?.Contains(flag) == true ? flag
        : approved > Over ? "over-amount"
        : StraightThrough && approver == EngineActors.OneClick ? "straight-through" : null;
}

/// <summary>
/// Whether an approved claim gets a second look. The number is a pure function of the claim's id, the rules and their key, so that an
/// auditor draws the same again. Nobody chooses the id of a claim.
/// </summary>
/// <param name="Number">0 to 999; below <paramref name="PerMille"/> the claim is drawn</param>
/// <param name="PerMille">the highest share that applies</param>
/// <param name="Reasons">every rule that applies, whatever its share above 0</param>
public sealed record Draw(string Rules, string Key, int Number, int PerMille, IReadOnlyList<string> Reasons)
{
    /// <summary>Of everything there is.</summary>
    public const int All = 1000;

    public bool Drawn => Number < PerMille;

    /// <param name="approved">the amount</param>
    /// <param name="approver">who approves: the engine has a name of its own</param>
    public static Draw Of(Claim claim, Money approved, string approver, HandlingRules rules)
    {
        var sampling = rules.Sampling ?? new Sampling("", 0);
        var shares = new List<(string Reason, int PerMille)> { ("random", sampling.Share) };
        // whatever the organiser says: an exemption from four eyes is always looked at once more
        if (claim.FourEyesExempt) shares.Add((ClaimFlags.FourEyesExempt, All));
        foreach (var risk in sampling.Risk ?? [])
            if (risk.ReasonFor(claim, approved, approver) is { } reason) shares.Add((reason, risk.Share));
        shares.RemoveAll(share => share.PerMille == 0);
        return new Draw(rules.Name, sampling.Key, NumberOf(claim.Id, rules.Name, sampling.Key),
            shares.Select(share => share.PerMille).DefaultIfEmpty(0).Max(), [.. shares.Select(share => share.Reason).Distinct()]);
    }

    /// <summary>The first 8 bytes of SHA-256 over <c>claims-engine/second-look/KEY/RULES/CLAIM</c> as a big-endian number, modulo
    /// 1000.</summary>
    public static int NumberOf(ClaimId claim, string rules, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"claims-engine/second-look/{key}/{rules}/{claim}"), hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % All);
    }

    public ClaimSampled Recorded(Actor by) => new(Rules, Key, Number, PerMille, Reasons, by.Id);
}

/// <summary>A draw repeated for an auditor.</summary>
/// <param name="Draw">from the claim as it was approved, under the rules of the day of the approval</param>
/// <param name="Drawn">its outcome</param>
/// <param name="Recorded">what was recorded with the approval; null where the claim was not drawn</param>
/// <param name="Agrees">whether the outcome is the recorded one. A claim that was approved before claims were drawn, or under rules of a
/// past day, may differ</param>
public sealed record DrawView(Draw Draw, bool Drawn, ClaimSampled? Recorded, bool Agrees)
{
    /// <returns>null for a claim that is not approved</returns>
    /// <param name="events">of the claim, all of them</param>
    public static DrawView? Of(Claim claim, IEnumerable<RecordedEvent> events)
    {
        if (claim is not { Status: ClaimStatus.Approved, Outcome: { Amount: { } amount } outcome }) return null;
        var approval = events.Last(recorded => recorded.Data is ClaimApproved);
        var draw = Draw.Of(claim, amount, outcome.By, HandlingRules.For(claim.Region, approval.RecordedAt.Date()));
        return new DrawView(draw, draw.Drawn, claim.Sampled, draw.Drawn == (claim.Sampled is not null));
    }
}
