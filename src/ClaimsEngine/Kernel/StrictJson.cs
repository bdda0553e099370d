using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClaimsEngine.Kernel;

/// <summary>
/// Reads JSON into a record and names every fault by its path, not only the first: unknown members, missing members, wrong types and
/// values that break their rule. A typo never loses a fact. It stops at <see cref="Refusal.MostFaults"/>.
/// </summary>
public static class StrictJson
{
    /// <summary>The value, or its faults as (camelCase dotted path, reason).</summary>
    public static (T? Value, IReadOnlyList<(string Path, string Reason)> Faults) Read<T>(JsonElement json) where T : class
    {
        var (value, faults) = Read(typeof(T), json);
        return ((T?)value, faults);
    }

    public static (object? Value, IReadOnlyList<(string Path, string Reason)> Faults) Read(Type type, JsonElement json)
    {
        var faults = new List<(string, string)>();
        Inspect(type, json, "", faults);
        if (faults.Count > 0) return (null, faults);
        try
        {
            return (json.Deserialize(type, ClaimsJson.Options), []);
        }
        catch (JsonException exception)
        {
            return (null, [(PathOf(exception.Path), exception.InnerException?.Message ?? "is not valid")]);
        }
    }

    private static void Inspect(Type type, JsonElement json, string path, List<(string, string)> faults)
    {
        if (IsFull(faults)) return;
        var info = ClaimsJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object: InspectMembers(info, json, path, faults); break;
            case JsonTypeInfoKind.Enumerable: InspectItems(info, json, path, faults); break;
            case JsonTypeInfoKind.Dictionary: InspectEntries(info, json, path, faults); break;
            default: InspectValue(type, json, path, faults); break;
        }
    }

    private static void InspectMembers(JsonTypeInfo info, JsonElement json, string path, List<(string, string)> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add((path, "expected an object"));
            return;
        }
        var known = info.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null)
            .ToDictionary(property => property.Name);
        var seen = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            if (IsFull(faults)) return;
            var at = Join(path, member.Name);
            if (!known.TryGetValue(member.Name, out var property)) faults.Add((at, "is no known member"));
            else if (!seen.Add(member.Name)) faults.Add((at, "stands twice"));
            else if (member.Value.ValueKind == JsonValueKind.Null)
            {
                if (property.AssociatedParameter is { IsNullable: false }
                    || (property.AssociatedParameter is null && !property.IsSetNullable)) faults.Add((at, "must not be null"));
            }
            else Inspect(property.PropertyType, member.Value, at, faults);
        }
        foreach (var property in known.Values.Where(property => property.IsRequired && !seen.Contains(property.Name)))
            if (!IsFull(faults)) faults.Add((Join(path, property.Name), "is required"));
    }

    private static void InspectItems(JsonTypeInfo info, JsonElement json, string path, List<(string, string)> faults)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            faults.Add((path, "expected a list"));
            return;
        }
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (IsFull(faults)) return;
            var at = Join(path, $"{index++}");
            if (item.ValueKind == JsonValueKind.Null) faults.Add((at, "must not be null"));
            else Inspect(info.ElementType!, item, at, faults);
        }
    }

    private static void InspectEntries(JsonTypeInfo info, JsonElement json, string path, List<(string, string)> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add((path, "expected an object"));
            return;
        }
        var seen = new HashSet<string>();
        foreach (var entry in json.EnumerateObject())
        {
            if (IsFull(faults)) return;
            var at = Join(path, entry.Name);
            if (!seen.Add(entry.Name)) faults.Add((at, "stands twice"));
            if (info.KeyType is { IsEnum: true }) InspectValue(info.KeyType, JsonSerializer.SerializeToElement(entry.Name), at, faults);
            if (entry.Value.ValueKind == JsonValueKind.Null) faults.Add((at, "must not be null"));
            else Inspect(info.ElementType!, entry.Value, at, faults);
        }
    }

    private static void InspectValue(Type type, JsonElement json, string path, List<(string, string)> faults)
    {
        try
        {
            json.Deserialize(type, ClaimsJson.Options);
        }
        catch (JsonException exception)
        {
            faults.Add((path, Reason(type, exception)));
        }
    }

    private static bool IsFull(List<(string, string)> faults) => faults.Count >= Refusal.MostFaults;

    private static string Reason(Type type, JsonException exception)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum) return "is none of " + string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName));
        if (plain == typeof(int) || plain == typeof(long)) return "expected a whole number";
        if (plain == typeof(bool)) return "expected true or false";
        if (plain == typeof(string)) return "expected a string";
        // our own converters say which rule was broken; the serializer appends its position behind " Path:"
        var message = exception.Message;
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static string PathOf(string? jsonPath) =>
        jsonPath is null ? "" : jsonPath.TrimStart('$').TrimStart('.').Replace("[", ".").Replace("]", "");
}
