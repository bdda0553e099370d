using System.IO.Compression;
using System.Text;
using ClaimsEngine.AuditPacks;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>Writes the files of a pack into a ZIP as they come, to a stream that need not seek. Nothing of the clock gets into
/// it.</summary>
internal sealed class PackZip(ZipArchive zip)
{
    /// <summary>The first moment that a ZIP can tell.</summary>
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<PackedFile> files = [];

    /// <summary>What was written, by name.</summary>
    public IReadOnlyList<PackedFile> Files => [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <param name="write">writes the file's bytes; the stream is closed after it</param>
    public async Task<PackedFile> Add(string name, string zh, string en, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Always;
        await using var to = await entry.OpenAsync(cancellation);
        await using var counted = new CountingHash(to);
        await write(counted);
        var file = new PackedFile(name, counted.Length, counted.Sha256(), zh, en);
        files.Add(file);
        return file;
    }

    public Task<PackedFile> Add(string name, string zh, string en, string text, CancellationToken cancellation) =>
        Add(name, zh, en, to => to.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask(), cancellation);
}
