using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters.Writing;
using NodaTime.Text;

namespace ClaimsEngine.Host.Exports;

/// <summary>Finance's totals as a table: what they are counted by, the count and the amount, and the sum of all as the last row.</summary>
internal static class PayoutTotalsTable
{
    private const string Table = "payout_totals";

    /// <param name="totals">as <see cref="Queries.PayoutTotals.Of"/> gave them</param>
    public static TableFile File(TableFormat format, IReadOnlyList<string> dimensions, JsonObject totals)
    {
        var columns = dimensions.Select(name => TableColumns.Of(Table, name, TypeOf(name)))
            .Append(TableColumns.Of<long>(Table, "count")).Append(TableColumns.Of<Money>(Table, "amount")).ToArray();
        var rows = totals["rows"]!.AsArray().Select(row => Row(row!.AsObject(), dimensions)).ToAsyncEnumerable();
        return new TableFile(format, Table, columns, rows)
        {
            Total = dimensions.Count > 0 ? Row(totals["total"]!.AsObject(), dimensions) : null, Position = (long)totals["position"]!,
            AsOf = InstantPattern.ExtendedIso.Parse((string)totals["asOf"]!).Value,
        };
    }

    private static Type TypeOf(string dimension) => dimension switch
    {
        "region" => typeof(RegionCode), "benefit" => typeof(IncidentKind), "status" => typeof(PayoutStatus), _ => typeof(string),
    };

    private static object?[] Row(JsonObject row, IReadOnlyList<string> dimensions) =>
        [.. dimensions.Select(name => (string?)row[name]), (long)row["count"]!, row["amount"].Deserialize<Money>(ClaimsJson.Options)];
}
