using System.IO.Compression;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>What is asked of a workbook's container before anything in it is unpacked.</summary>
internal static class XlsxContainer
{
    private const long RatioAsked = 16 << 20;
    private const long ContentsBytes = 4 << 20;

    /// <exception cref="UnreadableException">It is a bomb, holds macros, or a password is needed.</exception>
    /// <exception cref="InvalidDataException">It is no complete container.</exception>
    public static void Check(Stream stream, RosterLimits limits)
    {
        // before the directory is read, which is then held: what it says of its length is not to be believed
        if (DirectoryEntries(stream, limits.Parts) > limits.Parts)
            throw RosterFaults.ExpandsTooMuch.Unreadable($"more than {limits.Parts} parts", $"超过 {limits.Parts} 个部件");
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var total = 0L;
        foreach (var part in zip.Entries)
        {
            // the reader of a part gives no more than this length, whatever the compressed data would make
            total += part.Length;
            if (total > limits.ExpandedBytes)
                throw RosterFaults.ExpandsTooMuch.Unreadable(
                    $"more than {limits.ExpandedBytes >> 20} MiB", $"超过 {limits.ExpandedBytes >> 20} MiB");
            if (part.Length > RatioAsked && part.Length / Math.Max(part.CompressedLength, 1) > limits.ExpansionRatio)
                throw RosterFaults.ExpandsTooMuch.Unreadable(
                    $"more than {limits.ExpansionRatio} times", $"超过 {limits.ExpansionRatio} 倍");
            if (part.IsEncrypted) throw RosterFaults.EncryptedWorkbook.Unreadable();
            if (part.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) throw RosterFaults.MacroWorkbook.Unreadable();
            // lists of contents are held whole while the container is open
            if (IsContents(part) && part.Length > ContentsBytes)
                throw RosterFaults.DamagedWorkbook.Unreadable("its list of contents is too long", "目录过长");
        }
    }

    /// <summary>How often the mark of a directory's entry stands anywhere in the file: the directory has no more. Counts little beyond
    /// <paramref name="most"/>.</summary>
    internal static int DirectoryEntries(Stream stream, int most)
    {
        stream.Position = 0;
        var mark = "PK\u0001\u0002"u8;
        var buffer = new byte[256 << 10];
        int found = 0, kept = 0, read;
        while (found <= most && (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            var bytes = buffer.AsSpan(0, kept + read);
            found += bytes.Count(mark);
            kept = Math.Min(mark.Length - 1, bytes.Length);
            bytes[^kept..].CopyTo(buffer);
        }
        stream.Position = 0;
        return found;
    }

    // a sheet's relationships (its hyperlinks) are never read
    private static bool IsContents(ZipArchiveEntry part) =>
        part.FullName.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase)
        || (part.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
            && !part.FullName.Contains("worksheets/", StringComparison.OrdinalIgnoreCase));
}
