using ClaimsEngine.Host.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>The file of a multipart form that holds one, and beside it nothing that matters.</summary>
public static class FormFile
{
    private const int LongestBoundary = 70;   // RFC 2046, 5.1.1

    /// <summary>An <see cref="IOException"/> that the form's reader throws. One of the operating system has that system's number.</summary>
    private const int NoSystemError = unchecked((int)0x80131620);

    /// <param name="contentType">of the form, with its boundary</param>
    /// <param name="body">at its beginning</param>
    /// <param name="spool">makes the stream that takes the file</param>
    /// <exception cref="IOException">The disk failed, or is full. That is not the sender's fault.</exception>
    public static async Task<(Stream? File, ProblemDocument? Fault)> Read(
        string contentType, Stream body, Func<Stream> spool, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) return (null, Answers.Invalid("Content-Type", "names no boundary"));
        if (boundary.Length > LongestBoundary)
            return (null, Answers.Invalid("Content-Type", $"names a boundary of more than {LongestBoundary} characters"));
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
        catch (Exception exception) when (exception is InvalidDataException or IOException { HResult: NoSystemError })
        {
            return (null, Answers.Invalid("body", "is no complete multipart form"));
        }
        finally
        {
            if (file is not null) await file.DisposeAsync();
        }
    }
}
