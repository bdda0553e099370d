namespace ClaimsEngine.Payers;

/// <summary>An organisation that pays contributions (付款单位): a union, an employer or a sponsor, and the account to which money for it
/// goes. Funding names a payer by words; this says whose words they are.</summary>
/// <param name="Accounts">all that were confirmed, in order; the last one is the account of today</param>
/// <param name="Proposed">the account that waits for a second person; null for none</param>
public sealed record Payer(
    string Code, string Name, RegionCode Region, string? Employer, IReadOnlyList<PayerAccount> Accounts, ProposedAccount? Proposed,
    string RegisteredBy) : AggregateState, IAggregate<Payer>
{
    /// <summary>Scope of the unique keys of names.</summary>
    public const string NameScope = "payer-name";

    public static string StreamType => "payer";

    public PayerId Id => PayerId.Of(Code);

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>The account to which money goes today; null until one was confirmed.</summary>
    public PayerAccount? Account => Accounts.Count == 0 ? null : Accounts[^1];

    /// <summary>One that was confirmed, of today or before.</summary>
    public PayerAccount? AccountOf(AccountId id) => Accounts.FirstOrDefault(account => account.Id == id);

    /// <summary>A name means one organisation in a region, or one for the certificates of an employer.</summary>
    public static UniqueKey Key(string name, RegionCode region, string? employer) =>
        new(NameScope, employer is null ? $"region/{region}/{name}" : $"unit/{employer}/{name}");

    /// <summary>The keys under which a certificate's payer may be registered, the nearest first: for its employer, then for its district,
    /// city, province and the whole country.</summary>
    /// <param name="name">word for word as in the certificate's funding</param>
    public static IEnumerable<UniqueKey> KeysFor(string name, RegionCode region, string? employer)
    {
        if (employer is not null) yield return Key(name, region, employer);
        for (; region.Level > 0; region = region.Above()) yield return Key(name, region, null);
        yield return Key(name, RegionCode.National, null);
    }

    /// <summary>The organisation that a certificate's funding means; null where none is registered.</summary>
    public static async Task<Payer?> Named(string name, RegionCode region, string? employer, IUseCaseContext context)
    {
        foreach (var key in KeysFor(name, region, employer))
            if (await context.OwnerOf(key) is { } owner) return await context.FindAnywhere<Payer>(owner);
        return null;
    }

    public static Payer? Evolve(Payer? state, object @event) => @event switch
    {
        PayerRegistered e => new Payer(e.Code, e.Name, e.Region, e.Employer, [],
            new ProposedAccount(new PayerAccount(e.Account, e.Bank, e.Number, e.Holder), null, e.By, e.OnBehalfOf), e.By),
        _ when state is null => null,
        PayerAccountProposed e => state with
        {
            Proposed = new ProposedAccount(new PayerAccount(e.Account, e.Bank, e.Number, e.Holder), e.Reason, e.By, e.OnBehalfOf),
        },
        PayerAccountConfirmed when state.Proposed is { } proposed =>
            state with { Accounts = [.. state.Accounts, proposed.Account], Proposed = null },
        PayerAccountRejected => state with { Proposed = null },
        _ => state,
    };
}

/// <summary>An account of an organisation. It is no personal data.</summary>
/// <param name="Bank">name of the bank and branch</param>
/// <param name="Holder">the name that the bank has</param>
public sealed record PayerAccount(AccountId Id, string Bank, AccountNumber Number, string Holder)
{
    public bool IsLike(PayerAccountDetails details) => (Bank, Number, Holder) == (details.Bank, details.Number, details.Holder);
}

/// <summary>An account that waits for a second person.</summary>
/// <param name="Reason">why it replaces another; null for the first</param>
/// <param name="OnBehalfOf">whose stand-in named it; null for nobody's</param>
public sealed record ProposedAccount(PayerAccount Account, string? Reason, string By, string? OnBehalfOf = null);
