namespace ClaimsEngine.Specs.Matrix;

/// <summary>Decisions, payables and bank tie in the read models, and what is payable is what the books say was granted.</summary>
public static class ThreeWayAgrees
{
    /// <summary>The rows that the question reads, as they are or tampered with.</summary>
    public sealed record Rows(
        IReadOnlyDictionary<Guid, ClaimRow> Claims, IReadOnlyDictionary<Guid, ReliefRow> Relief,
        IReadOnlyDictionary<Guid, EnrolmentRow> Enrolments, IReadOnlyDictionary<Guid, PayoutRow> Payouts)
    {
        public static Rows Of(World world) => new(
            Told<Claim, ClaimRow>(world, ClaimBoard.Model), Told<ReliefApplication, ReliefRow>(world, ReliefBoard.Model),
            Told<Enrolment, EnrolmentRow>(world, EnrolmentRegister.Model), Told<Payout, PayoutRow>(world, PayoutLedger.Model));

        private static Dictionary<Guid, TRow> Told<T, TRow>(World world, ReadModel<TRow> model)
            where T : AggregateState where TRow : class => world.All<T>()
            .Select(state => state.StreamId).ToDictionary(id => id, id => world.Stream(id).Aggregate((TRow?)null, model.Evolve)!);
    }

    /// <summary>What the question makes of the rows: a group for each decision.</summary>
    public static (IReadOnlyList<ThreeWayRow> Rows, IReadOnlyList<ThreeWayFinding> Findings) Asked(
        Rows rows, IEnumerable<ThreeWayCell>? refunds = null)
    {
        var payouts = rows.Payouts.Select(one => (Of: DecisionOf(one.Value), one.Key, one.Value, Cell: new ThreeWayCell(
            one.Value.Plan ?? one.Value.Fund!, one.Value.PlanYear, one.Value.Month, one.Value.Status, one.Value.Amount, one.Value.Held,
            one.Value.ReissuedAs is not null, one.Value.ReturnReason is not null, one.Value.LeftOn is not null,
            one.Value.CameBackOn is not null))).ToArray();
        var decisions = rows.Claims.Where(one => one.Value is { Status: ClaimStatus.Approved, ApprovedAmount.IsPositive: true })
            .Select(one => (Of: (PayoutKind.Benefit, one.Key, (string?)null), Cell: new ThreeWayCell(
                one.Value.Plan, one.Value.IncidentDate.Year, PayoutBasis.Month(one.Value.DecidedOn!.Value), null,
                one.Value.ApprovedAmount!.Value)))
            .Concat(rows.Relief.Where(one => one.Value.Granted is not null).Select(one => (
                Of: (PayoutKind.Relief, one.Key, (string?)null), Cell: new ThreeWayCell(
                    one.Value.Fund, one.Value.DecidedOn!.Value.Year, PayoutBasis.Month(one.Value.DecidedOn!.Value), null,
                    one.Value.Granted!.Value))))
            .Concat(payouts.Where(one => one.Value.RefundOf is not null && one.Cell.IsPayable).GroupBy(one => one.Of).Select(owed => (
                Of: owed.Key, Cell: new ThreeWayCell(
                    owed.First().Cell.Plan, owed.First().Cell.PlanYear, owed.First().Cell.Month, null,
                    Money.Min(Money.Sum(owed.Select(one => one.Cell.Amount)),
                        rows.Enrolments.GetValueOrDefault(owed.Key.Item2) is
                            { Status: EnrolmentStatus.Cancelled or EnrolmentStatus.Void or EnrolmentStatus.Lapsed } ended
                            ? ended.Paid?.GetValueOrDefault(owed.Key.Item3!) ?? Money.Zero : Money.Zero)))));
        var (cells, findings) = (new List<ThreeWayCell>(), new List<ThreeWayFinding>());
        foreach (var group in decisions.Concat(payouts.Select(one => (one.Of, one.Cell))).GroupBy(one => one.Of, one => one.Cell))
        {
            var own = payouts.Where(one => one.Of == group.Key).ToArray();
            var first = own.Where(one => one.Value.Reissues is null).OrderBy(one => one.Value.Month).LastOrDefault().Cell;
            cells.AddRange(group.Select(cell => first is null ? cell : cell with { PlanYear = first.PlanYear, Month = first.Month }));
            var decided = Money.Sum(group.Where(cell => cell.Status is null).Select(cell => cell.Amount));
            var payable = Money.Sum(group.Where(cell => cell.IsPayable).Select(cell => cell.Amount));
            if (decided != payable)
                findings.Add(new ThreeWayFinding(ThreeWayFinding.FaultOf(decided, payable), group.Key.Item1, group.Key.Item2,
                    own.Length == 0 ? null : new PayoutId(own[0].Key), decided, payable));
            findings.AddRange(own.Where(one => one.Cell.IsContradicted).Select(one => new ThreeWayFinding(
                ThreeWayFault.StatementContradicts, group.Key.Item1, group.Key.Item2, new PayoutId(one.Key), decided, payable)));
        }
        return (ThreeWay.Of(cells, refunds ?? []), findings);
    }

    public static void Hold(World world, string place)
    {
        var lines = world.Entries.SelectMany(entry => entry.Lines.Select(line => (entry.Plan, Line: line))).ToArray();
        Money Booked(string? plan, int? year, params BookAccount[] accounts) => Money.Sum(lines
            .Where(one => one.Plan == plan && one.Line.PlanYear == year && accounts.Contains(one.Line.Account))
            .Select(one => one.Line.Amount));
        var refunds = lines.Where(one => one.Line.Account == BookAccount.RefundsPayable).Select(one => (one.Plan, one.Line.PlanYear))
            .Distinct().Select(book => new ThreeWayCell(book.Plan, book.PlanYear, null, null,
                Money.Zero - Booked(book.Plan, book.PlanYear, BookAccount.RefundsPayable)));
        var (rows, findings) = Asked(Rows.Of(world), refunds);
        Assert.True(findings.Count == 0, $"{place}: no state explains {string.Join("; ", findings)}");
        Assert.All(rows, row => Assert.Equal((Money.Zero, Money.Zero), (row.Unexplained, row.Contradicted)));

        // closings of plan years move what was granted: it is counted with the accounts that they carry it from
        var carried = world.All<PlanBooks>().SelectMany(books => books.Years.SelectMany(year => year.Balances.Select(own =>
            (books.Plan, year.PlanYear, own.Account, own.Balance)))).ToArray();
        foreach (var book in rows.GroupBy(row => (row.Plan, row.PlanYear)))
        {
            BookAccount[] granted = [BookAccount.BenefitsGranted, BookAccount.ReliefGranted],
                refunded = [BookAccount.RefundsOrdered, BookAccount.RefundsInTransit, BookAccount.ReturnedRefunds, BookAccount.RefundsPaid];
            var booked = Booked(book.Key.Plan, book.Key.PlanYear, granted) - Booked(book.Key.Plan, book.Key.PlanYear, refunded)
                + Money.Sum(carried.Where(own => own.Plan == book.Key.Plan && own.PlanYear == book.Key.PlanYear
                    && granted.Contains(own.Account)).Select(own => own.Balance));
            var payable = Money.Sum(book.Select(row => row.Payables));
            Assert.True(payable == booked, $"{place}: {payable} is payable in {book.Key}, {booked} in its books");
        }
    }

    private static (PayoutKind, Guid, string?) DecisionOf(PayoutRow row) =>
        (row.Kind, row.Claim?.Value ?? row.Relief?.Value ?? row.RefundOf!.Value.Value, row.Payer);
}
