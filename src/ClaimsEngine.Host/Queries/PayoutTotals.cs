using System.Text.Json.Nodes;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries;

/// <summary>
/// Finance's question: how many payouts and how much, by plan, programme, region, benefit, relief fund, month and status, as known at a
/// moment. Days and months are the order's, in Asia/Shanghai. It is answered from kept totals; only days that cut a month are looked up
/// among the payouts.
/// </summary>
public static class PayoutTotals
{
    private static readonly Dictionary<string, string> Dimensions = new()
    {
        ["plan"] = nameof(PayoutRow.Plan), ["programme"] = nameof(PayoutRow.Programme), ["region"] = nameof(PayoutRow.Region),
        ["benefit"] = nameof(PayoutRow.Benefit), ["fund"] = nameof(PayoutRow.Fund), ["month"] = nameof(PayoutRow.Month),
        ["status"] = nameof(PayoutRow.Status),
    };

    /// <summary>What payouts can be counted by.</summary>
    public static IReadOnlyCollection<string> DimensionNames => Dimensions.Keys;

    /// <param name="now">said as the answer's moment where none was asked for</param>
    public static async Task<JsonObject> Of(
        PayoutQuestion asked, Actor by, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        var question = new TotalsQuestion([.. asked.By.Select(name => Dimensions[name])], [nameof(PayoutRow.Amount)])
        {
            Where = [.. Where(asked, by)], AsOf = asked.AsOf,
        };
        var rows = new JsonArray();
        var (count, amount) = (0L, Money.Zero);
        foreach (var group in await snapshot.Ask(PayoutLedger.Model, question, now, cancellation))
        {
            var (row, sum) = (new JsonObject(), new Money(group.Sums[0]));
            for (var i = 0; i < asked.By.Count; i++) row[asked.By[i]] = group.Keys[i] is { } key ? key.ToString() : null;
            row["count"] = group.Count;
            row["amount"] = sum.ToString();
            count += group.Count;
            amount += sum;
            rows.Add(row);
        }
        return new JsonObject
        {
            ["rows"] = rows,
            ["total"] = new JsonObject { ["count"] = count, ["amount"] = amount.ToString() },
            ["asOf"] = ClaimsJson.Text(asked.AsOf ?? now),
            ["position"] = await snapshot.Position(cancellation),
        };
    }

    private static IEnumerable<TotalsFilter> Where(PayoutQuestion asked, Actor by)
    {
        // what was ordered anew is counted once, as the payout that replaced it
        yield return new("ReissuedAs?", TotalsMatch.Equal, false);
        if (asked.From is { } from)
            yield return from.Day == 1
                ? new(nameof(PayoutRow.Month), TotalsMatch.From, PayoutBasis.Month(from))
                : new(nameof(PayoutRow.OrderedOn), TotalsMatch.From, from);
        if (asked.To is { } to)
            yield return to.Day == to.Calendar.GetDaysInMonth(to.Year, to.Month)
                ? new(nameof(PayoutRow.Month), TotalsMatch.To, PayoutBasis.Month(to))
                : new(nameof(PayoutRow.OrderedOn), TotalsMatch.To, to);
        if (asked.Plan is { } plan) yield return new(nameof(PayoutRow.Plan), TotalsMatch.Equal, plan);
        if (asked.Programme is { } programme) yield return new(nameof(PayoutRow.Programme), TotalsMatch.Equal, programme);
        if (asked.Fund is { } fund) yield return new(nameof(PayoutRow.Fund), TotalsMatch.Equal, fund);
        if (asked.Status is { } status) yield return new(nameof(PayoutRow.Status), TotalsMatch.Equal, status);
        foreach (var region in (RegionCode?[])[asked.Region, by.Region])
            if (region is { Level: > 0 } place) yield return new(nameof(PayoutRow.Region), TotalsMatch.Prefix, place);
    }
}

/// <summary>Which payouts are counted, and by what.</summary>
/// <param name="By">names of <see cref="PayoutTotals.DimensionNames"/>, each once</param>
/// <param name="From">first day of order</param>
/// <param name="To">last day of order, inclusive</param>
/// <param name="Fund">code of a fund for hardship relief</param>
public sealed record PayoutQuestion(
    IReadOnlyList<string> By, LocalDate? From = null, LocalDate? To = null, string? Plan = null, string? Programme = null,
    PayoutStatus? Status = null, RegionCode? Region = null, Instant? AsOf = null, string? Fund = null);
