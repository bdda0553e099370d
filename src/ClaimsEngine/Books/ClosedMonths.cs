namespace ClaimsEngine.Books;

/// <summary>
/// Into which month an entry posts: that of its business date, unless that month was closed already when the entry was recorded; then the
/// first month that was open. So nothing ever posts into a closed month, and a late entry keeps its own date. What a closing itself posts
/// belongs to the month that it closes.
/// </summary>
/// <param name="Steps">in the order in which they were made</param>
public sealed record ClosedMonths(IReadOnlyList<ClosedMonths.Step> Steps)
{
    /// <param name="After">what has a higher place in the feed came after this step</param>
    /// <param name="OpenFrom">the first month that is open since</param>
    public sealed record Step(long After, BookMonth OpenFrom);

    /// <summary>Of the events of one plan's books.</summary>
    public static ClosedMonths Of(IEnumerable<RecordedEvent> events) => new([.. events.Select(recorded => recorded.Data switch
    {
        PeriodClosed e => new Step(e.Position, e.Month.Next),
        PeriodReopened e => new Step(recorded.Position, e.Month),
        _ => null,
    }).OfType<Step>()]);

    public BookMonth PostsTo(JournalRow entry) =>
        !entry.Closing && Steps.LastOrDefault(step => step.After < entry.FeedPosition) is { } step
            ? BookMonth.Later(entry.Month, step.OpenFrom) : entry.Month;
}
