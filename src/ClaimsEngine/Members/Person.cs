namespace ClaimsEngine.Members;

/// <summary>All personal data of one natural person: member, claimant or payee.</summary>
public sealed record Person(
    PersonId Id, string Name, IdentityNumber IdNumber, string? Phone, RegionCode Region,
    IReadOnlyList<Account> Accounts, IReadOnlyDictionary<DocumentId, string> FileNames) : AggregateState, IAggregate<Person>
{
    public static string StreamType => "person";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>The employer's agents who came with claims of this person.</summary>
    public IReadOnlyDictionary<ClaimId, AgentNamed> Agents { get; init; } = new Dictionary<ClaimId, AgentNamed>();

    /// <summary>The bars that were confirmed and not lifted, whether or not they hold today.</summary>
    public IReadOnlyList<HeldBar> Bars { get; init; } = [];

    /// <summary>The account on record that is the same to the last word: another bank's name is another account, and so is another reason
    /// for another holder.</summary>
    public Account? AccountLike(AccountDetails details) => Accounts.FirstOrDefault(own => own.Number == details.Number
        && own.Holder == details.Holder && own.Bank == details.Bank && own.OtherHolder == details.OtherHolder);

    public Account? AccountOf(AccountId id) => Accounts.FirstOrDefault(account => account.Id == id);

    /// <summary>The unique key by which an identity number finds its person; holds a keyed hash, never the number.</summary>
    public static UniqueKey Key(string identityHash) => new("person", identityHash);

    public static Person? Evolve(Person? state, object @event) => @event switch
    {
        PersonRegistered e => new Person(e.Person, e.Name, e.IdNumber, e.Phone, e.Region, [], new Dictionary<DocumentId, string>()),
        PhoneChanged e when state is not null => state with { Phone = e.Phone },
        PersonCorrected e when state is not null => state with { Name = e.Name ?? state.Name, Phone = e.Phone ?? state.Phone },
        AccountRegistered e when state is not null =>
            state with { Accounts = [.. state.Accounts, Account.Of(e)] },
        DocumentFiled e when state is not null =>
            state with { FileNames = new Dictionary<DocumentId, string>(state.FileNames) { [e.Document] = e.FileName } },
        AgentNamed e when state is not null =>
            state with { Agents = new Dictionary<ClaimId, AgentNamed>(state.Agents) { [e.Claim] = e } },
        PersonBarred e when state is not null =>
            state with { Bars = [.. state.Bars, new HeldBar(e.Bar, e.Scope, e.Region, e.From, e.To)] },
        PersonUnbarred e when state is not null => state with { Bars = [.. state.Bars.Where(bar => bar.Bar != e.Bar)] },
        _ => state,
    };
}

/// <param name="OtherHolder">why the holder is not this person; null for the person's own account</param>
/// <param name="ChangedOn">when it came beside an earlier account; null for the first one, and where it was not kept</param>
/// <param name="RegisteredFor">whose stand-in registered it; null for nobody's</param>
public sealed record Account(
    AccountId Id, string Bank, BankCardNumber Number, string Holder, OtherHolder? OtherHolder, LocalDate? ChangedOn, string RegisteredBy,
    string? RegisteredFor)
{
    public static Account Of(AccountRegistered e) =>
        new(e.Account, e.Bank, e.Number, e.Holder, e.OtherHolder, e.ChangedOn, e.By, e.OnBehalfOf);
}
