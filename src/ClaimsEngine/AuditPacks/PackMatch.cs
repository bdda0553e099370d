using ClaimsEngine.Payouts;

namespace ClaimsEngine.AuditPacks;

/// <summary>
/// The three-way match of a pack: what was decided is what was ordered, and what the payouts say of the bank is what the bank said. A pair
/// that matches is forgotten, so that what is left are the differences. It keeps some 100 bytes for a claim or payout that waits for its
/// other side.
/// </summary>
public sealed class PackMatch
{
    /// <summary>Differences that are named at most.</summary>
    public const int Most = 20;

    private readonly Dictionary<ClaimId, (string Number, Money Left)> decided = [];
    private readonly Dictionary<PayoutId, (PaymentBatchId? Batch, PaymentResult Result, Money Amount)> reported = [];
    private readonly List<string> differences = [];

    /// <summary>Assessments that came out otherwise when they were computed again, in words.</summary>
    public IReadOnlyList<string> Recomputed => differences;

    internal void Differs(string difference)
    {
        if (differences.Count < Most) differences.Add(difference);
    }

    internal void Decided(ClaimId claim, string number, Money approved)
    {
        if (approved.IsPositive) decided[claim] = (number, approved);
    }

    /// <summary>A payout of which the claim stands in the books of another year (both were recorded before plan years were kept) is left
    /// out.</summary>
    internal void Ordered(ClaimId claim, Money amount)
    {
        if (!decided.TryGetValue(claim, out var known)) return;
        if (known.Left == amount) decided.Remove(claim);
        else decided[claim] = known with { Left = known.Left - amount };
    }

    internal void Reported(PaymentBatchId? batch, PaymentResult result, Money amount) =>
        reported[result.PayoutId] = (batch, result, amount);

    /// <summary>A line of another plan's payout in the same batch is left out.</summary>
    internal void Told(PaymentBatchId batch, PaymentResult result, Money amount)
    {
        if (reported.TryGetValue(result.PayoutId, out var known) && known == (batch, result, amount)) reported.Remove(result.PayoutId);
    }

    /// <summary>Claims whose payouts do not add up to what was approved, in words.</summary>
    public IEnumerable<string> DecisionsAgainstPayouts() => decided.Values.Take(Most)
        .Select(claim => claim.Left.IsPositive
            ? $"claim {claim.Number}: {claim.Left} yuan of what was approved were not ordered to be paid"
            : $"claim {claim.Number}: {Money.Zero - claim.Left} yuan more were ordered than approved");

    /// <summary>Payouts whose result is not the bank's, in words.</summary>
    public IEnumerable<string> PayoutsAgainstBank() => reported.Take(Most).Select(payout =>
        $"payout {payout.Key}: {payout.Value.Result.Outcome.ToString().ToLowerInvariant()} with {payout.Value.Amount} yuan under "
        + $"{payout.Value.Result.BankReference}; the results of its batch do not say so");
}
