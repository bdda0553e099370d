using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;
using Json.Schema;

namespace ClaimsEngine.Host.Tests.OpenApi;

/// <summary>The API's description, as a program reads it.</summary>
internal sealed class Contract
{
    private readonly JsonNode document;
    private readonly Dictionary<(string Operation, string Status), JsonSchema?> schemas = [];

    /// <summary>The description that the host gives now.</summary>
    public static async Task<Contract> Of(ApiFixture api) => new((await api.Anonymous.Get("/openapi/v1.json")).Is(200).Body);

    public Contract(string json)
    {
        Json = json;
        document = JsonNode.Parse(json)!;
        Operations =
        [
            .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Select(operation => new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()))),
        ];
    }

    public string Json { get; }

    public IReadOnlyList<Operation> Operations { get; }

    /// <param name="Method">in capitals</param>
    /// <param name="Path">with its values in braces</param>
    public sealed record Operation(string Method, string Path, JsonObject Json)
    {
        public string Id => (string?)Json["operationId"] ?? $"{Method} {Path}";

        public IReadOnlyList<JsonObject> Parameters => [.. (Json["parameters"]?.AsArray() ?? []).Select(given => given!.AsObject())];

        public IReadOnlyList<string> Statuses => [.. Json["responses"]!.AsObject().Select(answer => answer.Key)];

        /// <summary>The media types of an answer.</summary>
        public IReadOnlyList<string> Forms(string status) =>
            [.. (Json["responses"]![status]?["content"]?.AsObject() ?? []).Select(form => form.Key)];

        public JsonObject? Body(string mediaType = "application/json") => Json["requestBody"]?["content"]?[mediaType]?.AsObject();

        /// <summary>Uploads speak the tus protocol: success is told by headers alone, and an answer to HEAD has no body at all.</summary>
        public bool AnswersByHeaders(string status) => (string?)Json["tags"]?[0] == "uploads" && (status[0] == '2' || Method == "HEAD");

        public bool NeedsToken => Json["security"] is not JsonArray { Count: 0 };

        public bool NeedsRole => ((string?)Json["description"])?.StartsWith("Roles:", StringComparison.Ordinal) == true;

        public override string ToString() => $"{Method} {Path}";
    }

    /// <summary>The operation that a request is, found by its path.</summary>
    public Operation Find(string method, string path) => Operations
        .Where(operation => operation.Method == method && Matches(operation.Path, path))
        .MinBy(operation => operation.Path.Count(sign => sign == '{'))!;

    /// <summary>What is wrong with an answer by the description: nothing if it is as declared.</summary>
    public string? FaultOf(Operation operation, int status, string? mediaType, string body)
    {
        if (!operation.Statuses.Contains($"{status}")) return $"{operation} does not declare {status}: {body}";
        var forms = operation.Forms($"{status}");
        if (mediaType is null)
            return forms.Count == 0 || operation.AnswersByHeaders($"{status}") ? null
                : $"{operation} {status} has no body, and {string.Join(", ", forms)} is declared";
        if (!forms.Contains(mediaType)) return $"{operation} {status} does not declare {mediaType}";
        if (!mediaType.EndsWith("json", StringComparison.Ordinal) || operation.Method == "HEAD") return null;
        if (!schemas.TryGetValue((operation.Id, $"{status}"), out var schema))
            schemas[(operation.Id, $"{status}")] = schema =
                Schema(operation.Json["responses"]![$"{status}"]!["content"]![mediaType]!["schema"]!);
        return Faults(schema!, JsonNode.Parse(body)) is { Count: > 0 } faults
            ? $"{operation} {status} is not as declared: {string.Join("; ", faults)} in {body}" : null;
    }

    /// <summary>What is wrong with a value by a schema of the description.</summary>
    public IReadOnlyList<string> FaultsOf(JsonNode schema, JsonNode? value) => Faults(Schema(schema), value);

    private static List<string> Faults(JsonSchema schema, JsonNode? value)
    {
        var found = schema.Evaluate(JsonSerializer.SerializeToElement(value), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return found.IsValid ? [] :
        [
            .. (found.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
                .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}")),
        ];
    }

    /// <summary>With all named schemas beside it, so that it can point to them.</summary>
    private JsonSchema Schema(JsonNode schema)
    {
        var whole = new JsonObject
        {
            ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = document["components"]!["schemas"]!.DeepClone(),
        };
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
