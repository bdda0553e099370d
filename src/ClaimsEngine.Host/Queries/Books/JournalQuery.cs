using ClaimsEngine.Books;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.ReadModels;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.Queries.Books;

/// <summary>Which entries of the journal are asked for. Null narrows nothing.</summary>
/// <param name="Books">plan, plan year, posting month, account, payer, programme, region, moment</param>
/// <param name="Event">of the entry, as the log names it: payout_ordered</param>
/// <param name="Month">of the business date</param>
/// <param name="From">first business date</param>
/// <param name="To">last business date, inclusive</param>
/// <param name="Before">entries that were recorded before this one; null for the newest</param>
public sealed record EntryQuestion(
    BookQuestion Books, string? Reference = null, string? Event = null, BookMonth? Month = null, LocalDate? From = null,
    LocalDate? To = null, EntryCursor? Before = null);

/// <summary>An entry's place: the newest recorded come first.</summary>
public readonly record struct EntryCursor(DateTime RecordedAt, long Position)
{
    public string Text()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, RecordedAt.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Position);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place in a text; null for a text that is none.</summary>
    public static EntryCursor? Of(string text)
    {
        if (!Base64Url.IsValid(text, out var length) || length != 16) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null
            : new EntryCursor(new DateTime(ticks, DateTimeKind.Utc), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)));
    }
}

/// <summary>A page of the journal, the newest entries first.</summary>
/// <param name="Next">to be sent as cursor; absent on the last page</param>
public sealed record EntryPage(IReadOnlyList<EntryView> Items, string? Next);

/// <summary>One entry: what one event posts.</summary>
/// <param name="Id">of the stream</param>
/// <param name="Version">of the stream after the event</param>
/// <param name="Date">on which it happened by business</param>
/// <param name="Period">the month that it posts to; later than its date where that month was closed when it was recorded</param>
/// <param name="Amount">sum of the debits, and so of the credits</param>
public sealed record EntryView(
    Guid Id, long Version, Guid EventId, string Event, long Position, Instant RecordedAt, LocalDate Date, BookMonth Period, string Plan,
    string? Programme, RegionCode Region, string? Employer, string? Reference, Money Amount, IReadOnlyList<EntryLine> Lines);

/// <param name="Code">of the account in the reader's chart</param>
public sealed record EntryLine(
    BookAccount Account, string Code, string Name, string NameZh, int PlanYear, Money? Debit, Money? Credit, string? Payer,
    LocalDate? CoverFrom, LocalDate? CoverTo);

/// <summary>The journal, entry by entry.</summary>
internal static class JournalQuery
{
    private static readonly ReadModelTable Table = new(Journal.Model);

    public static async Task<EntryPage> Page(
        EntryQuestion asked, int limit, Actor by, ClaimsStorage storage, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        var entries = new List<EntryView>();
        EntryCursor last = default;
        await foreach (var (entry, place) in Read(asked, limit + 1, by, snapshot.Connection, storage.Options, cancellation))
        {
            if (entries.Count == limit) return new EntryPage(entries, last.Text());
            last = place;
            entries.Add(entry);
        }
        return new EntryPage(entries, null);
    }

    /// <summary>All entries that match, as they come from the database.</summary>
    /// <param name="limit">at most so many; null for all</param>
    public static async IAsyncEnumerable<(EntryView Entry, EntryCursor Place)> Read(
        EntryQuestion asked, int? limit, Actor by, NpgsqlConnection connection, StorageOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(asked, limit, by, options);
        command.Connection = connection;
        if (limit is null) command.CommandTimeout = 0;   // a file takes as long as the caller takes the rows; who goes away ends it
        var chart = ChartOfAccounts.For(by.Region);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (period, isRead) = (reader.GetOrdinal("period"), false);
        try
        {
            while (await reader.ReadAsync(cancellation)) yield return EntryOf(reader, period, chart);
            isRead = true;
        }
        finally
        {
            // a reader that is left early would otherwise read all that is still to come
            if (!isRead) command.Cancel();
        }
    }

    private static (EntryView, EntryCursor) EntryOf(NpgsqlDataReader reader, int period, ChartOfAccounts chart)
    {
        var version = Table.Read<JournalRow>(reader);
        var row = version.Row;
        return (
            new EntryView(
                version.Id, version.Version, row.EventId, row.Event, row.FeedPosition, version.RecordedFrom, row.Date,
                BookMonth.Of(reader.GetString(period)), row.Plan, row.Programme, row.Region, row.Employer, row.Reference, row.Amount,
                [.. row.Lines.Select(line => LineOf(line, AccountLine.Of(chart, line.Account)))]),
            new EntryCursor(version.RecordedFrom.ToDateTimeUtc(), row.FeedPosition));
    }

    private static EntryLine LineOf(JournalLine line, AccountLine account) => new(
        line.Account, account.Code, account.Name, account.NameZh, line.PlanYear, line.Debit, line.Credit, line.Payer, line.CoverFrom,
        line.CoverTo);

    private static NpgsqlCommand Command(EntryQuestion asked, int? limit, Actor by, StorageOptions options)
    {
        var command = new NpgsqlCommand();
        string Parameter(object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            return $"${command.Parameters.Count}";
        }
        string Holds(object line) => $"{Parameter(JsonSerializer.Serialize(new[] { line }, ClaimsJson.Options))}::jsonb";

        var (books, where, moment) = (asked.Books, "", "");
        if (books.AsOf is { } asOf)
        {
            moment = $" AND recorded_from <= {Parameter(asOf.ToDateTimeUtc())}";
            where += moment;
        }
        if (books.Plan is { } plan) where += $" AND plan = {Parameter(plan)}";
        if (books.Programme is { } programme) where += $" AND programme = {Parameter(programme)}";
        // region codes are digits only, so a prefix needs no escaping
        if (books.Region is { } region) where += $" AND region LIKE {Parameter(region.Value + "%")}";
        if (by.Region.Level > 0) where += $" AND region LIKE {Parameter(by.Region.Value + "%")}";
        if (books.Account is { } account) where += $" AND lines @> {Holds(new { account })}";
        if (books.PlanYear is { } planYear) where += $" AND lines @> {Holds(new { planYear })}";
        if (books.Payer is { } payer) where += $" AND lines @> {Holds(new { payer })}";
        if (asked.Reference is { } reference) where += $" AND reference = {Parameter(reference)}";
        if (asked.Event is { } name) where += $" AND event = {Parameter(name)}";
        if (asked.Month is { } month) where += $" AND month = {Parameter(month.ToString())}";
        if (asked.From is { } from) where += $" AND date >= {Parameter(from.ToDateOnly())}";
        if (asked.To is { } to) where += $" AND date <= {Parameter(to.ToDateOnly())}";
        if (books.Period is { } until) where += $" AND month <= {Parameter(until.ToString())}";   // an entry never posts before its month
        if (asked.Before is { } before)
            where += $" AND (recorded_from, feed_position) < ({Parameter(before.RecordedAt)}, {Parameter(before.Position)})";

        var read = options.ReadSchema;
        command.CommandText = $"""
            SELECT * FROM (
                SELECT {Table.SelectList}, CASE WHEN closing THEN month ELSE greatest(month, (
                    SELECT s.open_from FROM {read}.{PlanBooksList.Model.Table} s
                    WHERE s.plan = j.plan AND s.open_after < j.feed_position{moment}
                    ORDER BY s.version DESC LIMIT 1)) END AS period
                FROM {read}.{Journal.Model.Table} j WHERE amount > 0{where}) AS entries
            {(books.Period is { } period ? $"WHERE period = {Parameter(period.ToString())}" : "")}
            ORDER BY recorded_from DESC, feed_position DESC {(limit is { } most ? $"LIMIT {most}" : "")}
            """;
        return command;
    }
}
