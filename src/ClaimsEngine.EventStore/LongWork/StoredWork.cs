namespace ClaimsEngine.EventStore.LongWork;

public enum WorkStatus
{
    /// <summary>At work, or waiting for its turn.</summary>
    Running,

    /// <summary>It did what it was asked.</summary>
    Done,

    /// <summary>It came to a no, which its problem explains.</summary>
    Refused,

    /// <summary>Something happened that nobody foresaw.</summary>
    Failed,

    /// <summary>Its process stopped, or fell silent, before the end. Nobody takes it up again.</summary>
    Interrupted,
}

/// <summary>A long work as it stands.</summary>
/// <param name="Kind">what it is, <c>what-if</c></param>
/// <param name="Caller">who started it</param>
/// <param name="Region">who sees this region sees the work</param>
/// <param name="Done">steps done, 0 or more, in whatever the work counts</param>
/// <param name="Total">steps in all; null while nobody knows</param>
/// <param name="Result">JSON object; null while there is none</param>
/// <param name="Problem">JSON object: why it was refused or failed</param>
/// <param name="FinishedAt">null while it runs</param>
public sealed record StoredWork(
    Guid Id, string Kind, string Caller, string Region, WorkStatus Status, long Done, long? Total, string? Result, string? Problem,
    Instant StartedAt, Instant? FinishedAt);
