namespace ClaimsEngine.Host.LongWork;

/// <summary>Configuration section <c>LongWork</c>.</summary>
public sealed class LongWorkOptions
{
    /// <summary>Works that this process runs at once; further ones wait for their turn.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>Days after its end that a work, with its output and its Idempotency-Key, is deleted.</summary>
    public int KeepDays { get; set; } = 30;
}
