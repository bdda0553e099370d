using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ClaimsEngine.Host.Commands;

/// <summary>
/// A request's body as a JSON object whose every text can be stored and read again: UTF-8, no member twice, no half surrogate, and no
/// U+0000, which JSON can write and PostgreSQL cannot keep.
/// </summary>
public static class JsonBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>The object (empty for an empty body), or its faults as (dotted path, reason).</summary>
    public static (JsonObject? Object, IReadOnlyList<(string Path, string Reason)> Faults) Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return ([], []);
        if (!Utf8.IsValid(body.Span)) return (null, [("", "the body is not UTF-8")]);
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, [("", "the body is a JSON object")]);
            var faults = new List<(string, string)>();
            Inspect(document.RootElement, "", faults);
            return faults.Count > 0 ? (null, faults) : (JsonObject.Create(document.RootElement.Clone()), []);
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}";
            return (null, [("", $"the body is not well-formed JSON ({place})")]);
        }
    }

    /// <summary>The body as a record, or its faults as (dotted path, reason).</summary>
    public static (T? Value, IReadOnlyList<(string Path, string Reason)> Faults) Read<T>(ReadOnlyMemory<byte> body) where T : class
    {
        var (json, faults) = Read(body);
        return json is null ? (null, faults) : StrictJson.Read<T>(JsonSerializer.SerializeToElement(json));
    }

    private static void Inspect(JsonElement json, string path, List<(string, string)> faults)
    {
        if (faults.Count >= Refusal.MostFaults) return;
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var seen = new HashSet<string>();
                foreach (var member in json.EnumerateObject())
                {
                    if (faults.Count >= Refusal.MostFaults) return;
                    if (TextOf(() => member.Name) is not { } name)
                    {
                        faults.Add((path, "has a member whose name is no text"));
                        continue;
                    }
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    if (seen.Add(name)) Inspect(member.Value, at, faults);
                    else faults.Add((at, "stands twice"));
                }
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    var place = (index++).ToString(System.Globalization.CultureInfo.InvariantCulture);
                    Inspect(item, path.Length == 0 ? place : $"{path}.{place}", faults);
                }
                break;
            case JsonValueKind.String:
                if (TextOf(() => json.GetString()!) is null) faults.Add((path, "holds half a character or U+0000, which is no text"));
                break;
        }
    }

    /// <summary>The text, or null if it is none that can be stored.</summary>
    private static string? TextOf(Func<string> read)
    {
        try
        {
            return read() is var text && text.Contains('\0') ? null : text;
        }
        catch (InvalidOperationException)   // an escape of half a surrogate pair
        {
            return null;
        }
    }
}
