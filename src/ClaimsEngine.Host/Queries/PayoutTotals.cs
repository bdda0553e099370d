using System.Text.Json.Nodes;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>
/// Finance's question: how many payouts and how much, by plan, programme, region, benefit, relief fund, month and status, as known at a
/// moment. Days and months are the order's, in Asia/Shanghai. Rows and position are read in one snapshot.
/// </summary>
public static class PayoutTotals
{
    private static readonly Dictionary<string, string> Dimensions = new()
    {
        ["plan"] = "plan", ["programme"] = "programme", ["region"] = "region", ["benefit"] = "benefit",
        ["fund"] = "fund",
        ["month"] = "to_char(ordered_on, 'YYYY-MM')", ["status"] = "status",
    };

    /// <summary>What payouts can be counted by.</summary>
    public static IReadOnlyCollection<string> DimensionNames => Dimensions.Keys;

    /// <param name="now">said as the answer's moment where none was asked for</param>
    public static async Task<JsonObject> Of(
        PayoutQuestion asked, Actor by, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        var (dimensions, asOf) = (asked.By, asked.AsOf);
        await using var command = new NpgsqlCommand();
        var where = ListQuery.AsOf(asOf, command);
        where += " AND reissued_as IS NULL";   // what was ordered anew is counted once, as the payout that replaced it
        where += Narrow(command, "ordered_on >= ", asked.From?.ToDateOnly());
        where += Narrow(command, "ordered_on <= ", asked.To?.ToDateOnly());
        where += Narrow(command, "plan = ", asked.Plan);
        where += Narrow(command, "programme = ", asked.Programme);
        where += Narrow(command, "fund = ", asked.Fund);
        if (asked.Status is { } status) where += Narrow(command, "status = ", status.ToString().ToLowerInvariant());
        if (asked.Region is { } region) where += Narrow(command, "region LIKE ", region.Value + "%");
        if (by.Region.Level > 0) where += Narrow(command, "region LIKE ", by.Region.Value + "%");

        var keys = string.Concat(dimensions.Select(dimension => Dimensions[dimension] + ", "));
        var groups = string.Join(", ", Enumerable.Range(1, dimensions.Count));
        command.CommandText = $"""
            SELECT {keys}count(*), coalesce(sum(amount), 0)::bigint
            FROM {storage.Options.ReadSchema}.{PayoutLedger.Model.Table} WHERE {where}
            {(groups.Length == 0 ? "" : $"GROUP BY {groups} ORDER BY {groups}")}
            """;

        await using var connection = await storage.Sessions.Application.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        command.Connection = connection;
        var rows = new JsonArray();
        var (count, amount) = (0L, Money.Zero);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var row = new JsonObject();
                for (var i = 0; i < dimensions.Count; i++) row[dimensions[i]] = reader.IsDBNull(i) ? null : reader.GetString(i);
                var sum = new Money(reader.GetInt64(dimensions.Count + 1));
                row["count"] = reader.GetInt64(dimensions.Count);
                row["amount"] = sum.ToString();
                count += reader.GetInt64(dimensions.Count);
                amount += sum;
                rows.Add(row);
            }
        }
        var position = await storage.Upkeep.PositionOf(connection, cancellation);
        return new JsonObject
        {
            ["rows"] = rows,
            ["total"] = new JsonObject { ["count"] = count, ["amount"] = amount.ToString() },
            ["asOf"] = ClaimsJson.Text(asOf ?? now),
            ["position"] = position,
        };
    }

    private static string Narrow(NpgsqlCommand command, string condition, object? value)
    {
        if (value is null) return "";
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $" AND {condition}${command.Parameters.Count}";
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
