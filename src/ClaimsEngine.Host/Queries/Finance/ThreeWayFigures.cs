using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Relief;
using ClaimsEngine.Statements;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>
/// Decisions, payables and bank side by side. Every decision is compared with its own payouts, so that faults do not cancel each other
/// out: the rows themselves are read, once, and grouped without a join. It costs as much as there are claims and payouts. A decision for
/// which nothing was ordered stands in the year of the incident, or of the grant.
/// </summary>
internal static class ThreeWayFigures
{
    /// <summary>The most findings that are told.</summary>
    public const int Most = 200;

    /// <summary>The month is that of the first order.</summary>
    public static readonly IReadOnlyList<FinanceDimension> Dimensions =
        [.. FinanceDimension.Funds, new("month", nameof(PayoutRow.Month), typeof(string))];

    private static readonly FinanceDimension[] Books = [.. FinanceDimension.Funds.Take(2)];

    public static async Task<FinanceTable> Of(IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        var found = await at.Read(command => Cells(narrowed, at, command), Cell);
        var cells = found.Select(one => one.Cell).ToArray();
        string[] strange = [.. cells.Where(cell => cell.IsContradicted).Select(Facts).Distinct()];
        var findings = strange.Length == 0 && found.All(one => one.Agrees) ? []
            : (await at.Read(command => Findings(narrowed, strange, at, command), Finding)).SelectMany(both => both).Take(Most).ToArray();
        // what nobody has ordered has no month of an order
        var refunds = narrowed.Any(IsMonth) ? [] : (await LedgerFigures.RefundsToOrder(Books, narrowed, at))
            .Select(book => new ThreeWayCell((string)book.Keys[0]!, (int)book.Keys[1]!, null, null, book.Amount));
        var rows = ThreeWay.Of(cells, refunds);
        var lines = await at.Sum(
            BankStatementList.Model, [], [.. narrowed.Where(IsPlace)], nameof(BankStatementRow.Unexplained));
        return FinanceTable.Of("three_way", rows, ThreeWay.Total(rows), at) with
        {
            Besides = [("unexplained", findings), ("openStatementLines", lines.Sum(cell => cell.Sums[0]))],
        };
    }

    private static (ThreeWayCell Cell, bool Agrees) Cell(NpgsqlDataReader row) => (
        new ThreeWayCell(
            row.GetString(0), row.GetInt32(1), row.GetString(2),
            row.IsDBNull(3) ? null : Enum.Parse<PayoutStatus>(row.GetString(3), ignoreCase: true), new Money(row.GetInt64(4)),
            row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9)),
        row.GetBoolean(10));

    private static ThreeWayFinding[] Finding(NpgsqlDataReader row)
    {
        var (kind, decision) = (Enum.Parse<PayoutKind>(row.GetString(0), ignoreCase: true), row.GetGuid(1));
        var payout = row.IsDBNull(2) ? (PayoutId?)null : new PayoutId(row.GetGuid(2));
        var (decided, payable) = (new Money(row.GetInt64(3)), new Money(row.GetInt64(4)));
        ThreeWayFinding Of(ThreeWayFault fault) => new(fault, kind, decision, payout, decided, payable);
        return
        [
            .. decided == payable ? Array.Empty<ThreeWayFinding>() : [Of(ThreeWayFinding.FaultOf(decided, payable))],
            .. row.GetBoolean(5) ? [Of(ThreeWayFault.StatementContradicts)] : Array.Empty<ThreeWayFinding>(),
        ];
    }

    /// <summary>What a cell is contradicted by, as the SQL below writes it.</summary>
    private static string Facts(ThreeWayCell cell) => string.Join('|', [
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(cell.Status.ToString()!),
        .. new[] { cell.Replaced, cell.WasReturned, cell.Left, cell.CameBack }.Select(flag => flag ? "t" : "f"),
    ]);

    private static string Cells(IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at, NpgsqlCommand command) => $"""
        {Money(narrowed, at, command)}
        SELECT plan, plan_year, month, status, sum(amount)::bigint, held, replaced, was_returned, seen_left, seen_back, agrees
        FROM books {Within(narrowed, command)} GROUP BY plan, plan_year, month, status, held, replaced, was_returned, seen_left, seen_back,
            agrees
        """;

    private static string Findings(
        IReadOnlyList<TotalsFilter> narrowed, string[] strange, FinanceSnapshot at, NpgsqlCommand command) => $"""
        {Money(narrowed, at, command)}
        SELECT kind, decision, (array_agg(payout ORDER BY is_strange DESC, payout) FILTER (WHERE payout IS NOT NULL))[1],
            max(decided)::bigint, max(payable)::bigint, bool_or(is_strange)
        FROM (
            SELECT b.*, coalesce(concat_ws('|', status, replaced, was_returned, seen_left, seen_back)
                = ANY ({FinanceSnapshot.Parameter(command, strange)}), false) AS is_strange
            FROM books b {Within(narrowed, command)}) AS told
        WHERE is_strange OR NOT agrees GROUP BY kind, decision, payer ORDER BY kind, decision, payer LIMIT {Most}
        """;

    /// <summary>
    /// Decisions and payouts one under the other; beside each what its decision comes to, and the book and month of the order that came
    /// first. An approval that was taken back and given anew has the month of the newer order. What a payer is owed is what a certificate
    /// that ended has received of him.
    /// </summary>
    private static string Money(IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at, NpgsqlCommand command)
    {
        TotalsFilter[] rows = [.. narrowed.Where(filter => !IsMonth(filter) && filter.Dimension != nameof(PayoutRow.PlanYear))];
        TotalsFilter[] funds =
        [
            .. rows.Select(filter => filter.Dimension == nameof(PayoutRow.Plan)
                ? filter with { Dimension = nameof(PayoutRow.Fund) } : filter),
        ];
        TotalsFilter[] plans = [.. rows, new(nameof(PayoutRow.Fund), TotalsMatch.Equal, null)],
            refunds = [.. plans, new(nameof(PayoutRow.Kind), TotalsMatch.Equal, PayoutKind.Refund)];
        const string Nothing = "false AS held, false AS replaced, false AS was_returned, false AS seen_left, false AS seen_back";
        const string State = """
            r.month, r.reissues IS NULL AS is_first, r.status, r.amount,
            r.held, r.reissued_as IS NOT NULL AS replaced, r.return_reason IS NOT NULL AS was_returned, r.left_on IS NOT NULL AS seen_left,
            r.came_back_on IS NOT NULL AS seen_back
            """;
        const string Live = "r.status <> 'cancelled' AND r.reissued_as IS NULL";
        var relief = rows.Any(filter => filter.Dimension == nameof(PayoutRow.Programme)) ? "" : $"""
            UNION ALL
            SELECT 'relief', r.id, NULL, NULL, r.fund, extract(year FROM r.decided_on)::int, to_char(r.decided_on, 'YYYY-MM'), false, NULL,
                r.granted, {Nothing}
            FROM {at.From(ReliefBoard.Model, funds, command)} AND r.granted > 0
            UNION ALL
            SELECT 'relief', r.relief, NULL, r.id, r.fund, r.plan_year, {State}
            FROM {at.From(PayoutLedger.Model, [.. funds, new(nameof(PayoutRow.Fund), TotalsMatch.From, "")], command)}
            """;
        return $"""
            WITH money AS (
                SELECT 'benefit' AS kind, r.id AS decision, NULL::text AS payer, NULL::uuid AS payout, r.plan,
                    extract(year FROM r.incident_date)::int AS plan_year, to_char(r.decided_on, 'YYYY-MM') AS month, false AS is_first,
                    NULL::text AS status, r.approved_amount AS amount, {Nothing}
                FROM {at.From(ClaimBoard.Model, rows, command)} AND r.status = 'approved' AND r.approved_amount > 0
                UNION ALL
                SELECT r.kind, coalesce(r.claim, r.refund_of), r.payer, r.id, r.plan, r.plan_year, {State}
                FROM {at.From(PayoutLedger.Model, plans, command)}
                UNION ALL
                SELECT 'refund', o.refund_of, o.payer, NULL, o.plan, o.plan_year, o.month, false, NULL,
                    least(o.amount, coalesce((SELECT ((r.paid ->> o.payer)::numeric * 100)::bigint
                        FROM {at.From(EnrolmentRegister.Model, [], command)} AND r.id = o.refund_of
                            AND r.status IN ('cancelled', 'void', 'lapsed')), 0)), {Nothing}
                FROM (
                    SELECT r.refund_of, r.payer, r.plan, min(r.plan_year) AS plan_year, min(r.month) AS month,
                        sum(r.amount)::bigint AS amount
                    FROM {at.From(PayoutLedger.Model, refunds, command)} AND {Live} GROUP BY r.refund_of, r.payer, r.plan) AS o
                {relief}),
            told AS (
                SELECT kind, decision, payer, payout, plan, status, amount, held, replaced, was_returned, seen_left, seen_back,
                    coalesce(max(plan_year) FILTER (WHERE is_first) OVER one, plan_year) AS plan_year,
                    coalesce(max(month) FILTER (WHERE is_first) OVER one, month) AS month,
                    coalesce(sum(amount) FILTER (WHERE status IS NULL) OVER one, 0) AS decided,
                    coalesce(sum(amount) FILTER (WHERE status <> 'cancelled' AND NOT replaced) OVER one, 0) AS payable
                FROM money WINDOW one AS (PARTITION BY kind, decision, payer)),
            books AS (SELECT *, decided = payable AS agrees FROM told)
            """;
    }

    /// <summary>The book's year and the month of the first order are known only beside the other rows of the decision.</summary>
    private static string Within(IReadOnlyList<TotalsFilter> narrowed, NpgsqlCommand command)
    {
        var where = "WHERE true";
        foreach (var filter in narrowed)
            if (IsMonth(filter)) where += $" AND month = {FinanceSnapshot.Parameter(command, filter.Value!)}";
            else if (filter.Dimension == nameof(PayoutRow.PlanYear))
                where += $" AND plan_year = {FinanceSnapshot.Parameter(command, filter.Value!)}";
        return where;
    }

    private static bool IsMonth(TotalsFilter filter) => filter.Dimension == nameof(PayoutRow.Month);

    private static bool IsPlace(TotalsFilter filter) => filter.Dimension == nameof(PayoutRow.Region);
}
