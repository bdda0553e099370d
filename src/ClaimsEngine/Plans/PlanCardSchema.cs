using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Unicode;

namespace ClaimsEngine.Plans;

/// <summary>The JSON Schema (2020-12) of a plan card, made from the records that read it, so that the two never differ. It tells the shape;
/// <see cref="CardReading"/> tells the rest.</summary>
public static class PlanCardSchema
{
    private static readonly Dictionary<Type, (string Pattern, string Words)> Texts = new()
    {
        [typeof(Money)] = (@"^\d{1,9}(\.\d{1,2})?$", "CNY, a decimal string in yuan"),
        [typeof(RegionCode)] = (@"^(\d{2}|\d{4}|\d{6})?$", "GB/T 2260 code or its prefix; empty is the whole country"),
        [typeof(Occupation)] = ("^[a-z][A-Za-z]*$", "occupation code"),
    };

    /// <summary>Ranges of whole numbers, by the member that holds them.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Ranges = new()
    {
        ["percent"] = (1, 100), ["reducedPercent"] = (1, 99), ["byAdmission"] = (1, 100), ["minHospitalGrade"] = (1, 3),
        ["maxUnits"] = (1, 100), ["months"] = (1, 120),
        ["otherMonths"] = (1, 120), ["firstPaidDay"] = (1, 366), ["maxDays"] = (1, 3660), ["graceDays"] = (0, 366), ["days"] = (0, 3660),
        ["reducedToDay"] = (1, 3660), ["from"] = (0, 150), ["to"] = (0, 150), ["everyoneBelow"] = (1, 10_000_000),
        ["lateJoinerDays"] = (0, 3660), ["newHireMonths"] = (0, 120), ["noticeDays"] = (1, 3660),
        ["applicationMonths"] = (1, ClaimWindow.MostMonths),
    };

    /// <summary>What an absent member means, where that is no "no rule".</summary>
    private static readonly Dictionary<string, string> Absent = new() { ["maxUnits"] = "absent: one unit a person" };

    public static string Text { get; } = Create().ToJsonString(new JsonSerializerOptions(JsonSerializerOptions.Default)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    }) + "\n";

    private static JsonObject Create()
    {
        var schema = ClaimsJson.Options.GetJsonSchemaAsNode(typeof(PlanCard),
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }).AsObject();
        schema["properties"]!["format"] = new JsonObject { ["const"] = CardReading.Format };
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Plan card",
            ["description"] =
                "A plan's rules for one version, format 2. What the source does not publish is absent and named in notPublished.",
        };
        foreach (var (name, value) in schema) whole[name] = value?.DeepClone();
        return whole;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var declared = context.TypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (Texts.TryGetValue(type, out var text))
            return new JsonObject { ["type"] = "string", ["pattern"] = text.Pattern, ["description"] = text.Words };
        if (node is not JsonObject schema || schema.ContainsKey("$ref")) return node;   // what it refers to says it all
        if (type.IsEnum) return new JsonObject { ["enum"] =
            new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))]) };
        // absent says it, null is not written
        if (schema["type"] is JsonArray types && types.FirstOrDefault(one => one!.GetValue<string>() != "null") is { } plain)
            schema["type"] = plain.DeepClone();
        schema.Remove("default");
        if (context.PropertyInfo is { } member && Ranges.TryGetValue(member.Name, out var range)
            && (schema["type"]?.GetValue<string>() == "array" ? schema["items"] as JsonObject : schema) is { } number)
            (number["minimum"], number["maximum"]) = (range.Least, range.Most);
        if (context.PropertyInfo is { } named && Absent.TryGetValue(named.Name, out var meaning)) schema["description"] = meaning;
        if (context.TypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object)
            schema["additionalProperties"] = false;
        return schema;
    }
}
