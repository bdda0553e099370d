namespace ClaimsEngine.Books;

public static class BooksModule
{
    /// <summary>Who reads the books.</summary>
    public static readonly Role[] Readers = [Role.Finance, Role.Auditor];

    private const string Period = "/api/finance/periods/{plan}/{month}";

    public static Module Create() => new Module("books")
        .Stores<PlanBooks>(
            typeof(PeriodClosed), typeof(ContributionsEarned), typeof(ReopeningProposed), typeof(PeriodReopened), typeof(PlanYearClosed))
        .Creates<ClosePeriod, PlanBooks>(Period + "/close", Role.Finance, "Close the next month of a plan's books")
        .On<ProposeReopening, PlanBooks>(Period + "/reopening", Role.Finance, c => PlanBooksId.Of(c.Plan).Value,
            "Propose to open the last closed month again")
        .On<ConfirmReopening, PlanBooks>(Period + "/reopening/confirmation", Role.Finance, c => PlanBooksId.Of(c.Plan).Value,
            "Open a closed month again, as another person than who proposed it")
        .Creates<ClosePlanYear, PlanBooks>("/api/finance/plan-years/{plan}/{year:int}/close", Role.Finance,
            "Carry the result of a plan year to the risk reserve and the surplus")
        .Shows<PlanBooks, PlanBooksView>("/api/finance/periods/{plan}", plan => PlanBooksId.Of(plan).Value,
            books => $"/api/finance/periods/{books.Plan}", PlanBooksView.Of, "Which months and plan years of a plan's books are closed",
            Readers)
        .Projects(Journal.Model)
        .Projects(PlanBooksList.Model)
        .Offers(new ListRoute("/api/finance/periods", PlanBooksList.Model, nameof(PlanBooksRow.Region),
            "All plans and relief funds of whose books something was closed", Readers,
            new ListFilter("plan", nameof(PlanBooksRow.Plan)),
            new ListFilter("region", nameof(PlanBooksRow.Region), ListMatch.RegionPrefix),
            new ListFilter("reopeningProposed", nameof(PlanBooksRow.ReopeningProposed))));
}

/// <summary>The closings of a plan's books as shown to finance and auditors.</summary>
/// <param name="ClosedThrough">the last closed month; null while none is</param>
/// <param name="OpenFrom">the first open month; null while none is closed</param>
/// <param name="Closings">of months, the newest last</param>
/// <param name="Reopening">a proposal to open the last closed month again; null for none</param>
/// <param name="Years">closings of plan years, the newest last</param>
public sealed record PlanBooksView(
    string Plan, RegionCode Region, BookMonth? ClosedThrough, BookMonth? OpenFrom, IReadOnlyList<PeriodClosed> Closings,
    ReopeningProposed? Reopening, IReadOnlyList<PlanYearClosed> Years)
{
    public static Task<PlanBooksView> Of(PlanBooks books, IRecords records) => Task.FromResult(new PlanBooksView(
        books.Plan, books.Region, books.ClosedThrough, books.ClosedThrough?.Next, books.Closings, books.Reopening, books.Years));
}
