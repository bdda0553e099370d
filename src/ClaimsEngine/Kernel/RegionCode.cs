using System.Collections.Frozen;

namespace ClaimsEngine.Kernel;

/// <summary>
/// A place in the administrative division of China, GB/T 2260, as the shortest prefix that names it: <c>62</c> Gansu, <c>6206</c> Wuwei,
/// <c>620602</c> Liangzhou; empty is the whole country. A union level is the same thing: province, city, district.
/// </summary>
public readonly record struct RegionCode : ITextValue<RegionCode>
{
    private static readonly FrozenDictionary<string, string> Names = EmbeddedData.Lines("gbt2260.csv")
        .Select(line => line.Split(','))
        .ToFrozenDictionary(cells => Shorten(cells[0]), cells => cells[1]);

    public static readonly RegionCode National = new("");

    private readonly string? value;

    private RegionCode(string value) => this.value = value;

    public string Value => value ?? "";

    /// <summary>The union level: 0 national, 1 province, 2 city, 3 district.</summary>
    public int Level => Value.Length / 2;

    /// <summary>Two digits, or <c>00</c> for the whole country.</summary>
    public string Province => Value.Length >= 2 ? Value[..2] : "00";

    /// <summary>Chinese name of the place itself, without those above it: <c>凉州区</c>.</summary>
    public string Name => Value.Length == 0 ? "全国" : Names[Value];

    /// <summary>Whether <paramref name="other"/> is this place or lies in it.</summary>
    public bool Contains(RegionCode other) => other.Value.StartsWith(Value, StringComparison.Ordinal);

    /// <summary>The smallest place that holds both; of two districts of a municipality it is the municipality.</summary>
    public static RegionCode Shared(RegionCode a, RegionCode b)
    {
        while (!a.Contains(b)) a = a.Above();
        return a;
    }

    /// <summary>The codes of this place and of all below it.</summary>
    public IEnumerable<string> Codes()
    {
        var above = Value;
        return Names.Keys.Where(code => code.StartsWith(above, StringComparison.Ordinal));
    }

    /// <summary>The name with those above it: <c>甘肃省武威市凉州区</c>. Of the whole country its own.</summary>
    public string FullName => Level > 0 && Above() is { Level: > 0 } above ? above.FullName + Name : Name;

    /// <summary>The place that holds this one; the whole country holds a province, and itself.</summary>
    public RegionCode Above()
    {
        if (Value.Length == 0) return this;
        var above = Value[..^2];
        while (above.Length > 0 && !Names.ContainsKey(above)) above = above[..^2];
        return new RegionCode(above);
    }

    public override string ToString() => Value;

    /// <summary>Accepts the full code (<c>620600</c>) or its prefix (<c>6206</c>), both of one place; empty is the whole country.</summary>
    public static bool TryParse(string text, out RegionCode region, out string error)
    {
        error = $"'{text}' is no region of GB/T 2260 (a code of 6 digits or its prefix of 2 or 4)";
        var code = Shorten(text);
        region = new RegionCode(code);
        return code.Length == 0 ? text.Length == 0 : Names.ContainsKey(code);
    }

    public static RegionCode Of(string text) => TryParse(text, out var region, out var error) ? region : throw new FormatException(error);

    private static string Shorten(string code) =>
        code.Length == 6 && code.EndsWith("0000", StringComparison.Ordinal) ? code[..2]
        : code.Length == 6 && code.EndsWith("00", StringComparison.Ordinal) ? code[..4]
        : code;
}
