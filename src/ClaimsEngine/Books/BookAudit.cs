using System.Text.Json;

namespace ClaimsEngine.Books;

/// <summary>
/// Looks through the entries of one plan's books: every entry is in balance, and every closing counted what the entries say. The entries
/// are given one by one, so that books of any size are looked through.
/// </summary>
/// <param name="books">the events of the plan's <see cref="PlanBooks"/>; empty where nothing was ever closed</param>
public sealed class BookAudit(string plan, IReadOnlyList<RecordedEvent> books)
{
    private readonly Dictionary<(CoverFigure Cover, BookMonth Period), (Money Unearned, Money Earned)> covers = [];
    private readonly SortedDictionary<(int Year, BookAccount Account), Money> balances = [];
    private readonly List<string> faults = [];
    private ClosedMonths closed = ClosedMonths.Of([]);
    private int next;
    private long last;

    public long Entries { get; private set; }

    public int Closings { get; private set; }

    /// <summary>What is wrong, in words; empty where all agrees. Complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <param name="entry">the next by its place in the feed</param>
    public void Take(JournalRow entry)
    {
        while (next < books.Count && PositionOf(books[next]) is var counted && counted < entry.FeedPosition) Step(counted);
        if (entry.FeedPosition < last) throw new ArgumentException("entries are taken in the order of the feed", nameof(entry));
        (last, Entries) = (entry.FeedPosition, Entries + 1);
        foreach (var year in entry.Lines.GroupBy(line => line.PlanYear))
            if (Money.Sum(year.Select(line => line.Amount)) is var off && off != Money.Zero)
                faults.Add($"{plan}: entry {entry.FeedPosition} is out of balance by {off}");
        var period = closed.PostsTo(entry);
        foreach (var line in entry.Lines) Take(entry, line, period);
    }

    public void Finish()
    {
        while (next < books.Count) Step(PositionOf(books[next]));
        if (Money.Sum(balances.Values) is var off && off != Money.Zero) faults.Add($"{plan}: the trial balance is off by {off}");
    }

    private void Take(JournalRow entry, JournalLine line, BookMonth period)
    {
        var book = (line.PlanYear, line.Account);
        balances[book] = balances.GetValueOrDefault(book) + line.Amount;
        if (line is not { CoverFrom: { } from, CoverTo: { } to }) return;
        var cover = (new CoverFigure(line.PlanYear, entry.Programme, entry.Region, from, to, Money.Zero, Money.Zero), period);
        var (unearned, earned) = covers.GetValueOrDefault(cover);
        covers[cover] = line.Account == BookAccount.UnearnedContributions
            ? (unearned - line.Amount, earned) : (unearned, earned - line.Amount);
    }

    /// <summary>Of a closing the place up to which it counted; of any other event its own.</summary>
    private static long PositionOf(RecordedEvent recorded) => recorded.Data switch
    {
        PeriodClosed e => e.Position,
        PlanYearClosed e => e.Position,
        _ => recorded.Position,
    };

    private void Step(long position)
    {
        var recorded = books[next++];
        closed = ClosedMonths.Of(books.Take(next));
        if (recorded.Data is PeriodClosed month)
        {
            Closings++;
            var told = books.Skip(next).Select(one => one.Data as ContributionsEarned).TakeWhile(earned => earned is not null)
                .ToArray();
            Compare($"the closing of {month.Month}", ClosingFigures.Earned(plan, month.Month, Figures(position, month.Month)), told);
        }
        else if (recorded.Data is PlanYearClosed year)
        {
            Closings++;
            var figures = Figures(position, null);
            var carried = ClosingFigures.Carried(figures.Balances.Where(own => own.PlanYear == year.PlanYear));
            var result = Money.Zero - Money.Sum(carried.Select(own => own.Balance));
            var reserve = Money.Zero - Money.Sum(
                figures.Balances.Where(own => own.Account == BookAccount.RiskReserve).Select(own => own.Balance));
            var (toReserve, toSurplus) = SurplusRule.For(year.Region, plan).Share(result, reserve);
            Compare($"the closing of plan year {year.PlanYear}", year with
            {
                Balances = carried, Result = result, ToRiskReserve = toReserve, ToSurplus = toSurplus,
            }, year);
        }
    }

    private BookFigures Figures(long position, BookMonth? through) => new(
        position, 0, [],
        [
            .. covers.Where(own => through is not { } month || own.Key.Period <= month).GroupBy(own => own.Key.Cover)
                .Select(own => own.Key with
                {
                    Unearned = Money.Sum(own.Select(one => one.Value.Unearned)), Earned = Money.Sum(own.Select(one => one.Value.Earned)),
                }),
        ],
        [.. balances.Select(own => new BookBalance(own.Key.Year, own.Key.Account, own.Value))]);

    private void Compare(string what, object reckoned, object told)
    {
        if (JsonSerializer.Serialize(reckoned, ClaimsJson.Options) != JsonSerializer.Serialize(told, ClaimsJson.Options))
            faults.Add($"{plan}: {what} counted something else than the entries say");
    }
}
