using ClaimsEngine.Books;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries.Books;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>Finance's questions to the books.</summary>
internal static class BookEndpoints
{
    private static readonly QueryValue[] Common =
    [
        new("plan", "Code of a plan, or of a relief fund"),
        new("planYear", "Calendar year in which the covers, or the fund, begin", Type: typeof(int)),
        new("period", "Month that entries post to, like 2025-11", Type: typeof(BookMonth)),
        new("programme", "Code of a programme"),
        new("region", "GB/T 2260 code or its prefix: the entries of that place", Type: typeof(RegionCode)),
        QueryValue.AsOf,
    ];

    private static readonly QueryValue[] OfAccount =
    [
        new("account", "One account, by the engine's name", Type: typeof(BookAccount)),
        new("payer", "Lines about the shares of this payer, word for word"),
    ];

    public static void MapBooks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/finance/accounts", Accounts)
            .For(BooksModule.Readers).AnswersTable().WithTags("books").WithName("GetAccounts")
            .WithMetadata([.. Common, .. OfAccount, new WaitsForPosition()])
            .Produces<AccountBalances>()
            .WithSummary("The balance of every account, for each book; at the end of a month, as of any moment");
        routes.MapGet("/api/finance/trial-balance", Trial)
            .For(BooksModule.Readers).AnswersTable().WithTags("books").WithName("GetTrialBalance")
            .WithMetadata([.. Common, new WaitsForPosition()])
            .Produces<TrialBalance>()
            .WithSummary("Opening, debit, credit and closing of every account in a month; the totals show that the books balance");
        routes.MapGet("/api/finance/entries", Entries)
            .For(BooksModule.Readers).AnswersTable().WithTags("books").WithName("ListEntries")
            .WithMetadata(
            [
                .. Common, .. OfAccount,
                new QueryValue("reference", "Number of a certificate, claim, application or recovery"),
                new QueryValue("event", "What happened, like payout_ordered"),
                new QueryValue("month", "Month of the business date, like 2025-11", Type: typeof(BookMonth)),
                new QueryValue("from", "First business date", Type: typeof(LocalDate)),
                new QueryValue("to", "Last business date, inclusive", Type: typeof(LocalDate)),
                new QueryValue("limit", "Entries on a page, 1 to 200; 50 if not said", Type: typeof(int)),
                new QueryValue("cursor", "Where the page before ended, as it said in next"),
                new WaitsForPosition(),
            ])
            .Produces<EntryPage>()
            .WithSummary("The journal, the newest entries first: what each event posted, and to which month");
    }

    private static async Task<IResult> Accounts(HttpContext http, ClaimsStorage storage, IClock clock)
    {
        var query = new QueryText(http.Request);
        var (asked, form) = (Question(query, ofAccount: true), query.Form());
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        var answer = await AccountBalances.Of(asked, http.Actor()!, storage, clock.GetCurrentInstant(), http.RequestAborted);
        return form is { } format ? BookTables.File(format, answer) : Answers.Json(answer);
    }

    private static async Task<IResult> Trial(HttpContext http, ClaimsStorage storage, IClock clock)
    {
        var query = new QueryText(http.Request);
        var (asked, form) = (Question(query, ofAccount: false), query.Form());
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        var answer = await TrialBalance.Of(asked, http.Actor()!, storage, clock.GetCurrentInstant(), http.RequestAborted);
        return form is { } format ? BookTables.File(format, answer) : Answers.Json(answer);
    }

    private static async Task<IResult> Entries(HttpContext http, ClaimsStorage storage, IClock clock)
    {
        var query = new QueryText(http.Request);
        var (form, limit, cursor) = (query.Form(), query.Limit(), query.Text("cursor"));
        if (form is not null)
            foreach (var paging in (string[])["limit", "cursor"])
                if (query.Text(paging) is not null) query.Fault(paging, "is of a page: an export has all rows");
        var before = cursor is null ? null : EntryCursor.Of(cursor);
        if (cursor is not null && before is null) query.Fault("cursor", "is none that this list gave");
        var asked = new EntryQuestion(
            Question(query, ofAccount: true), query.Text("reference"), query.Text("event"), query.Value<BookMonth>("month"),
            query.Value<LocalDate>("from"), query.Value<LocalDate>("to"), before);
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        if (form is not { } format)
            return Answers.Json(await JournalQuery.Page(asked, limit, http.Actor()!, storage, http.RequestAborted));

        var snapshot = await Snapshot.Open(storage, http.RequestAborted);
        http.Response.RegisterForDisposeAsync(snapshot);
        var position = await snapshot.Position(http.RequestAborted);
        return BookTables.File(format, asked.Books.AsOf ?? clock.GetCurrentInstant(), position,
            JournalQuery.Read(asked, null, http.Actor()!, snapshot.Connection, storage.Options, http.RequestAborted));
    }

    private static BookQuestion Question(QueryText query, bool ofAccount) => new(
        query.Text("plan"), query.Value<int>("planYear"), query.Value<BookMonth>("period"),
        ofAccount ? query.Value<BookAccount>("account") : null, ofAccount ? query.Text("payer") : null, query.Text("programme"),
        query.Value<RegionCode>("region"), query.Moment("asOf"));
}
