using ClaimsEngine.Books;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Books;

/// <summary>Which part of the books is asked for. Null narrows nothing.</summary>
/// <param name="Period">a month that entries post to</param>
public sealed record BookQuestion(
    string? Plan = null, int? PlanYear = null, BookMonth? Period = null, BookAccount? Account = null, string? Payer = null,
    string? Programme = null, RegionCode? Region = null, Instant? AsOf = null)
{
    /// <summary>The same for the sums; an office sees the entries of its own region only.</summary>
    public BookFilter Filter(Actor by) => new(
        Plan, PlanYear, Account, Payer, Programme, [.. (Region is { } region ? (RegionCode[])[region] : []), by.Region]);
}

/// <summary>The balances of the accounts, for each book.</summary>
/// <param name="Rows">by plan, plan year and account, in the order of the chart's codes</param>
/// <param name="Debit">all debits; equal to all credits where no single account or payer is asked for</param>
/// <param name="AsOf">what was known at this moment</param>
/// <param name="Position">of the last event that is counted</param>
public sealed record AccountBalances(
    IReadOnlyList<AccountRow> Rows, Money Debit, Money Credit, Instant AsOf, long Position)
{
    /// <summary>Balances at the end of the month that is asked for; now, where none is.</summary>
    /// <param name="now">said as the answer's moment where none was asked for</param>
    public static async Task<AccountBalances> Of(
        BookQuestion asked, Actor by, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        BookKey[] keys = [BookKey.Plan, BookKey.PlanYear, BookKey.Account, .. asked.Period is null ? (BookKey[])[] : [BookKey.Period]];
        var sums = await BookSums.Of(snapshot, storage.Options, asked.Filter(by), keys, asked.AsOf, cancellation);
        var chart = ChartOfAccounts.For(by.Region);
        AccountRow[] rows =
        [
            .. sums.Where(sum => asked.Period is not { } last || BookMonth.Of(sum.Text(3)) <= last)
                .GroupBy(sum => (Plan: sum.Text(0), Year: (int)(long)sum.Keys[1]!, Account: PlanFigures.AccountOf(sum.Text(2))))
                .Select(own => new AccountRow(own.Key.Plan, own.Key.Year, AccountLine.Of(chart, own.Key.Account),
                    Money.Sum(own.Select(sum => sum.Debit)), Money.Sum(own.Select(sum => sum.Credit))))
                .OrderBy(row => row.Plan, StringComparer.Ordinal).ThenBy(row => row.PlanYear)
                .ThenBy(row => row.Account.Code, StringComparer.Ordinal).ThenBy(row => row.Account.Key),
        ];
        return new AccountBalances(rows, Money.Sum(rows.Select(row => row.Debit)), Money.Sum(rows.Select(row => row.Credit)),
            asked.AsOf ?? now, await snapshot.Position(cancellation));
    }
}

/// <summary>An account as the reader's chart has it.</summary>
/// <param name="Key">the engine's name</param>
/// <param name="Side">on which its balance normally stands</param>
public sealed record AccountLine(BookAccount Key, string Code, string Name, string NameZh, AccountClass Class, Side Side)
{
    public static AccountLine Of(ChartOfAccounts chart, BookAccount account) =>
        chart[account] is var line ? new AccountLine(account, line.Code, line.Name.En, line.Name.Zh, line.Class, line.Side) : null!;
}

/// <param name="Plan">code of the plan, or of the relief fund</param>
/// <param name="PlanYear">in which the covers, or the fund, begin</param>
public sealed record AccountRow(string Plan, int PlanYear, AccountLine Account, Money Debit, Money Credit)
{
    /// <summary>On the account's normal side; below 0.00 where it stands on the other.</summary>
    public Money Balance => Account.Side == Side.Debit ? Debit - Credit : Credit - Debit;
}

/// <summary>What stood on every account before a month, what the month moved, and what stands there after it.</summary>
/// <param name="Period">the month; null for all that was ever posted</param>
/// <param name="Rows">in the order of the chart's codes; debits less credits in opening and closing</param>
/// <param name="Total">opening and closing are 0.00, debit equals credit: the books balance</param>
/// <param name="Position">of the last event that is counted</param>
public sealed record TrialBalance(
    string? Plan, int? PlanYear, BookMonth? Period, IReadOnlyList<TrialRow> Rows, TrialSums Total, Instant AsOf, long Position)
{
    /// <param name="now">said as the answer's moment where none was asked for</param>
    public static async Task<TrialBalance> Of(
        BookQuestion asked, Actor by, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        BookKey[] keys = [BookKey.Account, .. asked.Period is null ? (BookKey[])[] : [BookKey.Period]];
        var sums = await BookSums.Of(snapshot, storage.Options, asked.Filter(by), keys, asked.AsOf, cancellation);
        var chart = ChartOfAccounts.For(by.Region);
        TrialRow[] rows =
        [
            .. sums.GroupBy(sum => PlanFigures.AccountOf(sum.Text(0)))
                .Select(own => RowOf(AccountLine.Of(chart, own.Key), own, asked.Period)).OfType<TrialRow>()
                .OrderBy(row => row.Account.Code, StringComparer.Ordinal).ThenBy(row => row.Account.Key),
        ];
        return new TrialBalance(
            asked.Plan, asked.PlanYear, asked.Period, rows, new TrialSums(
                Money.Sum(rows.Select(row => row.Opening)), Money.Sum(rows.Select(row => row.Debit)),
                Money.Sum(rows.Select(row => row.Credit)), Money.Sum(rows.Select(row => row.Closing))),
            asked.AsOf ?? now, await snapshot.Position(cancellation));
    }

    private static TrialRow? RowOf(AccountLine account, IEnumerable<BookSum> sums, BookMonth? period)
    {
        var (opening, debit, credit) = (Money.Zero, Money.Zero, Money.Zero);
        foreach (var sum in sums)
        {
            var month = period is null ? (BookMonth?)null : BookMonth.Of(sum.Text(1));
            if (month > period) continue;
            if (month < period) opening += sum.Balance;
            else (debit, credit) = (debit + sum.Debit, credit + sum.Credit);
        }
        return (opening, debit, credit) == (Money.Zero, Money.Zero, Money.Zero) ? null
            : new TrialRow(account, opening, debit, credit, opening + debit - credit);
    }
}

public sealed record TrialRow(AccountLine Account, Money Opening, Money Debit, Money Credit, Money Closing);

public sealed record TrialSums(Money Opening, Money Debit, Money Credit, Money Closing);
