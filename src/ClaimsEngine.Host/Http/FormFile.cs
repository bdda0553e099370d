using ClaimsEngine.Host.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ClaimsEngine.Host.Http;

/// <summary>What is asked of every multipart form.</summary>
internal static class MultipartForm
{
    private const int LongestBoundary = 70;   // RFC 2046, 5.1.1

    /// <summary>An <see cref="IOException"/> that the form's reader throws. One of the operating system has that system's number.</summary>
    private const int NoSystemError = unchecked((int)0x80131620);

    public static ProblemDocument Broken => Answers.Invalid("body", "is no complete multipart form");

    /// <summary>What stands between the parts, or what is wrong with the header that says so.</summary>
    public static (string? Boundary, ProblemDocument? Fault) BoundaryOf(string? contentType)
    {
        var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        return boundary is { Length: > 0 and <= LongestBoundary } ? (boundary, null)
            : (null, Answers.Invalid("Content-Type", $"names a boundary of 1 to {LongestBoundary} characters"));
    }

    /// <summary>Whether the reader of a form has thrown this because the form is broken, and not a disk or a connection.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is InvalidDataException or (IOException { HResult: NoSystemError } and not BadHttpRequestException);
}

/// <summary>The file of a multipart form that holds one, and beside it nothing that matters.</summary>
public static class FormFile
{

    /// <param name="contentType">of the form, with its boundary</param>
    /// <param name="body">at its beginning</param>
    /// <param name="spool">makes the stream that takes the file</param>
    /// <exception cref="IOException">The disk failed, or is full. That is not the sender's fault.</exception>
    public static async Task<(Stream? File, ProblemDocument? Fault)> Read(
        string contentType, Stream body, Func<Stream> spool, CancellationToken cancellation)
    {
        var (boundary, unnamed) = MultipartForm.BoundaryOf(contentType);
        if (boundary is null) return (null, unnamed);
        Stream? file = null;
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader()?.IsFileDisposition() != true) continue;
                if (file is not null) return (null, Answers.Invalid("body", "holds more than one file"));
                file = spool();
                await section.Body.CopyToAsync(file, cancellation);
            }
            if (file is null) return (null, Answers.Invalid("body", "holds no file"));
            var whole = file;
            file = null;
            return (whole, null);
        }
        catch (Exception exception) when (MultipartForm.IsBroken(exception))
        {
            return (null, MultipartForm.Broken);
        }
        finally
        {
            if (file is not null) await file.DisposeAsync();
        }
    }
}
