using System.Buffers.Text;
using System.Text.Json;

namespace ClaimsEngine.Host.Auth;

/// <summary>
/// Looks at a token before any library parses it. Encrypted and oversized tokens go no further: decompressing and decrypting what a stranger
/// sent is where the pinned library has its known fault, and this engine never asks for such tokens.
/// </summary>
internal static class TokenShape
{
    /// <summary>8 KiB: a signed token with every claim that the engine reads has less than 2.</summary>
    public const int MaxLength = 8 * 1024;

    // Without this a repeated member would mean one thing to us and another to the library.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <exception cref="TokenRefused">The token is no signed compact JWT of a sane size.</exception>
    public static void Check(string token, IReadOnlyCollection<string> algorithms)
    {
        if (token.Length > MaxLength) throw new TokenRefused("the token is too large");
        var parts = token.Split('.');
        if (parts.Length == 5) throw new TokenRefused("encrypted tokens are not accepted");
        if (parts.Length != 3) throw new TokenRefused("the token is not a signed JWT");
        var header = Decode(parts[0]);
        if (header.TryGetProperty("enc", out _) || header.TryGetProperty("zip", out _)) throw new TokenRefused("encrypted tokens are not accepted");
        if (header.TryGetProperty("crit", out _)) throw new TokenRefused("the token has critical headers that are not understood");
        // An access token, not for instance the issuer's logout notice, which may have the same audience.
        if (Text(header, "typ") is { } type && type.ToUpperInvariant() is not ("JWT" or "AT+JWT" or "APPLICATION/AT+JWT"))
            throw new TokenRefused("the token is of another type");
        if (Text(header, "alg") is not { } algorithm || !algorithms.Contains(algorithm))
            throw new TokenRefused("the token is signed with an algorithm that is not accepted");
    }

    /// <summary>The issuer that the token claims, not yet verified: it only chooses the keys that the token must then satisfy.</summary>
    public static string? ClaimedIssuer(string token) => Text(Payload(token), "iss");

    /// <summary>The claims. To be believed only after the signature was verified.</summary>
    public static JsonElement Payload(string token) => Decode(token.Split('.')[1]);

    /// <summary>A member that is text, else null.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Decode(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            throw new TokenRefused("the token is not a signed JWT", unreadable);
        }
        throw new TokenRefused("the token is not a signed JWT");
    }
}
