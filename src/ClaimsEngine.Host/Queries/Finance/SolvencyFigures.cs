using ClaimsEngine.Figures;
using ClaimsEngine.Payouts;
using ClaimsEngine.Programmes;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>One fund: a plan's year, or one programme of it. Amounts as known at the question's moment.</summary>
/// <param name="PlanYear">calendar year in which the covers begin</param>
/// <param name="Programme">null for direct entry, and where the plan's year is asked for as a whole</param>
/// <param name="Due">contributions owed or paid</param>
/// <param name="Paid">of these what has come in</param>
/// <param name="Granted">benefits ordered to be paid and not cancelled</param>
/// <param name="PaidOut">of these what the bank has paid</param>
/// <param name="Reserves">of claims that are not decided</param>
/// <param name="Ibnr">incurred but not reported, by the chain ladder over months of the fund's own benefits</param>
/// <param name="RiskReserve">of the plan's year in the books; null for a single programme</param>
/// <param name="Largest">single payout; null where there is none</param>
/// <param name="Ratio">granted and reserved, as a part of what is due; null where nothing is</param>
/// <param name="RatioWithIbnr">the same with what is incurred but not reported</param>
/// <param name="LargestShare">the largest single payout, as a part of what is due</param>
/// <param name="Alerts">the highest level that each figure has reached, by the organiser's data; null in the total</param>
/// <param name="Budget">what the programme's sponsor gives at most; null where only the quota limits it</param>
/// <param name="Committed">the sponsor's shares of all certificates that stand</param>
/// <param name="Used">of these what the sponsor has paid</param>
/// <param name="BudgetLeft">of the budget what is not committed</param>
internal sealed record FundStanding(
    string? Plan, int? PlanYear, string? Programme, Money Due, Money Paid, Money Granted, Money PaidOut, Money Reserves, Money Ibnr,
    Money? RiskReserve, Money? Largest, Fraction? Ratio, Fraction? RatioWithIbnr, Fraction? LargestShare,
    IReadOnlyList<SolvencyAlert>? Alerts, Money? Budget = null, Money? Committed = null, Money? Used = null, Money? BudgetLeft = null);

/// <summary>Whether the contributions of each fund suffice for what it owes.</summary>
internal static class SolvencyFigures
{
    private static readonly FinanceDimension[] PlanYears = [.. FinanceDimension.Funds.Take(2)];

    /// <param name="byProgramme">whether each programme is a fund of its own, or a plan's year is</param>
    /// <param name="region">of who asks: its organiser's levels are those of a plan's year; a programme has those of its own reach</param>
    public static async Task<FinanceTable> Of(
        bool byProgramme, IReadOnlyList<TotalsFilter> narrowed, RegionCode region, FinanceSnapshot at, IRecords records)
    {
        FinanceDimension[] by = byProgramme ? [.. FinanceDimension.Funds] : PlanYears;
        var payer = new FinanceDimension[] { FinanceDimension.PayerOf };
        var contributions = await ContributionFigures.Of(byProgramme ? [.. by, .. payer] : by, narrowed, at, records);
        var (money, sponsored) = (new Groups(by.Length, 4), new Dictionary<string, (Money Due, Money Paid)>());
        var programmes = await Sponsors(byProgramme ? contributions : null, records);
        foreach (var row in contributions.Rows)
        {
            // due and paid stand behind the keys and the number of certificates
            var (keys, due, paid) = (row[..by.Length], (Money)row[^6]!, (Money)row[^5]!);
            money.Add(keys, due.Fen, paid.Fen, 0, 0);
            if (byProgramme && row[2] is string code && programmes[code] is { } programme && programme.Sponsor == (string?)row[3])
                sponsored[Text(keys)] = (due, paid);
        }
        // relief is no benefit: its funds have balances of their own
        TotalsFilter[] benefits = [.. narrowed, PayoutFigures.Counted, FinanceDimension.IsBenefit];
        var status = new FinanceDimension("status", nameof(PayoutRow.Status), typeof(PayoutStatus));
        foreach (var cell in (await at.Sum(PayoutLedger.Model, [.. by, status], benefits, nameof(PayoutRow.Amount)))
            .Where(cell => cell.Keys[^1] is not "cancelled"))
            money.Add(cell.Keys[..^1], 0, 0, cell.Sums[0], cell.Keys[^1] is "settled" or "recovered" ? cell.Sums[0] : 0);
        var ladders = (await DevelopmentFigures.Ladders(by, narrowed, Grain.Month, null, at))
            .ToDictionary(fund => Text(fund.Keys), fund => fund.Ladder);
        var open = await LedgerFigures.CaseReserves(by, narrowed, at);
        foreach (var (keys, _) in open) money.Add(keys, 0, 0, 0, 0);
        var reserves = open.ToDictionary(fund => Text(fund.Keys), fund => fund.Amount);
        var risk = byProgramme ? [] : (await LedgerFigures.RiskReserves(by, narrowed, at))
            .ToDictionary(fund => Text(fund.Keys), fund => fund.Amount);
        var largest = await AmountSpread.Of(by, [.. narrowed, PayoutFigures.Granted], at);
        var day = at.AsOf.Date();

        var funds = money.Rows.Select(fund =>
        {
            var key = Text(fund.Keys);
            var programme = byProgramme && fund.Keys[2] is string code ? programmes.GetValueOrDefault(code) : null;
            var figures = new FundMoney(
                new Money(fund.Sums[0]), new Money(fund.Sums[1]), new Money(fund.Sums[2]), new Money(fund.Sums[3]),
                reserves.GetValueOrDefault(key), ladders.TryGetValue(key, out var ladder) ? ladder.Ibnr : Money.Zero,
                byProgramme ? null : risk.GetValueOrDefault(key), largest.Of(fund.Keys).Largest ?? Money.Zero);
            var rules = SolvencyRules.For(programme?.Reach ?? region, day);
            var found = Solvency.Of(figures, rules);
            var (committed, used) = sponsored.GetValueOrDefault(key);
            return new FundStanding(
                (string?)fund.Keys[0], (int?)fund.Keys[1], byProgramme ? (string?)fund.Keys[2] : null, figures.Due, figures.Paid,
                figures.Granted, figures.PaidOut, figures.Reserves, figures.Ibnr, figures.RiskReserve, largest.Of(fund.Keys).Largest,
                found.Ratio, found.WithIbnr, found.LargestShare, found.Alerts,
                programme?.Budget, programme?.Budget is null ? null : committed, programme?.Budget is null ? null : used,
                programme?.Budget - committed);
        }).ToArray();
        return FinanceTable.Of("solvency", funds, Total(funds, largest.All.Largest, byProgramme), at);
    }

    private static FundStanding Total(IReadOnlyList<FundStanding> funds, Money? largest, bool byProgramme)
    {
        Money Sum(Func<FundStanding, Money> of) => Money.Sum(funds.Select(of));
        return new FundStanding(
            null, null, null, Sum(fund => fund.Due), Sum(fund => fund.Paid), Sum(fund => fund.Granted), Sum(fund => fund.PaidOut),
            Sum(fund => fund.Reserves), Sum(fund => fund.Ibnr), byProgramme ? null : Sum(fund => fund.RiskReserve ?? Money.Zero),
            largest, null, null, null, null);
    }

    private static async Task<Dictionary<string, Programme?>> Sponsors(FinanceTable? contributions, IRecords records)
    {
        string[] codes = [.. (contributions?.Rows ?? []).Select(row => row[2]).OfType<string>().Distinct()];
        await records.Look([.. codes.Select(code => ProgrammeId.Of(code).Value)]);
        var programmes = new Dictionary<string, Programme?>();
        foreach (var code in codes) programmes[code] = await records.FindAnywhere<Programme>(ProgrammeId.Of(code).Value);
        return programmes;
    }

    private static string Text(object?[] keys) => FinanceSnapshot.KeyText(keys);
}
