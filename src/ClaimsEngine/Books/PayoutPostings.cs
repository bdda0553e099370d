using ClaimsEngine.Payouts;

namespace ClaimsEngine.Books;

/// <summary>
/// What a payout posts: granted, payable, in transit, then paid or returned. An order that replaces a returned one grants nothing again: it
/// takes the money out of the returned transfers.
/// </summary>
internal static class PayoutPostings
{
    public static Entry Ordered(PayoutOrdered e)
    {
        var year = e.Basis?.PlanYear ?? e.OrderedOn.Year;
        return Ordered(
            Journal.Book(e.Plan, e.Programme, e.Region, Standing(year, e.Amount), e.ClaimNumber, e.Basis?.Employer),
            e.Reissues is null ? BookAccount.BenefitsGranted : BookAccount.ReturnedTransfers, e.OrderedOn);
    }

    public static Entry Ordered(ReliefPayoutOrdered e) => Ordered(
        Journal.Book(e.Fund, null, e.Region, Standing(e.FundYear ?? e.OrderedOn.Year, e.Amount), e.Number),
        e.Reissues is null ? BookAccount.ReliefGranted : BookAccount.ReturnedTransfers, e.OrderedOn);

    public static Entry? Of(JournalRow row, BookAccount from, object @event, LocalDate today) => @event switch
    {
        PayoutSent => Moved(row, from, BookAccount.BenefitsInTransit, today),
        PayoutSettled => Moved(row, from, BookAccount.BenefitsPaid, today),
        PayoutReturned => Moved(row, from, BookAccount.ReturnedTransfers, today),
        PayoutCancelled => Moved(row, from, BookAccount.BenefitsGranted, today),
        _ => null,
    };

    private static BookStanding Standing(int year, Money amount) => new(year, Amount: amount, In: BookAccount.BenefitsPayable);

    private static Entry Ordered(JournalRow book, BookAccount from, LocalDate on) => new(book, on,
        new Posting(book.Standing.PlanYear)
            .Debit(from, book.Standing.Amount!.Value).Credit(BookAccount.BenefitsPayable, book.Standing.Amount!.Value));

    /// <summary>The same money stands in another account now.</summary>
    private static Entry Moved(JournalRow row, BookAccount from, BookAccount to, LocalDate on)
    {
        var posting = new Posting(row.Standing.PlanYear);
        if (from != to) posting.Debit(from, row.Standing.Amount!.Value).Credit(to, row.Standing.Amount!.Value);
        return new Entry(row with { Standing = row.Standing with { In = to } }, on, posting);
    }
}
