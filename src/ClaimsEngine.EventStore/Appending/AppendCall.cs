using ClaimsEngine.EventStore.Feed;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.EventStore.Appending;

/// <summary>One call of <c>append_events</c> for one or several appends that touch nothing in common: they commit together or not at all.</summary>
internal sealed class AppendCall
{
    private readonly IReadOnlyList<PreparedAppend> appends;
    private readonly NpgsqlParameter[] parameters;
    private readonly PreparedEvent[] events;
    private readonly int[] streamOwners, keyOwners, placeOwners, replyOwners, lastEvents;

    public AppendCall(IReadOnlyList<PreparedAppend> appends)
    {
        this.appends = appends;
        var streams = Merge(appends, append => append.Streams, stream => stream.Stream, Comparer<Guid>.Default, out streamOwners);
        var keys = Merge(appends, append => append.Keys, key => (key.Key.Scope, key.Key.Value), KeyOrder, out keyOwners);
        var places = Merge(appends, append => append.Places, place => place.Pool, StringComparer.Ordinal, out placeOwners);
        var outbox = appends.SelectMany(append => append.Outbox).ToArray();

        var streamPlaces = new Dictionary<Guid, int>(streams.Length);
        for (var i = 0; i < streams.Length; i++) streamPlaces[streams[i].Stream] = i + 1;

        events = new PreparedEvent[appends.Sum(append => append.Events.Length)];
        lastEvents = new int[appends.Count];
        var replies = new List<StoredReply>();
        var owners = new List<int>();
        var replyEvents = new List<int>();
        var next = 0;
        for (var i = 0; i < appends.Count; i++)
        {
            appends[i].Events.CopyTo(events, next);
            next += appends[i].Events.Length;
            lastEvents[i] = appends[i].Events.Length > 0 ? next : 0;
            if (appends[i].Reply is not { } reply) continue;
            replies.Add(reply);
            owners.Add(i);
            replyEvents.Add(lastEvents[i]);
        }
        replyOwners = [.. owners];

        parameters =
        [
            Array(NpgsqlDbType.Uuid, streams, s => s.Stream), Array(NpgsqlDbType.Varchar, streams, s => s.StreamType),
            Array(NpgsqlDbType.Bigint, streams, s => s.ExpectedVersion), Array(NpgsqlDbType.Integer, streams, s => s.Events.Count),
            Array(NpgsqlDbType.Uuid, events, e => e.Id), Array(NpgsqlDbType.Integer, events, e => streamPlaces[e.Stream]),
            Array(NpgsqlDbType.Bigint, events, e => e.Version), Array(NpgsqlDbType.Varchar, events, e => e.Type),
            Array(NpgsqlDbType.Varchar, events, e => e.DotnetType), Array(NpgsqlDbType.Jsonb, events, e => e.Body),
            Array(NpgsqlDbType.Varchar, events, e => e.User), Array(NpgsqlDbType.Varchar, events, e => e.Causation),
            Array(NpgsqlDbType.Varchar, events, e => e.Correlation), Array(NpgsqlDbType.Jsonb, events, e => e.Headers),
            Array(NpgsqlDbType.Text, keys, k => k.Key.Scope), Array(NpgsqlDbType.Text, keys, k => k.Key.Value),
            Array(NpgsqlDbType.Uuid, keys, k => k.Holder), Array(NpgsqlDbType.Boolean, keys, k => k.Take),
            Array(NpgsqlDbType.Text, places, p => p.Pool), Array(NpgsqlDbType.Bigint, places, p => p.Count), Array(NpgsqlDbType.Bigint, places, p => p.Limit),
            Array(NpgsqlDbType.Text, replies, r => r.Caller), Array(NpgsqlDbType.Text, replies, r => r.RequestKey),
            Array(NpgsqlDbType.Text, replies, r => r.BodyHash), Array(NpgsqlDbType.Integer, replies, r => r.Status),
            Array(NpgsqlDbType.Uuid, replies, r => r.Resource), Array(NpgsqlDbType.Bigint, replies, r => r.Version), Array(NpgsqlDbType.Integer, replyEvents, e => e),
            Array(NpgsqlDbType.Uuid, outbox, m => m.Id), Array(NpgsqlDbType.Text, outbox, m => m.Kind), Array(NpgsqlDbType.Jsonb, outbox, m => m.Json),
        ];
    }

    public int EventCount => events.Length;

    /// <summary>The events as they were stored, once it has run.</summary>
    public IReadOnlyList<StoredEvent> Stored { get; private set; } = [];

    public static string Sql(EventStoreOptions options) => options.Fill(
        $"SELECT at_epoch, at_tx, at_seqs, at_times FROM {{schema}}.append_events({string.Join(", ", Enumerable.Range(1, 31).Select(i => "$" + i))})");

    /// <summary>Runs the call; it has committed when this returns. The outcomes are in the order of the appends.</summary>
    /// <exception cref="PostgresException">Refused (see <see cref="Refusal"/>) or failed; nothing was written.</exception>
    public async Task<AppendOutcome[]> Run(NpgsqlConnection connection, string sql)
    {
        // a roster accepted as a whole is one call with 150,000 events; on a busy machine that outlasts the usual patience
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 30 + EventCount / 500 };
        foreach (var parameter in parameters) command.Parameters.Add(parameter.Collection is null ? parameter : parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var epoch = reader.GetInt16(0);
        var transaction = reader.GetFieldValue<ulong>(1);
        var sequences = await reader.IsDBNullAsync(2) ? [] : reader.GetFieldValue<long[]>(2);
        var times = reader.GetFieldValue<DateTime[]>(3);
        while (await reader.NextResultAsync()) { }   // only the end of the reply says that COMMIT went through

        var eventStreams = (int[])parameters[5].Value!;
        Stored = [.. events.Select((e, i) => new StoredEvent(e, new FeedPosition(epoch, transaction, sequences[i]), times[eventStreams[i] - 1]))];
        var latest = new DateTime[appends.Count];
        for (var i = 0; i < streamOwners.Length; i++)
            if (times[i] > latest[streamOwners[i]]) latest[streamOwners[i]] = times[i];
        return [.. appends.Select((append, i) => (AppendOutcome)new Appended(
            lastEvents[i] == 0 ? FeedPosition.Start : new FeedPosition(epoch, transaction, sequences[lastEvents[i] - 1]),
            Instant.FromDateTimeUtc(append.Streams.Length == 0 ? times[0] : latest[i])))];
    }

    /// <summary>Which append was refused and why; null when the exception is no refusal. A request answered before has no outcome yet: its row must be read.</summary>
    public (int Append, AppendOutcome? Outcome)? Refusal(PostgresException exception)
    {
        if (!int.TryParse(exception.Hint, out var place)) return null;
        place--;
        return exception.SqlState switch
        {
            "CE001" => (streamOwners[place], new VersionConflict(Streams[place])),
            "CE002" => (keyOwners[place], new KeyTaken(new UniqueKey(Text(14)[place]!, Text(15)[place]!))),
            "CE003" => (placeOwners[place], new PlacesExhausted(Text(18)[place]!)),
            "CE004" => (replyOwners[place], null),
            _ => null,
        };
    }

    private Guid[] Streams => (Guid[])parameters[0].Value!;

    private string?[] Text(int parameter) => (string?[])parameters[parameter].Value!;

    private static readonly Comparer<(string Scope, string Value)> KeyOrder = Comparer<(string Scope, string Value)>.Create((a, b) =>
        string.CompareOrdinal(a.Scope, b.Scope) is var scope and not 0 ? scope : string.CompareOrdinal(a.Value, b.Value));

    private static T[] Merge<T, TKey>(
        IReadOnlyList<PreparedAppend> appends, Func<PreparedAppend, T[]> parts, Func<T, TKey> key, IComparer<TKey> order, out int[] owners)
    {
        if (appends.Count == 1)
        {
            owners = new int[parts(appends[0]).Length];
            return parts(appends[0]);
        }
        var merged = appends.SelectMany((append, i) => parts(append).Select(part => (part, i))).OrderBy(pair => key(pair.part), order).ToArray();
        owners = [.. merged.Select(pair => pair.i)];
        return [.. merged.Select(pair => pair.part)];
    }

    private static NpgsqlParameter Array<TItem, TValue>(NpgsqlDbType type, IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(items[i]);
        return new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
    }
}
