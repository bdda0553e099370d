using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ClaimsEngine.Storage.Projections;

/// <summary>Headers of a stored event. Most readers never look at them, so they are parsed at the first look. Values that are no text keep
/// their JSON.</summary>
internal sealed class StoredHeaders(byte[]? json) : IReadOnlyDictionary<string, string>
{
    private IReadOnlyDictionary<string, string>? parsed;

    private IReadOnlyDictionary<string, string> All => parsed ??= Parse(json);

    public string this[string key] => All[key];
    public IEnumerable<string> Keys => All.Keys;
    public IEnumerable<string> Values => All.Values;
    public int Count => All.Count;
    public bool ContainsKey(string key) => All.ContainsKey(key);
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => All.TryGetValue(key, out value);
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => All.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IReadOnlyDictionary<string, string> Parse(byte[]? json)
    {
        if (json is null) return FrozenDictionary<string, string>.Empty;
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return FrozenDictionary<string, string>.Empty;
        return document.RootElement.EnumerateObject().ToDictionary(
            header => header.Name, header => header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()!
                : header.Value.GetRawText());
    }
}
