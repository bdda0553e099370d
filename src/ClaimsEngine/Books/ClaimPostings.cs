using ClaimsEngine.Claims;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Books;

/// <summary>
/// What a claim posts: the estimate of what it will cost, for as long as it is not decided. First what the plan's rules give on the facts
/// of the submission, then what was assessed. A claim that is open again reserves what it did before.
/// </summary>
internal static class ClaimPostings
{
    public static Entry Submitted(ClaimSubmitted e, LocalDate recordedOn)
    {
        var estimate = e.Reserve ?? PostingRules.Known.FirstReserve[e.Incident.Kind];
        var year = e.PlanYear ?? e.Incident.Date.Year;
        return new Entry(
            Journal.Book(e.Plan, e.Programme, e.Region, new BookStanding(year, Amount: estimate, Reserve: estimate), e.Number) with
            {
                OccurredIn = PayoutBasis.Month(e.Incident.Date),
            },
            ReferenceNumber.DayOf(e.Number) ?? recordedOn, Growing(year, estimate));
    }

    public static Entry? Of(JournalRow row, object @event, LocalDate today) => @event switch
    {
        ClaimAssessed e => To(row, e.Amount, today, e.Amount),
        ClaimApproved or ClaimRefused or ClaimWithdrawn or ClaimExpired => To(row, Money.Zero, today),
        ApprovalRevoked or RefusalReversed or ClaimReopened => To(row, row.Standing.Amount!.Value, today),
        _ => null,
    };

    private static Entry To(JournalRow row, Money now, LocalDate today, Money? estimate = null) => new(
        row with { Standing = row.Standing with { Reserve = now, Amount = estimate ?? row.Standing.Amount } }, today,
        Growing(row.Standing.PlanYear, now - row.Standing.Reserve!.Value));

    private static Posting Growing(int year, Money by) =>
        new Posting(year).Debit(BookAccount.ChangeInCaseReserves, by).Credit(BookAccount.CaseReserves, by);
}
