namespace ClaimsEngine.Kernel;

public enum Role { Officer, Approver, Finance, Auditor, PlanAdmin, Operator }

/// <summary>Who acts: the subject of a verified token, never a field of a request.</summary>
/// <param name="Id">the token's subject</param>
/// <param name="Region">sees and does only what lies in it</param>
/// <param name="ApprovalLimit">the most this person may approve, by the union level of the region; null is without limit</param>
public sealed record Actor(string Id, IReadOnlyCollection<Role> Roles, RegionCode Region, Money? ApprovalLimit = null)
{
    public bool Is(Role role) => Roles.Contains(role);

    public bool Sees(RegionCode region) => Region.Contains(region);

    public bool Sees(IAggregate state) => state.Scope is not { } region || Sees(region);
}

/// <summary>Names under which the engine itself acts. No token may have one of them: four eyes are told apart by names.</summary>
public static class EngineActors
{
    /// <summary>Notes deadlines that have passed.</summary>
    public const string Deadlines = "deadlines";

    /// <summary>Assesses the claims of a settlement feed.</summary>
    public const string SettlementFeed = "settlement-feed";

    /// <summary>Approves straight through.</summary>
    public const string OneClick = "one-click";

    /// <summary>Pauses the webhook of a platform that says it is gone for good.</summary>
    public const string Webhooks = "webhooks";

    public static bool Has(string name) => name is Deadlines or SettlementFeed or OneClick or Webhooks;
}

/// <summary>The approval limit of each union level. An organiser's setting: no published rule names amounts.</summary>
public sealed record ApprovalLimits(Money District, Money City, Money Province)
{
    /// <summary>Assumed until an organiser says otherwise: 50,000, 200,000 and 1,000,000 yuan, and none for the national office.</summary>
    public static readonly ApprovalLimits Assumed = new(Money.Yuan(50_000), Money.Yuan(200_000), Money.Yuan(1_000_000));

    public Money? For(RegionCode region) => region.Level switch { 0 => null, 1 => Province, 2 => City, _ => District };
}
