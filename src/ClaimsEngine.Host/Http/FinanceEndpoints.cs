using System.Text.RegularExpressions;
using ClaimsEngine.Figures;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries.Finance;
using ClaimsEngine.Payouts;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// Finance's questions. Each is answered for the caller's region, as known at <c>asOf</c>, in one snapshot whose position is told, as JSON
/// or as a file. Every total comes from kept sums.
/// </summary>
internal static partial class FinanceEndpoints
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["plan"] = "Code of a plan", ["planYear"] = "Calendar year in which the cover begins", ["programme"] = "Code of a programme",
        ["region"] = "GB/T 2260 code or its prefix: what lies in that place", ["employer"] = "Code of an employer",
        ["occupation"] = "Occupation code", ["benefit"] = "Kind of benefit", ["fund"] = "Code of a fund for hardship relief",
        ["month"] = "Month, like 2025-06", ["status"] = "In this status",
    };

    public static void MapFinance(this IEndpointRouteBuilder routes)
    {
        var finance = routes.MapGroup("/api/finance").WithTags("finance");
        finance.MapGet("/payouts", Payouts).Asked("GetPayoutTotals", PayoutFigures.Dimensions,
            "Payouts counted and summed by any of the dimensions, with median, largest and share of the contributions on request, "
            + "as of any moment. A payer's amounts are an attribution by the programme's funding",
            By(PayoutFigures.Dimensions),
            new QueryValue("measures", $"Besides count, amount and mean: one or more of {string.Join(", ", PayoutFigures.OnRequest)}"),
            new QueryValue("from", "First day of order", Type: typeof(LocalDate)),
            new QueryValue("to", "Last day of order, inclusive", Type: typeof(LocalDate)))
            .Produces<PayoutTotalsForm>();
        finance.MapGet("/contributions", Contributions).Asked("GetContributionTotals", ContributionFigures.Dimensions,
            "Contributions due, paid, left and to be returned, by any of the dimensions, as of any moment",
            By(ContributionFigures.Dimensions))
            .Produces<ContributionTotalsForm>();
        finance.MapGet("/ageing", Ageing).Asked("GetAgeing", AgeingFigures.Dimensions,
            "Payouts that are not paid, by how many calendar days they have waited since the order",
            By(AgeingFigures.Dimensions))
            .Produces<AgeingForm>();
        finance.MapGet("/triangle", Triangle).Asked("GetTriangle", FinanceDimension.Funds,
            "The development triangle of granted benefits, its factors, and what is incurred but not reported, by the chain ladder",
            Grains,
            new QueryValue("first", $"First period of the triangle, like 2025-01, 2025-Q1 or 2025; at most {ChainLadder.Most} back"))
            .Produces<TriangleForm>();
        finance.MapGet("/outstanding", Outstanding).Asked("GetOutstanding", FinanceDimension.Funds,
            "What each plan's year still owes: granted and not paid, reserved for undecided claims, incurred but not reported",
            Grains)
            .Produces<OutstandingForm>();
        finance.MapGet("/solvency", Solvency).Asked("GetSolvency", FinanceDimension.Funds,
            "Whether the contributions of each fund suffice for what it owes, with alerts by the organiser's levels",
            new QueryValue("by", "planYear if not given, or programme, with its budget", Values: ["planYear", "programme"]))
            .Produces<SolvencyForm>();
        finance.MapGet("/distribution", Distribution).Asked("GetDistribution", FinanceDimension.Funds,
            "People and money by what each person was granted under a certificate, as Yunnan published its first period",
            new QueryValue(
                "bands", "Highest amount of each band but the last, ascending, separated by commas; 5000.00,10000.00 if not given"))
            .Produces<DistributionForm>();
        finance.MapGet("/three-way", ThreeWayCheck).Asked("GetThreeWay", ThreeWayFigures.Dimensions,
            "Whether what was decided is what is payable, and what the bank paid: all differences by the state that explains them, and "
            + $"what none explains, with up to {ThreeWayFigures.Most} ids. The month is that of the first order")
            .Produces<ThreeWayForm>();
    }

    private static readonly QueryValue Grains = new(
        "grain", "Length of the periods; month if not given", Values: ["month", "quarter", "year"]);

    private static QueryValue By(IReadOnlyList<FinanceDimension> dimensions) => new(
        "by", $"One or more of {string.Join(", ", dimensions.Select(dimension => dimension.Name))}, separated by commas");

    private static RouteHandlerBuilder Asked(
        this RouteHandlerBuilder route, string name, IReadOnlyList<FinanceDimension> narrowing, string summary,
        params IReadOnlyList<QueryValue> values) => route
        .For(Role.Finance, Role.Auditor).AnswersTable().WithName(name).WithSummary(summary)
        .WithMetadata([
            .. values, .. Filters(narrowing).Append(Region)
                .Select(dimension => new QueryValue(dimension.Name, Words[dimension.Name], Type: dimension.Type)),
            QueryValue.AsOf, new WaitsForPosition(),
        ]);

    private static readonly FinanceDimension Region = FinanceDimension.Places[0];

    /// <summary>The dimensions that a question is narrowed by, but for the region.</summary>
    private static IEnumerable<FinanceDimension> Filters(IReadOnlyList<FinanceDimension> dimensions) =>
        dimensions.Where(dimension => dimension.Of is not null).Except(FinanceDimension.Places);

    private static Task<IResult> Payouts(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, PayoutFigures.Dimensions);
        var (by, measures) = (asked.By(PayoutFigures.Dimensions), asked.Names("measures", PayoutFigures.AllMeasures));
        measures = [.. PayoutFigures.OnRequest.Intersect(measures)];
        // whole months are kept; days that cut a month are looked up among the payouts
        if (asked.Query.Value<LocalDate>("from") is { } from)
            asked.Narrowed.Add(from.Day == 1
                ? new TotalsFilter(nameof(PayoutRow.Month), TotalsMatch.From, PayoutBasis.Month(from))
                : new TotalsFilter(nameof(PayoutRow.OrderedOn), TotalsMatch.From, from));
        if (asked.Query.Value<LocalDate>("to") is { } to)
            asked.Narrowed.Add(to.Day == to.Calendar.GetDaysInMonth(to.Year, to.Month)
                ? new TotalsFilter(nameof(PayoutRow.Month), TotalsMatch.To, PayoutBasis.Month(to))
                : new TotalsFilter(nameof(PayoutRow.OrderedOn), TotalsMatch.To, to));
        var byPayer = by.Any(dimension => dimension.Of is null);
        if (byPayer && measures.Any(measure => measure is PayoutFigures.Median or PayoutFigures.Largest))
            asked.Query.Fault("measures", "median and largest are of whole payouts; a payer bears parts of them");
        if (measures.Contains(PayoutFigures.LossRatio) && PayoutFigures.WithoutContributions(by, asked.Narrowed) is { } alone)
            asked.Query.Fault(
                "measures", $"lossRatio is asked by {string.Join(", ", PayoutFigures.OfContributions)} alone, not by {alone}");
        return asked.Answer(storage, room, clock, (at, records) =>
            PayoutFigures.Of(new PayoutQuestion(by, measures, asked.Narrowed), at, records));
    }

    private static Task<IResult> Contributions(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, ContributionFigures.Dimensions);
        var by = asked.By(ContributionFigures.Dimensions);
        return asked.Answer(storage, room, clock, (at, records) => ContributionFigures.Of(by, asked.Narrowed, at, records));
    }

    private static Task<IResult> Ageing(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, AgeingFigures.Dimensions);
        var by = asked.By(AgeingFigures.Dimensions);
        return asked.Answer(storage, room, clock, (at, _) => AgeingFigures.Of(by, asked.Narrowed, at));
    }

    private static Task<IResult> Triangle(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, FinanceDimension.Funds);
        var grain = asked.Query.Value<Grain>("grain") ?? Grain.Month;
        var first = asked.Query.Text("first");
        var period = first is null ? null : CalendarPeriod.Parse(grain, first);
        if (first is not null && period is null)
            asked.Query.Fault("first", $"is no {grain.ToString().ToLowerInvariant()}: {Example(grain)}");
        var last = CalendarPeriod.LastBefore(grain, (asked.AsOf ?? clock.GetCurrentInstant()).Date());
        if (period is { } from && (from.Number > last.Number || from.Number <= last.Number - ChainLadder.Most))
            asked.Query.Fault("first", $"is one of the {ChainLadder.Most} periods up to {last}");
        return asked.Answer(storage, room, clock, (at, _) => DevelopmentFigures.Triangle(asked.Narrowed, grain, period, at));
    }

    private static string Example(Grain grain) => CalendarPeriod.Of(grain, new YearMonth(2025, 1)).ToString();

    private static Task<IResult> Outstanding(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, FinanceDimension.Funds);
        var grain = asked.Query.Value<Grain>("grain") ?? Grain.Month;
        return asked.Answer(storage, room, clock, (at, _) => DevelopmentFigures.Outstanding(asked.Narrowed, grain, at));
    }

    private static Task<IResult> Solvency(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, FinanceDimension.Funds);
        var by = asked.Query.Text("by") ?? "planYear";
        if (by is not ("planYear" or "programme")) asked.Query.Fault("by", "is none of planYear, programme");
        return asked.Answer(storage, room, clock, (at, records) =>
            SolvencyFigures.Of(by == "programme", asked.Narrowed, http.Actor()!.Region, at, records));
    }

    private static Task<IResult> Distribution(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, FinanceDimension.Funds);
        var bounds = new List<Money>();
        foreach (var text in asked.Query.Text("bands")?.Split(',', StringSplitOptions.TrimEntries) ?? [])
            if (Money.TryParse(text, out var bound, out var error)) bounds.Add(bound);
            else asked.Query.Fault("bands", error);
        var of = bounds.Count == 0 ? DistributionBand.Yunnan : bounds;
        if (DistributionBand.FaultOf(of) is { } fault) asked.Query.Fault("bands", fault);
        return asked.Answer(storage, room, clock, (at, _) => DistributionFigures.Of(of, asked.Narrowed, at));
    }

    private static Task<IResult> ThreeWayCheck(HttpContext http, ClaimsStorage storage, RecordRoom room, IClock clock)
    {
        var asked = new Question(http, ThreeWayFigures.Dimensions);
        return asked.Answer(storage, room, clock, (at, _) => ThreeWayFigures.Of(asked.Narrowed, at));
    }

    [GeneratedRegex(@"^\d{4}-(0[1-9]|1[0-2])\z")]
    private static partial Regex MonthText();

    /// <summary>What all questions have in common: filters, region, moment and form.</summary>
    private sealed class Question
    {
        private readonly HttpContext http;
        private readonly TableFormat? form;

        public Question(HttpContext http, IReadOnlyList<FinanceDimension> narrowing)
        {
            this.http = http;
            Query = new QueryText(http.Request);
            (AsOf, form) = (Query.Moment("asOf"), Query.Form());
            foreach (var dimension in Filters(narrowing))
                if (Query.Value(dimension.Name, dimension.Type) is { } value)
                {
                    Narrowed.Add(new TotalsFilter(dimension.Of!, TotalsMatch.Equal, value));
                    if (dimension.Name == "month" && !MonthText().IsMatch((string)value))
                        Query.Fault("month", "is a month like 2025-06");
                }
            if (Query.Value<RegionCode>(Region.Name) is { } place) Within(place);
            Within(http.Actor()!.Region);
        }

        public QueryText Query { get; }

        public Instant? AsOf { get; }

        public List<TotalsFilter> Narrowed { get; } = [];

        public IReadOnlyList<FinanceDimension> By(IReadOnlyList<FinanceDimension> dimensions) =>
            [.. Names("by", [.. dimensions.Select(dimension => dimension.Name)])
                .Select(name => dimensions.First(dimension => dimension.Name == name))];

        /// <summary>Names of a list, each once; what is none of them is a fault.</summary>
        public IReadOnlyList<string> Names(string parameter, IReadOnlyList<string> known)
        {
            var names = Query.Text(parameter)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
            if (names.FirstOrDefault(name => !known.Contains(name)) is { } stray)
                Query.Fault(parameter, $"'{stray}' is none of {string.Join(", ", known)}");
            if (names.Distinct().Count() != names.Length) Query.Fault(parameter, "names one twice");
            return [.. names.Where(known.Contains)];
        }

        public async Task<IResult> Answer(
            ClaimsStorage storage, RecordRoom room, IClock clock, Func<FinanceSnapshot, IRecords, Task<FinanceTable>> ask)
        {
            if (Query.Finish() is { } fault) return fault;
            if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
            await using var at = await FinanceSnapshot.Open(storage, AsOf, clock.GetCurrentInstant(), http.RequestAborted);
            var table = await ask(at, room.For(http.Actor()!, AsOf, http.RequestAborted));
            return form is { } format ? FinanceFile.Of(table, format) : Answers.Text(table.Json().ToJsonString(ClaimsJson.Options));
        }

        private void Within(RegionCode place)
        {
            if (place.Level > 0) Narrowed.Add(new TotalsFilter(Region.Of!, TotalsMatch.Prefix, place));
        }
    }
}
