using ClaimsEngine.Claims;

namespace ClaimsEngine.Storage.Commands;

/// <summary>What a command is answered with.</summary>
public abstract record CommandAnswer;

/// <param name="Status">HTTP status: 201 for a resource that was made, else 200</param>
/// <param name="Body">JSON of the resource after the command</param>
/// <param name="ETag">version of its stream</param>
/// <param name="Location">its address</param>
/// <param name="Position">of the last event that was stored; 0 if none was</param>
/// <param name="Repeated">given before under the same Idempotency-Key</param>
public sealed record Done(int Status, string Body, long ETag, string Location, long Position, bool Repeated = false) : CommandAnswer
{
    public override string ToString() => $"Done {Status} {Location}";
}

/// <param name="Faults">(camelCase path, message) of every fault of the request</param>
public sealed record NotDone(RefusalCode Rule, string Detail, IReadOnlyList<(string Field, string Message)> Faults) : CommandAnswer
{
    /// <summary>Of the resource now, where the command was made on an older one; null else.</summary>
    public long? Version { get; init; }

    /// <summary>What happened since the version that the command was made on, oldest first; null where that is not why.</summary>
    public IReadOnlyList<ChangeSince>? Changes { get; init; }

    public static NotDone For(Refusal refusal) =>
        new(refusal.Rule, refusal.Detail, refusal.Faults ?? (refusal.Field is { } field ? [(field, refusal.Detail)] : []));

    public override string ToString() => $"NotDone {Rule.Code}";
}
