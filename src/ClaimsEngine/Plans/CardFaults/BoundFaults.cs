using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Every amount and every list of a card has a bound, wherever it stands: what is reckoned with a sound card never overflows, and
/// checking a card costs no more than its length. Whole numbers have bounds of their own, beside the rules that read them.</summary>
internal static class BoundFaults
{
    /// <summary>Times 100 units and 3,660 days it is still money.</summary>
    public static readonly Money MostAmount = new(99_999_999_999);

    private const int MostItems = 200;

    /// <summary>More than the country has districts.</summary>
    private const int MostRegions = 4_000;

    public static IEnumerable<(string Path, string Reason)> OfAmounts(PlanCard card) => Parts(card, "")
        .Where(part => part.Value is Money amount && amount > MostAmount)
        .Select(part => (part.Path, $"an amount of a card is at most {MostAmount} yuan"));

    public static IEnumerable<(string Path, string Reason)> OfLists(PlanCard card) => Parts(card, "")
        .Where(part => part.Value is ICollection items && items.Count > MostOf(items))
        .Select(part => (part.Path, $"has at most {MostOf((ICollection)part.Value)} entries"));

    private static int MostOf(ICollection items) => items is IReadOnlyList<RegionCode> ? MostRegions : MostItems;

    /// <summary>Everything that stands in the card with its path, the card itself first.</summary>
    private static IEnumerable<(string Path, object Value)> Parts(object value, string path)
    {
        yield return (path, value);
        var within = value switch
        {
            IDictionary entries => entries.Keys.Cast<object>().Select(key => (Name: Key(key), Value: entries[key])),
            IList items => items.Cast<object>().Select((item, place) => (Name: $"{place}", Value: (object?)item)),
            _ when ClaimsJson.Options.GetTypeInfo(value.GetType()) is { Kind: JsonTypeInfoKind.Object } info =>
                info.Properties.Where(property => property.Get is not null)
                    .Select(property => (property.Name, Value: property.Get!(value))),
            _ => [],
        };
        foreach (var (name, part) in within)
            if (part is not null)
                foreach (var inner in Parts(part, path.Length == 0 ? name : $"{path}.{name}")) yield return inner;
    }

    private static string Key(object key) => key is string text ? text : JsonNamingPolicy.CamelCase.ConvertName(key.ToString()!);
}
