using System.IO.Compression;

namespace ClaimsEngine.Host.Rosters.Xlsx;

/// <summary>What is asked of a workbook's container before anything in it is unpacked.</summary>
internal static class XlsxContainer
{
    private const long RatioAsked = 16 << 20;
    private const long ContentsBytes = 4 << 20;

    /// <exception cref="UnreadableException">It is a bomb, holds macros, or a password is needed.</exception>
    /// <exception cref="InvalidDataException">It is no complete container.</exception>
    public static void Check(Stream stream, RosterLimits limits)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.Count > limits.Parts) throw new UnreadableException(RosterFaults.ExpandsTooMuch.Fault($"more than {limits.Parts} parts", $"超过 {limits.Parts} 个部件"));
        var total = 0L;
        foreach (var part in zip.Entries)
        {
            // the reader of a part gives no more than this length, whatever the compressed data would make
            total += part.Length;
            if (total > limits.ExpandedBytes)
                throw new UnreadableException(RosterFaults.ExpandsTooMuch.Fault($"more than {limits.ExpandedBytes >> 20} MiB", $"超过 {limits.ExpandedBytes >> 20} MiB"));
            if (part.Length > RatioAsked && part.Length / Math.Max(part.CompressedLength, 1) > limits.ExpansionRatio)
                throw new UnreadableException(RosterFaults.ExpandsTooMuch.Fault($"more than {limits.ExpansionRatio} times", $"超过 {limits.ExpansionRatio} 倍"));
            if (part.IsEncrypted) throw new UnreadableException(RosterFaults.EncryptedWorkbook.Fault());
            if (part.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) throw new UnreadableException(RosterFaults.MacroWorkbook.Fault());
            // lists of contents are held whole while the container is open
            if (IsContents(part) && part.Length > ContentsBytes) throw new UnreadableException(RosterFaults.DamagedWorkbook.Fault("its list of contents is too long", "目录过长"));
        }
    }

    // a sheet's relationships (its hyperlinks) are never read
    private static bool IsContents(ZipArchiveEntry part) =>
        part.FullName.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase)
        || (part.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) && !part.FullName.Contains("worksheets/", StringComparison.OrdinalIgnoreCase));
}
