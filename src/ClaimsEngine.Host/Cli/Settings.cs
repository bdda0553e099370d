using System.CommandLine;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Cli;

/// <summary>
/// Configuration among the words of a verb: <c>--Section:Key value</c>, as .NET programs take it. A setting that does not exist is refused:
/// a mistyped <c>--ConnectionStrings:Claims</c> would otherwise lead to another database without a word.
/// </summary>
internal static partial class Settings
{
    /// <summary>The keys of every section that the program reads; null where the section is a library's own.</summary>
    private static readonly Dictionary<string, string[]?> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ConnectionStrings"] = ["Claims"],
        ["Store"] = ["Schema", "ReadSchema", "Connections"],
        ["Auth"] = [.. KeysOf<AuthOptions>().Where(key => key != nameof(AuthOptions.DevelopmentTokens))],
        ["RateLimit"] = KeysOf<RateLimitOptions>(),
        ["LongWork"] = KeysOf<LongWorkOptions>(),
        ["Papers"] = KeysOf<PaperOptions>(),
        ["Outbox"] = KeysOf<OutboxSettings>(),
        ["Notices"] = KeysOf<NoticeSettings>(),
        ["Webhooks"] = [nameof(WebhookSettings.Key),
            .. Enumerable.Range(0, 20).Select(nth => $"{nameof(WebhookSettings.InternalHosts)}:{nth}")],
        ["Banks"] = [.. BankProfile.All.SelectMany(bank => BankGateways.Keys.Select(key => $"{bank.Code}:{key}"))],
        ["Http"] = ["MaxBodyBytes", "PathBase"],
        ["Metrics"] = ["RequireRole"],
        ["Approval"] = ["District", "City", "Province"], ["Logging"] = null, ["Kestrel"] = null,
    };

    public static readonly Option<string[]> Option = Made();

    /// <summary>The words with every <c>--Section:Key value</c> as a value of <see cref="Option"/>.</summary>
    public static string[] AsOptions(string[] args)
    {
        var words = new List<string>();
        for (var at = 0; at < args.Length; at++)
        {
            if (Setting().Match(args[at]) is not { Success: true } setting)
            {
                words.Add(args[at]);
                continue;
            }
            var name = setting.Groups["name"].Value;
            var value = setting.Groups["value"].Success ? setting.Groups["value"].Value
                : ++at < args.Length ? args[at] : throw new UsageException($"--{name} has no value");
            words.AddRange([Option.Name, $"{name}={value}"]);
        }
        return [.. words];
    }

    private static Option<string[]> Made()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "Section:Key=value of the configuration, also written --Section:Key value; "
                + $"sections are {string.Join(", ", Sections.Keys)}",
            HelpName = "Section:Key=value", Arity = ArgumentArity.ZeroOrMore,
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (FaultOf(token.Value) is { } fault) result.AddError(fault);
        });
        return option;
    }

    private static string? FaultOf(string setting)
    {
        if (setting.Split('=')[0].Split(':', 2) is not [var section, var key] || !setting.Contains('=', StringComparison.Ordinal))
            return $"'{setting}' is no setting: it is written Section:Key=value.";
        if (!Sections.TryGetValue(section, out var keys))
            return $"There is no setting {section}:{key}. Sections are {string.Join(", ", Sections.Keys)}.";
        return keys is null || keys.Contains(key, StringComparer.OrdinalIgnoreCase)
            ? null : $"There is no setting {section}:{key}. The section {section} has {string.Join(", ", keys)}.";
    }

    private static string[] KeysOf<T>() => [.. typeof(T).GetProperties().Where(key => key.CanWrite).Select(key => key.Name)];

    // The program's own options begin with a small letter, sections with a capital one.
    [GeneratedRegex("^--(?<name>[A-Z][A-Za-z0-9]*:[A-Za-z0-9_.:-]+)(=(?<value>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Setting();
}
