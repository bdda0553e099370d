using System.Text;
using System.Xml;
using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Xlsx;

namespace ClaimsEngine.Rosters;

/// <summary>A file, told by its content alone: names and media types are often wrong.</summary>
internal sealed class RosterFile : IDisposable
{
    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();
    private static readonly byte[] EmptyZip = "PK\u0005\u0006"u8.ToArray();
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly XlsxWorkbook? workbook;

    private RosterFile(SheetFormat format, IReadOnlyList<ISheetSource> readings, XlsxWorkbook? workbook)
    {
        Format = format;
        Readings = readings;
        this.workbook = workbook;
    }

    public SheetFormat Format { get; }

    /// <summary>The sheets of a workbook; or a CSV file's one sheet, once by each separator that it may have.</summary>
    public IReadOnlyList<ISheetSource> Readings { get; }

    /// <exception cref="UnreadableException">It is neither, or one that is refused.</exception>
    public static RosterFile Open(Stream stream, RosterLimits limits, CancellationToken cancellation)
    {
        stream.Position = 0;
        var head = new byte[512];
        ReadOnlySpan<byte> start = head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        stream.Position = 0;
        if (start.IsEmpty) throw RosterFaults.EmptyFile.Unreadable();
        if (start.StartsWith(Ole))
            throw (IsEncrypted(stream) ? RosterFaults.EncryptedWorkbook : RosterFaults.OldWorkbook).Unreadable();
        if (start.StartsWith(EmptyZip)) throw RosterFaults.NotAWorkbook.Unreadable();
        if (start.StartsWith(Zip))
        {
            var workbook = XlsxWorkbook.Open(stream, limits, cancellation);
            return new RosterFile(SheetFormat.Xlsx, workbook.Sheets, workbook);
        }
        if (IsMarkup(start)) throw RosterFaults.WebPage.Unreadable();
        var encoding = CsvText.Detect(stream, cancellation);
        return new RosterFile(SheetFormat.Csv, [.. ",;\t".Select(separator => new CsvSource(stream, encoding, separator, limits))], null);
    }

    public void Dispose() => workbook?.Dispose();

    private static bool IsMarkup(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Encoding.UTF8.Preamble)) start = start[3..];
        return start.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }

    // a password makes an OLE container of a workbook, with a stream of this name in its directory, which may stand anywhere
    private static bool IsEncrypted(Stream stream)
    {
        var name = Encoding.Unicode.GetBytes("EncryptedPackage");
        var buffer = new byte[(64 << 10) + name.Length];
        int kept = 0, read;
        while ((read = stream.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            if (buffer.AsSpan(0, kept + read).IndexOf(name) >= 0) return true;
            var tail = Math.Min(name.Length, kept + read);
            buffer.AsSpan(kept + read - tail, tail).CopyTo(buffer);
            kept = tail;
        }
        return false;
    }

    /// <summary>What the libraries throw when a container or its XML is damaged. Nothing of it says that the disk or the sender's stream
    /// failed.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is XmlException or InvalidDataException or FormatException or ArgumentException or InvalidOperationException
            or NotSupportedException or EndOfStreamException or OverflowException
        && exception is not ObjectDisposedException;
}
