using System.Collections.Frozen;
using System.Text.Json;
using NodaTime.Text;

namespace ClaimsEngine.Kernel;

/// <summary>An event as CloudEvents 1.0 in JSON: the form in which the log leaves the engine, and in which it is read again.</summary>
public static class CloudEvents
{
    private const string Source = "/streams/";

    /// <summary>Members that are no header of ours.</summary>
    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
    [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "version", "position", "user", "causation",
        "correlation", "data",
    ]);

    /// <summary>Writes one event as an object. Headers stand under their names in small letters, as CloudEvents asks.</summary>
    public static void Write(Utf8JsonWriter json, RecordedEvent recorded)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", recorded.Id);
        json.WriteString("source", Source + recorded.StreamType);
        json.WriteString("type", recorded.Type);
        json.WriteString("subject", recorded.Stream);
        json.WriteString("time", ClaimsJson.Text(recorded.RecordedAt));
        json.WriteString("datacontenttype", "application/json");
        json.WriteNumber("version", recorded.Version);
        json.WriteNumber("position", recorded.Position);
        json.WriteString("user", recorded.Metadata.User);
        json.WriteString("causation", recorded.Metadata.Causation);
        json.WriteString("correlation", recorded.Metadata.Correlation);
        foreach (var (name, value) in recorded.Metadata.Headers) json.WriteString(name.ToLowerInvariant(), value);
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, recorded.Data, recorded.Data.GetType(), ClaimsJson.Options);
        json.WriteEndObject();
    }

    /// <summary>The event that was written. Its headers have their names in small letters.</summary>
    /// <exception cref="JsonException">It is no event of this engine.</exception>
    public static RecordedEvent Read(JsonElement json, EventTypes types)
    {
        try
        {
            var name = json.GetProperty("type").GetString()!;
            var type = types.TypeOf(name);
            var stream = types.StreamTypeOf(type);
            if (json.GetProperty("source").GetString() != Source + stream) throw new JsonException($"{name} is no event of that source");
            return new RecordedEvent(
                json.GetProperty("id").GetGuid(), json.GetProperty("subject").GetGuid(), stream, json.GetProperty("version").GetInt64(),
                name, json.GetProperty("data").Deserialize(type, ClaimsJson.Options) ?? throw new JsonException($"{name} has no data"),
                InstantPattern.ExtendedIso.Parse(json.GetProperty("time").GetString()!).GetValueOrThrow(),
                json.GetProperty("position").GetInt64(),
                new EventMetadata(Text("user"), Text("causation"), Text("correlation"),
                    json.EnumerateObject().Where(member => !Own.Contains(member.Name))
                        .ToDictionary(member => member.Name, member => member.Value.GetString() ?? "")));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException
            or UnparsableValueException or ArgumentException)
        {
            throw new JsonException("it is no event of this engine", exception);
        }

        string? Text(string member) => json.TryGetProperty(member, out var value) ? value.GetString() : null;
    }
}
