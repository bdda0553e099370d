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

    /// <summary>A refund is owed since the certificate ended, in the books where it stands; the order says that it is on its way.</summary>
    public static Entry Ordered(RefundPayoutOrdered e)
    {
        var year = e.PlanYear ?? e.OrderedOn.Year;
        var posting = new Posting(year).Credit(BookAccount.RefundsOrdered, e.Amount);
        return new Entry(
            Journal.Book(
                e.Plan, e.Programme, e.EnteredIn ?? e.Region,
                new BookStanding(year, Amount: e.Amount, In: BookAccount.RefundsOrdered), e.CertificateNumber),
            e.OrderedOn,
            e.Reissues is null ? posting.Debit(BookAccount.RefundsPayable, e.Amount, e.Payer)
                : posting.Debit(BookAccount.ReturnedRefunds, e.Amount));
    }

    public static Entry? Of(JournalRow row, BookAccount from, object @event, LocalDate today)
    {
        var isRefund = from is BookAccount.RefundsOrdered or BookAccount.RefundsInTransit or BookAccount.ReturnedRefunds
            or BookAccount.RefundsPaid;
        return @event switch
        {
            PayoutSent => Moved(row, from, isRefund ? BookAccount.RefundsInTransit : BookAccount.BenefitsInTransit, today),
            PayoutSettled => Moved(row, from, isRefund ? BookAccount.RefundsPaid : BookAccount.BenefitsPaid, today),
            PayoutReturned => Moved(row, from, isRefund ? BookAccount.ReturnedRefunds : BookAccount.ReturnedTransfers, today),
            // an order that replaces one which never went to the bank takes the money from where it stands as well
            PayoutReissued when from is BookAccount.BenefitsPayable => Moved(row, from, BookAccount.ReturnedTransfers, today),
            PayoutReissued when from is BookAccount.RefundsOrdered => Moved(row, from, BookAccount.ReturnedRefunds, today),
            PayoutCancelled => Moved(row, from, isRefund ? BookAccount.RefundsPayable : BookAccount.BenefitsGranted, today),
            _ => null,
        };
    }

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
