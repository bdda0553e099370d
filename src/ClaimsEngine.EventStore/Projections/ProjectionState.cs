namespace ClaimsEngine.EventStore.Projections;

/// <summary>How a read model is doing.</summary>
/// <param name="Position">it contains every event up to here</param>
/// <param name="LagEvents">events that it has still to see, by sequence number (an upper bound)</param>
/// <param name="LagSeconds">age of the oldest event that it has still to see; 0 when there is none</param>
/// <param name="Owner">the process that writes it, null if none does at present</param>
/// <param name="DeadLetters">streams held back</param>
/// <param name="Trouble">what keeps this process from writing, if anything does</param>
public sealed record ProjectionState(
    string ReadModel, FeedPosition Position, long LagEvents, double LagSeconds, string? Owner, long DeadLetters, string? Trouble);

/// <summary>A stream that a read model holds back because one of its events fails.</summary>
/// <param name="Position">of the event that fails</param>
/// <param name="Sequence">its <c>seq_id</c></param>
/// <param name="Attempts">so many times it was tried, replays included</param>
public sealed record DeadLetter(
    string ReadModel, Guid Stream, long Sequence, FeedPosition Position, string Error, int Attempts, Instant FirstFailed, Instant LastFailed);
