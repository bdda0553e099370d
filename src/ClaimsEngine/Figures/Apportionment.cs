using System.Numerics;

namespace ClaimsEngine.Figures;

/// <summary>Splits a whole number so that nothing is lost: each part is rounded down, and what is left goes one each to the largest
/// remainders; among equal remainders to the first in the list.</summary>
public static class Apportionment
{
    /// <param name="total">0 or more</param>
    /// <param name="weights">0 or more each, not all 0</param>
    /// <returns>parts in the order of the weights, which sum to the total</returns>
    /// <exception cref="ArgumentException">The weights give nobody a part.</exception>
    public static IReadOnlyList<long> Split(long total, IReadOnlyList<long> weights)
    {
        var all = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
        if (all.Sign <= 0) throw new ArgumentException("no weight is above 0", nameof(weights));
        var parts = new long[weights.Count];
        var remainders = new BigInteger[weights.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = (long)BigInteger.DivRem((BigInteger)total * weights[i], all, out remainders[i]);
        var left = (int)(total - parts.Sum());
        foreach (var place in Enumerable.Range(0, parts.Length).OrderByDescending(place => remainders[place]).Take(left)) parts[place]++;
        return parts;
    }

    /// <summary>What each payer bears of an amount by the payers' shares. It is an attribution: the money itself comes from one
    /// account.</summary>
    /// <param name="amount">0.00 or more</param>
    /// <param name="shares">of a contribution, not all 0.00</param>
    public static IReadOnlyList<Money> Split(Money amount, IReadOnlyList<Money> shares) =>
        [.. Split(amount.Fen, [.. shares.Select(share => share.Fen)]).Select(fen => new Money(fen))];

    /// <summary>Each part's share of the whole in per cent with two places; together 100.00. Null for each where the whole is
    /// 0.</summary>
    public static IReadOnlyList<string?> Percentages(IReadOnlyList<long> parts) => parts.All(part => part == 0)
        ? [.. parts.Select(_ => (string?)null)]
        : [.. Split(100_00, parts).Select(part => new Money(part).ToString())];
}
