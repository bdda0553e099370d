using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Members;
using ClaimsEngine.Notices;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using CsvHelper;

namespace ClaimsEngine.Host.Http;

/// <summary>What is published on a day.</summary>
/// <param name="On">the day, Asia/Shanghai</param>
public sealed record PublicNotices(RegionCode Region, string RegionName, LocalDate On, IReadOnlyList<PublicNoticeLine> Items);

/// <summary>A payment as it is published: without identity number, diagnosis, incident or employer.</summary>
/// <param name="Name">of the member, masked</param>
/// <param name="Plan">what members call it, in Chinese</param>
/// <param name="District">where the certificate belongs</param>
/// <param name="To">last day of the notice, inclusive</param>
public sealed record PublicNoticeLine(
    string ClaimNumber, string Name, string Plan, string District, Money Amount, LocalDate From, LocalDate To);

/// <summary>The list of public notices of a day (公示名单), as a whole: to be published as JSON, as CSV or as a page to print.</summary>
public static class PublicNoticeEndpoint
{
    private const string Json = "application/json", Csv = "text/csv", Html = "text/html", Address = "/api/public-notices";

    /// <summary>A list for publishing is read by people.</summary>
    private const int Most = 5_000;

    private static readonly ListFilter
        Begun = new("on", nameof(PublicNoticeRow.FirstDay), ListMatch.To),
        Running = new("on", nameof(PublicNoticeRow.LastDay), ListMatch.From),
        Place = new("region", nameof(PublicNoticeRow.Region), ListMatch.RegionPrefix),
        Unstopped = new("stopped", nameof(PublicNoticeRow.Stopped));

    private static readonly string[] Header = ["申领编号", "姓名", "保障计划", "地区", "给付金额（元）", "公示起", "公示止"];

    public static void MapPublicNotices(this IEndpointRouteBuilder routes, StorageOptions options)
    {
        var list = new ListQuery(new ListRoute(
            Address, PublicNoticeList.Model, nameof(PublicNoticeRow.Region), "", [], Begun, Running, Place, Unstopped), options);
        routes.MapGet(Address, (HttpContext http, RecordRoom room, ClaimsStorage storage, IClock clock) =>
                Show(http, room, storage, clock, list))
            .For(Module.Readers).WithTags("public-notices").WithName("ListPublicNotices")
            .WithSummary($"What is published on a day, with masked names: JSON, CSV, or a page to print; at most {Most:N0} lines")
            .WithMetadata(
                new QueryValue("region", "GB/T 2260 code or its prefix: the notices in that place", Type: typeof(RegionCode)),
                new QueryValue("on", "The day; left out it is today, or that of asOf", Type: typeof(LocalDate)), QueryValue.AsOf,
                new WaitsForPosition())
            .Produces<PublicNotices>(StatusCodes.Status200OK, Json, Csv, Html).ProducesProblem(StatusCodes.Status406NotAcceptable);
    }

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, ClaimsStorage storage, IClock clock, ListQuery list)
    {
        var query = new QueryText(http.Request);
        var (asOf, region, by) = (query.Moment("asOf"), query.Value<RegionCode>("region"), http.Actor()!);
        var on = query.Value<LocalDate>("on") ?? (asOf ?? clock.GetCurrentInstant()).Date();
        if (query.Finish() is { } fault) return fault;
        if (AcceptedForm.Of(http.Request, Json, Csv, Html) is not { } form)
            return ProblemDocument.ForStatus(StatusCodes.Status406NotAcceptable);
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;

        List<(ListFilter, object)> narrowed = [(Begun, on), (Running, on), (Unstopped, false)];
        if (region is { } place) narrowed.Add((Place, place));
        if (await Rows(new ListPage(by, narrowed, 200, null, asOf), list, storage, http.RequestAborted) is not { } rows)
            return Answers.Invalid("region", $"holds more than {Most:N0} notices on this day; ask for a smaller place");
        var lines = await Lines(rows, room.For(by, asOf, http.RequestAborted));
        var shown = region is { } asked && by.Region.Contains(asked) ? asked : by.Region;
        return form switch
        {
            Csv => Results.File(Sheet(lines), "text/csv; charset=utf-8", $"public-notices-{on:uuuu-MM-dd}.csv"),
            Html => Page(shown, on, lines).Answer(http),
            _ => Answers.Json(new PublicNotices(shown, shown.Name, on, lines)),
        };
    }

    /// <returns>null where there are too many</returns>
    private static async Task<List<PublicNoticeRow>?> Rows(
        ListPage first, ListQuery list, ClaimsStorage storage, CancellationToken cancellation)
    {
        var rows = new List<PublicNoticeRow>();
        for (var page = first; ;)
        {
            var answer = await list.Run(page, storage.Sessions.Listing, cancellation);
            foreach (var item in answer["items"]!.AsArray())
            {
                foreach (var own in (string[])["id", "version", "recordedFrom"]) item!.AsObject().Remove(own);
                rows.Add(item.Deserialize<PublicNoticeRow>(ClaimsJson.Options)!);
            }
            if (rows.Count > Most) return null;
            if ((string?)answer["next"] is not { } next) return rows;
            page = first with { After = ListQuery.Decode(next) };
        }
    }

    /// <summary>By place, then by number: an order that tells nothing of the people.</summary>
    private static async Task<IReadOnlyList<PublicNoticeLine>> Lines(IReadOnlyList<PublicNoticeRow> rows, Records records)
    {
        await records.Look([.. rows.Select(row => row.Member.Value), .. rows.Select(row => PlanId.Of(row.Plan).Value)]);
        var lines = new List<PublicNoticeLine>(rows.Count);
        foreach (var row in rows.OrderBy(row => row.Region.Value, StringComparer.Ordinal)
            .ThenBy(row => row.ClaimNumber, StringComparer.Ordinal))
        {
            var member = await records.FindAnywhere<Person>(row.Member.Value);
            var card = (await Plan.BoundVersion(records, row.Plan, row.PlanVersion)).Card;
            lines.Add(new PublicNoticeLine(
                row.ClaimNumber, MaskedName.Of(member?.Name ?? ""), card.Name.Zh, row.Region.FullName, row.Amount,
                row.FirstDay, row.LastDay));
        }
        return lines;
    }

    private static string[] Cells(PublicNoticeLine line) =>
        [line.ClaimNumber, line.Name, line.Plan, line.District, $"{line.Amount}", $"{line.From:uuuu-MM-dd}", $"{line.To:uuuu-MM-dd}"];

    private static byte[] Sheet(IEnumerable<PublicNoticeLine> lines)
    {
        using var text = new MemoryStream();
        var options = new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(text, options, leaveOpen: true))
        {
            csv.WriteRecord(Header);
            foreach (var line in lines) csv.WriteRecord(Cells(line));
        }
        return text.ToArray();
    }

    private static PrintedPage Page(RegionCode region, LocalDate on, IReadOnlyList<PublicNoticeLine> lines) =>
        new PrintedPage("互助保障金给付公示").Heading("互助保障金给付公示")
            .Paragraph($"地区：{region.FullName}　日期：{on:uuuu年M月d日}　共{lines.Count}件", "number")
            .Paragraph("以下给付已经审批，现予公示。对给付有异议的，请在公示期内向经办机构反映。", "body")
            .Table(Header, lines.Select(Cells), 4);
}
