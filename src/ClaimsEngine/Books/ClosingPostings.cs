namespace ClaimsEngine.Books;

/// <summary>What closings post: the contributions that a month has earned, and the result of a plan year.</summary>
internal static class ClosingPostings
{
    public static Entry Earned(ContributionsEarned e) => new(
        Journal.Book(e.Plan, e.Programme, e.Region, new BookStanding(e.Covers[0].PlanYear), e.Month.ToString(), closing: true),
        e.Month.LastDay,
        e.Covers.Aggregate(new Posting(e.Covers[0].PlanYear), (posting, own) => posting.And(new Posting(own.PlanYear)
            .Debit(BookAccount.UnearnedContributions, own.Earned, cover: new CoverDays(own.From, own.To))
            .Credit(BookAccount.ContributionsEarned, own.Earned, cover: new CoverDays(own.From, own.To)))));

    public static Entry YearClosed(PlanYearClosed e) => new(
        Journal.Book(e.Plan, null, e.Region, new BookStanding(e.PlanYear), null), e.ClosedOn,
        e.Balances.Aggregate(new Posting(e.PlanYear), (posting, own) => posting.Credit(own.Account, own.Balance))
            .Credit(BookAccount.RiskReserve, e.ToRiskReserve).Credit(BookAccount.SurplusCarried, e.ToSurplus));
}
