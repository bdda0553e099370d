namespace ClaimsEngine.Kernel;

/// <summary>A value that one stream at most holds at a time, such as the live payout of a claim's benefit.</summary>
/// <param name="Scope">what kind of value, <c>live-payout</c></param>
public sealed record UniqueKey(string Scope, string Value);

/// <summary>Takes a key for a stream (fails if another holds it) or, with <paramref name="Take"/> false, gives it up.</summary>
public sealed record KeyChange(UniqueKey Key, Guid Holder, bool Take);

/// <summary>Moves the number of places taken in a pool by <paramref name="Count"/> (negative gives back), failing if more than
/// <paramref name="Limit"/> would be taken. With a count of 0 it only checks the limit. Exact under concurrency: the pool's row is locked
/// until COMMIT.</summary>
public sealed record PlaceChange(string Pool, long Count, long Limit);
