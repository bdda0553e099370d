using System.Text.Json;
using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClaimsEngine.Host.OpenApi;

/// <summary>
/// Where a type is not quite what HTTP carries: a command's body leaves out what the path holds, a list's row carries where it comes from,
/// and an event in the log has its headers as further members.
/// </summary>
internal sealed class ModuleSchemas(IReadOnlyList<Module> modules) : IOpenApiSchemaTransformer
{
    private readonly Dictionary<Type, IReadOnlyList<string>> inPath = modules.SelectMany(module => module.UseCases)
        .ToDictionary(useCase => useCase.CommandType, useCase => RouteTemplates.Values(useCase.Route));

    private readonly HashSet<Type> rows = [.. modules.SelectMany(module => module.Lists).Select(list => list.Model.RowType)];

    private readonly (Type Row, ListedPerson Person)[] people =
    [
        .. modules.SelectMany(module => module.Lists).Where(list => list.Person is not null)
            .Select(list => (list.Model.RowType, list.Person!)),
    ];

    private readonly (Type Row, string[] Names)[] medical =
    [
        .. modules.SelectMany(module => module.Lists)
            .Select(list => (list.Model.RowType, list.Medical.Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray())),
    ];

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (inPath.TryGetValue(type, out var names))
        {
            foreach (var name in names.Select(JsonNamingPolicy.CamelCase.ConvertName))
            {
                schema.Properties?.Remove(name);
                schema.Required?.Remove(name);
            }
        }
        if (rows.Contains(type) && schema.Properties is { } members)
        {
            schema.Required ??= new HashSet<string>();
            foreach (var (name, of) in ((string, Type)[])
                [("id", typeof(Guid)), ("version", typeof(long)), ("recordedFrom", typeof(Instant))])
            {
                members.TryAdd(name, await context.GetOrCreateSchemaAsync(of, null, cancellationToken));
                schema.Required.Add(name);
            }
        }
        foreach (var person in people.Where(list => list.Row == type).Select(list => list.Person).DistinctBy(person => person.Shown))
            schema.Properties?.TryAdd(person.Shown, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "The person's name. Shown to: " + string.Join(", ", person.Roles.Select(role => role.Name()))
                    + ". Absent for others, where names=false is asked for, and where there is no such person on record",
            });
        foreach (var name in medical.Where(list => list.Row == type).SelectMany(list => list.Names).Distinct())
        {
            schema.Required?.Remove(name);
            if (schema.Properties?.TryGetValue(name, out var hidden) == true && hidden is OpenApiSchema plain)
                plain.Description = $"{plain.Description} (absent for who has no other role than finance)".TrimStart();
        }
        if (type == typeof(CloudEvent))
        {
            schema.AdditionalPropertiesAllowed = true;
            schema.AdditionalProperties = new OpenApiSchema { Description = "A header of the event, such as region or role" };
        }
    }
}
