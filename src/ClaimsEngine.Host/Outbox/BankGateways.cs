using ClaimsEngine.Payouts;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Outbox;

/// <summary>Where a bank, or the organiser's own link to it, takes released batches.</summary>
/// <param name="Token">sent as a bearer token; null for none</param>
/// <param name="IsInternal">whether it may lie in the organiser's own network, and be of http</param>
public sealed record BankGateway(Uri Url, string? Token, bool IsInternal);

/// <summary>
/// Configuration section <c>Banks</c>: <c>Banks:{code}:Gateway</c> is the address that is told of the released batches of a bank
/// (<c>seeds/banks</c>), <c>Token</c> beside it the secret, <c>Internal</c> true for an address in the own network. None is set by default:
/// then finance hands the files over.
/// </summary>
public sealed class BankGateways
{
    private readonly Dictionary<string, BankGateway> byCode = [];

    private BankGateways() { }

    /// <summary>What is set for each bank.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["Gateway", "Token", "Internal"];

    /// <summary>The banks that have one.</summary>
    public IReadOnlyList<string> Codes => [.. byCode.Keys];

    /// <summary>Names of hosts that may lead to private addresses.</summary>
    public IReadOnlyCollection<string> InternalHosts =>
        [.. byCode.Values.Where(gateway => gateway.IsInternal).Select(gateway => gateway.Url.IdnHost)];

    /// <summary>The gateway of the bank of this code; null for none.</summary>
    public BankGateway? Find(string code) => byCode.GetValueOrDefault(code);

    /// <exception cref="OptionsValidationException">a setting is wrong; the message names it, and never its value</exception>
    public static BankGateways Of(IConfiguration configuration)
    {
        var (gateways, faults) = (new BankGateways(), new List<string>());
        foreach (var section in configuration.GetSection("Banks").GetChildren())
        {
            if (BankProfile.All.FirstOrDefault(one => one.Code.Equals(section.Key, StringComparison.OrdinalIgnoreCase)) is not { } bank)
                faults.Add($"{section.Path}: the banks are {string.Join(", ", BankProfile.All.Select(one => one.Code))}.");
            else if (FaultOf(section) is { } fault) faults.Add($"{section.Path}:{fault}");
            else if (section["Gateway"] is { Length: > 0 } address)
                gateways.byCode[bank.Code] =
                    new BankGateway(
                        new Uri(address), section["Token"] is { Length: > 0 } token ? token : null, IsInternal(section) == true);
        }
        return faults.Count == 0 ? gateways : throw new OptionsValidationException("Banks", typeof(BankGateways), faults);
    }

    private static string? FaultOf(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(one => !Keys.Contains(one.Key, StringComparer.OrdinalIgnoreCase)) is { } stray)
            return $"{stray.Key} is no setting; there are {string.Join(", ", Keys)}.";
        if (IsInternal(section) is not { } isInternal) return "Internal is true or false.";
        if (section["Token"]?.All(letter => letter is > ' ' and <= '~') == false) return "Token is printable ASCII without a space.";
        if (string.IsNullOrEmpty(section["Gateway"])) return null;
        return Uri.TryCreate(section["Gateway"], UriKind.Absolute, out var url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (isInternal && url.Scheme == Uri.UriSchemeHttp))
            ? null : "Gateway is an address of https without a name and a password; of http only where Internal is true.";
    }

    /// <summary>Null where the text is neither true nor false.</summary>
    private static bool? IsInternal(IConfigurationSection section) =>
        section["Internal"] is not { Length: > 0 } text ? false : bool.TryParse(text, out var said) ? said : null;
}
