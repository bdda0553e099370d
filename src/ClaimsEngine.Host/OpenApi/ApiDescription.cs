using System.Text.Json;
using ClaimsEngine.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClaimsEngine.Host.OpenApi;

/// <summary>The API's description for programs (<c>/openapi/v1.json</c>) and for people (<c>/docs</c>, served whole by us).</summary>
public static class ApiDescription
{
    /// <summary>Also puts HTTP bodies into the JSON dialect that the description speaks of.</summary>
    public static void AddApiDescription(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(http => Speak(http.SerializerOptions));
        builder.Services.AddOpenApi("v1", options =>
        {
            options.CreateSchemaReferenceId = type =>
                IsNameless(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddSchemaTransformer<ValueSchemas>();
            options.AddSchemaTransformer(LetNullsBeAbsent);
            options.AddSchemaTransformer(DescribeProblems);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "ClaimsEngine",
                    Version = "v1",
                    Description = "Enrolments, claims and payouts of workers' mutual aid (职工互助保障). Amounts are CNY as decimal strings, " +
                                  "dates are ISO dates of Asia/Shanghai, failures are problem documents (RFC 9457) with a stable code.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[JwtBearerDefaults.AuthenticationScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "A token of the configured OpenID Connect issuer, in Development also one of POST /api/dev/tokens.",
                };
                document.Security = [Requirement(document)];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                // An empty list lifts the document's requirement for what anybody may call.
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) operation.Security = [];
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>All are anonymous: they hold no data.</summary>
    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapSwaggerUI("docs", page =>
        {
            page.DocumentTitle = "ClaimsEngine API";
            page.SwaggerEndpoint("/openapi/v1.json", "ClaimsEngine v1");
        }).AllowAnonymous();
    }

    // The options of minimal APIs can't be replaced as a whole.
    private static void Speak(JsonSerializerOptions target)
    {
        var source = ClaimsJson.Options;
        target.TypeInfoResolverChain.Insert(0, source.TypeInfoResolver!);   // it knows that a null is an absent member
        target.Encoder = source.Encoder;
        target.NumberHandling = source.NumberHandling;
        target.UnmappedMemberHandling = source.UnmappedMemberHandling;
        target.DefaultIgnoreCondition = source.DefaultIgnoreCondition;
        target.PropertyNameCaseInsensitive = source.PropertyNameCaseInsensitive;
        target.RespectNullableAnnotations = source.RespectNullableAnnotations;
        target.RespectRequiredConstructorParameters = source.RespectRequiredConstructorParameters;
        foreach (var converter in source.Converters) target.Converters.Add(converter);
    }

    // A text, any JSON at all, and what may be null are described where they stand: under a name a generated client makes classes of them.
    private static bool IsNameless(Type type) =>
        type == typeof(JsonElement) || Nullable.GetUnderlyingType(type) is not null || ValueSchemas.IsText(type);

    // The generator takes every parameter of a record for required, whatever the serializer takes it for.
    private static Task LetNullsBeAbsent(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        foreach (var member in context.JsonTypeInfo.Properties)
            if (!member.IsRequired) schema.Required?.Remove(member.Name);
        return Task.CompletedTask;
    }

    // Routes declare their problems with the framework's type; what is sent is ProblemDocument.
    private static Task DescribeProblems(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (!context.JsonTypeInfo.Type.IsAssignableTo(typeof(ProblemDetails))) return Task.CompletedTask;
        OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("/problems/{code}"),
            ["code"] = Text("Stable name of the problem, for programs"),
            ["title"] = Text("What kind of problem"),
            ["titleZh"] = Text("The title in Chinese"),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = Text("This occurrence"),
            ["traceId"] = Text("Finds the request again in logs and events"),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Field of the request to what is wrong with it",
                AdditionalProperties =
                    new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["version"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer, Format = "int64", Description = "Of stale-version: the version of the resource now",
            },
            ["changes"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = $"Of stale-version: what happened since the version of If-Match, oldest first, the newest {ChangeSince.Most}",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["version"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Integer, Format = "int64", Description = "Of the resource after it",
                        },
                        ["type"] = Text("Published name of the event, like claim_assessed"),
                        ["by"] = Text("Who did it"),
                        ["at"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When" },
                        ["text"] = Text("Of a claim: what happened, in words"),
                        ["textZh"] = Text("The same in Chinese"),
                    },
                    Required = new HashSet<string> { "version", "type", "at" },
                },
            },
        };
        schema.Required = new HashSet<string> { "type", "code", "title", "status", "traceId" };
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(JwtBearerDefaults.AuthenticationScheme, document)] = [] };
}
