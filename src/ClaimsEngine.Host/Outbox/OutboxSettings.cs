using ClaimsEngine.Notifications;

namespace ClaimsEngine.Host.Outbox;

/// <summary>Configuration section <c>Outbox</c>: how events, notices and batches are sent outside.</summary>
public sealed class OutboxSettings
{
    /// <summary>Deliveries that this process tries at once: so many webhooks, and so many notices and batches besides.</summary>
    public int AtOnce { get; set; } = 16;

    /// <summary>Of them, to one webhook, or about one claim.</summary>
    public int AtOnceEach { get; set; } = 4;

    /// <summary>Milliseconds between two looks for what is due.</summary>
    public int PollMilliseconds { get; set; } = 500;

    /// <summary>Seconds that the other side has for its answer.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds for making the file of a batch, which may have thousands of lines, and for the bank's answer.</summary>
    public double BankTimeoutSeconds { get; set; } = 45;

    /// <summary>Seconds after which another process tries what this one has begun and not ended. Longer than the timeouts.</summary>
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>Seconds from the first try to the second; each further pause is 3.5 times as long.</summary>
    public double FirstRetrySeconds { get; set; } = 30;

    /// <summary>Tries in all.</summary>
    public int Attempts { get; set; } = 8;

    /// <summary>Days after which what concerns a webhook is deleted: what was delivered, what is dead, and what waits while it is
    /// paused.</summary>
    public int KeepDays { get; set; } = 90;

    public bool IsValid => AtOnce > 0 && AtOnceEach > 0 && PollMilliseconds > 0 && TimeoutSeconds > 0 && BankTimeoutSeconds > 0
        && LeaseSeconds > Math.Max(TimeoutSeconds, BankTimeoutSeconds) && FirstRetrySeconds > 0 && Attempts > 0 && KeepDays > 0;

    /// <summary>How long one try may last.</summary>
    public TimeSpan TimeFor(DeliveryChannel channel) =>
        TimeSpan.FromSeconds(channel == DeliveryChannel.Bank ? BankTimeoutSeconds : TimeoutSeconds);

    public RetryRule Rule => RetryRule.Standard with { First = Duration.FromSeconds(FirstRetrySeconds), Attempts = Attempts };
}

/// <summary>Configuration section <c>Webhooks</c>.</summary>
public sealed class WebhookSettings
{
    /// <summary>32 bytes or more in base64, from which the secrets of all webhooks follow. Without it the database keeps such a key: who
    /// steals the database can then sign as the engine does.</summary>
    public string? Key { get; set; }

    /// <summary>Names of hosts in the organiser's own network that may be told. No other private address is connected to outside
    /// Development.</summary>
    public string[] InternalHosts { get; set; } = [];
}

/// <summary>Configuration section <c>Notices</c>.</summary>
public sealed class NoticeSettings
{
    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh";

    /// <summary>Where text messages are posted to; without it notices are told by hand.</summary>
    public string? GatewayUrl { get; set; }

    /// <summary>Bearer token of the gateway.</summary>
    public string? GatewayToken { get; set; }

    public bool IsValid => Language is "zh" or "en" && (string.IsNullOrWhiteSpace(GatewayUrl)
        || Uri.TryCreate(GatewayUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http");
}
