using ClaimsEngine.Books;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>Balances of the books that other answers rest on, so that they tie to them.</summary>
internal static class LedgerFigures
{
    private static readonly FinanceDimension OccurredIn = new("occurredIn", nameof(JournalRow.OccurredIn), typeof(string));

    /// <summary>What is reserved for claims that are not decided.</summary>
    public static Task<IReadOnlyList<(object?[] Keys, Money Amount)>> CaseReserves(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at) =>
        Credits(BookAccount.CaseReserves, by, narrowed, at);

    /// <summary>The same by the month of the incident, which stands behind the other keys.</summary>
    public static Task<IReadOnlyList<(object?[] Keys, Money Amount)>> CaseReservesByMonth(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at) =>
        Credits(BookAccount.CaseReserves, [.. by, OccurredIn], narrowed, at);

    /// <summary>Refunds that are owed and not ordered.</summary>
    public static Task<IReadOnlyList<(object?[] Keys, Money Amount)>> RefundsToOrder(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at) =>
        Credits(BookAccount.RefundsPayable, by, narrowed, at);

    /// <summary>What closings of plan years have carried to the risk reserve, by the plan.</summary>
    public static Task<IReadOnlyList<(object?[] Keys, Money Amount)>> RiskReserves(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at) =>
        Credits(BookAccount.RiskReserve, by, narrowed, at);

    /// <summary>The part of contributions that the closings of months have counted as earned.</summary>
    public static Task<IReadOnlyList<(object?[] Keys, Money Amount)>> Earned(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at) =>
        Credits(BookAccount.ContributionsEarned, by, narrowed, at);

    /// <summary>Whether the books know all that a question names: funds and places.</summary>
    public static bool Knows(IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed)
    {
        var known = FinanceDimension.Funds.Concat(FinanceDimension.Places).ToArray();
        return by.All(known.Contains) && narrowed.All(filter => known.Any(dimension => dimension.Of == filter.Dimension));
    }

    private static async Task<IReadOnlyList<(object?[] Keys, Money Amount)>> Credits(
        BookAccount account, IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        var groups = await at.Sum(Journal.Model, new TotalsQuestion(
            [.. by.Select(dimension => InJournal(dimension.Of!))], ["Lines.Credit", "Lines.Debit"])
        {
            Where =
            [
                .. narrowed.Select(filter => filter with { Dimension = InJournal(filter.Dimension) }),
                new TotalsFilter("Lines.Account", TotalsMatch.Equal, account),
            ],
            Of = TotalsOf.EveryVersion, Spread = nameof(JournalRow.Lines),
        });
        // a plan year of a line is a larger number to the database than one of a row
        return [.. groups
            .Select(group => (
                (object?[])[.. group.Keys.Select(key => key is long year ? (int)year : key)], new Money(group.Sums[0] - group.Sums[1])))
            .Where(balance => balance.Item2 != Money.Zero)];
    }

    /// <summary>Entries name the plan year on each line: one entry may move money from one to another.</summary>
    private static string InJournal(string dimension) => dimension == "PlanYear" ? "Lines.PlanYear" : dimension;
}
