using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>
/// A stream that can be read several times, as a check before the first row and a zip's directory at its end need: the sender's own if it
/// can seek, else a temporary file that only this process can read and that is gone when it closes.
/// </summary>
internal static class Spool
{
    /// <exception cref="UnreadableException">It is longer than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="IOException">The stream or the disk failed.</exception>
    public static async Task<Stream> Seekable(Stream stream, long limit, CancellationToken cancellation)
    {
        if (stream.CanSeek) return stream.Length <= limit ? stream : throw TooLarge();
        var file = Create();
        try
        {
            var buffer = new byte[64 << 10];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                if (file.Length + read > limit) throw TooLarge();
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        UnreadableException TooLarge() =>
            RosterFaults.FileTooLarge.Unreadable($"more than {limit >> 20} MiB", $"超过 {limit >> 20} MiB");
    }

    internal static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"roster-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);   // people's data: without a name it cannot outlive a killed process
        return file;
    }
}
