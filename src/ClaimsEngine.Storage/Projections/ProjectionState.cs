namespace ClaimsEngine.Storage.Projections;

/// <summary>How a read model is doing.</summary>
/// <param name="Position">it contains every event up to here</param>
/// <param name="LagEvents">events that it has still to see, by sequence number (an upper bound)</param>
/// <param name="LagSeconds">age of the oldest event that it has still to see; 0 when there is none</param>
/// <param name="DeadLetters">streams held back</param>
public sealed record ProjectionState(string ReadModel, long Position, long LagEvents, double LagSeconds, long DeadLetters);

/// <summary>A stream that a read model holds back because one of its events fails.</summary>
/// <param name="Position">of the event that fails</param>
/// <param name="Attempts">so many times it was tried, replays included</param>
public sealed record DeadLetter(string ReadModel, Guid Stream, long Position, string Error, int Attempts, Instant FirstFailed,
    Instant LastFailed);
