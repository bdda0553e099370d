using Microsoft.AspNetCore.WebUtilities;

namespace ClaimsEngine.Console.Words;

/// <summary>What stands in the query of a page's address.</summary>
public static class Query
{
    /// <returns>null where it is absent or empty</returns>
    public static string? Of(string address, string name) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text
            ? text : null;

    /// <summary>An address with these values; null and empty ones are left out.</summary>
    public static string Address(string path, params IEnumerable<(string Name, string? Value)> values) =>
        QueryHelpers.AddQueryString(path, values.Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
