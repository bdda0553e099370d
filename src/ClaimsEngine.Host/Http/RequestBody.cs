using System.Buffers;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Problems;

namespace ClaimsEngine.Host.Http;

/// <summary>Reads the bodies of requests.</summary>
internal static class RequestBody
{
    public static async Task<ReadOnlyMemory<byte>> Read(HttpContext http)
    {
        using var body = new MemoryStream();
        await CopyTo(body, http);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <exception cref="BadHttpRequestException">The body is none that HTTP knows, or too large.</exception>
    /// <exception cref="IOException">What it is copied to failed. That is not the sender's fault.</exception>
    public static async Task CopyTo(Stream target, HttpContext http)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (await Next(http, buffer) is > 0 and var read) await target.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> Next(HttpContext http, byte[] buffer)
    {
        try
        {
            return await http.Request.Body.ReadAsync(buffer, http.RequestAborted);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            // The server says so of a chunk whose size no number holds.
            throw new BadHttpRequestException("the body cannot be read", broken);
        }
    }

    /// <summary>The JSON of a request, or 415 for a body of another media type.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, ProblemDocument? Fault)> ReadJson(HttpContext http)
    {
        var body = await Read(http);
        // asked when the body is there: one sent in chunks does not tell its length
        return (body, body.Length > 0 && !http.Request.HasJsonContentType()
            ? ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType) : null);
    }

    /// <summary>What the JSON of a request asks, or the problem: 415, or 422 with every fault.</summary>
    public static async Task<(T? Asked, ProblemDocument? Fault)> Read<T>(HttpContext http) where T : class
    {
        var (body, unsupported) = await ReadJson(http);
        return unsupported is null ? Read<T>(body) : (null, unsupported);
    }

    public static (T? Asked, ProblemDocument? Fault) Read<T>(ReadOnlyMemory<byte> body) where T : class
    {
        var (asked, faults) = JsonBody.Read<T>(body);
        return (asked, asked is null ? Answers.Problem(Refusal.Of(Refuse.InvalidRequest, faults)) : null);
    }
}
