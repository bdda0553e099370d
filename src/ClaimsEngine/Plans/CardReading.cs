using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>Reads a published card and names everything wrong with it by path; hashes it in a form that no database reorders.</summary>
public static class CardReading
{
    /// <summary>The format that new cards are written in.</summary>
    public const int Format = 2;

    /// <summary>The card, or its faults as (dotted path, reason). Nothing is guessed: an unknown member is a fault.</summary>
    public static (PlanCard? Card, IReadOnlyList<(string Path, string Reason)> Faults) Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.Number
            && format.TryGetInt32(out var number) && number != Format)
            return (null, [("format", $"format {number} is not known; cards are written in format {Format}")]);
        var (card, faults) = StrictJson.Read<PlanCard>(json);
        if (card is null) return (null, faults);
        var broken = CardRules.Faults(card).Take(Refusal.MostFaults).ToArray();
        return broken.Length == 0 ? (card, []) : (null, broken);
    }

    /// <summary>A card as it was published at any time, in today's form.</summary>
    /// <exception cref="JsonException">It was never a card.</exception>
    public static PlanCard OfRecord(JsonElement json)
    {
        if (json.GetProperty("format").GetInt32() == 1) return LumpSum1.Lift(json.Deserialize<LumpSum1.Card>(ClaimsJson.Options)!);
        return json.Deserialize<PlanCard>(ClaimsJson.Options)!;
    }

    /// <summary><c>sha256:</c> and the hex digest of the card with members in ordinal order and no white space.</summary>
    public static string Hash(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteCanonical(writer, json);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    WriteCanonical(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray()) WriteCanonical(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when json.TryGetInt64(out var whole):
                writer.WriteNumberValue(whole);   // -0 is 0, as the database keeps it
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
