namespace ClaimsEngine.Kernel;

public enum Role { Officer, Approver, Finance, Auditor, PlanAdmin, Operator }

/// <summary>Who acts: the subject of a verified token, never a field of a request.</summary>
/// <param name="Id">the token's subject</param>
/// <param name="Region">sees and does only what lies in it</param>
/// <param name="ApprovalLimit">the most this person may approve, by the union level of the region; null is without limit</param>
/// <param name="OnBehalfOf">whose stand-in this person is in this request; null where everybody acts for himself. Region and limit are
/// then those of the delegation</param>
public sealed record Actor(
    string Id, IReadOnlyCollection<Role> Roles, RegionCode Region, Money? ApprovalLimit = null, string? OnBehalfOf = null)
{
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Whether this person is shown what tells of an illness or an event: incidents, how an amount came about, papers, and what
    /// people wrote as reasons. Who pays and does nothing else sees amounts and payees, and the kind of benefit that a payout
    /// pays.</summary>
    public bool SeesMedicalFacts => Module.CaseReaders.Any(Is);

    /// <summary>Whether this is his own name, or the one for which he acts: four eyes count both. No name is nobody's.</summary>
    public bool ActsAs(string? user) => user is not null && (user == Id || user == OnBehalfOf);

    /// <summary>The same of a step that one person did, perhaps as another's stand-in.</summary>
    /// <param name="onBehalfOf">for whom it was done; null for nobody</param>
    public bool ActsAs(string? user, string? onBehalfOf) => ActsAs(user) || ActsAs(onBehalfOf);

    public bool Sees(RegionCode region) => Region.Contains(region);

    /// <summary>Whether it lies in the own region, or was taken in there for the office of another place. The latter is the other
    /// place's to pay, so finance here does not see it.</summary>
    public bool Sees(IAggregate state) =>
        state.Scope is not { } region || Sees(region) || (state.AssistedFrom is { } office && Sees(office) && HandlesCases);

    private bool HandlesCases => Is(Role.Officer) || Is(Role.Approver) || Is(Role.Auditor);

    /// <summary>Why a command on a resource that this person sees is not for this person's office: another office's case is decided there,
    /// and here only the claimant's wishes are passed on. Null where it is.</summary>
    public Refusal? MayNot(Command command, IAggregate state) =>
        command is IAssistable || state.Scope is not { } home || Sees(home) ? null
            : new Refusal(Refuse.DecidedAtHome, $"the office of {home.Name} does this; {Region.Name} only assists");
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

    /// <summary>Assembles batches by schedule.</summary>
    public const string PaymentSchedules = "payment-schedules";

    /// <summary>Reads what goes to a bank over its gateway; stores nothing.</summary>
    public const string BankGateway = "bank-gateway";

    public static bool Has(string name) =>
        name is Deadlines or SettlementFeed or OneClick or Webhooks or PaymentSchedules or BankGateway;
}

/// <summary>The most that an office of each union level may approve. An organiser's setting, in its handling rules: no published rule names
/// amounts. The national office has no limit.</summary>
public sealed record ApprovalLimits(Money District, Money City, Money Province)
{
    public Money? For(RegionCode region) => region.Level switch { 0 => null, 1 => Province, 2 => City, _ => District };
}
