using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Notifications;

namespace ClaimsEngine.Host.Outbox;

/// <summary>
/// The secrets that sign webhooks. None is stored: each follows (HKDF, SHA-256) from the engine's own key, the webhook's id and the number
/// of the secret, which stand in its events. So there is nothing to encrypt, and a repeated request gets the same answer.
/// </summary>
/// <param name="key">32 bytes or more</param>
public sealed class WebhookSecrets(byte[] key)
{
    /// <exception cref="InvalidOperationException">The configured key is not base64 of 32 bytes or more.</exception>
    public static byte[]? KeyOf(string? configured)
    {
        if (string.IsNullOrWhiteSpace(configured)) return null;
        var bytes = new byte[configured.Length];
        return Convert.TryFromBase64String(configured, bytes, out var length) && length >= 32 ? bytes[..length]
            : throw new InvalidOperationException("Webhooks:Key is base64 of 32 bytes or more");
    }

    public byte[] Of(Guid webhook, int number) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.ASCII.GetBytes($"webhook-secret/{webhook}/{number}"));

    /// <summary>The answer to a command with the secret that it made; any other answer as it is.</summary>
    public string Shown(IUseCase useCase, string body)
    {
        if (useCase.CommandType != typeof(RegisterWebhook) && useCase.CommandType != typeof(RotateWebhookSecret)) return body;
        var view = JsonNode.Parse(body)!.AsObject();
        view["secret"] = "whsec_" + Convert.ToBase64String(Of((Guid)view["id"]!, (int)view["secretNumber"]!));
        return view.ToJsonString(ClaimsJson.Options);
    }
}
