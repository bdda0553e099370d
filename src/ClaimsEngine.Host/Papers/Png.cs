using System.Buffers.Binary;

namespace ClaimsEngine.Host.Papers;

/// <summary>PNG (ISO/IEC 15948) without its metadata: only the chunks that make the pixels are kept, bit for bit.</summary>
internal static class Png
{
    private const string Broken = "is no whole PNG";

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly HashSet<string> Kept =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs"];

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(place =>
    {
        var rest = (uint)place;
        for (var bit = 0; bit < 8; bit++) rest = (rest & 1) != 0 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
        return rest;
    })];

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <returns>why it is not taken; null if it is written</returns>
    public static string? Clean(ReadOnlySpan<byte> file, Stream to)
    {
        to.Write(Signature);
        var (at, chunks, data) = (Signature.Length, 0, false);
        while (true)
        {
            if (at + 12 > file.Length) return Broken;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) return Broken;
            var chunk = file.Slice(at, (int)length + 12);
            at += chunk.Length;
            if (Crc(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..])) return Broken;
            var type = System.Text.Encoding.Latin1.GetString(chunk[4..8]);
            if (type == "IHDR" != (chunks++ == 0)) return Broken;   // the first, and only the first
            if (type == "IHDR" && Header(chunk[8..^4]) is { } fault) return fault;
            data |= type == "IDAT";
            if (Kept.Contains(type)) to.Write(chunk);
            else if (char.IsAsciiLetterUpper(type[0])) return Broken;   // without it the pixels cannot be made
            if (type == "IEND") return data ? null : Broken;   // what follows is no part of the image
        }
    }

    private static string? Header(ReadOnlySpan<byte> header) => header.Length != 13 ? Broken : PaperForms.FaultOfSize(
        BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes) crc = Table[(byte)(crc ^ one)] ^ (crc >> 8);
        return ~crc;
    }
}
