namespace ClaimsEngine.Host.Papers;

/// <summary>Where the files of documents lie: each under the SHA-256 digest of its bytes, so that it never changes.</summary>
public interface IPaperStore
{
    /// <summary>Stores a file whole, or nothing of it. One that is there already stays as it is.</summary>
    /// <param name="sha256">hex digest in lower case</param>
    /// <param name="content">can seek; read from its beginning</param>
    /// <returns>whether it was not there</returns>
    /// <exception cref="IOException">The store is full, or does not answer.</exception>
    Task<bool> Put(string sha256, Stream content, CancellationToken cancellation);

    /// <returns>the file at its beginning; null if it is not there</returns>
    /// <exception cref="IOException">The store does not answer.</exception>
    Task<Stream?> Open(string sha256, CancellationToken cancellation);

    /// <summary>Deletes a file that no claim has.</summary>
    /// <exception cref="IOException">The store does not answer.</exception>
    Task Delete(string sha256, CancellationToken cancellation);

    /// <summary>Deletes what killed processes left of files that they were writing.</summary>
    /// <param name="age">older than this</param>
    Task Sweep(TimeSpan age, CancellationToken cancellation) => Task.CompletedTask;
}
