using System.Text.Json;

namespace ClaimsEngine.Payouts;

/// <summary>
/// Who may authorise a payout by an organiser's rules, and where two people do. Where no public rule text was found the limits are our
/// default, and the file says so under <c>assumed</c> (<c>seeds/authorisation</c>).
/// </summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="From">the first day on which they hold</param>
/// <param name="Limits">the most that finance of an office of each union level may authorise</param>
/// <param name="SecondFrom">payouts from this amount on, inclusive, are authorised by two people; null for none</param>
/// <param name="AccountCooling">how long an account that came beside an earlier one counts as just changed: so long two people authorise.
/// Null for not at all</param>
public sealed record AuthorisationRules(
    RegionCode Region, int Version, LocalDate From, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed, ApprovalLimits Limits,
    Money? SecondFrom = null, TimeLimit? AccountCooling = null)
{
    /// <summary>All versions of all organisers.</summary>
    public static IReadOnlyList<AuthorisationRules> All { get; } = [.. EmbeddedData.Names("authorisation/")
        .Select(name => JsonSerializer.Deserialize<AuthorisationRules>(EmbeddedData.Text(name), ClaimsJson.Options)!)];

    /// <summary>The name under which an order cites them: <c>default/1</c>.</summary>
    public string Name => $"{(Region.Value.Length == 0 ? "default" : Region.Value)}/{Version}";

    /// <summary>The rules of the nearest organiser above a region, in the newest version of that day.</summary>
    public static AuthorisationRules For(RegionCode region, LocalDate day) =>
        All.Where(rules => rules.From <= day && region.Value.StartsWith(rules.Region.Value, StringComparison.Ordinal))
            .MaxBy(rules => (rules.Region.Value.Length, rules.Version))!;
}
