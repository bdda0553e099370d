using System.Text.Json.Nodes;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Pipeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClaimsEngine.Host.OpenApi;

/// <summary>A value that a route takes from the query, for the API's description.</summary>
/// <param name="Values">the only ones it takes; null where it takes any</param>
internal sealed record QueryValue(string Name, string Words, bool Required = false, IReadOnlyList<string>? Values = null);

/// <summary>A route whose body is a file, for the API's description.</summary>
/// <param name="Types">media types that it is taken as; of a form one part is the file</param>
internal sealed record TakesFile(IReadOnlyList<string> Types);

/// <summary>
/// Describes what the module data says of a route and no handler's signature shows: values in the path, headers, filters, bodies and
/// answers. A command's body is its record without the members that the path holds.
/// </summary>
internal sealed class RouteDescriptions(IReadOnlyList<Module> modules) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    private static readonly (string Status, string Words)[] Refusals =
    [
        ("403", "Not this role, four eyes, or over the limit"),
        ("409", "The state does not allow it"),
        ("412", "Changed since it was read"),
        ("422", "The request is not valid; the fields are named"),
        ("428", "If-Match is missing"),
    ];

    private readonly Dictionary<Type, Type> views = modules.SelectMany(module => module.Resources).ToDictionary(resource => resource.AggregateType, resource => resource.ViewType);

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        operation.Responses ??= [];
        foreach (var name in RouteValues(context.Description.RelativePath ?? "").Where(name => operation.Parameters.All(known => known.Name != name)))
            operation.Parameters.Add(Parameter(name, ParameterLocation.Path, "", required: true));

        if (metadata.OfType<IUseCase>().FirstOrDefault() is { } useCase) await DescribeUseCase(operation, useCase, context, cancellationToken);
        if (metadata.OfType<IResource>().FirstOrDefault() is { } resource)
        {
            operation.Parameters.Add(Parameter("version", ParameterLocation.Query, "The resource as it was at this version"));
            operation.Parameters.Add(Parameter("asOf", ParameterLocation.Query, "The resource as it was known at this instant, like 2025-10-20T08:30:00Z"));
            Answer(operation, "200", await context.GetOrCreateSchemaAsync(resource.ViewType, null, cancellationToken), "The resource; its version is the ETag");
        }
        foreach (var asked in metadata.OfType<QueryValue>())
        {
            var parameter = Parameter(asked.Name, ParameterLocation.Query, asked.Words, asked.Required);
            if (asked.Values is { } values) parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(value => JsonValue.Create(value)!)] };
            operation.Parameters.Add(parameter);
        }
        if (metadata.OfType<TakesFile>().FirstOrDefault() is { } file) DescribeFile(operation, file);
        if (metadata.OfType<ListRoute>().FirstOrDefault() is { } list)
        {
            foreach (var filter in list.Filters) operation.Parameters.Add(Parameter(filter.Parameter, ParameterLocation.Query, Words(filter)));
            operation.Parameters.Add(Parameter("asOf", ParameterLocation.Query, "The rows that were true at this instant"));
            operation.Parameters.Add(Parameter("limit", ParameterLocation.Query, "1 to 200, 50 if not given"));
            operation.Parameters.Add(Parameter("cursor", ParameterLocation.Query, "next of the page before"));
            operation.Parameters.Add(Parameter("Min-Position", ParameterLocation.Header, "Event-Position of a command: waits up to 500 ms until the list contains it"));
            var row = await context.GetOrCreateSchemaAsync(list.Model.RowType, null, cancellationToken);
            Answer(operation, "200", new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["items"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = row },
                    ["next"] = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            }, "A page; every row also has id, version and recordedFrom");
        }
        if (metadata.OfType<StartsWork>().Any())
        {
            operation.Parameters.Add(IdempotencyKey());
            operation.Responses.Remove("200");   // what the generator takes for granted
            Answer(operation, "202", await context.GetOrCreateSchemaAsync(typeof(WorkStarted), null, cancellationToken), "Started; its address is the Location, progress is there");
            foreach (var (status, words) in Refusals.Where(refusal => refusal.Status is "403" or "422"))
                operation.Responses.TryAdd(status, new OpenApiResponse { Description = words });
        }
        if (metadata.OfType<ShowsWork>().FirstOrDefault() is { } work) await DescribeWork(operation, work, context, cancellationToken);
        if (metadata.OfType<AccessPolicy>().FirstOrDefault() is { } access)
            operation.Description = (access.Roles.Count == 0 ? "Any role." : "Roles: " + string.Join(", ", access.Roles.Select(role => Auth.RoleNames.Name(role))) + ".");
    }

    private async Task DescribeUseCase(OpenApiOperation operation, IUseCase useCase, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (!useCase.Creates) operation.Parameters!.Add(Parameter("If-Match", ParameterLocation.Header, "ETag of the resource that the command was decided on, or *", required: true));
        operation.Parameters!.Add(IdempotencyKey());

        var body = await context.GetOrCreateSchemaAsync(useCase.CommandType, null, cancellation);
        var inPath = RouteValues(useCase.Route).ToHashSet();
        body.Properties = body.Properties?.Where(member => !inPath.Contains(member.Key)).ToDictionary();
        body.Required = body.Required?.Where(member => !inPath.Contains(member)).ToHashSet();
        if (body.Properties is { Count: > 0 })
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = body } } };

        var view = await context.GetOrCreateSchemaAsync(views[useCase.AggregateType], null, cancellation);
        if (useCase.Creates) Answer(operation, "201", view, "Made; its address is the Location");
        Answer(operation, "200", view, useCase.Creates ? "It was so already" : "The resource after the command");
        foreach (var (status, words) in Refusals)
            operation.Responses!.TryAdd(status, new OpenApiResponse { Description = words });
    }

    private static void DescribeFile(OpenApiOperation operation, TakesFile file)
    {
        var content = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object, Description = "One part is the file, under any name",
            Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = content }, Required = new HashSet<string> { "file" },
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true, Content = file.Types.ToDictionary(type => type, type => new OpenApiMediaType { Schema = type == "multipart/form-data" ? form : content }),
        };
        operation.Responses!.TryAdd("413", new OpenApiResponse { Description = "The file is too large" });
        operation.Responses.TryAdd("415", new OpenApiResponse { Description = "Not one of these media types" });
    }

    private static async Task DescribeWork(OpenApiOperation operation, ShowsWork work, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var shown = await context.GetOrCreateSchemaAsync(typeof(WorkView), null, cancellation);
        var result = await context.GetOrCreateSchemaAsync(work.ResultType, null, cancellation);
        shown.Properties!["problem"] = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellation);
        shown.Required?.Remove("problem");
        foreach (var (name, member) in result.Properties ?? new Dictionary<string, IOpenApiSchema>()) shown.Properties.TryAdd(name, member);
        Answer(operation, "200", shown, "How far it is; the members of its result when it has ended");
        var forms = operation.Responses!["200"].Content!;
        forms["text/event-stream"] = Text("Events progress, a few a second, and end, each with the JSON as its data");
        if (work.HasOutput) forms["text/csv"] = Text("What the work wrote, once it is done or refused");
        operation.Responses.TryAdd("404", new OpenApiResponse { Description = $"There is no such {work.Kind}, or not in your region" });
        if (work.HasOutput) operation.Responses.TryAdd("409", new OpenApiResponse { Description = "There is no CSV of a work that has not ended, or not by itself" });

        OpenApiMediaType Text(string words) => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = words } };
    }

    private static OpenApiParameter IdempotencyKey() =>
        Parameter(IdempotencyKeys.Header, ParameterLocation.Header, "The same key and body get the same answer; nothing happens twice");

    private static void Answer(OpenApiOperation operation, string status, IOpenApiSchema schema, string words)
    {
        LetNullsBeAbsent(schema);
        operation.Responses![status] = new OpenApiResponse
        {
            Description = words, Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema } },
        };
    }

    /// <summary>Answers leave out what is null, so only what is never null is always there.</summary>
    private static void LetNullsBeAbsent(IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema plain) return;
        foreach (var member in plain.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            LetNullsBeAbsent(member.Value);
            if (member.Value is OpenApiSchema { OneOf.Count: > 0 } || member.Value.Type?.HasFlag(JsonSchemaType.Null) == true) plain.Required?.Remove(member.Key);
        }
        LetNullsBeAbsent(plain.Items);
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place, string words, bool required = false) =>
        new() { Name = name, In = place, Required = required, Description = words.Length == 0 ? null : words, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static IEnumerable<string> RouteValues(string route) =>
        route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}').Split(':')[0]);

    private static string Words(ListFilter filter) => filter.Match switch
    {
        ListMatch.RegionPrefix => "GB/T 2260 code or its prefix: the rows in that place",
        ListMatch.From => "First day, inclusive",
        ListMatch.To => "Last day, inclusive",
        _ => "Exactly this value",
    };
}
