using ClaimsEngine.EventStore.Feed;
using ClaimsEngine.EventStore.ReadModels;

namespace ClaimsEngine.EventStore.Projections;

/// <summary>An event that a read model could not take in; its stream is held back from then on.</summary>
internal sealed record FailedEvent(Guid Stream, FeedPosition Position, string Error, int Attempts);

/// <summary>Folds events of many streams in memory into row versions. Order matters within a stream only.</summary>
internal sealed class BatchFold(IReadModel definition, EventTypes types)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50)];

    private readonly Dictionary<Guid, StreamState> states = [];

    public RowChanges Changes { get; } = new();

    public List<FailedEvent> Failed { get; } = [];

    /// <summary>The row that is stored and current for a stream, as the fold's starting point.</summary>
    public void Start(Guid stream, long version, object row) => states[stream] = new StreamState { Row = row, StoredVersion = version };

    /// <summary>Takes in one event. When it fails three times, its stream is left as it was before the event and held back.</summary>
    public async ValueTask Apply(StoredEvent stored)
    {
        if (!states.TryGetValue(stored.Stream, out var state)) states[stored.Stream] = state = new StreamState();
        if (state.Held) return;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var row = definition.Evolve(state.Row, stored.Decode(types));
                if (!ReferenceEquals(row, state.Row)) Change(state, stored, row);
                return;
            }
            catch (Exception exception)
            {
                if (attempt == Pauses.Length)
                {
                    state.Held = true;
                    Failed.Add(new FailedEvent(stored.Stream, stored.Position, $"{exception.GetType().Name}: {exception.Message}", attempt + 1));
                    return;
                }
                await Task.Delay(Pauses[attempt]);
            }
        }
    }

    /// <summary>Forgets a stream that no further event will come for: its versions stay among the changes.</summary>
    public void Forget() => states.Clear();

    private void Change(StreamState state, StoredEvent stored, object? row)
    {
        if (state.Row is not null)
        {
            if (state.Added is { } last) Changes.Added[last] = Changes.Added[last] with { To = stored.Timestamp };
            else Changes.Ended.Add(new EndedRow(stored.Stream, state.StoredVersion, stored.Timestamp));
        }
        state.Row = row;
        state.Added = null;
        if (row is null) return;
        state.Added = Changes.Added.Count;
        Changes.Added.Add(new NewRow(stored.Stream, stored.Version, stored.Timestamp, Sql.Infinity, row));
    }

    private sealed class StreamState
    {
        public object? Row { get; set; }
        public long StoredVersion { get; init; }
        public int? Added { get; set; }
        public bool Held { get; set; }
    }
}
