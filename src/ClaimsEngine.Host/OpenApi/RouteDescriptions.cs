using System.Reflection;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClaimsEngine.Host.OpenApi;

/// <summary>
/// Describes what no handler's signature shows: the headers of a command, the filters of a list, the files that are taken, an example of
/// every body, and every problem that a route can answer with. Bodies and answers are declared where the routes are mapped.
/// </summary>
internal sealed class RouteDescriptions : IOpenApiOperationTransformer
{
    private const string Position = "Event-Position", Moment = "like 2025-10-20T08:30:00Z";

    private static readonly Dictionary<int, string> Words = new()
    {
        [401] = "No valid token",
        [403] = "Not this role, four eyes, outside the region, or over the limit",
        [404] = "There is no such resource, or not in your region",
        [406] = "No form that is asked for; the answer names those that there are",
        [409] = "The state does not allow it, or the same Idempotency-Key is at work",
        [412] = "Changed since it was read; version and changes say how",
        [413] = "The body is too large",
        [415] = "Not one of these media types",
        [422] = "The request is not valid; the fields are named",
        [428] = "If-Match is missing",
        [429] = "Too many requests",
        [503] = "The database does not answer now",
        [507] = "The storage is full; the same may be sent again once there is room",
    };

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        operation.Responses ??= [];
        var route = new Route(operation, context, cancellationToken);
        var useCase = metadata.OfType<IUseCase>().FirstOrDefault();

        foreach (var name in RouteTemplates.Values(context.Description.RelativePath ?? ""))
            await route.TakePathValue(name, useCase?.CommandType);
        if (useCase is not null) await DescribeUseCase(route, useCase);
        if (metadata.OfType<IResource>().Any())
        {
            await route.Take("version", "The resource as it was at this version", typeof(int));
            await route.Take("asOf", $"The resource as it was known at this instant, {Moment}", typeof(Instant));
            route.Tell("200", "ETag", "The resource's version");
        }
        foreach (var asked in metadata.OfType<QueryValue>())
            await route.Take(asked.Name, asked.Words, asked.Type, required: asked.Required, values: asked.Values);
        foreach (var asked in metadata.OfType<RequestHeader>())
            await route.Take(asked.Name, asked.Words, asked.Type, ParameterLocation.Header, asked.Required);
        foreach (var told in metadata.OfType<AnswerHeader>()) route.Tell($"{told.Status}", told.Name, told.Words);
        if (metadata.OfType<TakesFile>().FirstOrDefault() is { } file) DescribeFile(operation, file);
        if (metadata.OfType<ListRoute>().FirstOrDefault() is { } list) await DescribeList(route, list);
        if (metadata.OfType<AnswersTable>().Any()) DescribeTable(operation);
        if (metadata.OfType<WaitsForPosition>().Any())
            await route.Take("Min-Position", $"{Position} of a command: waits up to 500 ms until the answer contains it", typeof(long),
                ParameterLocation.Header);
        if (metadata.OfType<StartsWork>().Any())
        {
            await TakeIdempotencyKey(route);
            operation.Responses.Remove("200");   // what the generator takes for granted
            await route.Answer("202", typeof(WorkStarted), "Started; its address is the Location, progress is there");
            route.Tell("202", "Location", "The address of the work");
        }
        if (metadata.OfType<ShowsWork>().FirstOrDefault() is { } work) await DescribeWork(route, work);
        if (metadata.OfType<AccessPolicy>().FirstOrDefault() is { } open && (open.Roles.Count == 0 || open.Roles.Contains(Role.Approver)))
            await route.Take(StandIns.Header, "The name of an approver who has delegated to the caller: the request is then made for that "
                + "approver, in the region and up to the amount delegated", typeof(string), ParameterLocation.Header);
        AddExample(operation);
        await DescribeProblems(route, metadata, useCase);
        if (metadata.OfType<AccessPolicy>().FirstOrDefault() is { } access)
            operation.Description = access.Roles.Count == 0
                ? "Any role." : $"Roles: {string.Join(", ", access.Roles.Select(role => role.Name()))}.";
    }

    private static async Task DescribeUseCase(Route route, IUseCase useCase)
    {
        if (!useCase.Creates)
            await route.Take("If-Match", "ETag of the resource that the command was decided on, or *", typeof(string),
                ParameterLocation.Header, required: true);
        await TakeIdempotencyKey(route);
        var body = await route.SchemaOf(useCase.CommandType);
        if (body.Properties is { Count: > 0 })
            route.Operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.Required is { Count: > 0 }, Content = Route.JsonOf(route.Named(body, useCase.CommandType.Name)),
            };
        if (PaperEndpoints.FormOf(useCase) is { } form) DescribeForm(route.Operation, form);
        var answers = route.Operation.Responses!;
        answers["200"].Description = useCase.Creates ? "It was so already" : "The resource after the command";
        if (useCase.Creates) answers["201"].Description = "Made";
        foreach (var (status, _) in answers.ToArray())
        {
            route.Tell(status, "ETag", "The resource's version, for the next If-Match");
            route.Tell(status, Position, "To be sent as Min-Position by who wants to read what was written; absent if nothing was");
            route.Tell(status, "Idempotency-Replayed", "true if the same was answered before");
            if (status == "201") route.Tell(status, "Location", "The address of what was made");
        }
    }

    private static async Task DescribeList(Route route, ListRoute list)
    {
        foreach (var filter in list.Filters)
            await route.Take(filter.Parameter, WordsOf(filter), list.Model.RowType.GetProperty(filter.Property)?.PropertyType);
        if (list.Person is { } person)
            await route.Take("names", $"false leaves out {person.Shown}, which is read from the people's own records", typeof(bool));
        await route.Take("asOf", $"The rows that were true at this instant, {Moment}", typeof(Instant));
        await route.Take("limit", "1 to 200, 50 if not given", typeof(int));
        await route.Take("cursor", "next of the page before", typeof(string));
    }

    /// <summary>Beside the JSON the same as a file.</summary>
    private static void DescribeTable(OpenApiOperation operation)
    {
        if (operation.Responses!["200"].Content is not { } forms) return;
        foreach (var type in MediaTypes.Types.Where(type => type != MediaTypes.Json))
            forms[type] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String, Format = "binary",
                    Description = "All rows as a file, not a page: limit and cursor are refused",
                },
            };
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
            Required = true, Content = file.Types.ToDictionary(type => type,
                type => new OpenApiMediaType { Schema = type == "multipart/form-data" ? form : content }),
        };
    }

    // The names of the parts are the kinds of the documents, so they are no properties; generated clients go on to send the JSON.
    private static void DescribeForm(OpenApiOperation operation, TakesForm form) =>
        operation.RequestBody!.Content!["multipart/form-data"] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object, Description = form.Words,
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
            },
        };

    private static async Task DescribeWork(Route route, ShowsWork work)
    {
        var shown = await route.SchemaOf(typeof(WorkView));
        var result = await route.SchemaOf(work.ResultType);
        shown.Properties!["problem"] = await route.Problem();
        foreach (var (name, member) in result.Properties ?? new Dictionary<string, IOpenApiSchema>()) shown.Properties.TryAdd(name, member);
        var forms = Route.JsonOf(shown);
        forms["text/event-stream"] = Text("Events progress, a few a second, and end, each with the JSON as its data");
        if (work.HasOutput) forms["text/csv"] = Text("What the work wrote, once it is done or refused");
        route.Operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "How far it is; the members of its result when it has ended", Content = forms,
        };

        OpenApiMediaType Text(string words) => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = words } };
    }

    private static void AddExample(OpenApiOperation operation)
    {
        if (operation.OperationId is not { } id || operation.RequestBody?.Content is not { } forms) return;
        foreach (var (type, form) in forms)
            if (type == "application/json" && RequestExamples.Json(id) is { } json) form.Example = json;
            else if (type == "text/csv" && RequestExamples.Csv(id) is { } csv) form.Example = csv;
            else if (type == "application/x-ndjson" && RequestExamples.JsonLines(id) is { } lines) form.Example = lines;
    }

    private static async Task DescribeProblems(Route route, IList<object> metadata, IUseCase? useCase)
    {
        var (path, operation) = ("/" + route.Context.Description.RelativePath, route.Operation);
        var ours = path.StartsWith("/api/", StringComparison.Ordinal);
        var protects = metadata.OfType<AccessPolicy>().Any();
        var works = metadata.OfType<ShowsWork>().FirstOrDefault();
        var hasBody = operation.RequestBody is not null || useCase is not null;   // one that needs no body reads it all the same
        foreach (var (status, applies) in ((int, bool)[])
        [
            (401, protects), (403, protects), (404, RouteTemplates.Values(path).Count > 0),
            (406, works is not null), (409, useCase is not null || works?.HasOutput == true), (412, useCase is not null),
            (413, hasBody), (415, hasBody), (422, ours),
            (428, useCase is { Creates: false }), (429, !path.StartsWith("/health", StringComparison.Ordinal)),
            (503, ours || path == "/health/ready"), (507, useCase is not null || metadata.OfType<StartsWork>().Any()),
        ])
            if (applies) operation.Responses!.TryAdd($"{status}", new OpenApiResponse { Description = "" });
        foreach (var (status, answer) in operation.Responses!)
        {
            if (status[0] is not ('4' or '5') || answer is not OpenApiResponse plain) continue;
            plain.Description = Words.GetValueOrDefault(int.Parse(status), ProblemDocument.ForStatus(int.Parse(status)).Title);
            plain.Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemDocument.ContentType] = new() { Schema = await route.Problem() },
            };
        }
        if (operation.Responses.TryGetValue("429", out _)) route.Tell("429", "Retry-After", "Seconds to wait");
    }

    private static Task TakeIdempotencyKey(Route route) => route.Take(
        IdempotencyKeys.Header, "The same key and body get the same answer; nothing happens twice", typeof(string),
        ParameterLocation.Header);

    private static string WordsOf(ListFilter filter) => filter.Match switch
    {
        ListMatch.RegionPrefix => "GB/T 2260 code or its prefix: the rows in that place",
        ListMatch.From => "First day, inclusive",
        ListMatch.To => "Last day, inclusive",
        ListMatch.Before => "What is late on this day: its last day lies before",
        _ => "Exactly this value",
    };

    /// <summary>One operation while it is described.</summary>
    private sealed record Route(OpenApiOperation Operation, OpenApiOperationTransformerContext Context, CancellationToken Cancellation)
    {
        public Task<OpenApiSchema> SchemaOf(Type type) => Context.GetOrCreateSchemaAsync(type, null, Cancellation);

        /// <summary>The schema under its name in the document, and so all that it is made of.</summary>
        public IOpenApiSchema Named(IOpenApiSchema schema, string? name = null)
        {
            if (schema is not OpenApiSchema plain) return schema;
            name ??= plain.Metadata?.TryGetValue("x-schema-id", out var id) == true ? id as string : null;
            if (!string.IsNullOrEmpty(name) && Context.Document!.Components?.Schemas?.ContainsKey(name) == true)
                return new OpenApiSchemaReference(name, Context.Document);
            foreach (var (member, of) in plain.Properties?.ToArray() ?? []) plain.Properties![member] = Named(of);
            if (plain.Items is { } items) plain.Items = Named(items);
            if (plain.AdditionalProperties is { } others) plain.AdditionalProperties = Named(others);
            if (plain.OneOf is { } forms) plain.OneOf = [.. forms.Select(form => Named(form))];
            if (string.IsNullOrEmpty(name)) return plain;
            Context.Document!.AddComponent(name, plain);
            return new OpenApiSchemaReference(name, Context.Document);
        }

        /// <summary>The one schema of all problems.</summary>
        public async Task<IOpenApiSchema> Problem()
        {
            const string name = nameof(ProblemDetails);
            if (Context.Document!.Components?.Schemas?.ContainsKey(name) != true)
                Context.Document.AddComponent(name, await SchemaOf(typeof(ProblemDetails)));
            return new OpenApiSchemaReference(name, Context.Document);
        }

        /// <param name="values">the only ones it takes; null where it takes any of its type</param>
        public async Task Take(
            string name, string? words, Type? type, ParameterLocation place = ParameterLocation.Query, bool required = false,
            IReadOnlyList<string>? values = null)
        {
            var schema = await SchemaOf(Nullable.GetUnderlyingType(type ?? typeof(string)) ?? type ?? typeof(string));
            if (values is not null) schema.Enum = [.. values.Select(value => (JsonNode)value)];
            Operation.Parameters!.Add(
                new OpenApiParameter { Name = name, In = place, Required = required, Description = words, Schema = schema });
        }

        /// <param name="command">whose member the value is, if it is one's</param>
        public async Task TakePathValue(string name, Type? command)
        {
            var type = command?.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
            if (Operation.Parameters!.OfType<OpenApiParameter>().FirstOrDefault(known => known.Name == name) is not { } known)
                await Take(name, null, type, ParameterLocation.Path, required: true);
            else if (type is not null) known.Schema = await SchemaOf(type);
        }

        public async Task Answer(string status, Type type, string words) => Operation.Responses![status] =
            new OpenApiResponse { Description = words, Content = JsonOf(Named(await SchemaOf(type), type.Name)) };

        public void Tell(string status, string header, string words)
        {
            if (Operation.Responses![status] is not OpenApiResponse answer) return;
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers[header] = new OpenApiHeader
            {
                Description = words, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        public static Dictionary<string, OpenApiMediaType> JsonOf(IOpenApiSchema schema) =>
            new() { ["application/json"] = new() { Schema = schema } };
    }
}
