using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Console.Parts;

/// <summary>What a field's text becomes in JSON.</summary>
public enum FieldKind { Text, Area, Number, Money, Date, Choice, Flag, Many, Hidden }

/// <summary>From the fields of a form to the body of a command. What is empty is absent.</summary>
public static class FormBody
{
    /// <param name="fields">names as the API writes paths: <c>person.account.number</c>, <c>heirs.0.relation</c></param>
    /// <param name="sent">the texts that came under a name</param>
    public static JsonObject Of(IEnumerable<(string Name, FieldKind Kind)> fields, Func<string, StringValues> sent)
    {
        var body = new JsonObject();
        foreach (var (name, kind) in fields)
            if (ValueOf(kind, sent(name)) is { } value) Put(body, name.Split('.'), value);
        return (JsonObject)Listed(body)!;
    }

    private static JsonNode? ValueOf(FieldKind kind, StringValues sent)
    {
        if (kind == FieldKind.Many)
            return sent.Count == 0 ? null : new JsonArray([.. sent.Where(text => text?.Length > 0).Select(text => JsonValue.Create(text))]);
        var text = sent.ToString().Trim();
        if (text.Length == 0) return null;
        return kind switch
        {
            // What is no number goes as it is: the API says what is wrong with it, beside the field.
            FieldKind.Number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number) : JsonValue.Create(text),
            FieldKind.Money => JsonValue.Create(MoneyText(text)),
            FieldKind.Flag => JsonValue.Create(text is "true" or "on"),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>People write <c>120,000</c>; the API takes <c>120000.00</c>. More than two places are not rounded.</summary>
    private static string MoneyText(string text) =>
        decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var amount) && decimal.Round(amount, 2) == amount
            ? amount.ToString("0.00", CultureInfo.InvariantCulture) : text;

    private static void Put(JsonObject into, ReadOnlySpan<string> path, JsonNode value)
    {
        if (path.Length == 1)
        {
            into[path[0]] = value;
            return;
        }
        if (into[path[0]] is not JsonObject inner) into[path[0]] = inner = [];
        Put(inner, path[1..], value);
    }

    // { "0": …, "1": … } is a list
    private static JsonNode? Listed(JsonNode? node)
    {
        if (node is not JsonObject members) return node?.DeepClone();
        var listed = members.Select(member => (member.Key, Value: Listed(member.Value))).ToArray();
        return listed.Length > 0 && listed.All(member => int.TryParse(member.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? new JsonArray([.. listed.OrderBy(member => int.Parse(member.Key, CultureInfo.InvariantCulture))
                .Select(member => member.Value)])
            : new JsonObject(listed.Select(member => KeyValuePair.Create(member.Key, member.Value)));
    }
}
