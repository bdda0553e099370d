#pragma warning disable CA1416 // PrivateServer.Start refuses Windows before anything here runs

namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// Two locks between all processes that use one folder. The system drops them with the process, however it dies, and children do not
/// inherit them (.NET opens files close-on-exec), so that a server which outlives its host holds none.
/// </summary>
internal sealed class FolderLocks(string folder, TimeSpan timeout) : IDisposable
{
    private readonly string _start = Path.Combine(folder, "postgres.start.lock");
    private readonly string _users = Path.Combine(folder, "postgres.users.lock");
    private FileStream? _use;

    /// <summary>Waits until no other process starts or stops the server; the caller holds that right until disposal.</summary>
    /// <exception cref="PrivateServerException">another process held it for the whole timeout</exception>
    public async Task<IDisposable> Exclusive(CancellationToken cancellation)
    {
        for (var until = DateTime.UtcNow + timeout; ;)
        {
            try
            {
                return Open(_start, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException)
            {
                if (DateTime.UtcNow > until)
                {
                    throw new PrivateServerException(
                        $"Another process has been starting or stopping the database in {folder} for {timeout.TotalSeconds:0} s: "
                        + e.Message, e);
                }
            }
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>Counts this process among the users of the server. Called under <see cref="Exclusive"/>.</summary>
    public void Use() => _use ??= Open(_users, FileAccess.Read, FileShare.Read);

    /// <summary>Leaves the users of the server; true if none is left. Called under <see cref="Exclusive"/>.</summary>
    public async Task<bool> LeaveAsLast()
    {
        _use?.Dispose();
        _use = null;
        // A child that a thread is just starting shares every lock for the moment between its fork and its exec: hence a second look.
        for (var look = 0; look < 3; look++)
        {
            try
            {
                using var alone = Open(_users, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            catch (IOException)
            {
                await Task.Delay(30);
            }
        }
        return false;
    }

    public void Dispose() => _use?.Dispose();

    // .NET turns FileShare.None into an exclusive flock and FileShare.Read into a shared one, and fails at once if it cannot have it.
    // Readable to their owner alone, since who can open a lock file can also hold the lock.
    private static FileStream Open(string path, FileAccess access, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate, Access = access, Share = share, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
    });
}
