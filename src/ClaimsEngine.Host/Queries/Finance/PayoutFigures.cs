using ClaimsEngine.Figures;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>Which payouts are counted, by what, and what is told of them.</summary>
/// <param name="By">names of <see cref="PayoutFigures.Dimensions"/>, each once</param>
/// <param name="Measures">names of <see cref="PayoutFigures.OnRequest"/> that are told besides count, amount and mean</param>
/// <param name="Narrowed">by dimensions of the kept sums</param>
internal sealed record PayoutQuestion(
    IReadOnlyList<FinanceDimension> By, IReadOnlyList<string> Measures, IReadOnlyList<TotalsFilter> Narrowed);

/// <summary>
/// Finance's question: how many payouts and how much, by any of the dimensions, as known at a moment. A payout that was ordered anew is
/// counted once, as the payout that replaced it. Days and months are the order's, in Asia/Shanghai. Counts and amounts come from kept sums;
/// a median from kept counts by band of amounts and the rows of one band, or from the rows where no such counts are kept.
/// </summary>
internal static class PayoutFigures
{
    public static readonly IReadOnlyList<FinanceDimension> Dimensions =
    [
        .. FinanceDimension.Funds, .. FinanceDimension.Places, FinanceDimension.PayerOf,
        new("employer", nameof(PayoutRow.Employer), typeof(string)), new("occupation", nameof(PayoutRow.Occupation), typeof(Occupation)),
        new("benefit", nameof(PayoutRow.Benefit), typeof(IncidentKind)), new("fund", nameof(PayoutRow.Fund), typeof(string)),
        new("month", nameof(PayoutRow.Month), typeof(string)), new("status", nameof(PayoutRow.Status), typeof(PayoutStatus)),
    ];

    public const string Median = "median", Largest = "largest", LossRatio = "lossRatio";

    /// <summary>What is told only who asks for it.</summary>
    public static readonly IReadOnlyList<string> OnRequest = [Median, Largest, LossRatio];

    /// <summary>All that may be asked for.</summary>
    public static readonly IReadOnlyList<string> AllMeasures = ["count", "amount", "mean", .. OnRequest];

    /// <summary>What contributions and payouts are both counted by.</summary>
    public static readonly IReadOnlyList<string> OfContributions =
        [.. FinanceDimension.Funds.Concat(FinanceDimension.Places).Append(FinanceDimension.PayerOf).Select(dimension => dimension.Name)];

    /// <summary>What a question names that no contributions are counted by; null for nothing.</summary>
    public static string? WithoutContributions(IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed) =>
        by.Select(dimension => dimension.Name).FirstOrDefault(name => !OfContributions.Contains(name))
        ?? narrowed.Select(one => one.Dimension)
            .FirstOrDefault(name => !FinanceDimension.Funds.Concat(FinanceDimension.Places).Any(dimension => dimension.Of == name));

    /// <summary>Payouts that were not ordered anew.</summary>
    public static readonly TotalsFilter Counted = new("ReissuedAs?", TotalsMatch.Equal, false);

    /// <summary>Of these, benefits that were not cancelled.</summary>
    public static readonly TotalsFilter Granted = new(nameof(PayoutRow.Granted), TotalsMatch.Equal, true);

    public static async Task<FinanceTable> Of(PayoutQuestion asked, FinanceSnapshot at, IRecords records)
    {
        TotalsFilter[] narrowed = [.. asked.Narrowed, Counted];
        var (groups, count, sum) = await Sums(asked.By, narrowed, at, records);
        var lossRatios = asked.Measures.Contains(LossRatio) ? await LossRatios(asked, at, records) : null;
        var spread = asked.Measures.Contains(Median) || asked.Measures.Contains(Largest)
            ? await AmountSpread.Of(asked.By, narrowed, at) : null;
        FinanceColumn[] columns =
        [
            .. asked.By.Select(dimension => new FinanceColumn(dimension.Name, dimension.Type)),
            new("count", typeof(long)), new("amount", typeof(Money)), new("mean", typeof(Money)),
            .. asked.Measures.Select(measure => new FinanceColumn(measure, measure == LossRatio ? typeof(Fraction) : typeof(Money))),
        ];
        return new FinanceTable(
            "payout_totals", columns,
            [
                .. groups.Rows.Where(row => row.Sums[0] != 0 || asked.By.Count == 0)
                    .Select(row => Row(row.Keys, row.Sums[0], new Money(row.Sums[1]), row.Keys)),
            ],
            Row(new object?[asked.By.Count], count, new Money(sum), null), at.AsOf, at.Position);

        object?[] Row(object?[] keys, long counted, Money amount, object?[]? group) =>
        [
            .. keys, counted, amount, Mean(amount, counted),
            .. asked.Measures.Select(measure => (object?)(measure switch
            {
                LossRatio => lossRatios!(group),
                Median => group is null ? spread!.All.Median : spread!.Of(group).Median,
                _ => group is null ? spread!.All.Largest : spread!.Of(group).Largest,
            })),
        ];
    }

    /// <summary>Counts and amounts by the question's keys, and of all. What a payer bears is a part of payouts that others bear as well: in
    /// the count of all they stand once.</summary>
    private static async Task<(Groups Groups, long Count, long Amount)> Sums(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at, IRecords records)
    {
        FinanceDimension[] kept = [.. by.Where(dimension => dimension.Of is not null)];
        var byPayer = kept.Length < by.Count;
        FinanceDimension[] inner = [.. kept.Union(byPayer ? [FinanceDimension.Programme] : [])];
        string? ProgrammeOf(Cell cell) => byPayer ? (string?)cell.Keys[Array.IndexOf(inner, FinanceDimension.Programme)] : null;

        var cells = await at.Sum(PayoutLedger.Model, inner, narrowed, nameof(PayoutRow.Amount));
        var funding = byPayer ? await Funding.Of(cells.Select(ProgrammeOf), records) : null;
        var groups = new Groups(by.Count, 2);
        if (by.Count == 0) groups.Add([], 0, 0);   // what is not counted by anything is one row, also of nothing
        foreach (var cell in cells)
            foreach (var (payer, amount) in Borne(funding, ProgrammeOf(cell), cell.Sums[0]))
                groups.Add([.. by.Select(one => one.Of is null ? payer : cell.Keys[Array.IndexOf(inner, one)])], cell.Count, amount);
        return (groups, cells.Sum(cell => cell.Count), cells.Aggregate(0L, (sum, cell) => checked(sum + cell.Sums[0])));
    }

    /// <summary>Granted benefits as a part of the contributions due, by the question's keys; of all where none are given.</summary>
    private static async Task<Func<object?[]?, Fraction?>> LossRatios(PayoutQuestion asked, FinanceSnapshot at, IRecords records)
    {
        TotalsFilter[] benefits = [.. asked.Narrowed, Granted];
        var (granted, _, all) = await Sums(asked.By, benefits, at, records);
        var due = await ContributionFigures.Due(asked.By, asked.Narrowed, at, records);
        return group => group is null ? Fraction.Of(new Money(all), due.Total)
            : Fraction.Of(new Money(granted.Of(group)[1]), due.Of(group));
    }

    /// <summary>Of nothing there is no mean. A half fen is rounded away from zero.</summary>
    private static Money? Mean(Money amount, long count) =>
        count == 0 ? null : new Fraction(amount.Fen, count).Times(new Money(1));

    /// <summary>What each payer of a programme bears of an amount by the funding shares; what has no programme is borne by nobody that we
    /// know.</summary>
    private static IEnumerable<(string? Payer, long Amount)> Borne(Funding? funding, string? programme, long amount) =>
        funding?.Shares(programme) is not { Count: > 0 } shares ? [(null, amount)]
            : shares.Zip(
                Apportionment.Split(new Money(amount), [.. shares.Select(share => share.Amount)]),
                (share, part) => ((string?)share.Payer, part.Fen));
}

/// <summary>Counts and sums that are put together by other keys than they were kept by.</summary>
internal sealed class Groups(int keys, int sums)
{
    private static readonly Comparer<object?> Order = Comparer<object?>.Create((a, b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string x, string y) => string.CompareOrdinal(x, y),
        (IComparable x, _) => x.CompareTo(b),
        _ => string.CompareOrdinal(a.ToString(), b.ToString()),
    });

    private readonly Dictionary<Key, long[]> groups = [];

    /// <summary>In the order of their keys; what has none comes last.</summary>
    public IEnumerable<(object?[] Keys, long[] Sums)> Rows => groups
        .OrderBy(group => group.Key.Values, Comparer<object?[]>.Create((a, b) =>
            Enumerable.Range(0, keys).Select(i => Order.Compare(a[i], b[i])).FirstOrDefault(order => order != 0)))
        .Select(group => (group.Key.Values, group.Value));

    public void Add(object?[] values, params ReadOnlySpan<long> amounts)
    {
        var key = new Key(values);
        if (!groups.TryGetValue(key, out var known)) groups[key] = known = new long[sums];
        for (var i = 0; i < sums; i++) known[i] = checked(known[i] + amounts[i]);
    }

    /// <summary>The sums of a group; zeros where there is none.</summary>
    public long[] Of(object?[] values) => groups.TryGetValue(new Key(values), out var known) ? known : new long[sums];

    private sealed class Key(object?[] values) : IEquatable<Key>
    {
        public object?[] Values => values;

        public bool Equals(Key? other) => other is not null && values.AsSpan().SequenceEqual(other.Values);

        public override bool Equals(object? other) => Equals(other as Key);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var value in values) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
