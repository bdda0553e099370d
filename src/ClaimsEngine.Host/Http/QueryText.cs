using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Rosters.Writing;
using System.Globalization;
using System.Text.Json;
using NodaTime.Text;

namespace ClaimsEngine.Host.Http;

/// <summary>Reads query parameters strictly: an unknown one is refused, so that a typo never widens an answer.</summary>
public sealed class QueryText(HttpRequest request)
{
    private readonly HashSet<string> known = [];

    /// <summary>The first that was found; null while all is well.</summary>
    private ProblemDocument? first;

    public string? Text(string name)
    {
        known.Add(name);
        if (!request.Query.TryGetValue(name, out var values) || values.Count == 0) return null;
        if (values.Count > 1) Fault(name, "stands twice");
        if (values[0]!.Contains('\0'))
        {
            Fault(name, "holds U+0000, which is no text");
            return null;
        }
        return values[0] is { Length: > 0 } text ? text : null;
    }

    /// <summary>A value in the dialect of the API: an enum, id, date, region or number.</summary>
    public object? Value(string name, Type type)
    {
        if (Text(name) is not { } text) return null;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            if (plain == typeof(string)) return text;
            if (plain == typeof(bool)) return text switch
            {
                "true" => true,
                "false" => false,
                _ => throw new FormatException(),
            };
            if (plain == typeof(long)) return long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            if (plain == typeof(int)) return int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            return JsonSerializer.SerializeToElement(text).Deserialize(plain, ClaimsJson.Options);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            var names = plain.IsEnum ? Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName) : null;
            if (plain == typeof(bool)) names = ["true", "false"];
            Fault(name, names is null ? $"'{text}' cannot be read" : $"is none of {string.Join(", ", names)}");
            return null;
        }
    }

    public T? Value<T>(string name) where T : struct => (T?)Value(name, typeof(T));

    /// <summary><c>asOf</c>: an instant with <c>Z</c> or an offset.</summary>
    public Instant? Moment(string name)
    {
        if (Text(name) is not { } text) return null;
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } parsed && InRange(parsed.Value)) return parsed.Value.ToInstant();
        Fault(name, "is an instant like 2025-10-20T08:30:00Z");
        return null;
    }

    /// <summary>Only the years 1 to 9999 are stored. An offset may carry their first and their last hours out of them.</summary>
    private static bool InRange(OffsetDateTime moment) => moment.Year >= 1
        && (moment.Year > 1 || moment.Offset <= Offset.Zero) && (moment.Year < 9999 || moment.Offset >= Offset.Zero);

    /// <summary>A page size from 1 to 200; 50 if not said.</summary>
    public int Limit()
    {
        if (Value<int>("limit") is not { } limit) return 50;
        if (limit is < 1 or > 200) Fault("limit", "is 1 to 200");
        return Math.Clamp(limit, 1, 200);
    }

    /// <summary>The form that a table is asked for in: <c>format</c>, which a link can carry, goes before <c>Accept</c>. A form that there
    /// is none of is a fault: 406.</summary>
    /// <returns>null for JSON, also where nothing is asked for</returns>
    public TableFormat? Form()
    {
        if (Text("format") is { } name)
        {
            if (MediaTypes.Names.Contains(name)) return MediaTypes.FormatOfName(name);
            Fault("format", $"is none of {string.Join(", ", MediaTypes.Names)}");
            return null;
        }
        if (AcceptedForm.Of(request, MediaTypes.Types) is { } type) return MediaTypes.FormatOfType(type);
        var there = $"there is {string.Join(", ", MediaTypes.Types)}";
        first ??= ProblemDocument.ForStatus(StatusCodes.Status406NotAcceptable) with
        {
            Detail = $"Accept: {there}", Errors = new Dictionary<string, string[]> { ["Accept"] = [there] },
        };
        return null;
    }

    /// <summary>To be called when all parameters have been asked for.</summary>
    public ProblemDocument? Finish()
    {
        if (request.Query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } stray) Fault(stray, "is no parameter of this query");
        return first;
    }

    public void Fault(string name, string message) => first ??= Answers.Invalid(name, message);
}
