namespace ClaimsEngine.Kernel;

/// <summary>What a use case may ask for: who acts, when, fresh ids, and what is on record. Its decision is then a pure function of the answers.</summary>
public interface IUseCaseContext : IRecords
{
    /// <summary>When the command arrived.</summary>
    Instant Now { get; }

    /// <summary>A fresh id, rising with time.</summary>
    Guid NewId();

    /// <summary>The stream that holds a unique key now, or null.</summary>
    Task<Guid?> OwnerOf(UniqueKey key);
}

/// <summary>What is on record.</summary>
public interface IRecords
{
    /// <summary>Who asks.</summary>
    Actor By { get; }

    /// <summary>The folded state, or null if there is no such stream or it lies outside the actor's region.</summary>
    /// <param name="toVersion">the state at that version; null for the newest</param>
    Task<T?> Find<T>(Guid stream, long? toVersion = null) where T : class, IAggregate<T>;

    /// <summary>The same without regard to the actor's region, for what a rule needs and the actor is not shown (a person known elsewhere).</summary>
    Task<T?> FindAnywhere<T>(Guid stream) where T : class, IAggregate<T>;

    /// <summary>A keyed hash of an identity number: finds a person without storing the number in the clear, and can't be guessed without the key.</summary>
    string IdentityHash(IdentityNumber number);
}
