using ClaimsEngine.Storage.ReadModels;

namespace ClaimsEngine.Storage.Projections;

/// <summary>An event that a read model could not take in; its stream is held back from then on.</summary>
public sealed record FailedEvent(Guid Stream, long Position, string Error, int Attempts);

/// <summary>Folds events of many streams in memory into row versions. Order matters within a stream only.</summary>
public sealed class BatchFold(IReadModel definition)
{
    private readonly Dictionary<Guid, StreamState> states = [];

    public RowChanges Changes { get; } = new();

    public List<FailedEvent> Failed { get; } = [];

    /// <summary>The row that is stored and current for a stream, as the fold's starting point.</summary>
    public void Start(StartingRow stored) =>
        states[stored.Stream] = new StreamState
            { Row = stored.Row, StoredVersion = stored.Version, Version = stored.Version, Since = stored.Since };

    /// <summary>Takes in one event. When it fails, its stream is left as it was before the event and held back.</summary>
    public void Apply(RecordedEvent recorded) => Apply(recorded.Stream, recorded.Position, () => recorded);

    /// <summary>The same of an event that is still to be read: that may fail as well.</summary>
    public void Apply(Guid stream, long position, Func<RecordedEvent> read)
    {
        if (!states.TryGetValue(stream, out var state)) states[stream] = state = new StreamState();
        if (state.Held) return;
        try
        {
            var recorded = read();
            if (recorded.Version <= state.Version)
                throw new InvalidOperationException($"version {recorded.Version} of the stream comes after version {state.Version}");
            var row = definition.Evolve(state.Row, recorded);
            if (!ReferenceEquals(row, state.Row)) Change(state, recorded, row);
            state.Version = recorded.Version;
        }
        catch (Exception exception)
        {
            state.Held = true;
            // The message of an exception may hold what stands in the event, so only its kind is told, and our own words.
            var error = exception is InvalidOperationException ? exception.Message : exception.GetType().Name;
            Failed.Add(new FailedEvent(stream, position, error, 1));
        }
    }

    /// <summary>Forgets a stream that no further event will come for: its versions stay among the changes.</summary>
    public void Forget() => states.Clear();

    private void Change(StreamState state, RecordedEvent recorded, object? row)
    {
        // Clocks of two processes may differ: a row never begins before the one that it supersedes.
        var at = recorded.RecordedAt.ToDateTimeUtc() is var time && time > state.Since ? time : state.Since;
        if (state.Row is not null)
        {
            if (state.Added is { } last) Changes.Added[last] = Changes.Added[last] with { To = at };
            else Changes.Ended.Add(new EndedRow(recorded.Stream, state.StoredVersion, at));
        }
        (state.Row, state.Added, state.Since) = (row, null, at);
        if (row is null) return;
        state.Added = Changes.Added.Count;
        Changes.Added.Add(new NewRow(recorded.Stream, recorded.Version, at, Sql.Infinity, row));
    }

    private sealed class StreamState
    {
        public object? Row { get; set; }
        public long StoredVersion { get; init; }
        public long Version { get; set; }
        public DateTime Since { get; set; } = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        public int? Added { get; set; }
        public bool Held { get; set; }
    }
}

/// <summary>The current row of a stream before a page of events.</summary>
/// <param name="Version">of the stream, after the event that made this row</param>
/// <param name="Since">when the row began to be true, UTC</param>
public sealed record StartingRow(Guid Stream, long Version, DateTime Since, object Row);
