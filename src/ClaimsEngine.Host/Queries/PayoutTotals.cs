using System.Text.Json.Nodes;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Payouts;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>
/// Finance's question: how many payouts and how much, by plan, programme, region, benefit, month and status, as known at a moment.
/// Days and months are the order's, in Asia/Shanghai. Rows and position are read in one snapshot.
/// </summary>
public static class PayoutTotals
{
    private static readonly Dictionary<string, string> Dimensions = new()
    {
        ["plan"] = "plan", ["programme"] = "programme", ["region"] = "region", ["benefit"] = "benefit",
        ["month"] = "to_char(ordered_on, 'YYYY-MM')", ["status"] = "status",
    };

    public static async Task<(JsonObject? Totals, ProblemDocument? Fault)> Ask(
        HttpRequest request, Actor by, ClaimsDatabase database, Instant now, CancellationToken cancellation)
    {
        var query = new QueryText(request);
        var dimensions = query.Text("by")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (dimensions.FirstOrDefault(dimension => !Dimensions.ContainsKey(dimension)) is { } stray)
            query.Blame("by", $"'{stray}' is none of {string.Join(", ", Dimensions.Keys)}");
        if (dimensions.Distinct().Count() != dimensions.Length) query.Blame("by", "names a dimension twice");

        var asOf = query.Moment("asOf");
        await using var command = new NpgsqlCommand();
        var where = ListQuery.AsOf(asOf, command);
        where += " AND reissued_as IS NULL";   // what was ordered anew is counted once, as the payout that replaced it
        where += Narrow(command, "ordered_on >= ", query.Value<LocalDate>("from")?.ToDateOnly());
        where += Narrow(command, "ordered_on <= ", query.Value<LocalDate>("to")?.ToDateOnly());
        where += Narrow(command, "plan = ", query.Text("plan"));
        where += Narrow(command, "programme = ", query.Text("programme"));
        if (query.Value<PayoutStatus>("status") is { } status) where += Narrow(command, "status = ", status.ToString().ToLowerInvariant());
        if (query.Value<RegionCode>("region") is { } region) where += Narrow(command, "region LIKE ", region.Value + "%");
        if (by.Region.Level > 0) where += Narrow(command, "region LIKE ", by.Region.Value + "%");
        if (query.Finish() is { } fault) return (null, fault);

        var keys = dimensions.Select(dimension => Dimensions[dimension]).ToArray();
        command.CommandText = $"""
            SELECT {string.Concat(keys.Select(key => key + ", "))}count(*), coalesce(sum(amount), 0)::bigint
            FROM {database.Options.ReadSchema}.{PayoutLedger.Model.Table} WHERE {where}
            {(keys.Length == 0 ? "" : $"GROUP BY {string.Join(", ", Enumerable.Range(1, keys.Length))} ORDER BY {string.Join(", ", Enumerable.Range(1, keys.Length))}")}
            """;

        await using var connection = await database.Application.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        command.Connection = connection;
        var rows = new JsonArray();
        var (count, amount) = (0L, Money.Zero);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var row = new JsonObject();
                for (var i = 0; i < dimensions.Length; i++) row[dimensions[i]] = reader.IsDBNull(i) ? null : reader.GetString(i);
                var sum = new Money(reader.GetInt64(dimensions.Length + 1));
                row["count"] = reader.GetInt64(dimensions.Length);
                row["amount"] = sum.ToString();
                count += reader.GetInt64(dimensions.Length);
                amount += sum;
                rows.Add(row);
            }
        }
        var position = await database.CursorOf(PayoutLedger.Model.Table, connection, cancellation);
        return (new JsonObject
        {
            ["rows"] = rows,
            ["total"] = new JsonObject { ["count"] = count, ["amount"] = amount.ToString() },
            ["asOf"] = ClaimsJson.Text(asOf ?? now),
            ["position"] = position.ToString(),
        }, null);
    }

    private static string Narrow(NpgsqlCommand command, string condition, object? value)
    {
        if (value is null) return "";
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $" AND {condition}${command.Parameters.Count}";
    }
}
