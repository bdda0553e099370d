namespace ClaimsEngine.Storage.LongWork;

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

    /// <summary>Its process stopped before the end, and what it was to do is not on record: works of earlier versions only.</summary>
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

/// <summary>A work that this process has taken.</summary>
/// <param name="Instruction">JSON of what is to be done</param>
/// <param name="Checkpoint">JSON of where it stopped, as another process noted it; null at the beginning</param>
public sealed record ClaimedWork(Guid Id, string Kind, string Caller, string Instruction, string? Checkpoint, long Done, long? Total)
{
    public override string ToString() => $"{Kind} {Id}";
}
