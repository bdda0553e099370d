using System.Text.Json;
using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Storage.Reading;

/// <summary>
/// The statement that answers a <see cref="TotalsQuestion"/>. Now: the months, or the cells of now, of the first totals that have all that
/// is asked. As of a moment: whole months, the days of the moment's month, and the exact changes of the moment's day, each reckoned from
/// the side where less lies. Nothing that is kept has it: the rows themselves.
/// </summary>
internal sealed class TotalsSql
{
    internal static readonly Instant First = Instant.FromUtc(1970, 1, 1, 0, 0);
    internal static readonly Instant Last = Instant.FromUtc(9999, 1, 1, 0, 0);

    private readonly NpgsqlCommand command = new();
    private readonly TotalsQuestion asked;
    private readonly ReadModelTable table;
    private readonly TotalsTable kept;
    private readonly TotalsTable rows;
    private readonly bool isKept;
    private readonly string schema;

    private TotalsSql(TotalsQuestion asked, ReadModelTable table, StorageOptions options)
    {
        (this.asked, this.table, schema) = (asked, table, options.ReadSchema);
        string[] dimensions = [.. asked.By.Concat(asked.Where.Select(filter => filter.Dimension)).Distinct()];
        rows = new TotalsTable(new Totals("asked", "", dimensions, asked.Sums, asked.Of, asked.Spread), table);
        var found = table.Totals.FirstOrDefault(Has);
        (kept, isKept) = (found ?? rows, found is not null);
    }

    /// <param name="now">decides only from which side is reckoned, never what comes out</param>
    /// <exception cref="ArgumentException">A dimension or sum names nothing that the row has.</exception>
    /// <exception cref="NotSupportedException">What is to be summed is neither money nor a whole number.</exception>
    public static NpgsqlCommand Of(TotalsQuestion asked, ReadModelTable table, StorageOptions options, Instant now) =>
        new TotalsSql(asked, table, options).Command(now);

    /// <summary>Which totals would answer; null where the rows must.</summary>
    public static string? AnsweredBy(TotalsQuestion asked, ReadModelTable table, StorageOptions options) =>
        new TotalsSql(asked, table, options) is { isKept: true } sql ? sql.kept.Definition.Table : null;

    private NpgsqlCommand Command(Instant now)
    {
        // before the first and after the last nothing is recorded, and dates end somewhere
        Instant? moment = asked.AsOf is { } at && at < Last ? Instant.Max(at, First) : null;
        var parts = !isKept ? Rows(moment) : moment is { } then ? Then(then, now)
            : [Cells(kept.Definition.NowOnly ? "" : TotalsTable.Months, 1, "")];
        var sums = string.Concat(asked.Sums.Select((_, i) => $", coalesce(sum(s{i}), 0)::bigint"));
        var keys = string.Concat(asked.By.Select((_, i) => $"k{i}, "));
        var groups = asked.By.Count == 0 ? ""
            : $"GROUP BY {keys.TrimEnd(',', ' ')} HAVING sum(n) <> 0 ORDER BY {keys.TrimEnd(',', ' ')}";
        command.CommandText =
            $"SELECT {keys}coalesce(sum(n), 0)::bigint{sums} FROM ({string.Join(" UNION ALL ", parts)}) AS parts {groups}";
        return command;
    }

    private IEnumerable<string> Then(Instant at, Instant now)
    {
        var (day, today) = (at.Date(), now.Date());
        var (month, nextMonth) = (new LocalDate(day.Year, day.Month, 1), new LocalDate(day.Year, day.Month, 1).PlusMonths(1));
        var (begin, end) = (Start(day), Start(day.PlusDays(1)));

        // What has not happened yet costs nothing: of a day that is not over only the time until now counts.
        var fromBegin = at - begin <= Instant.Min(end, Instant.Max(now, at)) - at;
        var last = fromBegin ? day.PlusDays(-1) : day;
        var fromMonth = Period.DaysBetween(month, last) + 1
            <= Period.DaysBetween(last, LocalDate.Min(nextMonth.PlusDays(-1), LocalDate.Max(today, last)));

        yield return Cells(TotalsTable.Months, 1, $" AND day {(fromMonth ? "<" : "<=")} {Parameter(month)}");
        if (fromMonth) yield return Cells("", 1, $" AND day >= {Parameter(month)} AND day <= {Parameter(last)}");
        else yield return Cells("", -1, $" AND day > {Parameter(last)} AND day < {Parameter(nextMonth)}");
        foreach (var (column, sign) in (asked.Of == TotalsOf.EveryVersion
            ? ((string, int)[])[("recorded_from", 1)] : [("recorded_from", 1), ("recorded_to", -1)]))
        {
            var ended = column == "recorded_to" ? " AND r.recorded_to < 'infinity'" : "";
            yield return fromBegin
                ? FromRows(sign, $"r.{column} >= {Parameter(begin)} AND r.{column} <= {Parameter(at)}{ended}")
                : FromRows(-sign, $"r.{column} > {Parameter(at)} AND r.{column} < {Parameter(end)}{ended}");
        }
    }

    private IEnumerable<string> Rows(Instant? moment)
    {
        if (asked.Of == TotalsOf.EveryVersion)
        {
            yield return FromRows(1, moment is { } upTo ? $"r.recorded_from <= {Parameter(upTo)}" : "true");
            yield break;
        }
        yield return FromRows(1, "r.recorded_to = 'infinity'" + (moment is { } at ? $" AND r.recorded_from <= {Parameter(at)}" : ""));
        // rows that are no more have indexes of their own
        if (moment is { } then)
            yield return FromRows(1,
                $"r.recorded_to < 'infinity' AND r.recorded_to > {Parameter(then)} AND r.recorded_from <= {Parameter(then)}");
    }

    private string Cells(string level, int sign, string which)
    {
        var keys = string.Concat(asked.By.Select((text, i) => $"{Kept(text)} AS k{i}, "));
        var sums = string.Concat(asked.Sums.Select((text, i) =>
            $", {sign} * \"{kept.Measures.First(measure => measure.Text == text).Name}\" AS s{i}"));
        var where = string.Concat(asked.Where.Select(filter => $" AND {Holds(filter, Kept(filter.Dimension, filter)!)}"));
        return $"SELECT {keys}{sign} * count AS n{sums} FROM {schema}.{kept.Definition.Table}{level} WHERE true{which}{where}";
    }

    private string FromRows(int sign, string which)
    {
        string Value(string text) => rows.Dimensions.First(dimension => dimension.Text == text).Sql;
        var keys = string.Concat(asked.By.Select((text, i) => $"{Value(text)} AS k{i}, "));
        var sums = string.Concat(asked.Sums.Select((text, i) =>
            $", {sign} * coalesce({rows.Measures.First(measure => measure.Text == text).Sql}, 0) AS s{i}"));
        var where = string.Concat(asked.Where.Select(filter => $" AND {Holds(filter, Value(filter.Dimension))}"));
        return $"SELECT {keys}{sign}::bigint AS n{sums} FROM {schema}.{table.Name} r {rows.Lines?.Join} WHERE {which}{where}";
    }

    private bool Has(TotalsTable totals) =>
        totals.Definition.Of == asked.Of && !(totals.Definition.NowOnly && asked.AsOf is not null)
        && totals.Definition.Spread == asked.Spread
        && asked.Sums.All(text => totals.Measures.Any(measure => measure.Text == text))
        && asked.By.All(text => Of(totals, text, null) is not null)
        && asked.Where.All(filter => Of(totals, filter.Dimension, filter) is not null);

    private string? Kept(string text, TotalsFilter? filter = null) => Of(kept, text, filter);

    /// <summary>The value of a dimension from what is kept; null where it cannot be told from that.</summary>
    /// <param name="filter">a text that begins with three characters can be told from its first four</param>
    private static string? Of(TotalsTable totals, string text, TotalsFilter? filter)
    {
        if (totals.Dimensions.FirstOrDefault(dimension => dimension.Text == text) is { } same) return $"\"{same.Name}\"";
        if (text.EndsWith('?'))
            return totals.Dimensions.FirstOrDefault(dimension => dimension.Text == text[..^1]) is { } value
                ? $"(\"{value.Name}\" IS NOT NULL)" : null;
        var parts = text.Split(':');
        var length = parts.Length == 2 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)
            : filter is { Match: TotalsMatch.Prefix, Value: { } prefix } ? prefix.ToString()!.Length : (int?)null;
        if (length is null) return null;
        var longer = totals.Dimensions.FirstOrDefault(dimension => dimension.Text.Split(':') is var of && of[0] == parts[0]
            && (of.Length == 1 || int.Parse(of[1], System.Globalization.CultureInfo.InvariantCulture) >= length));
        return longer is null ? null : parts.Length == 2 ? $"left(\"{longer.Name}\", {length})" : $"\"{longer.Name}\"";
    }

    private string Holds(TotalsFilter filter, string value) => (filter.Match, filter.Value) switch
    {
        (TotalsMatch.Equal, null) => $"{value} IS NULL",
        (_, null) => throw new ArgumentException($"{filter.Dimension} is compared with nothing", nameof(filter)),
        (TotalsMatch.Equal, { } sought) => $"{value} = {Parameter(sought)}",
        (TotalsMatch.Prefix, { } sought) => $"{value} LIKE {Parameter(sought + "%")}",
        (TotalsMatch.From, { } sought) => $"{value} >= {Parameter(sought)}",
        (TotalsMatch.To, { } sought) => $"{value} <= {Parameter(sought)}",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Match, "no SQL is written for this match"),
    };

    private string Parameter(object value)
    {
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = value switch
            {
                LocalDate date => date.ToDateOnly(),
                Instant instant => instant.ToDateTimeUtc(),
                Money money => money.Fen,
                Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
                string or int or long or bool or Guid => value,
                _ => value.ToString()!,
            },
        });
        return $"${command.Parameters.Count}";
    }

    private static Instant Start(LocalDate day) => day.AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant();
}
