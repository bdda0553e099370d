using System.Globalization;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Rosters;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>A form whose parts are files of one claim: a part's name is the kind of the document. Each is spooled to a file without a name,
/// so that whatever breaks off leaves nothing behind.</summary>
internal static class PaperForm
{
    /// <summary>All files at their largest, and what goes around them.</summary>
    public const long MostBytes = (long)AddPapers.Most * PaperForms.MostBytes + (64 << 10);

    /// <returns>the files that were read, to be disposed whatever the fault</returns>
    public static async Task<(IReadOnlyList<SentPaper> Papers, IResult? Fault)> Read(HttpContext http, PaperDesk desk)
    {
        var papers = new List<SentPaper>();
        var (boundary, unnamed) = MultipartForm.BoundaryOf(http.Request.ContentType);
        if (boundary is null) return (papers, unnamed);
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                var field = $"papers.{papers.Count.ToString(CultureInfo.InvariantCulture)}";
                if (papers.Count == AddPapers.Most) return (papers, TooLarge($"a form brings at most {AddPapers.Most} files"));
                if (section.GetContentDispositionHeader()?.IsFileDisposition() != true)
                    return (papers, Answers.Invalid(field, "is no file: every part is one, under the name of its kind"));
                var part = section.AsFileSection()!;
                await using var sent = Spool.Create();
                if (!await Copied(section.Body, sent, http.RequestAborted))
                    return (papers, TooLarge($"{field} is larger than {PaperForms.MostBytes >> 20} MiB"));
                var (paper, no) = await desk.Look(sent, part.Name, part.FileName, field, http.RequestAborted);
                if (paper is null) return (papers, Answers.Problem(no!));
                papers.Add(paper);
            }
            return (papers, papers.Count > 0 ? null : Answers.Invalid("body", "holds no file"));
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested && MultipartForm.IsBroken(exception))
        {
            return (papers, MultipartForm.Broken);
        }
        catch
        {
            foreach (var paper in papers) await paper.DisposeAsync();
            throw;
        }
    }

    internal static IResult TooLarge(string detail) =>
        ProblemDocument.ForStatus(StatusCodes.Status413PayloadTooLarge) with { Detail = detail };

    /// <returns>false when there is more than may be</returns>
    private static async Task<bool> Copied(Stream from, Stream to, CancellationToken cancellation)
    {
        var buffer = new byte[64 << 10];
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (to.Length + read > PaperForms.MostBytes) return false;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        return true;
    }
}
