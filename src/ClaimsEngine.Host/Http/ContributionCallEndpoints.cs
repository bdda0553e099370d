using System.Globalization;
using ClaimsEngine.Contributions;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Contributions;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Members;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>A call for contributions as a file to send to the payer, and the file of payments that comes back.</summary>
public static class ContributionCallEndpoints
{
    private const string Csv = "text/csv", JsonLines = "application/x-ndjson",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Bytes of a file of payments: enough for a call's 50,000 lines.</summary>
    private const long MostBytes = 16 << 20;

    private const int Page = 500;

    private static readonly string[] Headings = ["序号", "缴费通知号", "凭证号", "缴费方", "应缴金额", "缴费凭据号", "缴费日期"];

    public static void MapContributionCalls(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/contribution-calls/{call}/file", File)
            .For([.. ContributionsModule.Readers]).WithTags("contributions").WithName("GetContributionCallFile")
            .WithMetadata(new QueryValue("format", "csv if not told", Values: ["csv", "xlsx"]))
            .WithSummary("A call's lines as CSV or XLSX, with empty columns for the payments: filled in, it is the file of payments. "
                + "Names stand in it for those who may see them")
            .Produces<Stream>(contentType: Csv, additionalContentTypes: Xlsx);
        routes.MapLongWorkStart("/api/contribution-calls/{call}/payments", MostBytes, [Csv, JsonLines], Read, Role.Finance)
            .WithTags("contributions").WithName("SendContributionPayments")
            .WithSummary("Record what was paid of a call: CSV (UTF-8 or GB18030) or JSON Lines, a certificate a line, or one line for all. "
                + "The same file again changes nothing");
        routes.MapLongWork<ContributionPaymentsResult>("/api/contribution-calls/{call}/payments/{payments}", ContributionPaymentsWork.Name,
                hasOutput: true, [.. ContributionsModule.Readers])
            .WithTags("contributions").WithName("GetContributionPayments")
            .WithSummary("A file of payments: its progress, counts, and what became of its lines, all of them as CSV");
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, Stream file, QueryText query)
    {
        if (query.Finish() is { } wrong) return (null, wrong);
        var actor = http.Actor()!;
        if (await Found(http) is not { } call) return (null, Answers.Problem(Refuse.NotFound("contribution call")));
        var json = http.Request.ContentType!.StartsWith(JsonLines, StringComparison.OrdinalIgnoreCase);
        return (new NewWork(ContributionPaymentsWork.Name, call.Region,
            new ContributionPaymentsOrder(call.Id, json, RosterSenderName.Of(actor)), file), null);
    }

    private static async Task<ContributionCall?> Found(HttpContext http) =>
        Module.ById((string)http.Request.RouteValues["call"]!) is { } id
            ? await http.RequestServices.GetRequiredService<RecordRoom>().For(http.Actor()!, cancellation: http.RequestAborted)
                .Find<ContributionCall>(id) : null;

    private static async Task<IResult> File(HttpContext http, RecordRoom room)
    {
        var query = new QueryText(http.Request);
        var format = query.Text("format") ?? "csv";
        if (format is not ("csv" or "xlsx")) query.Fault("format", "is csv or xlsx");
        if (query.Finish() is { } fault) return fault;
        if (await Found(http) is not { } call) return Answers.Problem(Refuse.NotFound("contribution call"));
        var (by, csv) = (http.Actor()!, format == "csv");
        return Results.Stream(
            to => Write(to, call, csv ? SheetFormat.Csv : SheetFormat.Xlsx, by.SeesMedicalFacts ? room : null, by, http.RequestAborted),
            csv ? "text/csv; charset=utf-8" : Xlsx,
            $"{call.Number}.{format}");
    }

    /// <param name="names">where names are read; null for who may not see them</param>
    private static async Task Write(
        Stream to, ContributionCall call, SheetFormat format, RecordRoom? names, Actor by, CancellationToken cancellation)
    {
        await using var sheet = SheetWriter.To(to, format, call.Number);
        await sheet.Write(names is null ? Headings : [.. Headings, "姓名"], cancellation);
        var nth = 0;
        foreach (var page in call.Lines.Chunk(Page))
        {
            var people = names is null ? null : await NamesOf(page, names.For(by, cancellation: cancellation));
            foreach (var line in page)
            {
                string[] cells = [(++nth).ToString(CultureInfo.InvariantCulture), call.Number, line.CertificateNumber, call.Payer,
                    line.Amount.ToString(), "", ""];
                await sheet.Write(people is null ? cells : [.. cells, people.GetValueOrDefault(line.Enrolment, "")], cancellation);
            }
        }
        await sheet.Finish(cancellation);
    }

    private static async Task<Dictionary<EnrolmentId, string>> NamesOf(IReadOnlyList<CallLine> page, Records records)
    {
        await records.Look([.. page.Select(line => line.Enrolment.Value)]);
        var members = new Dictionary<EnrolmentId, PersonId>();
        foreach (var line in page)
            if (await records.FindAnywhere<Enrolment>(line.Enrolment.Value) is { } enrolment) members[enrolment.Id] = enrolment.Member;
        await records.Look([.. members.Values.Select(member => member.Value).Distinct()]);
        var names = new Dictionary<EnrolmentId, string>();
        foreach (var (enrolment, member) in members)
            if (await records.FindAnywhere<Person>(member.Value) is { } person) names[enrolment] = person.Name;
        return names;
    }
}
