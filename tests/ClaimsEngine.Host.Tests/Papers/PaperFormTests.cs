using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Papers;

/// <summary>What is kept of a file, and what is not taken.</summary>
public sealed class PaperFormTests
{
    [Fact]
    public void Of_a_JPEG_only_its_pixels_and_its_orientation_are_kept()
    {
        var (type, fault, kept) = Clean(Sample.Jpeg());
        Assert.Equal((PaperContent.Jpeg, null), (type, fault));
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.Equal<byte>([0xFF, 0xD9], kept[^2..]);
        Assert.True(kept.AsSpan().IndexOf("JFIF"u8) > 0);
        Assert.True(kept.AsSpan().IndexOf<byte>([0x12, 0x34, 0xFF, 0x00, 0x56]) > 0);   // the scan, bit for bit
        var exif = kept.AsSpan().IndexOf("Exif\0\0MM\0*"u8);
        Assert.Equal<byte>([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6], kept[(exif + 16)..(exif + 26)]);
        Assert.Equal(kept, Clean(kept).Kept);   // cleaned again it is the same
    }

    [Fact]
    public void A_JPEG_may_end_its_file_anywhere_and_is_taken_only_whole()
    {
        var whole = Sample.Jpeg();
        var end = whole.AsSpan().LastIndexOf<byte>([0xFF, 0xD9]) + 2;
        for (var length = 0; length < end; length++) Assert.NotNull(Clean(whole[..length]).Fault);
        Assert.Null(Clean(whole[..end]).Fault);
    }

    [Fact]
    public void Whatever_byte_is_changed_no_secret_stays_and_nothing_is_thrown()
    {
        var whole = Sample.Jpeg();
        for (var at = 0; at < whole.Length; at++)
            foreach (var value in (byte[])[0, 0x7F, 0xD9, 0xFF])
            {
                var changed = (byte[])whole.Clone();
                changed[at] = value;
                var (_, fault, kept) = Clean(changed);
                if (fault is null) Assert.Null(Clean(kept).Fault);
            }
    }

    [Fact]
    public void Of_a_PNG_only_its_pixels_are_kept()
    {
        var (type, fault, kept) = Clean([.. APng(Chunk("tEXt", "Comment\0secret"u8.ToArray()), Chunk("eXIf", "secret"u8.ToArray()),
            Chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0secret"u8.ToArray()), Chunk("tIME", new byte[7])), .. "PKsecret"u8]);
        Assert.Equal((PaperContent.Png, null), (type, fault));
        Assert.Equal(APng(), kept);
    }

    [Fact]
    public void A_PNG_with_a_wrong_checksum_or_without_pixels_is_not_taken()
    {
        var png = APng();
        for (var length = 0; length < png.Length; length++) Assert.NotNull(Clean(png[..length]).Fault);
        png[20] ^= 1;
        Assert.Equal("is no whole PNG", Clean(png).Fault);
        Assert.Equal("is an image without pixels", Clean(APng(width: 0)).Fault);
        Assert.Equal("is an image of more than 200 million pixels", Clean(APng(width: 50_000)).Fault);
        Assert.Equal("is no whole PNG", Clean(APng(Chunk("ABCD", []))).Fault);   // a chunk that its pixels need, and nobody knows
    }

    [Fact]
    public void A_PDF_is_kept_as_it_is()
    {
        var pdf = Sample.Pdf();
        var (type, fault, kept) = Clean(pdf);
        Assert.Equal((PaperContent.Pdf, null), (type, fault));
        Assert.Equal(pdf, kept);
        Assert.Equal("is no whole PDF", Clean(pdf[..^20]).Fault);
        Assert.Equal("is no whole PDF", Clean([.. pdf, .. "<script>"u8]).Fault);
    }

    [Fact]
    public void A_PDF_that_is_an_archive_too_is_not_taken()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var entry = new StreamWriter(zip.CreateEntry("evil.html").Open())) entry.Write("<script>");
            zip.Comment = "startxref\n0\n%%EOF";
        }
        // an archive may begin with anything: here with a PDF
        Assert.Equal("is an archive and a PDF at once", Clean([.. Sample.Pdf(), .. archive.ToArray()]).Fault);
    }

    [Theory]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("GIF89a")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("MZ")]
    [InlineData("%!PS")]
    [InlineData(" %PDF-1.4\nstartxref\n0\n%%EOF")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("")]
    public void Anything_else_is_not_taken_whatever_its_name(string text)
    {
        var (type, fault, kept) = Clean(Encoding.Latin1.GetBytes(text));
        Assert.Equal((null, "is neither JPEG, nor PNG, nor PDF, whatever its name says"), (type, fault));
        Assert.Empty(kept);
    }

    private static (string? Type, string? Fault, byte[] Kept) Clean(byte[] file)
    {
        using var kept = new MemoryStream();
        var (type, fault) = PaperForms.Clean(file, kept);
        return (type, fault, kept.ToArray());
    }

    private static byte[] APng(params byte[][] more) => APng(1, more);

    private static byte[] APng(int width, params byte[][] more)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 10_000);
        header[8] = 8;
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. more.SelectMany(chunk => chunk),
            .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
    }

    /// <summary>A checksum of another make than the one under test: as zlib appends it to a gzip.</summary>
    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(named);
        var crc = packed.ToArray()[^8..^4].Reverse();
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. named, .. crc];
    }
}
