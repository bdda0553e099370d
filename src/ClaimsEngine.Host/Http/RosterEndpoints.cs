using System.Text.Json.Nodes;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Rosters.Enrolling;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>Rosters over HTTP: a sheet of people is enrolled in the background; its progress, its errors, and the sheet again with the reasons.</summary>
public static class RosterEndpoints
{
    private const string Kind = "roster", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Multipart = "multipart/form-data";

    /// <summary>What goes around a file in a multipart body.</summary>
    private const long Wrapping = 64 << 10;

    public static void MapRosters(this IEndpointRouteBuilder routes)
    {
        routes.MapLongWorkStart("/api/rosters", RosterLimits.Default.FileBytes + Wrapping, ["text/csv", Xlsx, "application/octet-stream", Multipart], Read, Role.Officer)
            .WithTags("enrolments").WithSummary("Enrol the people of a roster: CSV (UTF-8 or GB18030) or XLSX, as the body or one file of a form")
            .WithMetadata(
                new QueryValue("programme", "Code of the programme under which they are enrolled; this or plan"),
                new QueryValue("plan", "Code of the plan, where they enter without a programme"),
                new QueryValue("unit", "Code of the unit whose people they are; needed where the plan takes people by their unit"),
                new QueryValue("accept", "Whether one bad row refuses the whole sheet, or the good ones are enrolled all the same", Required: true, [RosterAcceptNames.AllOrNothing, RosterAcceptNames.GoodRows]),
                new QueryValue("coverTier", "A tier of the plan's card; its first if not told"),
                new QueryValue("months", "Length of cover, a whole number, where the plan leaves a choice"));
        routes.MapLongWork<RosterResult>("/api/rosters/{roster}", Kind, hasOutput: false, Role.Officer, Role.Auditor)
            .WithTags("enrolments").WithSummary("A roster: its progress, what became of its rows, and the first 200 errors");
        routes.MapLongWorkOutput("/api/rosters/{roster}/corrected", Kind, "corrected sheet", FormOf, Role.Officer)
            .WithTags("enrolments").WithSummary("The same sheet with the reasons of every row that was not accepted as last column 错误原因, to be corrected and sent again");
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, Stream file, QueryText query)
    {
        var (programme, plan, unit, accept) = (query.Text("programme"), query.Text("plan"), query.Text("unit"), query.Text("accept"));
        var (coverTier, months) = (query.Text("coverTier"), query.Value<int>("months"));
        if (accept is not (RosterAcceptNames.AllOrNothing or RosterAcceptNames.GoodRows)) query.Blame("accept", $"is {RosterAcceptNames.AllOrNothing} or {RosterAcceptNames.GoodRows}");
        if (query.Finish() is { } wrong) return (null, wrong);

        var (actor, given) = (http.Actor()!, http.RequestServices);
        var (database, identityKey, clock) = (given.GetRequiredService<ClaimsDatabase>(), given.GetRequiredService<IdentityKey>(), given.GetRequiredService<IClock>());
        var order = new RosterOrder(programme, plan, unit, accept == RosterAcceptNames.AllOrNothing ? RosterAccept.AllOrNothing : RosterAccept.GoodRows, coverTier, months);
        var (terms, refusal) = await order.Terms(new Records(database.Events, identityKey, actor, http.RequestAborted), clock.GetCurrentInstant().Date());
        if (refusal is not null) return (null, Answers.Problem(refusal));

        var (sheet, fault) = http.Request.ContentType!.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase) ? await OnlyFile(http, file) : (file, null);
        if (fault is not null) return (null, fault);
        var trace = http.TraceId();
        return (new NewWork(Kind, terms!.Unit?.Region ?? actor.Region, async work =>
        {
            await using var body = file;
            await using var own = sheet!;
            var run = new RosterRun(database, identityKey, clock, order, terms, new RosterSender(actor, work.Id.ToString(), trace));
            var end = await run.Over(sheet!, () => work.Output, work.Report, work.Cancellation);
            return end.No is { } no ? WorkEnd.Refused(no, end.Result) : WorkEnd.Done(end.Result);
        }), null);
    }

    /// <summary>The file of a form that holds one, and beside it nothing that matters.</summary>
    private static async Task<(Stream? File, ProblemDocument? Fault)> OnlyFile(HttpContext http, Stream body)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) return (null, Answers.Invalid("Content-Type", "names no boundary"));
        Stream? file = null;
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (section.GetContentDispositionHeader()?.IsFileDisposition() != true) continue;
                if (file is not null)
                {
                    await file.DisposeAsync();
                    return (null, Answers.Invalid("body", "holds more than one file"));
                }
                file = Spool.Create();
                await section.Body.CopyToAsync(file, http.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)   // how the reader says that the form is broken
        {
            if (file is not null) await file.DisposeAsync();
            return (null, Answers.Invalid("body", "is no complete multipart form"));
        }
        return file is null ? (null, Answers.Invalid("body", "holds no file")) : (file, null);
    }

    private static (string MediaType, string Extension) FormOf(StoredWork work) =>
        (string?)JsonNode.Parse(work.Result ?? "{}")!["format"] == "xlsx" ? (Xlsx, "xlsx") : ("text/csv; charset=utf-8", "csv");
}
