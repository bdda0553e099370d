using System.IO.Compression;
using System.Text.RegularExpressions;
using ClaimsEngine.Rosters.Xlsx;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>A file that is no pack, or was made to do harm. Nothing of it is read further.</summary>
public sealed class PackRefusedException(string message) : Exception(message);

/// <summary>The ZIP of a pack as it came from anybody. Nothing of it is ever unpacked onto the disk.</summary>
internal sealed partial class PackContainer : IDisposable
{
    private const int MostFiles = 20_000;
    private const long RatioAsked = 16 << 20, Ratio = 200;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> files = new(StringComparer.Ordinal);

    /// <param name="file">can seek; left open</param>
    /// <exception cref="PackRefusedException">It is no whole ZIP, holds names that lead out of a folder or stand twice, needs a password,
    /// or unpacks to far more than it is.</exception>
    public PackContainer(Stream file)
    {
        // before the directory is read, which is then held: what it says of its length is not to be believed
        if (XlsxContainer.DirectoryEntries(file, MostFiles) > MostFiles)
            throw new PackRefusedException($"it has more than {MostFiles:N0} files");
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in zip.Entries)
            {
                if (!Plain().IsMatch(entry.FullName) || entry.FullName.Split('/').Any(part => part is "" or "." or ".."))
                    throw new PackRefusedException($"a file of it has the name '{Shown(entry.FullName)}', which is none of a pack");
                if (!seen.Add(entry.FullName)) throw new PackRefusedException($"the name {entry.FullName} stands twice");
                if (entry.IsEncrypted) throw new PackRefusedException($"{entry.FullName} needs a password");
                // the reader of an entry gives no more than this length, whatever the compressed data would make
                if (entry.Length > RatioAsked && entry.Length / Math.Max(entry.CompressedLength, 1) > Ratio)
                    throw new PackRefusedException($"{entry.FullName} unpacks to more than {Ratio} times its size");
                files[entry.FullName] = entry;
            }
        }
        catch (InvalidDataException damaged)
        {
            throw new PackRefusedException($"it is no whole ZIP: {damaged.Message}");
        }
    }

    public IEnumerable<string> Names => files.Keys;

    public bool Has(string name) => files.ContainsKey(name);

    /// <summary>Bytes that the file says it has, unpacked.</summary>
    public long LengthOf(string name) => files[name].Length;

    public Stream Open(string name) => files[name].Open();

    /// <summary>A small file as a whole; null if there is none.</summary>
    /// <exception cref="PackRefusedException">It is longer.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public byte[]? Small(string name, int most)
    {
        if (!files.TryGetValue(name, out var entry)) return null;
        if (entry.Length > most) throw new PackRefusedException($"{name} has more than {most >> 10} KiB");
        var bytes = new byte[entry.Length];
        using var from = entry.Open();
        return from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes
            : throw new InvalidDataException("it breaks off");
    }

    public void Dispose() => zip.Dispose();

    private static string Shown(string name) => NotPlain().Replace(name.Length > 80 ? name[..80] : name, "?");

    [GeneratedRegex(@"^[A-Za-z0-9._/-]{1,120}\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"[^\x20-\x7e]")]
    private static partial Regex NotPlain();
}
