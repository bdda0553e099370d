using System.Globalization;
using NodaTime.Text;
using Wolverine;

namespace ClaimsEngine.Storage.Commands;

/// <summary>What stands beside a command: who gives it, on which version, under which request. It travels in the message's headers, as
/// Wolverine carries such things.</summary>
/// <param name="By">the token's subject, never a field of the request</param>
/// <param name="Role">in which the actor acts</param>
/// <param name="IfMatch">the version that the command was made on</param>
/// <param name="Trace">finds the request in logs and traces</param>
/// <param name="RequestKey">Idempotency-Key, or null</param>
/// <param name="BodyHash">what that key stands for; null without a key</param>
/// <param name="On">the past day by whose rules it is decided, which no request can say; null is today</param>
/// <param name="Quiet">a seed: nobody is sent a notice of it</param>
public sealed record CommandOrder(Actor By, Role Role, VersionMatch IfMatch, string Trace, string? RequestKey = null,
    string? BodyHash = null, LocalDate? On = null, bool Quiet = false)
{
    private const string Prefix = "claims-";

    /// <summary>The name of the request, by which its events are found again.</summary>
    public string Request => RequestKey ?? Trace;

    public DeliveryOptions ToDelivery()
    {
        var options = new DeliveryOptions();
        void Write(string name, string? value)
        {
            if (value is not null) options.WithHeader(Prefix + name, value);
        }
        Write("user", By.Id);
        Write("roles", string.Join(',', By.Roles));
        Write("region", By.Region.Value);
        Write("limit", By.ApprovalLimit?.Fen.ToString(CultureInfo.InvariantCulture));
        Write("on-behalf-of", By.OnBehalfOf is { } delegator ? Uri.EscapeDataString(delegator) : null);
        Write("role", Role.ToString());
        Write("if-match", !IfMatch.Given ? null : IfMatch.Version?.ToString(CultureInfo.InvariantCulture) ?? "*");
        Write("trace", Trace);
        Write("key", RequestKey);
        Write("hash", BodyHash);
        Write("on", On is { } day ? LocalDatePattern.Iso.Format(day) : null);
        Write("quiet", Quiet ? "true" : null);
        return options;
    }

    /// <exception cref="KeyNotFoundException">The message was sent without an order.</exception>
    public static CommandOrder From(Envelope envelope)
    {
        string? Read(string name) => envelope.Headers.TryGetValue(Prefix + name, out var value) ? value : null;
        string Must(string name) => Read(name)
            ?? throw new KeyNotFoundException($"the message has no header {Prefix}{name}: commands are sent with an order");
        return new CommandOrder(
            new Actor(Must("user"), [.. Must("roles").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)],
                RegionCode.TryParse(Must("region"), out var region, out _) ? region : default,
                Read("limit") is { } fen ? new Money(long.Parse(fen, CultureInfo.InvariantCulture)) : null,
                Read("on-behalf-of") is { } delegator ? Uri.UnescapeDataString(delegator) : null),
            Enum.Parse<Role>(Must("role")),
            Read("if-match") switch { null => VersionMatch.Absent, "*" => VersionMatch.Any,
                var version => new(true, long.Parse(version, CultureInfo.InvariantCulture)) },
            Must("trace"), Read("key"), Read("hash"), Read("on") is { } past ? LocalDatePattern.Iso.Parse(past).Value : null,
            Read("quiet") is not null);
    }
}

/// <summary><c>If-Match</c>: absent, any version (<c>*</c>), or one.</summary>
public readonly record struct VersionMatch(bool Given, long? Version)
{
    public static readonly VersionMatch Absent = default;
    public static readonly VersionMatch Any = new(true, null);

    public bool Fits(long version) => Version is null || Version == version;
}
