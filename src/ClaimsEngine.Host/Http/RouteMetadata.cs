using ClaimsEngine.Host.LongWork;
namespace ClaimsEngine.Host.Http;

/// <summary>A value that a route takes from the query, for the API's description.</summary>
/// <param name="Values">the only ones it takes; null where it takes any</param>
/// <param name="Type">of the value; null for text</param>
internal sealed record QueryValue(
    string Name, string Words, bool Required = false, IReadOnlyList<string>? Values = null, Type? Type = null)
{
    public static readonly QueryValue AsOf = new("asOf", "As known at this instant, like 2025-10-20T08:30:00Z", Type: typeof(Instant));
}

/// <summary>Marks a route that takes <c>Min-Position</c>, for the API's description.</summary>
internal sealed record WaitsForPosition;

/// <summary>A route whose body is a file, for the API's description.</summary>
/// <param name="Types">media types that it is taken as; of a form one part is the file</param>
internal sealed record TakesFile(IReadOnlyList<string> Types);

/// <summary>Marks a command that is also taken as a form of files, for the API's description.</summary>
/// <param name="Words">what the parts are</param>
internal sealed record TakesForm(string Words);

/// <summary>A header that a route takes, for the API's description.</summary>
internal sealed record RequestHeader(string Name, string Words, bool Required = false, Type? Type = null);

/// <summary>A header that a route answers with, for the API's description.</summary>
internal sealed record AnswerHeader(int Status, string Name, string Words);

/// <summary>Marks a route that starts a work, for the API's description.</summary>
internal sealed record StartsWork;

/// <summary>A route that shows a work, for the API's description.</summary>
/// <param name="ResultType">its properties stand beside those of <see cref="WorkView"/></param>
internal sealed record ShowsWork(string Kind, Type ResultType, bool HasOutput);
