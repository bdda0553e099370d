using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ClaimsEngine.Claims;

namespace ClaimsEngine.Rosters.Settlements;

/// <summary>A feed as JSON Lines. Blank lines count and are left out.</summary>
internal static class SettlementJson
{
    /// <summary>Bytes of a line; a longer one is at fault and is not kept.</summary>
    public const int MostBytes = 64 << 10;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    public static IEnumerable<SettlementRow> Read(Stream file, CancellationToken cancellation)
    {
        var number = 0;
        foreach (var line in Lines(file, cancellation))
        {
            number++;
            if (line is null) yield return Faulty(number, "the line is too long", "该行过长");
            else if (!line.AsSpan().Trim(" \t\r"u8).IsEmpty) yield return Row(number, line);
        }
    }

    private static SettlementRow Row(int number, byte[] line)
    {
        if (!Utf8.IsValid(line)) return Faulty(number, "the line is not UTF-8", "该行不是 UTF-8 编码");
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            var (read, faults) = SettlementLine.Read(document.RootElement);
            return new SettlementRow(number, read, faults);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)   // the latter of half a surrogate pair
        {
            return Faulty(number, "the line is not well-formed JSON", "该行不是有效的 JSON");
        }
    }

    private static SettlementRow Faulty(int number, string text, string textZh) =>
        new(number, null, [LineFault.Unreadable(text, textZh)]);

    /// <summary>The bytes of each line without its end and without a byte order mark; null for a line that is too long.</summary>
    private static IEnumerable<byte[]?> Lines(Stream file, CancellationToken cancellation)
    {
        file.Position = 0;
        var (buffer, line, tooLong, first) = (new byte[64 << 10], new ArrayBufferWriter<byte>(), false, true);
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var from = 0; from < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, read - from);
                var length = (end < 0 ? read : end) - from;
                if (line.WrittenCount + length > MostBytes) tooLong = true;
                else line.Write(buffer.AsSpan(from, length));
                from += length + 1;
                if (end < 0) continue;
                yield return Taken();
            }
        }
        if (tooLong || line.WrittenCount > 0) yield return Taken();

        byte[]? Taken()
        {
            var bytes = line.WrittenSpan;
            if (first && bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
            var taken = tooLong ? null : bytes.ToArray();
            line.ResetWrittenCount();
            (tooLong, first) = (false, false);
            return taken;
        }
    }
}
