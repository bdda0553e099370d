namespace ClaimsEngine.Host.Papers;

/// <summary>Files in a folder: <c>ab/cd/abcd…</c>, by digest. A file is written beside its place, brought to the disk, and then moved there
/// in one step.</summary>
public sealed class FolderPaperStore(string folder) : IPaperStore
{
    private const string Unfinished = "unfinished";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task<bool> Put(string sha256, Stream content, CancellationToken cancellation)
    {
        var place = PathOf(sha256);
        if (File.Exists(place)) return false;
        Make(Path.GetDirectoryName(place)!);
        Make(Path.Combine(folder, Unfinished));
        var beside = Path.Combine(folder, Unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(beside, options))
            {
                content.Position = 0;
                await content.CopyToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, place, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(beside);   // moved or not: nothing is left of it here
        }
    }

    public Task<Stream?> Open(string sha256, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(sha256), new FileStreamOptions
            {
                Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous,
            }));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task Delete(string sha256, CancellationToken cancellation)
    {
        if (File.Exists(PathOf(sha256))) File.Delete(PathOf(sha256));
        return Task.CompletedTask;
    }

    public Task Sweep(TimeSpan age, CancellationToken cancellation)
    {
        var (beside, before) = (new DirectoryInfo(Path.Combine(folder, Unfinished)), DateTime.UtcNow - age);
        if (!beside.Exists) return Task.CompletedTask;
        foreach (var file in beside.EnumerateFiles().Where(file => file.LastWriteTimeUtc < before)) file.Delete();
        return Task.CompletedTask;
    }

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256[2..4], sha256);

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
    }
}
