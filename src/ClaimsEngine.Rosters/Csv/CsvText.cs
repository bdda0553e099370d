using System.Text;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Csv;

/// <summary>Which encoding a text file is in. The whole file is looked at: its first Chinese character may stand in the last row.</summary>
internal static class CsvText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>UTF-8 if the file is valid in it, else GB18030 if it is valid in that. GB2312 and GBK are parts of GB18030.</summary>
    /// <exception cref="UnreadableException">It is no text, or in another encoding.</exception>
    public static Encoding Detect(Stream stream, CancellationToken cancellation)
    {
        Span<byte> head = stackalloc byte[4];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        // UTF-32 before UTF-16: its little-endian mark begins with the other's
        if (head[..length] is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF])
            throw RosterFaults.UnsupportedEncoding.Unreadable();
        if (IsValid(stream, Utf8, cancellation)) return Utf8;
        if (IsValid(stream, Gb18030, cancellation)) return Gb18030;
        throw RosterFaults.UndecodableText.Unreadable();
    }

    private static bool IsValid(Stream stream, Encoding encoding, CancellationToken cancellation)
    {
        stream.Position = 0;
        var decoder = encoding.GetDecoder();
        var bytes = new byte[64 << 10];
        var characters = new char[encoding.GetMaxCharCount(bytes.Length)];
        try
        {
            int read;
            while ((read = stream.Read(bytes)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (bytes.AsSpan(0, read).Contains((byte)0)) throw RosterFaults.NotText.Unreadable();
                decoder.GetChars(bytes, 0, read, characters, 0, flush: false);
            }
            decoder.GetChars(bytes, 0, 0, characters, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
