using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClaimsEngine.Host.OpenApi;

/// <summary>Describes the kernel's values as the strings they are in JSON; their converters tell the generator nothing.</summary>
internal sealed class ValueSchemas : IOpenApiSchemaTransformer
{
    private sealed record TextForm(
        string Description, string Example, string? Format = null, string? Pattern = null, IEnumerable<string>? Values = null);

    private static readonly TextForm Id = new("An id", "0199f1b2-7c3d-7e44-9a10-3f5b6c7d8e9f", Format: "uuid");

    private static readonly Dictionary<Type, TextForm> Forms = new()
    {
        [typeof(BookMonth)] = new("A month of the books", "2025-11", Pattern: @"^\d{4}-\d{2}$"),
        [typeof(Money)] = new("Yuan with two places", "120000.00", Pattern: @"^-?\d{1,13}(\.\d{1,2})?$"),
        [typeof(LocalDate)] = new("A date in Asia/Shanghai", "2025-10-20", Format: "date"),
        [typeof(Instant)] = new("A recorded time, UTC", "2025-10-20T08:30:00Z", Format: "date-time"),
        [typeof(RegionCode)] = new(
            "GB/T 2260 code or its prefix; empty is the whole country", "620602", Pattern: @"^(\d{2}|\d{4}|\d{6})?$"),
        [typeof(IdentityNumber)] = new("Citizen identity number, GB 11643", SampleIdentityNumber(), Pattern: @"^\d{17}[\dXx]$"),
        [typeof(BankCardNumber)] = new("12 to 19 digits with the Luhn check digit", "6200000000000005", Pattern: @"^(\d ?){12,19}$"),
        [typeof(Occupation)] = new("Occupation code", "truckDriver", Values: Occupation.All.Select(occupation => occupation.Code)),
    };

    /// <summary>Whether the value is a text in JSON.</summary>
    public static bool IsText(Type type) => Forms.ContainsKey(type) || IsId(type);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        // Told so, a generated client sends and reads the names and not numbers of its own.
        if (type.IsEnum) schema.Type = type == declared ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        var form = Forms.GetValueOrDefault(type) ?? (IsId(type) ? Id : null);
        if (form is null) return Task.CompletedTask;
        schema.Type = type == declared ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Description ??= form.Description;
        schema.Format = form.Format;
        schema.Pattern = form.Pattern;
        schema.Examples = [form.Example];
        schema.Enum = form.Values?.Select(value => (JsonNode)value).ToList();
        return Task.CompletedTask;
    }

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));

    // Of a city without a district, which identity cards always name: nobody in particular.
    private static string SampleIdentityNumber()
    {
        const string first17 = "62060019900101001";
        return first17 + IdentityNumber.CheckCharacter(first17);
    }
}
