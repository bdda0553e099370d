namespace ClaimsEngine.Payouts;

/// <summary>
/// Money of one book and month whose facts are the same: either what was decided, or payouts in one state. Cells of the same facts may be
/// added up before they are given here.
/// </summary>
/// <param name="Plan">code of the plan, or of the fund for hardship relief</param>
/// <param name="PlanYear">calendar year in which the cover or the fund begins</param>
/// <param name="Month">of the first order, yyyy-MM: what is ordered anew stays in it; null for what nobody has ordered</param>
/// <param name="Status">of the payouts; null for decisions</param>
/// <param name="Amount">decided, or of the payouts</param>
/// <param name="Held">not paid until a hold is released</param>
/// <param name="Replaced">ordered anew under another id</param>
/// <param name="WasReturned">the bank returned it, whatever became of it since</param>
/// <param name="Left">a statement shows that the money left</param>
/// <param name="CameBack">a statement shows that it came back</param>
public sealed record ThreeWayCell(
    string Plan, int PlanYear, string? Month, PayoutStatus? Status, Money Amount, bool Held = false, bool Replaced = false,
    bool WasReturned = false, bool Left = false, bool CameBack = false)
{
    /// <summary>Whether it is owed under this id: neither cancelled nor ordered anew. What is ordered anew so counts once.</summary>
    public bool IsPayable => Status is not (null or PayoutStatus.Cancelled) && !Replaced;

    /// <summary>Whether statements show something that cannot be: money that left before it was given to the bank, or that came back of a
    /// payout that the bank did not return.</summary>
    public bool IsContradicted => (Left && !CameBackFromBank && !IsAtBank) || (CameBack && !(CameBackFromBank && Left));

    /// <summary>The bank returned it. A returned payout is cancelled where the approval was taken back.</summary>
    public bool CameBackFromBank => Status == PayoutStatus.Returned || (Status == PayoutStatus.Cancelled && WasReturned);

    /// <summary>Given to the bank, which has not returned it.</summary>
    public bool IsAtBank => !Replaced && Status is (PayoutStatus.Sent or PayoutStatus.Settled or PayoutStatus.Recovered);

    /// <summary>Settled by the bank's results, also where it was paid back later.</summary>
    public bool IsSettled => IsAtBank && Status != PayoutStatus.Sent;

    /// <summary>Whether, by the statements, the money is gone.</summary>
    public bool IsGone => Left && !CameBack;
}

/// <summary>
/// Decisions, payables and bank of one book and month side by side, and what lies between them. Always:
/// decisions − payables = refundsToOrder + unexplained;
/// payables − settled = ordered + authorised + held + inTransit + returned;
/// settled − onStatement = notOnStatement − leftWithoutResult − notBackOnStatement + contradicted.
/// </summary>
/// <param name="Plan">code of the plan, or of the fund for hardship relief; null in the total</param>
/// <param name="PlanYear">null in the total</param>
/// <param name="Month">of the first order, yyyy-MM; null for refunds that nobody has ordered, and in the total</param>
/// <param name="Decisions">approved benefits, granted relief, and refunds owed</param>
/// <param name="RefundsToOrder">refunds that are owed and not ordered</param>
/// <param name="Payables">payouts that are neither cancelled nor ordered anew</param>
/// <param name="Ordered">of these not authorised, and not held</param>
/// <param name="Authorised">and not held, nor given to the bank</param>
/// <param name="Held">not given to the bank because it is held, or returned and held</param>
/// <param name="InTransit">given to the bank, which has told no result</param>
/// <param name="Returned">by the bank, not held, and not ordered anew</param>
/// <param name="Settled">by the bank's results, also where it was paid back under a recovery later</param>
/// <param name="NotOnStatement">settled, and on no statement yet</param>
/// <param name="LeftWithoutResult">on a statement, while the bank has told no result</param>
/// <param name="NotBackOnStatement">returned, but by the statements still gone; also of payouts that were ordered anew or cancelled
/// since</param>
/// <param name="OnStatement">left, and did not come back, by the statements</param>
/// <param name="Unexplained">decided without payouts of the same sum, less paid without a decision; expected to be 0.00</param>
/// <param name="Contradicted">what statements show against the state; expected to be 0.00</param>
public sealed record ThreeWayRow(
    string? Plan, int? PlanYear, string? Month, Money Decisions, Money RefundsToOrder, Money Payables, Money Ordered, Money Authorised,
    Money Held, Money InTransit, Money Returned, Money Settled, Money NotOnStatement, Money LeftWithoutResult, Money NotBackOnStatement,
    Money OnStatement, Money Unexplained, Money Contradicted);

/// <summary>What is wrong with money that its state does not explain.</summary>
public enum ThreeWayFault
{
    /// <summary>Decided, and nothing is ordered.</summary>
    DecisionWithoutPayout,

    /// <summary>Ordered, and no decision stands behind it.</summary>
    PayoutWithoutDecision,

    /// <summary>Ordered, but not the sum that was decided.</summary>
    AmountsDiffer,

    /// <summary>A statement shows what cannot be in the payout's state.</summary>
    StatementContradicts,
}

/// <summary>One thing that is to be looked at.</summary>
/// <param name="Decision">the claim, the application for relief, or the certificate whose contribution is paid back</param>
/// <param name="Payout">one of its payouts; null where there is none</param>
/// <param name="Decided">0.00 where nothing was</param>
/// <param name="Payable">of all its payouts that are neither cancelled nor ordered anew</param>
public sealed record ThreeWayFinding(
    ThreeWayFault Fault, PayoutKind Kind, Guid Decision, PayoutId? Payout, Money Decided, Money Payable)
{
    /// <summary>What is wrong where decided and payable differ.</summary>
    public static ThreeWayFault FaultOf(Money decided, Money payable) =>
        payable == Money.Zero ? ThreeWayFault.DecisionWithoutPayout
        : decided == Money.Zero ? ThreeWayFault.PayoutWithoutDecision : ThreeWayFault.AmountsDiffer;
}

/// <summary>The three-way check: what was decided is what is payable, and what the bank paid, but for what a state explains.</summary>
public static class ThreeWay
{
    /// <summary>A row for each book and month in the order of plan, year and month; what has no month comes last.</summary>
    /// <param name="refunds">owed and not ordered, with no month and no status: decided by what ended the certificates</param>
    public static IReadOnlyList<ThreeWayRow> Of(IEnumerable<ThreeWayCell> cells, IEnumerable<ThreeWayCell> refunds) =>
    [
        .. cells.Select(cell => (Cell: cell, ToOrder: Money.Zero))
            .Concat(refunds.Select(cell => (Cell: cell, ToOrder: cell.Amount)))
            .GroupBy(pair => (pair.Cell.Plan, pair.Cell.PlanYear, pair.Cell.Month))
            .OrderBy(book => book.Key.Plan, StringComparer.Ordinal).ThenBy(book => book.Key.PlanYear)
            .ThenBy(book => book.Key.Month is null).ThenBy(book => book.Key.Month, StringComparer.Ordinal)
            .Select(book => Row(book.Key.Plan, book.Key.PlanYear, book.Key.Month,
                [.. book.Select(pair => pair.Cell)], Money.Sum(book.Select(pair => pair.ToOrder)))),
    ];

    /// <summary>All rows together.</summary>
    public static ThreeWayRow Total(IReadOnlyList<ThreeWayRow> rows)
    {
        Money Sum(Func<ThreeWayRow, Money> of) => Money.Sum(rows.Select(of));
        return new ThreeWayRow(
            null, null, null, Sum(row => row.Decisions), Sum(row => row.RefundsToOrder), Sum(row => row.Payables), Sum(row => row.Ordered),
            Sum(row => row.Authorised), Sum(row => row.Held), Sum(row => row.InTransit), Sum(row => row.Returned), Sum(row => row.Settled),
            Sum(row => row.NotOnStatement), Sum(row => row.LeftWithoutResult), Sum(row => row.NotBackOnStatement),
            Sum(row => row.OnStatement), Sum(row => row.Unexplained), Sum(row => row.Contradicted));
    }

    private static ThreeWayRow Row(string plan, int year, string? month, IReadOnlyList<ThreeWayCell> cells, Money toOrder)
    {
        Money Sum(Func<ThreeWayCell, bool> of) => Money.Sum(cells.Where(of).Select(cell => cell.Amount));
        Money Payable(params PayoutStatus[] statuses) =>
            Sum(cell => cell.IsPayable && !cell.Held && statuses.Contains(cell.Status!.Value));

        // money that is at the bank, or was paid by it, is no longer kept back by a hold
        var held = Sum(cell => cell is { IsPayable: true, Held: true,
            Status: PayoutStatus.Ordered or PayoutStatus.Authorised or PayoutStatus.Returned });
        var (decisions, payables) = (Sum(cell => cell.Status is null), Sum(cell => cell.IsPayable));
        return new ThreeWayRow(
            plan, year, month, decisions, toOrder, payables, Payable(PayoutStatus.Ordered), Payable(PayoutStatus.Authorised), held,
            Sum(cell => cell is { IsAtBank: true, IsSettled: false }), Payable(PayoutStatus.Returned), Sum(cell => cell.IsSettled),
            NotOnStatement: Sum(cell => cell.IsSettled && !cell.Left && !cell.IsContradicted),
            LeftWithoutResult: Sum(cell => cell is { IsAtBank: true, IsSettled: false, IsGone: true }),
            NotBackOnStatement: Sum(cell => cell is { CameBackFromBank: true, IsGone: true }),
            OnStatement: Sum(cell => cell.IsGone),
            Unexplained: decisions - toOrder - payables,
            Contradicted: Sum(cell => cell.IsContradicted && cell.IsSettled) - Sum(cell => cell.IsContradicted && cell.IsGone));
    }
}
