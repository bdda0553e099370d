using ClaimsEngine.Books;

namespace ClaimsEngine.AuditPacks;

/// <summary>An entry of the journal as a pack shows it, with its lines in the book of the plan year.</summary>
/// <param name="Stream">that it comes from</param>
/// <param name="Position">place of its event in the feed</param>
/// <param name="Date">business date, Asia/Shanghai</param>
public sealed record PackEntry(
    Guid Stream, Guid EventId, string Event, long Position, LocalDate Date, bool Closing, string? Programme, RegionCode Region,
    string? Employer, string? Reference, IReadOnlyList<JournalLine> Lines);

/// <summary>The books of a pack: the journal's entries as lines, then the balances of the accounts.</summary>
public sealed class PackBooks(PackOrder order)
{
    private readonly SortedDictionary<BookAccount, (Money Debit, Money Credit)> accounts = [];
    private readonly SortedDictionary<(BookMonth Month, BookAccount Account), (Money Debit, Money Credit)> months = [];
    private RegionCode? region;

    /// <summary>Entries until now.</summary>
    public long Entries { get; private set; }

    public Money Debits => Money.Sum(accounts.Values.Select(sums => sums.Debit));

    public Money Credits => Money.Sum(accounts.Values.Select(sums => sums.Credit));

    /// <summary>What the books say that the bank has paid: the balance of benefits and refunds paid.</summary>
    public Money Paid => Money.Zero - BalanceOf(BookAccount.BenefitsPaid) - BalanceOf(BookAccount.RefundsPaid);

    /// <summary>What the events of a stream post, in their order.</summary>
    /// <exception cref="InvalidOperationException">An entry is out of balance.</exception>
    public static IReadOnlyList<JournalRow> EntriesOf(IReadOnlyList<RecordedEvent> stream)
    {
        var (entries, row) = (new List<JournalRow>(), (JournalRow?)null);
        foreach (var recorded in stream)
        {
            var next = Journal.Evolve(row, recorded);
            if (next is not null && !ReferenceEquals(next, row)) entries.Add(next);
            row = next;
        }
        return entries;
    }

    /// <summary>Whether an entry, or what stands after it, is of the pack's book.</summary>
    public bool Has(JournalRow entry) => entry.Plan == order.Plan
        && (entry.Standing.PlanYear == order.Year || entry.Lines.Any(line => line.PlanYear == order.Year));

    /// <summary>The lines of a stream's entries.</summary>
    public IEnumerable<PackLine> Of(Guid stream, IEnumerable<JournalRow> entries)
    {
        foreach (var entry in entries)
        {
            JournalLine[] lines = [.. entry.Lines.Where(line => entry.Plan == order.Plan && line.PlanYear == order.Year)];
            if (lines.Length == 0) continue;
            Entries++;
            region = region is { } before ? RegionCode.Shared(before, entry.Region) : entry.Region;
            foreach (var line in lines)
            {
                Count(accounts, line.Account, line);
                Count(months, (entry.Month, line.Account), line);
                yield return new PackLine(PackFile.Journal,
                [
                    $"{entry.FeedPosition}", PackCells.Day(entry.Date), entry.Month.ToString(), entry.Event, stream.ToString(),
                    entry.Reference ?? "", entry.Region.Value, entry.Programme ?? "", entry.Employer ?? "", PackCells.Word(line.Account),
                    line.Payer ?? "", PackCells.Yuan(line.Debit), PackCells.Yuan(line.Credit),
                ]);
            }
            yield return new PackLine(PackFile.JournalEntries, null, new PackEntry(
                stream, entry.EventId, entry.Event, entry.FeedPosition, entry.Date, entry.Closing, entry.Programme, entry.Region,
                entry.Employer, entry.Reference, lines));
        }
    }

    /// <summary>The balances, once all entries were seen.</summary>
    public IEnumerable<PackLine> End()
    {
        var chart = ChartOfAccounts.For(region ?? RegionCode.National);
        foreach (var (account, (debit, credit)) in accounts)
        {
            var (line, balance) = (chart[account], debit - credit);
            yield return new PackLine(PackFile.TrialBalance,
            [
                line.Code, $"{line.Name.Zh} {line.Name.En}", PackCells.Word(account), PackCells.Word(line.Class), PackCells.Yuan(debit),
                PackCells.Yuan(credit), Side(balance), PackCells.Yuan(Money.Max(balance, Money.Zero - balance)),
            ]);
        }
        var difference = Debits - Credits;
        yield return new PackLine(PackFile.TrialBalance,
        [
            "合计 total", "", "", "", PackCells.Yuan(Debits), PackCells.Yuan(Credits), Side(difference),
            PackCells.Yuan(Money.Max(difference, Money.Zero - difference)),
        ]);
        foreach (var ((month, account), (debit, credit)) in months)
            yield return new PackLine(PackFile.AccountsByMonth,
            [
                month.ToString(), chart[account].Code, $"{chart[account].Name.Zh} {chart[account].Name.En}", PackCells.Word(account),
                PackCells.Yuan(debit), PackCells.Yuan(credit),
            ]);
    }

    private static string Side(Money balance) =>
        balance.IsPositive ? "借 debit" : balance == Money.Zero ? "平 zero" : "贷 credit";

    private Money BalanceOf(BookAccount account) =>
        accounts.TryGetValue(account, out var sums) ? sums.Debit - sums.Credit : Money.Zero;

    private static void Count<TKey>(SortedDictionary<TKey, (Money Debit, Money Credit)> sums, TKey key, JournalLine line)
        where TKey : notnull
    {
        var before = sums.TryGetValue(key, out var known) ? known : (Debit: Money.Zero, Credit: Money.Zero);
        sums[key] = (before.Debit + (line.Debit ?? Money.Zero), before.Credit + (line.Credit ?? Money.Zero));
    }
}
