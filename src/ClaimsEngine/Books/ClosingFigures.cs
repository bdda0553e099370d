namespace ClaimsEngine.Books;

/// <summary>What closings reckon from the books. <c>verify</c> reckons it again.</summary>
public static class ClosingFigures
{
    /// <summary>What the month has earned, for each programme and region: of every contribution the part for days of cover up to the
    /// month's end, less what earlier closings counted.</summary>
    public static IReadOnlyList<ContributionsEarned> Earned(string plan, BookMonth month, BookFigures figures) =>
    [
        .. figures.Covers
            .GroupBy(own => (own.Programme, own.Region)).OrderBy(group => group.Key.Region.Value, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Programme, StringComparer.Ordinal)
            .Select(group => new ContributionsEarned(plan, month, group.Key.Programme, group.Key.Region, [.. group
                .OrderBy(own => (own.PlanYear, own.From, own.To)).Select(own => Earned(own, month.LastDay))
                .Where(own => own.Earned != Money.Zero)]))
            .Where(earned => earned.Covers.Count > 0),
    ];

    private static EarnedCover Earned(CoverFigure own, LocalDate by)
    {
        var contribution = own.Unearned + own.Earned;
        return new EarnedCover(own.PlanYear, own.From, own.To, contribution, own.Earned,
            new CoverDays(own.From, own.To).Earned(contribution, by) - own.Earned);
    }

    /// <summary>The income and the expense of a plan year, by account.</summary>
    public static IReadOnlyList<AccountBalance> Carried(IEnumerable<BookBalance> balances) =>
    [
        .. balances.Where(own => own.Account.IsResult() && own.Balance != Money.Zero)
            .OrderBy(own => own.Account).Select(own => new AccountBalance(own.Account, own.Balance)),
    ];
}
