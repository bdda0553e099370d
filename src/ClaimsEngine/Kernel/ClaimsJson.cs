using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime.Text;

namespace ClaimsEngine.Kernel;

/// <summary>The one JSON dialect of events and HTTP: camelCase, enums as camelCase strings, ids as plain GUIDs, money as decimal strings,
/// NodaTime values as ISO text. A Marten store given <see cref="Options"/> reads and writes the same bytes.</summary>
public static class ClaimsJson
{
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>A recorded time as JSON writes it, to the last digit: what an answer says is what <c>asOf</c> accepts.</summary>
    public static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // Chinese, quotes and signs such as < stay readable. They need an escape only inside HTML, where this JSON is never put.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullsBeAbsent } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new ConverterFactory(typeof(ITextValue<>), typeof(TextValueConverter<>)),
                new ConverterFactory(typeof(IId<>), typeof(IdConverter<>)),
                new PatternConverter<LocalDate>(LocalDatePattern.Iso, "a date is written like 2025-10-20",
                    date => date.Year is >= 1 and <= 9999),
                new PatternConverter<Instant>(InstantPattern.ExtendedIso, "an instant is written like 2025-10-20T08:30:00Z"),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A null is written as an absent member, so an absent member is read as null and not as a fault.</summary>
    private static void LetNullsBeAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { IsNullable: true }) property.IsRequired = false;
    }

    // NodaTime knows years before 1, which neither PostgreSQL's clients nor anybody's cover has
    private sealed class PatternConverter<T>(IPattern<T> pattern, string rule, Func<T, bool>? inRange = null) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && pattern.Parse(reader.GetString()!) is { Success: true } parsed
                && inRange?.Invoke(parsed.Value) != false
                ? parsed.Value : throw new JsonException(rule);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }

    /// <summary>Makes the converter of each struct that implements an interface of its own kind, as ids do.</summary>
    private sealed class ConverterFactory(Type @interface, Type converter) : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsValueType
            && type.GetInterfaces().Any(own => own.IsGenericType && own.GetGenericTypeDefinition() == @interface);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(type))!;
    }

    private sealed class TextValueConverter<T> : JsonConverter<T> where T : struct, ITextValue<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("expected a string");
            return T.TryParse(reader.GetString()!, out var value, out var error) ? value : throw new JsonException(error);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class IdConverter<T> : JsonConverter<T> where T : struct, IId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
                ? T.From(value) : throw new JsonException("an id is a GUID");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
