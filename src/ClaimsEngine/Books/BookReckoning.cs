namespace ClaimsEngine.Books;

/// <summary>The books reckoned from the entries themselves: what the kept sums must equal, and what <c>verify</c> compares closings
/// with.</summary>
public static class BookReckoning
{
    /// <summary>All entries of one stream, in order.</summary>
    public static IEnumerable<JournalRow> EntriesOf(IEnumerable<RecordedEvent> stream)
    {
        JournalRow? row = null;
        foreach (var recorded in stream)
        {
            var next = Journal.Evolve(row, recorded);
            if (next is not null && !ReferenceEquals(next, row)) yield return next;
            row = next;
        }
    }

    /// <summary>A plan's books as they stood at a place of the feed; null where no entry stood in them.</summary>
    /// <param name="entries">of the plan; in any order</param>
    /// <param name="books">the events of the plan's <see cref="PlanBooks"/></param>
    /// <param name="position">entries of a higher place are left out</param>
    /// <param name="through">covers are counted as far as they were posted up to this month; null for all months</param>
    public static BookFigures? Of(
        IEnumerable<JournalRow> entries, IReadOnlyList<RecordedEvent> books, long position, BookMonth? through)
    {
        var counted = entries.Where(entry => entry.FeedPosition <= position).ToArray();
        if (counted.All(entry => entry.Lines.Count == 0)) return null;
        var known = books.Where(recorded => recorded.Position <= position).ToArray();
        var closed = ClosedMonths.Of(known);
        return new BookFigures(
            position, known.Count(recorded => recorded.Data is PeriodClosed or PeriodReopened or PlanYearClosed),
            [.. counted.Select(entry => entry.Region).Distinct().OrderBy(region => region.Value, StringComparer.Ordinal)],
            Covers(counted.Where(entry => through is not { } last || closed.PostsTo(entry) <= last)),
            [.. counted.SelectMany(entry => entry.Lines).GroupBy(line => (line.PlanYear, line.Account)).OrderBy(book => book.Key)
                .Select(book => new BookBalance(book.Key.PlanYear, book.Key.Account, Money.Sum(book.Select(line => line.Amount))))]);
    }

    private static IReadOnlyList<CoverFigure> Covers(IEnumerable<JournalRow> entries) =>
    [
        .. entries.SelectMany(entry => entry.Lines.Where(line => line.CoverFrom is not null).Select(line => (Entry: entry, Line: line)))
            .GroupBy(own => (own.Line.PlanYear, own.Entry.Programme, own.Entry.Region,
                From: own.Line.CoverFrom!.Value, To: own.Line.CoverTo!.Value))
            .Select(own => new CoverFigure(
                own.Key.PlanYear, own.Key.Programme, own.Key.Region, own.Key.From, own.Key.To,
                Of(own.Select(one => one.Line), BookAccount.UnearnedContributions),
                Of(own.Select(one => one.Line), BookAccount.ContributionsEarned)))
            .Where(own => (own.Unearned, own.Earned) != (Money.Zero, Money.Zero)),
    ];

    private static Money Of(IEnumerable<JournalLine> lines, BookAccount account) =>
        Money.Zero - Money.Sum(lines.Where(line => line.Account == account).Select(line => line.Amount));
}
