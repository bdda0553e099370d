using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Host.Problems;
using System.Globalization;
using ClaimsEngine.Payouts;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>The lists, and finance's totals: answered from read models, with read-your-writes on request. An answer that could not wait
/// long enough says <c>Position-Reached: false</c>.</summary>
public static class ListEndpoints
{
    /// <summary>How long an answer waits for the projection to reach <c>Min-Position</c> before it answers from what there is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static void MapLists(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules, StorageOptions options)
    {
        foreach (var module in modules)
        foreach (var list in module.Lists)
        {
            var query = new ListQuery(list, options);
            routes.MapGet(list.Route, async (HttpContext http, ClaimsStorage storage, RecordRoom room) =>
                {
                    var (page, form, person, fault) = PageOf(http, list, query);
                    if (page is null) return fault!;
                    if (await Waited(http, storage.Upkeep) is { } invalid) return invalid;
                    if (form is { } format) return new ListExport(query, page, person, format);
                    var items = await query.Run(page, storage.Sessions.Listing, http.RequestAborted);
                    if (person is not null) await PersonNames.Add(items, person, room.For(page.By, page.AsOf, http.RequestAborted));
                    return Answers.Text(items.ToJsonString(ClaimsJson.Options));
                })
                .For(list.Roles).AnswersTable()
                .WithTags(module.Name).WithSummary(list.Summary).WithName($"List{RouteTemplates.LastName(list.Route)}")
                .WithMetadata(list, new WaitsForPosition())
                .Produces(StatusCodes.Status200OK, typeof(Page<>).MakeGenericType(list.Model.RowType));
        }

        routes.MapGet("/api/finance/payouts", async (HttpContext http, ClaimsStorage storage, IClock clock) =>
            {
                if (await Waited(http, storage.Upkeep) is { } invalid) return invalid;
                var (asked, form, fault) = QuestionOf(new QueryText(http.Request));
                if (asked is null) return fault!;
                var totals = await PayoutTotals.Of(asked, http.Actor()!, storage, clock.GetCurrentInstant(), http.RequestAborted);
                return form is { } format ? PayoutTotalsTable.File(format, asked.By, totals)
                    : Answers.Text(totals.ToJsonString(ClaimsJson.Options));
            })
            .For(Role.Finance, Role.Auditor).AnswersTable()
            .WithTags("finance").WithName("GetPayoutTotals")
            .WithMetadata(
                new QueryValue("by", $"One or more of {string.Join(", ", PayoutTotals.DimensionNames)}, separated by commas"),
                new QueryValue("from", "First day of order", Type: typeof(LocalDate)),
                new QueryValue("to", "Last day of order, inclusive", Type: typeof(LocalDate)),
                new QueryValue("plan", "Code of a plan"), new QueryValue("programme", "Code of a programme"),
                new QueryValue("fund", "Code of a fund for hardship relief"),
                new QueryValue("status", "Payouts in this status", Type: typeof(PayoutStatus)),
                new QueryValue("region", "GB/T 2260 code or its prefix: the payouts in that place", Type: typeof(RegionCode)),
                QueryValue.AsOf, new WaitsForPosition())
            .Produces<PayoutTotalsForm>()
            .WithSummary("Payouts counted and summed by plan, programme, region, benefit, relief fund, month and status, as of any moment");
    }

    /// <summary>What is asked for, and whose names are shown beside it.</summary>
    private static (ListPage? Page, TableFormat? Form, ListedPerson? Person, ProblemDocument? Fault) PageOf(
        HttpContext http, ListRoute list, ListQuery query)
    {
        var (text, by) = (new QueryText(http.Request), http.Actor()!);
        var unnamed = list.Person is not null && text.Value<bool>("names") == false;
        var (limit, asOf, form) = (text.Limit(), text.Moment("asOf"), text.Form());
        var narrowed = new List<(ListFilter, object)>();
        foreach (var filter in list.Filters)
            if (text.Value(filter.Parameter, query.TypeOf(filter)) is { } value) narrowed.Add((filter, value));
        Guid? after = null;
        if (text.Text("cursor") is { } cursor)
        {
            after = ListQuery.Decode(cursor);
            if (after is null) text.Fault("cursor", "is none that this list gave");
        }
        if (form is not null)
            foreach (var paging in (string[])["limit", "cursor"])
                if (text.Text(paging) is not null) text.Fault(paging, "is of a page: an export has all rows");
        var person = !unnamed && list.Person?.Roles.Any(by.Is) == true ? list.Person : null;
        return text.Finish() is { } fault ? (null, null, null, fault)
            : (new ListPage(by, narrowed, form is null ? limit : null, after, asOf), form, person, null);
    }

    private static (PayoutQuestion? Asked, TableFormat? Form, ProblemDocument? Fault) QuestionOf(QueryText query)
    {
        var dimensions = query.Text("by")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (dimensions.FirstOrDefault(dimension => !PayoutTotals.DimensionNames.Contains(dimension)) is { } stray)
            query.Fault("by", $"'{stray}' is none of {string.Join(", ", PayoutTotals.DimensionNames)}");
        if (dimensions.Distinct().Count() != dimensions.Length) query.Fault("by", "names a dimension twice");
        var asked = new PayoutQuestion(
            dimensions, query.Value<LocalDate>("from"), query.Value<LocalDate>("to"), query.Text("plan"), query.Text("programme"),
            query.Value<PayoutStatus>("status"), query.Value<RegionCode>("region"), query.Moment("asOf"),
            query.Text("fund"));
        var form = query.Form();
        return query.Finish() is { } fault ? (null, null, fault) : (asked, form, null);
    }

    /// <summary>Waits for what <c>Min-Position</c> asks for, a while; what is wrong with it, or null.</summary>
    internal static async Task<ProblemDocument?> Waited(HttpContext http, ReadModelUpkeep upkeep)
    {
        if (!http.Request.Headers.TryGetValue("Min-Position", out var text) || text.Count == 0) return null;
        if (!long.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return Answers.Invalid("Min-Position", "is a number, as Event-Position gave it");
        if (!await upkeep.WaitFor(position, Patience, http.RequestAborted)) http.Response.Headers["Position-Reached"] = "false";
        return null;
    }
}
