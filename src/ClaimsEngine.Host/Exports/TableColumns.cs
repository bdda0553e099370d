using System.Collections.Concurrent;
using System.Text.Json;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Host.Exports;

/// <summary>Makes columns of the domain's types, with their headings of <see cref="Headings"/>.</summary>
internal static class TableColumns
{
    private static readonly ConcurrentDictionary<string, string?> Places = [], Occupations = [];

    /// <param name="table">the read model's name, or that of a question</param>
    /// <param name="name">camelCase</param>
    /// <param name="type">of the values: an enum, a region and an occupation also get a column that says them in Chinese</param>
    /// <exception cref="KeyNotFoundException">There is no heading, or an enum without words.</exception>
    public static TableColumn Of(string table, string name, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return new TableColumn(name, Headings.Of(table, name), KindOf(plain), WordsOf(plain));
    }

    /// <summary>A column of <typeparamref name="T"/>.</summary>
    public static TableColumn Of<T>(string table, string name) => Of(table, name, typeof(T));

    /// <summary>A value as its column's kind has it: enums by their API names, ids and codes as text.</summary>
    public static object? Cell(object? value) => value switch
    {
        null or string or int or long or decimal or bool or Money or LocalDate or Instant => value,
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        _ => value.ToString(),
    };

    private static CellKind KindOf(Type type) =>
        type == typeof(Money) ? CellKind.Money
        : type == typeof(int) || type == typeof(long) ? CellKind.Number
        : type == typeof(decimal) ? CellKind.Ratio
        : type == typeof(LocalDate) ? CellKind.Date
        : type == typeof(Instant) ? CellKind.Moment
        : type == typeof(bool) ? CellKind.Flag : CellKind.Text;

    private static Func<string, string?>? WordsOf(Type type)
    {
        if (type == typeof(RegionCode)) return code => Places.GetOrAdd(code, code => RegionCode.Of(code).FullName);
        if (type == typeof(Occupation)) return code => Occupations.GetOrAdd(code, code => Occupation.Of(code).ChineseName);
        if (!type.IsEnum) return null;
        var words = Headings.WordsOf(type);
        return name => words.GetValueOrDefault(name);
    }
}
