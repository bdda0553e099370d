using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>A card that is being written: what is wrong with it, and how it reads.</summary>
/// <param name="Read">null where it has faults</param>
/// <param name="Faults">by path in the card; the empty path is the whole text</param>
public sealed record CardDraft(CardSentences? Read, IReadOnlyList<(string Path, string Reason)> Faults)
{
    private static readonly JsonSerializerOptions Written =
        new(ClaimsJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CardDraft Of(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Of(json.RootElement.Clone());
        }
        catch (JsonException broken)
        {
            return new CardDraft(null,
                [("", $"line {broken.LineNumber + 1}, character {broken.BytePositionInLine + 1}: {Plain(broken.Message)}")]);
        }
    }

    public static CardDraft Of(JsonElement json)
    {
        var (card, faults) = CardReading.Read(json);
        return new CardDraft(card is null ? null : CardSentences.Of(card), faults);
    }

    /// <summary>The text as JSON; as it was typed where it is none, so that the API says what is wrong.</summary>
    public static JsonNode? Parsed(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    /// <summary>A card to be read and edited by people.</summary>
    public static string Pretty(JsonElement card) => JsonSerializer.Serialize(card, Written);

    // the place is told already
    private static string Plain(string message) => message.Split(" LineNumber:")[0];
}
