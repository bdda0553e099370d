namespace ClaimsEngine.EventStore.Appending;

/// <summary>An append that was checked, put in order and written as JSON by its caller, so that the writer only has to send it.</summary>
internal sealed class PreparedAppend
{
    public PreparedAppend(Append append, EventTypes types)
    {
        // Fixed orders of locks: two appends that touch the same things wait for each other, they do not embrace.
        Streams = [.. append.Streams.OrderBy(stream => stream.Stream)];
        Keys = [.. append.Keys.Distinct().OrderBy(key => key.Key.Scope, StringComparer.Ordinal).ThenBy(key => key.Key.Value, StringComparer.Ordinal)];
        Places = Sums(append.Places);
        Outbox = append.Outbox;
        Reply = append.Reply;

        for (var i = 0; i < Streams.Length; i++)
        {
            var stream = Streams[i];
            if (i > 0 && Streams[i - 1].Stream == stream.Stream) throw new ArgumentException($"stream {stream.Stream} is named twice in one append");
            if (stream.ExpectedVersion < 0) throw new ArgumentException($"stream {stream.Stream}: an expected version is not negative");
            if (stream.ExpectedVersion == 0 && stream.Events.Count == 0) throw new ArgumentException($"stream {stream.Stream}: a stream starts with an event");
        }
        if (Keys.Where(key => key.Take).GroupBy(key => key.Key).Any(key => key.Count() > 1))
            throw new ArgumentException("one key is taken for two streams in one append");

        // many streams of one append share their headers, and always their own events do
        var headers = new Dictionary<IReadOnlyDictionary<string, string>, byte[]>(ReferenceEqualityComparer.Instance);
        Events = [.. Streams.SelectMany(stream => Write(stream, types, headers))];
        if (Events.Length == 0 && Outbox.Count == 0 && Reply is null)
            throw new ArgumentException("an append writes an event, a reply or a message: anything less could not be recognised when its own reply is lost");
    }

    public StreamAppend[] Streams { get; }
    public KeyChange[] Keys { get; }
    public PlaceChange[] Places { get; }
    public IReadOnlyList<OutboxMessage> Outbox { get; }
    public StoredReply? Reply { get; }
    public PreparedEvent[] Events { get; }

    /// <summary>What no two appends of one batch may share: one would have to see what the other did.</summary>
    public IEnumerable<object> Touched()
    {
        foreach (var stream in Streams) yield return stream.Stream;
        foreach (var key in Keys) yield return key.Key;
        foreach (var place in Places) yield return place.Pool;
        foreach (var message in Outbox) yield return message.Id;
        if (Reply is not null) yield return (Reply.Caller, Reply.RequestKey);
    }

    /// <summary>What changes of places come to, a pool each, in the order in which pools are locked.</summary>
    public static PlaceChange[] Sums(IEnumerable<PlaceChange> places) =>
    [
        .. places.GroupBy(place => place.Pool).Select(pool => new PlaceChange(pool.Key, pool.Sum(place => place.Count), pool.Min(place => place.Limit)))
            .OrderBy(place => place.Pool, StringComparer.Ordinal)
    ];

    private static IEnumerable<PreparedEvent> Write(StreamAppend stream, EventTypes types, Dictionary<IReadOnlyDictionary<string, string>, byte[]> written)
    {
        if (!written.TryGetValue(stream.Metadata.Headers, out var headers)) written[stream.Metadata.Headers] = headers = PreparedEvent.HeadersOf(stream.Metadata);
        return stream.Events.Select((@event, i) => PreparedEvent.Of(stream, stream.ExpectedVersion + i + 1, @event, headers, types));
    }
}
