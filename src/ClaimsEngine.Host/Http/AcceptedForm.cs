using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>Which of several forms of an answer the caller would like best.</summary>
internal static class AcceptedForm
{
    /// <param name="offered">media types in the order of our own liking; the first answers who names none</param>
    /// <returns>null if the caller would like none of them, or sends what names no media type</returns>
    public static string? Of(HttpRequest request, params IReadOnlyList<string> offered)
    {
        if (string.IsNullOrWhiteSpace(request.Headers.Accept.ToString())) return offered[0];
        var accepted = request.GetTypedHeaders().Accept;
        var refused = accepted.Where(type => type.Quality is 0).Select(type => type.MediaType.ToString()).ToArray();
        return accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => offered.FirstOrDefault(form =>
                !refused.Contains(form, StringComparer.OrdinalIgnoreCase) && new MediaTypeHeaderValue(form).IsSubsetOf(Plain(type))))
            .FirstOrDefault(form => form is not null);
    }

    /// <summary>Without parameters: we offer one charset.</summary>
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue type) => new(type.MediaType);
}
