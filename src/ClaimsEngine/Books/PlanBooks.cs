namespace ClaimsEngine.Books;

/// <summary>
/// Which months of a plan's books are closed, and which plan years. Months are closed in their order: all up to
/// <paramref name="ClosedThrough"/> are closed, all after it are open. A relief fund has books of its own, under its code.
/// </summary>
/// <param name="Region">of the office that closed last: whose books they are</param>
/// <param name="ClosedThrough">the last closed month; null while none is</param>
/// <param name="Closings">of months, in the order in which they were made</param>
/// <param name="Years">closings of plan years, in the order in which they were made</param>
public sealed record PlanBooks(
    string Plan, RegionCode Region, BookMonth? ClosedThrough, IReadOnlyList<PeriodClosed> Closings, IReadOnlyList<PlanYearClosed> Years)
    : AggregateState, IAggregate<PlanBooks>
{
    public static string StreamType => "plan_books";

    public override Guid StreamId => PlanBooksId.Of(Plan).Value;
    public override RegionCode? Scope => Region;

    /// <summary>A proposal to open the last closed month again; null for none.</summary>
    public ReopeningProposed? Reopening { get; init; }

    /// <summary>How many closings and openings there were.</summary>
    public int Steps { get; init; }

    public static PlanBooks? Evolve(PlanBooks? state, object @event) => @event switch
    {
        PeriodClosed e => Of(state, e.Plan, e.Region) is var books ? books with
        {
            ClosedThrough = e.Month, Closings = [.. books.Closings, e], Reopening = null, Steps = books.Steps + 1,
        } : null,
        PlanYearClosed e => Of(state, e.Plan, e.Region) is var books ? books with
        {
            Years = [.. books.Years, e], Steps = books.Steps + 1,
        } : null,
        _ when state is null => null,
        ReopeningProposed e => state with { Reopening = e },
        PeriodReopened e => state with { ClosedThrough = e.Month.Before, Reopening = null, Steps = state.Steps + 1 },
        _ => state,
    };

    private static PlanBooks Of(PlanBooks? state, string plan, RegionCode region) =>
        (state ?? new PlanBooks(plan, region, null, [], [])) with { Region = region };
}

/// <summary>Whose books: the code of a plan or of a relief fund.</summary>
public readonly record struct PlanBooksId(Guid Value) : IId<PlanBooksId>
{
    public static PlanBooksId Of(string plan) => new(NamedGuid.Of("plan-books", plan));
    public static PlanBooksId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}
