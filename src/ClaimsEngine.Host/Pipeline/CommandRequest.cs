namespace ClaimsEngine.Host.Pipeline;

/// <summary>A command as it arrived, over HTTP or from a scenario.</summary>
/// <param name="Path">the address it was sent to; with method and body what an Idempotency-Key stands for</param>
/// <param name="Body">the raw JSON; may be empty when the command has no members of its own</param>
/// <param name="IfMatch">the version it was made on; null if not said</param>
/// <param name="RequestId">the trace it belongs to</param>
public sealed record CommandRequest(
    IUseCase UseCase, string Path, IReadOnlyDictionary<string, string> RouteValues, ReadOnlyMemory<byte> Body, Actor By,
    VersionMatch IfMatch, string? IdempotencyKey, string RequestId);

/// <summary><c>If-Match</c>: absent, any version (<c>*</c>), or one.</summary>
public readonly record struct VersionMatch(bool Given, long? Version)
{
    public static readonly VersionMatch Absent = default;
    public static readonly VersionMatch Any = new(true, null);

    public bool Fits(long version) => Version is null || Version == version;
}

public abstract record CommandAnswer;

/// <param name="Body">JSON of the resource after the command</param>
/// <param name="Position">of the last event it stored; <see cref="FeedPosition.Start"/> if it stored none</param>
/// <param name="Repeated">given before under the same Idempotency-Key</param>
public sealed record Done(int Status, string Body, long ETag, string Location, FeedPosition Position, bool Repeated = false) : CommandAnswer;

/// <param name="Faults">(camelCase path, message) of every fault of the request</param>
public sealed record NotDone(RefusalCode Rule, string Detail, IReadOnlyList<(string Field, string Message)> Faults) : CommandAnswer
{
    public static NotDone For(Refusal refusal) =>
        new(refusal.Rule, refusal.Detail, refusal.Faults ?? (refusal.Field is { } field ? [(field, refusal.Detail)] : []));
}
