using ClaimsEngine.Claims;

namespace ClaimsEngine.Host.Papers;

/// <summary>
/// Looks at the bytes of a file, whatever its name says, and writes what is to be kept of it. Nothing is decoded: an image keeps every
/// pixel as it was, and no decoder meets what a stranger sent. Of an image only the parts that make its pixels are written, so that time,
/// place, device, comments and whatever was hung on behind its end stay outside.
/// </summary>
public static class PaperForms
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int MostBytes = 20 << 20;

    /// <summary>More pixels than this would burden whoever opens the image; a page of A3 at 600 dpi has 70 million.</summary>
    private const long MostPixels = 200_000_000;

    /// <summary>Writes what is kept of a whole file.</summary>
    /// <returns>its media type, or why it is not taken</returns>
    public static (string? MediaType, string? Fault) Clean(ReadOnlySpan<byte> file, Stream to)
    {
        if (Jpeg.Begins(file)) return Told(PaperContent.Jpeg, Jpeg.Clean(file, to));
        if (Png.Begins(file)) return Told(PaperContent.Png, Png.Clean(file, to));
        if (Pdf.Begins(file)) return Told(PaperContent.Pdf, Pdf.Clean(file, to));
        return (null, "is neither JPEG, nor PNG, nor PDF, whatever its name says");
    }

    /// <summary>Why an image of this size is not taken; null if it is.</summary>
    internal static string? FaultOfSize(long width, long height) => width == 0 || height == 0 ? "is an image without pixels"
        : width * height > MostPixels ? $"is an image of more than {MostPixels / 1_000_000} million pixels" : null;

    private static (string?, string?) Told(string type, string? fault) => fault is null ? (type, null) : (null, fault);
}
