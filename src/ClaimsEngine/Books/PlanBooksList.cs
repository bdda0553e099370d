namespace ClaimsEngine.Books;

/// <summary>The books of every plan and relief fund of which a month or a year was ever closed.</summary>
public sealed record PlanBooksRow(
    [property: Column("code of the plan, or of the relief fund")] string Plan,
    [property: Column("GB/T 2260 code or prefix of the office that closed last")] RegionCode Region,
    [property: Column("last closed month, yyyy-MM; null while none is closed")] BookMonth? ClosedThrough,
    [property: Column("first open month, yyyy-MM; null while none is closed")] BookMonth? OpenFrom,
    [property: Column("place in the feed after which entries post to the first open month or later; null while none is closed")]
        long? OpenAfter,
    [property: Column("day of the last closing, Asia/Shanghai")] LocalDate? ClosedOn,
    [property: Column("somebody proposes to open the last closed month again")] bool ReopeningProposed,
    [property: Column("last plan year that was closed; null for none")] int? YearClosed,
    [property: Column("how many closings and openings there were")] int Steps);

public static class PlanBooksList
{
    public static readonly ReadModel<PlanBooksRow> Model = new(
        "plan_books", "Which months and plan years of the books are closed", PlanBooks.StreamType, Evolve, "region");

    public static PlanBooksRow? Evolve(PlanBooksRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        PeriodClosed e => Of(row, e.Plan, e.Region) with
        {
            ClosedThrough = e.Month, OpenFrom = e.Month.Next, OpenAfter = e.Position, ClosedOn = e.ClosedOn, ReopeningProposed = false,
            Steps = (row?.Steps ?? 0) + 1,
        },
        PlanYearClosed e => Of(row, e.Plan, e.Region) with { YearClosed = e.PlanYear, Steps = (row?.Steps ?? 0) + 1 },
        _ when row is null => null,
        ReopeningProposed => row with { ReopeningProposed = true },
        PeriodReopened e => row with
        {
            ClosedThrough = e.Month.Before, OpenFrom = e.Month, OpenAfter = recorded.Position, ReopeningProposed = false,
            Steps = row.Steps + 1,
        },
        _ => row,
    };

    private static PlanBooksRow Of(PlanBooksRow? row, string plan, RegionCode region) =>
        (row ?? new PlanBooksRow(plan, region, null, null, null, null, false, null, 0)) with { Region = region };
}
