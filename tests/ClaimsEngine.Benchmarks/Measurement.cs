using System.Globalization;

namespace ClaimsEngine.Benchmarks;

/// <summary>One measured number, as it is published.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    /// <summary>Four significant digits: more would pretend a precision that a shared machine does not have.</summary>
    public string Json
    {
        get
        {
            var digits = Value == 0 ? 0 : Math.Max(0, 3 - (int)Math.Floor(Math.Log10(Math.Abs(Value))));
            return $$"""{"name":"{{Name}}","value":{{Math.Round(Value, Math.Min(digits, 15)).ToString(CultureInfo.InvariantCulture)}},"unit":"{{Unit}}"}""";
        }
    }
}

/// <summary>Something that is measured at once and gives one figure or several.</summary>
/// <param name="Name">of its first figure; the others' names begin with it</param>
internal sealed record Measurement(string Name, Func<Workbench, Task<IReadOnlyList<Figure>>> Measure)
{
    /// <summary>A single figure: the median of the rounds.</summary>
    public static Measurement Of(string name, string unit, Func<Workbench, Task<double[]>> rounds) =>
        new(name, async bench => [Median(name, unit, await rounds(bench))]);

    /// <summary>The median, and all rounds for whoever watches.</summary>
    public static Figure Median(string name, string unit, params double[] rounds)
    {
        var sorted = rounds.Order().ToArray();
        Console.Error.WriteLine($"{name}: {string.Join("  ", rounds.Select(value => value.ToString("#,0.###", CultureInfo.InvariantCulture)))} {unit}");
        return new Figure(name, (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, unit);
    }

    public bool IsWanted(string? only) => only is null || Name == only || Name.StartsWith(only + ".", StringComparison.Ordinal);
}
