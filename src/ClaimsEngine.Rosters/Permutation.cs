namespace ClaimsEngine.Rosters;

/// <summary>
/// A shuffle of the numbers below <paramref name="size"/> that holds none of them: a Feistel network over the next power of four, walked
/// until it falls into the range. The same seed is the same shuffle on every machine and version.
/// </summary>
public readonly struct Permutation(ulong size, ulong seed)
{
    private const int Rounds = 4;

    private readonly int halfBits = Math.Max(1, (65 - System.Numerics.BitOperations.LeadingZeroCount(Math.Max(size, 2) - 1)) / 2);

    /// <param name="index">below the size; no two give the same</param>
    public ulong this[ulong index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
            do index = Shuffle(index);
            while (index >= size);
            return index;
        }
    }

    private ulong Shuffle(ulong value)
    {
        var mask = (1UL << halfBits) - 1;
        ulong left = value >> halfBits, right = value & mask;
        for (var round = 0; round < Rounds; round++) (left, right) = (right, left ^ (Scramble.Of(seed, (ulong)round, right) & mask));
        return left << halfBits | right;
    }
}

/// <summary>A number that follows from others and looks like chance (SplitMix64's finaliser), so that sample data needs no state.</summary>
internal static class Scramble
{
    public static ulong Of(ulong seed, ulong stream, ulong index)
    {
        var mixed = seed + 0x9E3779B97F4A7C15UL * (stream + 1);
        mixed = Mix(mixed) + index * 0xD1342543DE82EF95UL;
        return Mix(mixed);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ value >> 27) * 0x94D049BB133111EBUL;
        return value ^ value >> 31;
    }
}
