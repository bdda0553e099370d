using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.AuditPacks;

/// <summary>
/// The match of a pack: what was decided is what was ordered, what the payouts say of the bank is what the bank said, and assessments come
/// out the same. A pair that matches is forgotten, so that what is left are the differences. A claim or a payout that waits for its other
/// side takes some 40 bytes.
/// </summary>
public sealed class PackMatch
{
    /// <summary>Differences of a kind that are named at most.</summary>
    public const int Most = 20;

    private readonly Dictionary<ClaimId, Money> decided = [];
    private readonly Dictionary<PayoutId, ulong> reported = [];
    private readonly List<string> recomputed = [];

    /// <summary>Assessments that came out otherwise when they were computed again, in words.</summary>
    public IReadOnlyList<string> Recomputed => recomputed;

    /// <summary>Claims whose payouts do not add up to what was approved, in words.</summary>
    public IEnumerable<string> DecisionsAgainstPayouts() => decided.Take(Most).Select(claim => claim.Value.IsPositive
        ? $"claim {claim.Key}: {claim.Value} yuan of what was approved were not ordered to be paid"
        : $"claim {claim.Key}: {Money.Zero - claim.Value} yuan more were ordered than approved");

    /// <summary>Payouts whose result is not the bank's, in words.</summary>
    public IEnumerable<string> PayoutsAgainstBank() => reported.Keys.Take(Most)
        .Select(payout => $"payout {payout}: the results of its batch do not say what it says of the bank's transfer");

    internal void Differs(string difference)
    {
        if (recomputed.Count < Most) recomputed.Add(difference);
    }

    internal void Decided(ClaimId claim, Money approved)
    {
        if (approved.IsPositive) decided[claim] = approved;
    }

    /// <summary>A payout of which the claim stands in the books of another year (both were recorded before plan years were kept) is left
    /// out.</summary>
    internal void Ordered(ClaimId claim, Money amount)
    {
        if (!decided.TryGetValue(claim, out var left)) return;
        if (left == amount) decided.Remove(claim);
        else decided[claim] = left - amount;
    }

    internal void Reported(PaymentBatchId? batch, PaymentResult result, Money amount) =>
        reported[result.PayoutId] = Fingerprint(batch, result, amount);

    /// <summary>A line of another plan's payout in the same batch is left out.</summary>
    internal void ByBank(PaymentBatchId batch, PaymentResult result, Money amount)
    {
        if (reported.TryGetValue(result.PayoutId, out var known) && known == Fingerprint(batch, result, amount))
            reported.Remove(result.PayoutId);
    }

    private static ulong Fingerprint(PaymentBatchId? batch, PaymentResult result, Money amount)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{batch}/{result.Outcome}/{amount.Fen}/{result.BankReference}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
