using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>Which of several forms of an answer the caller would like best.</summary>
internal static class AcceptedForm
{
    /// <param name="offered">media types in the order of our own liking; the first answers who names none</param>
    /// <returns>null if the caller would like none of them</returns>
    public static string? Of(HttpRequest request, params IReadOnlyList<string> offered)
    {
        if (request.GetTypedHeaders().Accept is not { Count: > 0 } accepted) return offered[0];
        return accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => offered.FirstOrDefault(form => new MediaTypeHeaderValue(form).IsSubsetOf(Plain(type))))
            .FirstOrDefault(form => form is not null);
    }

    /// <summary>Without parameters: we offer one charset.</summary>
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue type) => new(type.MediaType);
}
