using System.Buffers.Binary;

namespace ClaimsEngine.Host.Papers;

/// <summary>JPEG (ITU-T T.81) without its metadata: only the segments that make the pixels are kept, bit for bit. Of EXIF the orientation
/// stays, or a scan would lie on its side.</summary>
internal static class Jpeg
{
    private const byte Start = 0xD8, End = 0xD9, Scan = 0xDA, App0 = 0xE0, App1 = 0xE1, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;
    private const string Broken = "is no whole JPEG";

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith<byte>([0xFF, Start, 0xFF]);

    /// <returns>why it is not taken; null if it is written</returns>
    public static string? Clean(ReadOnlySpan<byte> file, Stream to)
    {
        to.Write([0xFF, Start]);
        var (at, frames, scans, turned) = (2, 0, 0, false);
        while (true)
        {
            if (at >= file.Length || file[at] != 0xFF) return Broken;
            while (at < file.Length && file[at] == 0xFF) at++;   // a marker may be filled up in front
            if (at >= file.Length) return Broken;
            var marker = file[at++];
            if (marker == End)
            {
                if (frames != 1 || scans == 0) return Broken;
                to.Write([0xFF, End]);   // what follows is no part of the image
                return null;
            }
            if (at + 2 > file.Length) return Broken;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || at + length > file.Length) return Broken;
            var body = file.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case App0 when body.StartsWith("JFIF\0"u8) && body.Length >= 14:
                    Write(to, App0, [.. body[..12], 0, 0]);   // without its thumbnail
                    break;
                case App1 when !turned && body.StartsWith("Exif\0\0"u8) && OrientationIn(body[6..]) is { } orientation:
                    Write(to, App1, Exif(orientation));
                    turned = true;
                    break;
                case App14 when body.StartsWith("Adobe"u8) && body.Length >= 12:
                    Write(to, App14, body[..12]);   // tells how the colours are written
                    break;
                case >= App0 and <= App15 or Comment:
                    break;
                case 0xC4 or 0xCC or 0xDB or 0xDD:   // tables, and the interval of restarts
                    Write(to, marker, body);
                    break;
                case >= 0xC0 and <= 0xCF and not 0xC8:   // the frame
                    if (++frames > 1 || body.Length < 6) return Broken;
                    var (height, width) =
                        (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
                    if (PaperForms.FaultOfSize(width, height) is { } fault) return fault;
                    Write(to, marker, body);
                    break;
                case Scan when frames == 1:
                    scans++;
                    Write(to, Scan, body);
                    var end = EndOfScan(file, at);
                    if (end < 0) return Broken;
                    to.Write(file[at..end]);
                    at = end;
                    break;
                default:
                    return Broken;
            }
        }
    }

    /// <summary>Where the marker after a scan's data stands; -1 if none does. 0xFF in the data is followed by 0, or begins a
    /// restart.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (true)
        {
            var next = file[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= file.Length) return -1;
            at += next;
            if (file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7) or 0xFF)) return at;
            at += file[at + 1] == 0xFF ? 1 : 2;
        }
    }

    /// <summary>2 to 8, how an image is to be turned; null for one that lies right, or for what is no EXIF.</summary>
    private static byte? OrientationIn(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || !(little || tiff.StartsWith("MM\0*"u8))) return null;
        var place = Number(tiff[4..], 4, little);
        if (place > tiff.Length - 2) return null;
        var directory = tiff[(int)place..];
        var entries = (int)Number(directory, 2, little);
        for (var i = 0; i < entries && 14 + 12 * i <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + 12 * i, 12);
            if (Number(entry, 2, little) == 0x0112)
                return Number(entry[8..], 2, little) is >= 2 and <= 8 and var turn ? (byte)turn : null;
        }
        return null;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int size, bool little) => (size, little) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes), (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes), _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };

    /// <summary>EXIF with the one field that says how the image is to be turned.</summary>
    private static byte[] Exif(byte orientation) =>
    [
        .. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001"u8, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static void Write(Stream to, byte marker, ReadOnlySpan<byte> body)
    {
        var length = body.Length + 2;
        to.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        to.Write(body);
    }
}
