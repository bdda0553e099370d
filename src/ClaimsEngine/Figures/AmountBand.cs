namespace ClaimsEngine.Figures;

/// <summary>
/// Amounts that begin with the same two digits: 1,000.00 to 1,099.99, 1,100.00 to 1,199.99. Counts are kept by band, so that a median or a
/// distribution is found from few counts and the rows of one band.
/// </summary>
public static class AmountBand
{
    /// <summary>The lowest amount of the band: the first two digits in fen, the others zero. Below 1.00 each amount is a band of its
    /// own.</summary>
    /// <param name="amount">0.00 or more</param>
    public static Money Of(Money amount) => new(amount.Fen - amount.Fen % Step(amount.Fen));

    /// <summary>The lowest amount that is above the band.</summary>
    /// <param name="band">the lowest amount of it</param>
    public static Money Above(Money band) => new(band.Fen + Step(band.Fen));

    private static long Step(long fen)
    {
        var step = 1L;
        while (fen / step >= 100) step *= 10;
        return step;
    }

    /// <summary>Where the median is: of an even number the lower of the two middle values, so that it is an amount that was really
    /// granted.</summary>
    /// <param name="bands">the lowest amount of each band and how many are in it, in ascending order</param>
    /// <returns>the band, and which of its amounts in ascending order it is, counted from 0; null where there is nothing</returns>
    public static (Money Band, long Place)? Median(IEnumerable<(Money Band, long Count)> bands)
    {
        var known = bands.ToArray();
        var before = (known.Sum(band => band.Count) - 1) / 2;   // so many stand before it
        foreach (var (band, count) in known)
        {
            if (before < count) return (band, before);
            before -= count;
        }
        return null;
    }
}
