using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Members;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>The files of documents over HTTP: several in one form, and one at a time out again.</summary>
public static class PaperEndpoints
{
    /// <summary>Who may take a copy. Finance sees no diagnosis.</summary>
    private static readonly Role[] Takers = [Role.Officer, Role.Approver, Role.Auditor];

    /// <summary>Where files may come in one form, beside digests as JSON.</summary>
    private static readonly string[] FormRoutes = [PaperDesk.UseCase.Route, "/api/claims/{claim}/supplements"];

    /// <summary>The form in which the files of a command come; null for a command that takes none.</summary>
    internal static TakesForm? FormOf(IUseCase useCase) => FormRoutes.Contains(useCase.Route) ? Files : null;

    private static readonly TakesForm Files = new(
        $"1 to {AddPapers.Most} files, JPEG, PNG or PDF, of at most {PaperForms.MostBytes >> 20} MiB each. The name of a part is the kind "
        + "of its document: one that the claim asks for, or other. All files are added, or none");

    public static void MapPapers(this IEndpointRouteBuilder routes)
    {
        foreach (var route in FormRoutes)
            routes.MapPost(route, Add)
                .For(Role.Officer)
                .Accepts<IFormFile>("multipart/form-data")
                .WithMetadata(new RequestSizeLimitAttribute(PaperForm.MostBytes))
                .ExcludeFromDescription();   // the same operation as its JSON form
        routes.MapGet("/api/claims/{claim}/documents/{document}/content", Content)
            .For(Takers).WithTags("claims").WithName("GetDocumentContent")
            .WithSummary("The file of a document, to be saved. Every download is recorded")
            .Produces<Stream>(contentType: PaperContent.Pdf, additionalContentTypes: [PaperContent.Jpeg, PaperContent.Png])
            .ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapGet("/api/claims/{claim}/documents/{document}/downloads", Downloads)
            .For(Role.Auditor).WithTags("claims").WithName("ListDocumentDownloads")
            .WithSummary("Who has downloaded the file of a document, oldest first")
            .Produces<PaperDownloads>();
    }

    private static async Task<IResult> Add(HttpContext http, PaperDesk desk, RecordRoom room)
    {
        var (order, fault) = CommandEndpoints.OrderOf(http, PaperDesk.UseCase);
        if (order is null) return fault!;
        // asked before the files are taken in; the command asks again
        if (!order.IfMatch.Given)
            return Answers.Problem(new Refusal(Refuse.IfMatchMissing, "send the ETag of the resource as If-Match", "If-Match"));
        if (await Found(http, room) is not { } claim) return Answers.Problem(Refuse.NotFound("claim"));
        if (!order.IfMatch.Fits(claim.StreamVersion))
            return Answers.Problem(await StaleAnswer.To(
                order.By, order.IfMatch.Version!.Value, claim, room.Events, http.RequestAborted));

        var (papers, unreadable) = await PaperForm.Read(http, desk);
        try
        {
            if (unreadable is not null) return unreadable;
            return CommandEndpoints.Answered(
                http, order.UseCase, await desk.Add(papers, body => order with { Body = body }, http.RequestAborted));
        }
        finally
        {
            foreach (var paper in papers) await paper.DisposeAsync();
        }
    }

    private static async Task<IResult> Content(
        HttpContext http, RecordRoom room, IPaperStore store, FactWriter facts, string document)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        if (await Found(http, room) is not { } claim) return Answers.Problem(Refuse.NotFound("claim"));
        if (DocumentIn(claim, document) is not { } found) return Answers.Problem(Refuse.NotFound("document"));
        if (found.Content is not { } content)
            return Answers.Problem(new Refusal(Refuse.NoPaperContent, "its file was not sent to this engine"));
        if (await store.Open(found.Sha256, http.RequestAborted) is not { } file)
            return Answers.Problem(new Refusal(Refuse.NoPaperContent, "the store has lost its file"));

        var (by, recorded) = (http.Actor()!, false);
        try
        {
            var stamp = new EventStamp(by, Takers.First(by.Is), "DownloadDocument", http.TraceId(), http.TraceId());
            http.Response.SetPosition(await facts.Write(async () => PaperTrail.Downloaded(
                await room.For(by, cancellation: http.RequestAborted).FindAnywhere<PaperTrail>(found.Id.Value), claim, found, by),
                stamp, http.RequestAborted));
            recorded = true;
        }
        catch (ContendedException)
        {
            return Answers.Problem(new Refusal(Refuse.Busy, "others took copies at the same time; try again"));
        }
        finally
        {
            if (!recorded) await file.DisposeAsync();
        }
        var claimant = await room.For(by, cancellation: http.RequestAborted).FindAnywhere<Person>(claim.Claimant.Value);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(NameOf(claimant?.FileNames.GetValueOrDefault(found.Id) ?? found.Kind, content.MediaType));
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        http.Response.ContentLength = content.Bytes;
        return Results.Stream(file, content.MediaType);
    }

    private static async Task<IResult> Downloads(HttpContext http, RecordRoom room, string document)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        if (await Found(http, room) is not { } claim) return Answers.Problem(Refuse.NotFound("claim"));
        if (DocumentIn(claim, document) is not { } found) return Answers.Problem(Refuse.NotFound("document"));
        var events = await room.Events.ReadStream(found.Id.Value, cancellation: http.RequestAborted);
        return Answers.Json(new PaperDownloads(found.Id, [.. events.Select(recorded =>
            new PaperDownload(((PaperDownloaded)recorded.Data).By, recorded.RecordedAt, ((PaperDownloaded)recorded.Data).Sha256))]));
    }

    /// <summary>The claim of the address, in the caller's region.</summary>
    internal static async Task<Claim?> Found(HttpContext http, RecordRoom room) =>
        Module.ById((string)http.Request.RouteValues["claim"]!) is { } id
            ? await room.For(http.Actor()!, cancellation: http.RequestAborted).Find<Claim>(id) : null;

    private static Document? DocumentIn(Claim claim, string document) =>
        Guid.TryParse(document, out var id) ? claim.Documents.FirstOrDefault(own => own.Id.Value == id) : null;

    /// <summary>The file's name with the ending of what it is: a name may not make a program of it.</summary>
    private static string NameOf(string name, string mediaType)
    {
        string[] endings = mediaType switch
        {
            PaperContent.Jpeg => [".jpg", ".jpeg"], PaperContent.Png => [".png"], _ => [".pdf"],
        };
        return endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? name : name + endings[0];
    }
}

/// <param name="Downloads">oldest first</param>
public sealed record PaperDownloads(DocumentId Document, IReadOnlyList<PaperDownload> Downloads);

/// <param name="By">who got the file</param>
/// <param name="Sha256">hex digest of what was sent</param>
public sealed record PaperDownload(string By, Instant At, string Sha256);
