using System.Globalization;

namespace ClaimsEngine.Benchmarks;

/// <summary>One measured number, as it is published.</summary>
/// <param name="Peer">the same work as Marten's and Wolverine's documentation shows it, in the same run; null where there is none</param>
/// <param name="Raw">the same rows by nothing but PostgreSQL's own means, in the same run; null where there is none</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Peer = null, double? Raw = null)
{
    public string Json => $$"""{"name":"{{Name}}","value":{{Text(Value)}},"unit":"{{Unit}}","peer":{{Text(Peer)}},"raw":{{Text(Raw)}}}""";

    /// <summary>Four significant digits: more would pretend a precision that a shared machine does not have.</summary>
    private static string Text(double? number)
    {
        if (number is not { } value) return "null";
        var digits = value == 0 ? 0 : Math.Max(0, 3 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value, Math.Min(digits, 15)).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Something that is measured at once and gives one figure or several.</summary>
/// <param name="Name">of its first figure; the others' names begin with it, or stand in its help text</param>
internal sealed record Measurement(string Name, Func<Workbench, Task<IReadOnlyList<Figure>>> Measure)
{
    /// <summary>A single figure with its peers: the medians of rounds in which one follows the other, so that all of them meet the same
    /// neighbours.</summary>
    /// <param name="ours">one round</param>
    /// <param name="peer">one round of the peer</param>
    /// <param name="raw">one round by PostgreSQL's own means</param>
    public static async Task<Figure> Compare(
        Workbench bench, string name, string unit,
        Func<int, Task<double>> ours, Func<int, Task<double>>? peer = null, Func<int, Task<double>>? raw = null)
    {
        var (mine, peers, raws) = (new double[bench.Rounds], new double[bench.Rounds], new double[bench.Rounds]);
        for (var round = 0; round < bench.Rounds; round++)
        {
            mine[round] = await ours(round);
            if (peer is not null) peers[round] = await peer(round);
            if (raw is not null) raws[round] = await raw(round);
        }
        return new Figure(
            name, Median(name, unit, mine), unit,
            peer is null ? null : Median($"{name}, peer", unit, peers),
            raw is null ? null : Median($"{name}, raw", unit, raws));
    }

    /// <summary>The median; all rounds are told to whoever watches.</summary>
    public static double Median(string name, string unit, params double[] rounds)
    {
        var all = rounds.Select(value => value.ToString("#,0.###", CultureInfo.InvariantCulture));
        System.Console.Error.WriteLine($"{name}: {string.Join("  ", all)} {unit}");
        return Percentile(rounds, 50);
    }

    /// <summary>
    /// The value that so many of a hundred do not exceed. The 50th of an even number of values is the mean of the two in the middle.
    /// </summary>
    public static double Percentile(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return percent == 50 ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2
            : sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    public bool IsWanted(string? only) => only is null || Name == only || Name.StartsWith(only + ".", StringComparison.Ordinal);
}
