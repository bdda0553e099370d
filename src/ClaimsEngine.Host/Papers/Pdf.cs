using System.Buffers.Binary;

namespace ClaimsEngine.Host.Papers;

/// <summary>PDF (ISO 32000): it begins and ends as one, and is no archive besides. It is kept as it is.</summary>
internal static class Pdf
{
    /// <summary>An archive's directory ends with 22 bytes and a comment of up to 64 KiB.</summary>
    private const int ZipEnd = 22, ZipTail = ZipEnd + ushort.MaxValue;

    public static bool Begins(ReadOnlySpan<byte> file) =>
        file.Length > 8 && file.StartsWith("%PDF-"u8) && file[5] is (byte)'1' or (byte)'2' && file[6] == '.';

    /// <returns>why it is not taken; null if it is written</returns>
    public static string? Clean(ReadOnlySpan<byte> file, Stream to)
    {
        var body = file.TrimEnd("\0\t\n\f\r "u8);
        if (!body.EndsWith("%%EOF"u8) || body[^Math.Min(body.Length, 1024)..].IndexOf("startxref"u8) < 0) return "is no whole PDF";
        if (IsZip(file)) return "is an archive and a PDF at once";
        to.Write(file);
        return null;
    }

    /// <summary>Whether a ZIP directory ends just where the file ends.</summary>
    private static bool IsZip(ReadOnlySpan<byte> file)
    {
        var tail = file[^Math.Min(file.Length, ZipTail)..];
        for (int at; (at = tail.IndexOf("PK\u0005\u0006"u8)) >= 0; tail = tail[(at + 4)..])
            if (tail.Length - at >= ZipEnd
                && BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length - at - ZipEnd) return true;
        return false;
    }
}
