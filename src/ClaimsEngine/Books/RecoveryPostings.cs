using ClaimsEngine.Recoveries;

namespace ClaimsEngine.Books;

/// <summary>What a recovery posts: owed once a second person has confirmed it, then paid back or given up. Before that it posts nothing;
/// its stream is kept for what follows.</summary>
internal static class RecoveryPostings
{
    public static Entry Opened(RecoveryOpened e)
    {
        var year = e.PlanYear ?? (e.ClaimNumber is { } number ? ReferenceNumber.DayOf(number)?.Year : null) ?? e.OpenedOn.Year;
        return new Entry(
            Journal.Book(e.Plan ?? e.Fund ?? UnknownFund, e.Programme, e.Region, new BookStanding(year, Amount: e.Amount), e.Number),
            e.OpenedOn, new Posting(year));
    }

    public static Entry? Of(JournalRow row, object @event, LocalDate today) => @event switch
    {
        RecoveryConfirmed => Entry(row, today, row.Standing.Amount!.Value, BookAccount.RecoveryReceivable, BookAccount.BenefitsRecovered),
        RepaymentReceived e => Entry(row, e.ReceivedOn, e.Amount, BookAccount.Bank, BookAccount.RecoveryReceivable),
        WriteOffApproved e => Entry(row, today, e.Amount, BookAccount.WrittenOff, BookAccount.RecoveryReceivable),
        _ => null,
    };

    /// <summary>Stands in the plan's place for relief that was asked back before its fund was kept.</summary>
    private const string UnknownFund = "relief";

    private static Entry Entry(JournalRow row, LocalDate on, Money amount, BookAccount debit, BookAccount credit) =>
        new(row, on, new Posting(row.Standing.PlanYear).Debit(debit, amount).Credit(credit, amount));
}
