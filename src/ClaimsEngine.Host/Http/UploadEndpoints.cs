using System.Buffers;
using System.Globalization;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Papers;
using ClaimsEngine.Storage.Reading;
using Microsoft.AspNetCore.Mvc;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// Files of a claim that may break off and go on: the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload) with creation and
/// termination, for its clients in browsers and phones. Metadata are <c>filename</c> and <c>kind</c>. The request that brings the last byte
/// adds the document by the same rules as a form; it does not rest on what the officer saw of the claim, so it names no version.
/// </summary>
public static class UploadEndpoints
{
    private const string Version = "1.0.0", Resumable = "Tus-Resumable", OffsetHeader = "Upload-Offset", LengthHeader = "Upload-Length",
        MetadataHeader = "Upload-Metadata";
    private const string Route = "/api/claims/{claim}/uploads", One = Route + "/{upload}", Octets = "application/offset+octet-stream";

    /// <summary>Unfinished uploads that one person may have.</summary>
    private const int Most = 20;

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var (speaks, offset) = (new RequestHeader(Resumable, Version, Required: true), "Bytes that have come");
        Mapped(routes.MapMethods(Route, [HttpMethods.Options], (HttpContext http) => Options(http)), "AskUploads",
            "What uploads of the tus protocol can do here", StatusCodes.Status204NoContent,
            new AnswerHeader(204, "Tus-Version", Version), new AnswerHeader(204, "Tus-Extension", "What is spoken besides the core"),
            new AnswerHeader(204, "Tus-Max-Size", "The most bytes that a file may have"));
        Mapped(routes.MapPost(Route, Begin), "BeginUpload", "Begin an upload of one file that may break off and go on (tus 1.0.0)",
            StatusCodes.Status201Created, speaks,
            new RequestHeader(LengthHeader, "Bytes of the whole file", Required: true, typeof(long)),
            new RequestHeader(MetadataHeader, "Pairs of a name and a value in Base64: kind, of the document, and filename", Required: true),
            new AnswerHeader(201, "Location", "The address of the upload"));
        Mapped(routes.MapMethods(One, [HttpMethods.Head], Show), "GetUpload", "How far an upload has come", StatusCodes.Status200OK,
            speaks, new AnswerHeader(200, OffsetHeader, offset), new AnswerHeader(200, LengthHeader, "Bytes of the whole file"));
        Mapped(routes.MapPatch(One, GoOn), "ContinueUpload", "Send the next piece; the last byte adds the document to the claim",
            StatusCodes.Status204NoContent, speaks, new RequestSizeLimitAttribute(PaperForms.MostBytes), new TakesFile([Octets]),
            new RequestHeader(OffsetHeader, "Where the piece begins: as many bytes as have come", Required: true, typeof(long)),
            new AnswerHeader(204, OffsetHeader, offset), new AnswerHeader(204, "ETag", "The claim's version, once it has the document"),
            new AnswerHeader(204, "Event-Position", "To be sent as Min-Position; once the claim has the document"));
        Mapped(routes.MapDelete(One, End), "EndUpload", "Give an upload up", StatusCodes.Status204NoContent, speaks);

        static void Mapped(RouteHandlerBuilder route, string name, string summary, int status, params object[] told)
        {
            route.For(Role.Officer).AddEndpointFilter(InThisVersion).WithTags("uploads").WithName(name).WithSummary(summary)
                .WithMetadata(told).Produces(status);
            if (name == "AskUploads") return;   // whoever asks what is spoken need not speak it yet
            route.ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status409Conflict);
        }
    }

    private static async ValueTask<object?> InThisVersion(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        http.Response.Headers[Resumable] = Version;
        if (http.Request.Method == HttpMethods.Options || http.Request.Headers[Resumable] == Version) return await next(invocation);
        http.Response.Headers["Tus-Version"] = Version;
        return Answers.Problem(new Refusal(Refuse.UploadProtocol, $"this needs the header {Resumable}: {Version}", Resumable));
    }

    private static IResult Options(HttpContext http)
    {
        http.Response.Headers["Tus-Version"] = Version;
        http.Response.Headers["Tus-Extension"] = "creation,termination";
        http.Response.Headers["Tus-Max-Size"] = $"{PaperForms.MostBytes}";
        return Results.NoContent();
    }

    private static async Task<IResult> Begin(HttpContext http, RecordRoom room, Uploads uploads)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        if (await PaperEndpoints.Found(http, room) is not { } claim) return Answers.Problem(Refuse.NotFound("claim"));
        if (NumberIn(http, LengthHeader) is not ({ } length and > 0)) return Answers.Invalid(LengthHeader, "is a number of bytes above 0");
        if (length > PaperForms.MostBytes) return PaperForm.TooLarge($"a file has at most {PaperForms.MostBytes >> 20} MiB");
        if (MetadataIn(http) is not { } told) return Answers.Invalid(MetadataHeader, "is pairs of a name and a value in Base64");
        var (kind, fileName) = (told.GetValueOrDefault("kind", ""), told.GetValueOrDefault("filename", ""));
        var faults = PaperDesk.UseCase.Validate(new AddPapers(claim.Id, [new Paper(kind, fileName, "", new PaperContent("", 0, ""))]));
        if (faults.Count > 0) return Answers.Problem(Refusal.Of(Refuse.InvalidRequest, faults));
        if (claim.TakesNoPapers() is { } closed) return Answers.Problem(closed);

        var upload = new Upload(Guid.CreateVersion7(), claim.Id.Value, http.Actor()!.Id, kind, fileName, length, 0);
        if (!await uploads.Begin(upload, Most, http.RequestAborted))
            return Answers.Problem(new Refusal(Refuse.TooManyUploads, $"{Most} uploads of yours are unfinished"));
        http.Response.Headers.Location = $"{http.Request.Path}/{upload.Id}";
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, Uploads uploads)
    {
        if (await Found(http, room, uploads) is not { } upload) return Results.StatusCode(StatusCodes.Status404NotFound);
        http.Response.Headers[OffsetHeader] = Text(upload.Received);
        http.Response.Headers[LengthHeader] = Text(upload.Length);
        return Results.Ok();
    }

    private static async Task<IResult> GoOn(HttpContext http, RecordRoom room, Uploads uploads, PaperDesk desk)
    {
        if (http.Request.ContentType != Octets) return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);
        if (await Found(http, room, uploads) is not { } upload) return Answers.Problem(Refuse.NotFound("upload"));
        if (NumberIn(http, OffsetHeader) is not { } place) return Answers.Invalid(OffsetHeader, "is a number of bytes");
        if (place != upload.Received) return Elsewhere();
        if (await Take(http, uploads, upload) is not { } end) return Elsewhere();
        if (end > upload.Length) return PaperForm.TooLarge($"the upload was to have {upload.Length} bytes");

        if (end == upload.Length && await Finish(http, uploads, desk, upload) is { } no) return no;
        http.Response.Headers[OffsetHeader] = Text(end);
        return Results.NoContent();
    }

    private static async Task<IResult> End(HttpContext http, RecordRoom room, Uploads uploads) =>
        await Found(http, room, uploads) is { } upload && await uploads.End(upload.Id, http.RequestAborted)
            ? Results.NoContent() : Answers.Problem(Refuse.NotFound("upload"));

    /// <summary>Stores what the body brings, piece by piece. Where the connection breaks, what has come until then stays.</summary>
    /// <returns>where it has come to; more than the length where there was more, and null where somebody else went on with it</returns>
    private static async Task<long?> Take(HttpContext http, Uploads uploads, Upload upload)
    {
        var (buffer, place, filled) = (ArrayPool<byte>.Shared.Rent(Uploads.PieceBytes), upload.Received, 0);
        try
        {
            while (true)
            {
                var read = 0;
                try
                {
                    read = await http.Request.Body.ReadAsync(buffer.AsMemory(filled, Uploads.PieceBytes - filled), http.RequestAborted);
                }
                catch (Exception broken) when (broken is IOException or OperationCanceledException)
                {
                    if (filled > 0) await uploads.Add(upload.Id, place, buffer.AsMemory(0, filled), CancellationToken.None);
                    throw;
                }
                filled += read;
                if (place + filled > upload.Length) return place + filled;
                if (filled < Uploads.PieceBytes && read > 0) continue;
                if (filled > 0 && !await uploads.Add(upload.Id, place, buffer.AsMemory(0, filled), CancellationToken.None)) return null;
                (place, filled) = (place + filled, 0);
                if (read == 0) return place;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Adds the document. A file that is not taken is deleted; where the claim or the store do not let it in now, it stays, and an
    /// empty piece at its end tries again.</summary>
    /// <returns>why it was not added; null if it was</returns>
    private static async Task<IResult?> Finish(HttpContext http, Uploads uploads, PaperDesk desk, Upload upload)
    {
        await using var whole = Spool.Create();
        await uploads.CopyTo(upload.Id, whole, http.RequestAborted);
        if (whole.Length != upload.Length) return Answers.Problem(Refuse.NotFound("upload"));   // another request has brought it to its end
        var (paper, no) = await desk.Look(whole, upload.Kind, upload.FileName, "papers.0", http.RequestAborted);
        if (paper is null)
        {
            await uploads.End(upload.Id, CancellationToken.None);
            return Answers.Problem(no!);
        }
        await using var kept = paper;
        var values = new Dictionary<string, string> { ["claim"] = upload.Claim.ToString() };
        var answer = await desk.Add([paper], body => new CommandRequest(
            PaperDesk.UseCase, http.Request.Path, values, body, http.Actor()!, VersionMatch.Any, null, http.TraceId()),
            http.RequestAborted);
        if (answer is NotDone refused && refused.Rule.Kind != RefusalKind.Invalid) return Answers.Problem(refused);
        await uploads.End(upload.Id, CancellationToken.None);
        if (answer is NotDone invalid) return Answers.Problem(invalid);
        var done = (Done)answer;
        http.Response.SetETag(done.ETag);
        http.Response.SetPosition(done.Position);
        return null;
    }

    /// <summary>The caller's own upload, of a claim in the caller's region.</summary>
    private static async Task<Upload?> Found(HttpContext http, RecordRoom room, Uploads uploads) =>
        Guid.TryParse((string)http.Request.RouteValues["upload"]!, out var id)
        && await uploads.Find(id, http.RequestAborted) is { } upload && upload.Caller == http.Actor()!.Id
        && await PaperEndpoints.Found(http, room) is { } claim && claim.Id.Value == upload.Claim ? upload : null;

    private static IResult Elsewhere() =>
        Answers.Problem(new Refusal(Refuse.UploadMoved, "the upload has come to another place; ask for it with HEAD", OffsetHeader));

    private static long? NumberIn(HttpContext http, string header) =>
        long.TryParse(http.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Names and values; null where they are not written as the protocol wants.</summary>
    private static Dictionary<string, string>? MetadataIn(HttpContext http)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in http.Request.Headers[MetadataHeader].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = pair.Trim().Split(' ');
            var value = new byte[words[^1].Length];
            if (words.Length > 2 || !Convert.TryFromBase64String(words.Length == 1 ? "" : words[1], value, out var length)
                || !System.Text.Unicode.Utf8.IsValid(value.AsSpan(0, length))
                || !told.TryAdd(words[0], System.Text.Encoding.UTF8.GetString(value, 0, length))) return null;
        }
        return told;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
