using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Host.Http;

/// <summary>Says in the caller's terms why a JSON body could not be read; the reader's own text names .NET types.</summary>
public static partial class JsonProblems
{
    /// <summary>422 <c>invalid-request</c> with the reason under the path of the member, or under <c>body</c> where the text is no JSON at all.</summary>
    public static ProblemDocument From(JsonException exception)
    {
        var path = (exception.Path ?? "$").TrimStart('$').TrimStart('.');
        var message = exception.Message;
        if (UnknownMember().Match(message) is { Success: true } unknown)
            return Because(Join(path, unknown.Groups[1].Value), "is not a member of this request");
        if (message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var missing = Quoted().Matches(message[message.LastIndexOf(':')..]).Select(name => Join(path, name.Groups[1].Value));
            return ProblemDocument.Invalid(missing.ToDictionary(name => name, _ => new[] { "is required" }));
        }
        // Our converters throw one plain sentence; the reader appends a position and names types in everything that it says itself.
        if (exception.InnerException is JsonException) return Because(path, "is not well-formed JSON");
        var ours = !message.Contains("Path:", StringComparison.Ordinal) && !message.Contains("LineNumber:", StringComparison.Ordinal);
        return Because(path, ours ? message : "has the wrong JSON type");
    }

    private static ProblemDocument Because(string path, string reason) =>
        ProblemDocument.Invalid(new Dictionary<string, string[]> { [path.Length == 0 ? "body" : path] = [reason] });

    // The path of an unknown member already ends in it.
    private static string Join(string path, string member) =>
        path.Length == 0 || path == member ? member : path.EndsWith($".{member}", StringComparison.Ordinal) ? path : $"{path}.{member}";

    [GeneratedRegex("^The JSON property '(.*?)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("'(.*?)'")]
    private static partial Regex Quoted();
}
