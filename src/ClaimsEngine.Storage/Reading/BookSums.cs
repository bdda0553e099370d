using ClaimsEngine.Books;
using Npgsql;

namespace ClaimsEngine.Storage.Reading;

/// <summary>Which lines of the journal are summed. Null narrows nothing.</summary>
/// <param name="Plan">code of a plan or of a relief fund</param>
/// <param name="Regions">prefixes of region codes that all hold</param>
public sealed record BookFilter(
    string? Plan = null, int? PlanYear = null, BookAccount? Account = null, string? Payer = null, string? Programme = null,
    params IReadOnlyList<RegionCode> Regions);

/// <summary>By what the lines of the journal are summed.</summary>
public enum BookKey
{
    Plan, PlanYear, Account, Programme, Region, Payer, CoverFrom, CoverTo,

    /// <summary>The month that an entry posts to, which is not always that of its date (<see cref="ClosedMonths"/>).</summary>
    Period,
}

/// <param name="Keys">the values, as the columns hold them</param>
/// <param name="Debit">in fen</param>
/// <param name="Credit">in fen</param>
public sealed record BookSum(IReadOnlyList<object?> Keys, Money Debit, Money Credit)
{
    public Money Balance => Debit - Credit;

    public string Text(int key) => (string)Keys[key]!;
}

/// <summary>
/// Debits and credits of the journal from the sums that are kept beside it. Where the month of posting is asked for, and a closing or the
/// moment that is asked for falls within a day, the entries of that day are looked at one by one: closings are few.
/// </summary>
public static class BookSums
{
    private static readonly string[] Columns =
        ["plan", "plan_year", "account", "programme", "region", "payer", "cover_from", "cover_to", "month", "closing"];

    /// <summary>In the order of the keys; no group whose debits and credits are 0.</summary>
    /// <param name="asOf">as known then; null is now</param>
    public static async Task<IReadOnlyList<BookSum>> Of(
        Snapshot snapshot, StorageOptions options, BookFilter filter, IReadOnlyList<BookKey> by, Instant? asOf,
        CancellationToken cancellation)
    {
        // before the first and after the last nothing is recorded, and dates end somewhere
        asOf = asOf is { } moment && moment < TotalsSql.Last ? Instant.Max(moment, TotalsSql.First) : null;
        var steps = by.Contains(BookKey.Period) ? await StepDays(snapshot, options, filter.Plan, asOf, cancellation) : [];
        await using var command = new NpgsqlCommand { Connection = snapshot.Connection };
        command.CommandText = Statement(options, command, filter, by, asOf, steps);
        var sums = new List<BookSum>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            sums.Add(new BookSum([.. Enumerable.Range(0, by.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))],
                new Money(reader.GetInt64(by.Count)), new Money(reader.GetInt64(by.Count + 1))));
        return sums;
    }

    /// <summary>The days within which a month was closed or opened again, and the day before each: the transaction of an entry that came
    /// after it may have begun before midnight.</summary>
    private static async Task<HashSet<LocalDate>> StepDays(
        Snapshot snapshot, StorageOptions options, string? plan, Instant? asOf, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand { Connection = snapshot.Connection };
        command.CommandText = $"SELECT DISTINCT recorded_from FROM {Steps(options, command, asOf)}"
            + (plan is null ? "" : $" AND plan = {Parameter(command, plan)}");
        var days = new HashSet<LocalDate>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var day = Instant.FromDateTimeUtc(reader.GetDateTime(0)).Date();
            days.UnionWith([day, day.PlusDays(-1)]);
        }
        return days;
    }

    private static string Steps(StorageOptions options, NpgsqlCommand command, Instant? asOf) =>
        $"{options.ReadSchema}.{PlanBooksList.Model.Table} WHERE open_after IS NOT NULL"
        + (asOf is { } at ? $" AND recorded_from <= {Parameter(command, at.ToDateTimeUtc())}" : "");

    private static string Statement(
        StorageOptions options, NpgsqlCommand command, BookFilter filter, IReadOnlyList<BookKey> by, Instant? asOf,
        HashSet<LocalDate> steps)
    {
        var exact = steps.ToHashSet();
        if (asOf is { } at) exact.Add(at.Date());
        var parts = string.Join("\n    UNION ALL ", Parts(options, command, filter, exact, asOf));
        var posted = by.Contains(BookKey.Period)
            ? $"""
               LEFT JOIN LATERAL (
                   SELECT s.open_from FROM steps s
                   WHERE s.plan = l.plan AND CASE WHEN l.position IS NULL THEN s.day < l.day ELSE s.open_after < l.position END
                   ORDER BY s.version DESC LIMIT 1) AS step ON NOT l.closing
               """ : "";
        var keys = string.Concat(by.Select(key => (key == BookKey.Period ? "greatest(l.month, step.open_from)" : $"l.{Column(key)}")
            + $" AS k{(int)key}, "));
        var order = string.Join(", ", Enumerable.Range(1, by.Count));
        return $"""
            WITH steps AS (
                SELECT plan, open_from, open_after, version, (recorded_from AT TIME ZONE INTERVAL '8 hours')::date AS day
                FROM {Steps(options, command, asOf)}),
            lines AS (
                {parts})
            SELECT {keys}coalesce(sum(l.debit), 0)::bigint, coalesce(sum(l.credit), 0)::bigint FROM lines l {posted}
            {(by.Count == 0 ? "" : $"GROUP BY {order} HAVING sum(l.debit) <> 0 OR sum(l.credit) <> 0 ORDER BY {order}")}
            """;
    }

    private static IEnumerable<string> Parts(
        StorageOptions options, NpgsqlCommand command, BookFilter filter, HashSet<LocalDate> exact, Instant? asOf)
    {
        var kept = options.ReadSchema + "." + Journal.Sums.Table;
        var (columns, where) = (string.Join(", ", Columns), Where(command, filter));
        var months = exact.Select(day => new LocalDate(day.Year, day.Month, 1)).Distinct().ToArray();
        var before = asOf is { } moment ? $" AND day < {Parameter(command, moment.Date().ToDateOnly())}" : "";
        var cells = $"SELECT {columns}, debit, credit, day, NULL::bigint AS position FROM";
        if (exact.Count == 0)
        {
            yield return $"{cells} {kept}{ReadModels.TotalsTable.Months} WHERE true{where}";
            yield break;
        }
        var split = Parameter(command, months.Select(month => month.ToDateOnly()).ToArray());
        var days = Parameter(command, exact.Select(day => day.ToDateOnly()).ToArray());
        yield return $"{cells} {kept}{ReadModels.TotalsTable.Months} WHERE day <> ALL ({split}){before}{where}";
        yield return $"{cells} {kept} WHERE date_trunc('month', day::timestamp)::date = ANY ({split}) AND day <> ALL ({days})"
            + before + where;
        // each day on its own, so that the index on the moment of recording is used
        foreach (var day in exact.Order())
            yield return $"""
                SELECT {columns}, debit, credit, day, position FROM (
                    SELECT {Lines}, (r.recorded_from AT TIME ZONE INTERVAL '8 hours')::date AS day, r.feed_position AS position
                    FROM {options.ReadSchema}.{Journal.Model.Table} r CROSS JOIN LATERAL jsonb_array_elements(r.lines) AS line (value)
                    WHERE r.recorded_from >= {Parameter(command, Start(day))}
                    AND r.recorded_from < {Parameter(command, Start(day.PlusDays(1)))}
                    {(asOf is { } at ? $"AND r.recorded_from <= {Parameter(command, at.ToDateTimeUtc())}" : "")}) AS entries
                WHERE true{where}
                """;
    }

    private const string Lines = """
        r.plan, (line.value ->> 'planYear')::bigint AS plan_year, line.value ->> 'account' AS account, r.programme, r.region,
        line.value ->> 'payer' AS payer, (line.value ->> 'coverFrom')::date AS cover_from, (line.value ->> 'coverTo')::date AS cover_to,
        r.month, r.closing, coalesce((line.value ->> 'debit')::numeric * 100, 0)::bigint AS debit,
        coalesce((line.value ->> 'credit')::numeric * 100, 0)::bigint AS credit
        """;

    private static string Where(NpgsqlCommand command, BookFilter filter)
    {
        var where = "";
        if (filter.Plan is { } plan) where += $" AND plan = {Parameter(command, plan)}";
        if (filter.PlanYear is { } year) where += $" AND plan_year = {Parameter(command, year)}";
        if (filter.Account is { } account)
            where += $" AND account = {Parameter(command, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(account.ToString()))}";
        if (filter.Payer is { } payer) where += $" AND payer = {Parameter(command, payer)}";
        if (filter.Programme is { } programme) where += $" AND programme = {Parameter(command, programme)}";
        // region codes are digits only, so a prefix needs no escaping
        foreach (var region in filter.Regions.Where(region => region.Level > 0))
            where += $" AND region LIKE {Parameter(command, region.Value + "%")}";
        return where;
    }

    private static string Column(BookKey key) => key switch
    {
        BookKey.PlanYear => "plan_year", BookKey.CoverFrom => "cover_from", BookKey.CoverTo => "cover_to",
        _ => key.ToString().ToLowerInvariant(),
    };

    private static DateTime Start(LocalDate day) => day.AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant().ToDateTimeUtc();

    private static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $"${command.Parameters.Count}";
    }
}
