using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using System.Security.Cryptography;
using System.Text;

namespace ClaimsEngine.Host.Commands;

/// <summary>What holds for every Idempotency-Key, whatever it starts.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    public static readonly NotDone Reused = new(
        Refuse.KeyReused, "this Idempotency-Key was sent before with another address or body", [(Header, "was used for another request")]);

    /// <summary>What is wrong with the key, or null.</summary>
    public static NotDone? FaultOf(string key) => key.Length is 0 or > 200
        ? new NotDone(Refuse.InvalidRequest, "an Idempotency-Key has 1 to 200 characters", [(Header, "1 to 200 characters")]) : null;

    /// <summary>What the key stands for. Hashed with a secret, since a body may hold an identity number, whose plain hash could be
    /// guessed.</summary>
    /// <param name="address">path, and the query where there is one</param>
    public static string HashOf(IdentityKey secret, string method, string address, Stream body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method} {address}\n"));
        var buffer = new byte[64 << 10];
        for (int read; (read = body.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same of a body in memory.</summary>
    public static string HashOf(IdentityKey secret, string method, string address, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method} {address}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
