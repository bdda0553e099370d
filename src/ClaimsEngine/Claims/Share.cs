using System.Numerics;

namespace ClaimsEngine.Claims;

/// <summary>What part of a benefit an heir is paid, as a positive fraction.</summary>
/// <param name="Numerator">1 to 1,000</param>
/// <param name="Denominator">1 to 1,000</param>
public sealed record Share(int Numerator, int Denominator)
{
    /// <summary>The largest numerator or denominator.</summary>
    public const int Most = 1_000;

    /// <summary>Whether the shares sum to exactly one, in whole-number arithmetic.</summary>
    public static bool SumToOne(IEnumerable<Share> shares)
    {
        var (sum, whole) = (BigInteger.Zero, BigInteger.One);
        foreach (var share in shares) (sum, whole) = (sum * share.Denominator + whole * share.Numerator, whole * share.Denominator);
        return sum == whole;
    }

    /// <summary>
    /// The amount in whole fen by these shares, in their order. Each gets its exact part rounded down; the fen that are left go one each to
    /// the largest remainders, and among equal remainders to the first in the list.
    /// </summary>
    /// <param name="amount">0.00 or more</param>
    /// <param name="shares">positive fractions that sum to one</param>
    public static IReadOnlyList<Money> Split(Money amount, IReadOnlyList<Share> shares)
    {
        var parts = shares.Select(share => Int128.DivRem((Int128)amount.Fen * share.Numerator, share.Denominator)).ToArray();
        var left = amount.Fen - parts.Sum(part => (long)part.Quotient);
        var remainders = Comparer<int>.Create((a, b) =>
            (parts[a].Remainder * shares[b].Denominator).CompareTo(parts[b].Remainder * shares[a].Denominator));
        var more = Enumerable.Range(0, shares.Count).OrderByDescending(place => place, remainders).Take((int)left).ToHashSet();
        return [.. parts.Select((part, place) => new Money((long)part.Quotient + (more.Contains(place) ? 1 : 0)))];
    }
}
