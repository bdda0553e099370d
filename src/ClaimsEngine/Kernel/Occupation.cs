using System.Collections.Frozen;

namespace ClaimsEngine.Kernel;

/// <summary>An occupation by its code, <c>truckDriver</c>, or its Chinese name, 货车司机. <c>seeds/occupations</c> lists them.</summary>
public readonly record struct Occupation : ITextValue<Occupation>
{
    private static readonly FrozenDictionary<string, string> ChineseNames = EmbeddedData.Lines("occupations.csv")
        .Select(line => line.Split(','))
        .ToFrozenDictionary(cells => cells[0], cells => cells[1]);

    private static readonly FrozenSet<string> HighRisk = EmbeddedData.Lines("occupations.csv")
        .Select(line => line.Split(',')).Where(cells => cells is [_, _, "high"]).Select(cells => cells[0]).ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Codes = ChineseNames.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private readonly string? code;

    private Occupation(string code) => this.code = code;

    public string Code => code ?? "worker";
    public string ChineseName => ChineseNames[Code];

    /// <summary>Work that plans price as high risk: underground mining, tunnelling (CCEIA 2011).</summary>
    public bool IsHighRisk => HighRisk.Contains(Code);

    public static IEnumerable<Occupation> All => ChineseNames.Keys.Order(StringComparer.Ordinal).Select(code => new Occupation(code));

    public override string ToString() => Code;

    public static bool TryParse(string text, out Occupation occupation, out string error)
    {
        error = $"'{text}' is no known occupation";
        occupation = new Occupation(Codes.GetValueOrDefault(text, text));
        return ChineseNames.ContainsKey(occupation.Code);
    }

    public static Occupation Of(string text) =>
        TryParse(text, out var occupation, out var error) ? occupation : throw new FormatException(error);
}
