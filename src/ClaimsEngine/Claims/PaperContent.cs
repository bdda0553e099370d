namespace ClaimsEngine.Claims;

/// <summary>A file that the engine keeps, under the SHA-256 digest of the bytes that are kept.</summary>
/// <param name="MediaType">what the bytes are, whatever name they came under: one of <see cref="MediaTypes"/></param>
/// <param name="Bytes">how many are kept; above 0</param>
/// <param name="SentSha256">hex digest of what was sent, before the metadata of an image was removed: the same file sent again is known
/// by it</param>
public sealed record PaperContent(string MediaType, long Bytes, string SentSha256)
{
    public const string Jpeg = "image/jpeg", Png = "image/png", Pdf = "application/pdf";

    /// <summary>The only types that are taken.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [Jpeg, Png, Pdf];
}
