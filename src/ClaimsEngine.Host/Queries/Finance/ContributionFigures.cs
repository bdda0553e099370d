using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>
/// Who owes and has paid how much of the contributions, as known at a moment, from kept sums of the register. Due is the contribution of
/// every certificate that is pending, in force, or was cancelled within its term with nothing to be paid back; to be returned is what was
/// received on the others. The month is that of the entry. What a payer owes follows from the programme's funding; of direct
/// entries it stands with each certificate.
/// </summary>
internal static class ContributionFigures
{
    public static readonly IReadOnlyList<FinanceDimension> Dimensions =
    [
        .. FinanceDimension.Funds, .. FinanceDimension.Places, FinanceDimension.PayerOf,
        new("employer", nameof(EnrolmentRow.Employer), typeof(string)), new("month", nameof(EnrolmentRow.Month), typeof(string)),
        new("status", nameof(EnrolmentRow.Status), typeof(EnrolmentStatus)),
    ];

    private static readonly FinanceDimension Standing = new("stands", nameof(EnrolmentRow.Stands), typeof(bool)),
        PaidBy = new(FinanceDimension.Payer, "Paid.Key", typeof(string)),
        OwedBy = new(FinanceDimension.Payer, "Shares.Payer", typeof(string));

    private const int Certificates = 0, Owed = 1, Received = 2, ToReturn = 3;

    public static async Task<FinanceTable> Of(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at, IRecords records)
    {
        var (groups, total) = await Sums(by, narrowed, at, records);
        var (known, besides, all) = (LedgerFigures.Knows(by, narrowed), new Groups(by.Count, 2), new long[2]);
        foreach (var (keys, amount) in known ? await LedgerFigures.Earned(by, narrowed, at) : []) Add(keys, 0, amount.Fen);
        foreach (var (keys, amount) in known ? await Refunded(by, narrowed, at) : []) Add(keys, amount.Fen, 0);
        FinanceColumn[] columns =
        [
            .. by.Select(dimension => new FinanceColumn(dimension.Name, dimension.Type)),
            new("certificates", typeof(long)), new("due", typeof(Money)), new("paid", typeof(Money)), new("left", typeof(Money)),
            new("toReturn", typeof(Money)), new("refunded", typeof(Money)), new("earned", typeof(Money)),
        ];
        return new FinanceTable(
            "contribution_totals", columns,
            [.. groups.Rows.Where(row => row.Sums.Any(sum => sum != 0))
                .Select(row => Row(row.Keys, row.Sums, besides.Of(row.Keys)))],
            Row(new object?[by.Count], total, all), at.AsOf, at.Position);

        void Add(object?[] keys, long refunded, long earned)
        {
            besides.Add(keys, refunded, earned);
            all = [all[0] + refunded, all[1] + earned];
        }

        object?[] Row(object?[] keys, long[] sums, long[] others) =>
        [
            .. keys, sums[Certificates], new Money(sums[Owed]), new Money(sums[Received]), new Money(sums[Owed] - sums[Received]),
            new Money(sums[ToReturn]), known ? new Money(others[0]) : null, known ? new Money(others[1]) : null,
        ];
    }

    /// <summary>Refunds that the bank has paid: payouts that are neither a benefit nor relief.</summary>
    private static async Task<IEnumerable<(object?[] Keys, Money Amount)>> Refunded(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        var settled = new FinanceDimension("status", nameof(PayoutRow.Status), typeof(PayoutStatus));
        TotalsFilter[] refunds =
        [
            .. narrowed, PayoutFigures.Counted, new(nameof(PayoutRow.Benefit), TotalsMatch.Equal, null),
            new(nameof(PayoutRow.Fund), TotalsMatch.Equal, null),
        ];
        return (await at.Sum(PayoutLedger.Model, [.. by, settled], refunds, nameof(PayoutRow.Amount)))
            .Where(cell => cell.Keys[^1] is "settled").Select(cell => (cell.Keys[..^1], new Money(cell.Sums[0])));
    }

    /// <summary>What is due, by the same keys as payouts are counted by.</summary>
    public static async Task<DueContributions> Due(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at, IRecords records)
    {
        var (groups, total) = await Sums(by, narrowed, at, records);
        return new DueContributions(groups, new Money(total[Owed]));
    }

    private static async Task<(Groups Groups, long[] Total)> Sums(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at, IRecords records)
    {
        FinanceDimension[] kept = [.. by.Where(dimension => dimension.Of is not null)];
        var (byPayer, groups, total) = (kept.Length < by.Count, new Groups(by.Count, 4), new long[4]);
        FinanceDimension[] inner = [.. kept.Union([Standing]).Union(byPayer ? [FinanceDimension.Programme] : [])];
        object? At(Cell cell, FinanceDimension dimension) => cell.Keys[Array.IndexOf(inner, dimension)];
        object?[] Keys(Cell cell, string? payer) => [.. by.Select(dimension => dimension.Of is null ? payer : At(cell, dimension))];
        bool Stands(Cell cell) => At(cell, Standing) is true;

        var cells = await at.Sum(
            EnrolmentRegister.Model, inner, narrowed, nameof(EnrolmentRow.Units), nameof(EnrolmentRow.Contribution));
        var funding = await Funding.Of(byPayer ? cells.Select(cell => (string?)At(cell, FinanceDimension.Programme)) : [], records);
        foreach (var cell in cells.Where(Stands))
        {
            var (count, units, contribution) = (cell.Count, cell.Sums[0], cell.Sums[1]);
            total[Certificates] += count;
            total[Owed] = checked(total[Owed] + contribution);
            if (!byPayer) groups.Add(Keys(cell, null), count, contribution, 0, 0);
            else
                foreach (var share in funding.Shares((string?)At(cell, FinanceDimension.Programme)))
                    groups.Add(Keys(cell, share.Payer), count, checked(share.Amount.Fen * units), 0, 0);
        }
        if (byPayer)
            foreach (var cell in (await at.Sum(EnrolmentRegister.Model, [.. inner, OwedBy], narrowed, "Shares.Amount")).Where(Stands))
                groups.Add(Keys(cell, (string?)cell.Keys[^1]), cell.Count, cell.Sums[0], 0, 0);
        foreach (var cell in await at.Sum(EnrolmentRegister.Model, [.. inner, PaidBy], narrowed, "Paid.Value"))
        {
            var (paid, back) = Stands(cell) ? (cell.Sums[0], 0L) : (0L, cell.Sums[0]);
            total[Received] = checked(total[Received] + paid);
            total[ToReturn] = checked(total[ToReturn] + back);
            groups.Add(Keys(cell, (string?)cell.Keys[^1]), 0, 0, paid, back);
        }
        return (groups, total);
    }

    /// <summary>Contributions due by group.</summary>
    internal sealed record DueContributions(Groups Groups, Money Total)
    {
        public Money Of(object?[] group) => new(Groups.Of(group)[Owed]);
    }
}
