using ClaimsEngine.Relief;

namespace ClaimsEngine.Books;

/// <summary>What a fund for hardship relief posts: its budget, when it opens. Its code stands in the plan's place. Money that is passed
/// down the union levels stays in the fund's book and posts nothing; what is granted is posted by its payout.</summary>
internal static class ReliefPostings
{
    public static Entry Opened(ReliefFundOpened e) => new(
        Journal.Book(e.Fund, null, e.Region, new BookStanding(e.From.Year, Amount: e.Budget), null), e.From,
        new Posting(e.From.Year).Debit(BookAccount.AppropriationsReceivable, e.Budget).Credit(BookAccount.ReliefAppropriations, e.Budget));
}
