using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Host.Problems;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Rosters.Enrolling;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.LongWork;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>Rosters over HTTP: a sheet of people is enrolled in the background; its progress, its errors, and the sheet again with the
/// reasons.</summary>
public static class RosterEndpoints
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Multipart = "multipart/form-data";

    /// <summary>What goes around a file in a multipart body.</summary>
    private const long Wrapping = 64 << 10;

    public static void MapRosters(this IEndpointRouteBuilder routes)
    {
        IReadOnlyList<string> types = ["text/csv", Xlsx, "application/octet-stream", Multipart];
        routes.MapLongWorkStart("/api/rosters", RosterLimits.Default.FileBytes + Wrapping, types, Read, Role.Officer)
            .WithTags("enrolments").WithName("SendRoster")
            .WithSummary("Enrol the people of a roster: CSV (UTF-8 or GB18030) or XLSX, as the body or one file of a form")
            .WithMetadata(
                new QueryValue("programme", "Code of the programme under which they are enrolled; this or plan"),
                new QueryValue("plan", "Code of the plan, where they enter without a programme"),
                new QueryValue("employer",
                    "Code of the employer whose people they are; needed where the plan takes people by their employer"),
                new QueryValue("accept", "Whether one bad row refuses the whole sheet, or the good ones are enrolled all the same",
                    Required: true, [RosterAcceptNames.AllOrNothing, RosterAcceptNames.GoodRows]),
                new QueryValue("coverTier", "A tier of the plan's card; its first if not told"),
                new QueryValue("months", "Length of cover, a whole number, where the plan leaves a choice", Type: typeof(int)));
        routes.MapLongWork<RosterResult>("/api/rosters/{roster}", RosterWork.Name, hasOutput: false, Role.Officer, Role.Auditor)
            .WithTags("enrolments").WithName("GetRoster")
            .WithSummary("A roster: its progress, what became of its rows, and the first 200 errors");
        routes.MapLongWorkOutput("/api/rosters/{roster}/corrected", RosterWork.Name, "corrected sheet", FormOf, Role.Officer)
            .WithTags("enrolments").WithName("GetCorrectedRoster")
            .WithSummary("The same sheet with the reasons of every row that was not accepted as last column 错误原因, "
                + "to be corrected and sent again")
            .Produces<Stream>(contentType: "text/csv", additionalContentTypes: Xlsx)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, Stream file, QueryText query)
    {
        var (programme, plan, employer) = (query.Text("programme"), query.Text("plan"), query.Text("employer"));
        var (accept, coverTier, months) = (query.Text("accept"), query.Text("coverTier"), query.Value<int>("months"));
        if (accept is not (RosterAcceptNames.AllOrNothing or RosterAcceptNames.GoodRows))
            query.Fault("accept", $"is {RosterAcceptNames.AllOrNothing} or {RosterAcceptNames.GoodRows}");
        if (query.Finish() is { } wrong) return (null, wrong);

        var (actor, given) = (http.Actor()!, http.RequestServices);
        var order = new RosterOrder(programme, plan, employer, RosterAcceptNames.Of(accept!), coverTier, months);
        var records = given.GetRequiredService<RecordRoom>().For(actor, cancellation: http.RequestAborted);
        var (terms, refusal) = await order.Terms(records, given.GetRequiredService<IClock>().GetCurrentInstant().Date());
        if (refusal is not null) return (null, Answers.Problem(refusal));

        var (sheet, fault) = http.Request.ContentType!.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase)
            ? await FormFile.Read(http.Request.ContentType, file, Spool.Create, http.RequestAborted) : (file, null);
        if (sheet is null) return (null, fault);
        sheet.Position = 0;
        var instruction = new RosterInstruction(order, RosterSenderName.Of(actor));
        return (new NewWork(RosterWork.Name, terms!.Employer?.Region ?? actor.Region, instruction, sheet), null);
    }

    private static (string MediaType, string Extension) FormOf(StoredWork work) =>
        (string?)JsonNode.Parse(work.Result ?? "{}")!["format"] == "xlsx" ? (Xlsx, "xlsx") : ("text/csv; charset=utf-8", "csv");
}
