namespace ClaimsEngine.Payouts;

/// <summary>Until when a payout is to be sent to the bank. It is reckoned once, when the payout is ordered, and kept with the
/// order.</summary>
/// <param name="DueOn">the last day in time, Asia/Shanghai</param>
/// <param name="Limit">by which it was reckoned; a payout that is ordered anew has this time again</param>
/// <param name="Rules">the organiser's rules that say so, <c>default/1</c></param>
/// <param name="Calendar">the working days that it was reckoned with, <c>cn-2026/1</c></param>
public sealed record PaymentDeadline(LocalDate DueOn, TimeLimit Limit, string Rules, string Calendar)
{
    /// <param name="begins">the last day on which it may not be paid yet, or the day of the order</param>
    public static PaymentDeadline From(LocalDate begins, TimeLimit limit, string rules)
    {
        var due = limit.EndsOn(begins);
        return new PaymentDeadline(due, limit, rules, WorkingDays.CalendarOf(due.Year));
    }

    /// <summary>Of the order that replaces a returned payout: the bank's answer may have taken longer than all of the time.</summary>
    public PaymentDeadline Anew(LocalDate today) => From(today, Limit, Rules);
}
