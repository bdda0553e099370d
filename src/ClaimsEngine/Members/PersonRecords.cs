using FluentValidation;

namespace ClaimsEngine.Members;

/// <summary>An account as a request names it.</summary>
/// <param name="Bank">name of the bank and branch</param>
/// <param name="Holder">the name that the bank has</param>
/// <param name="OtherHolder">why the holder is not the payee; null, as a rule, for the payee's own account</param>
public sealed record AccountDetails(string Bank, BankCardNumber Number, string Holder, OtherHolder? OtherHolder = null)
{
    /// <param name="known">whose account it will be; null for somebody who is registered together with it</param>
    /// <param name="today">business date in Asia/Shanghai</param>
    public AccountRegistered Registered(AccountId id, Person? known, Actor by, LocalDate today) =>
        new(id, Bank, Number, Holder, by.Id, OtherHolder, known is { Accounts.Count: > 0 } ? today : null, by.OnBehalfOf);

    /// <summary>The payee's own account under the real name is paid, or another person's with a reason that a second person accepts later.
    /// Null where it is one of the two.</summary>
    /// <param name="payee">the name of who is paid</param>
    /// <param name="number">of who is paid: it tells who is a minor</param>
    /// <param name="field">of the request that names the account</param>
    public Refusal? NotPayableTo(string payee, IdentityNumber number, LocalDate today, string field) =>
        (Holder == payee, OtherHolder) switch
        {
            (true, null) => null,
            (true, _) => new Refusal(Refuse.AccountIsOwn, "the holder's name is the payee's", $"{field}.otherHolder"),
            (false, null) => new Refusal(Refuse.AccountNotOwn,
                "the holder's name is not the payee's; another person's account needs a reason (otherHolder)", $"{field}.holder"),
            (false, { Ground: HolderGround.GuardianOfMinor }) when number.BirthDate.AgeOn(today) >= OtherHolder.OfAge =>
                new Refusal(Refuse.HolderGroundUnfit, "the payee is not under 18", $"{field}.otherHolder.ground"),
            _ => null,
        };

    public sealed class Validator : AbstractValidator<AccountDetails>
    {
        public Validator()
        {
            RuleFor(a => a.Bank).PlainText(100);
            RuleFor(a => a.Holder).PlainText(60);
            RuleFor(a => a.OtherHolder!).SetValidator(new OtherHolder.Validator()).When(a => a.OtherHolder is not null);
        }
    }
}

/// <summary>A person and, if asked for, an account on record: found by identity number, or registered now.</summary>
/// <param name="Registration">the events that must be stored with the decision; <see cref="Decision.Nothing"/> when all was known</param>
public sealed record PersonOnRecord(PersonId Id, AccountId? Account, Decision Registration)
{
    /// <summary>
    /// Only of somebody on record under another name: the same as of somebody who is not on record, except that the key of the identity
    /// number says no in the end. A use case that goes on with this answers all its other rules first, those that the store asks too, so
    /// that nobody finds out with a request that is refused anyway whether a person is on record. Null for everybody else.
    /// </summary>
    public PersonOnRecord? AsIfUnknown { get; private init; }

    /// <summary>The person's bars, whether or not they hold today; empty for somebody who is not on record under this name.</summary>
    public IReadOnlyList<HeldBar> Bars { get; init; } = [];

    /// <summary>Asks the records, then decides purely.</summary>
    public static async Task<PersonOnRecord> Of(
        IdentityNumber idNumber, string name, string? phone, RegionCode region, AccountDetails? account, string field,
        IUseCaseContext context)
    {
        var key = Person.Key(context.IdentityHash(idNumber));
        var known = await context.OwnerOf(key) is { } owner ? await context.FindAnywhere<Person>(owner) : null;
        return Decide(known, key, idNumber, name, phone, region, account, field, context.By, DayOf(context),
            new PersonId(context.NewId()), new AccountId(context.NewId()));
    }

    /// <summary>The same of somebody who was read already: nobody has to be looked for by the identity number.</summary>
    public static PersonOnRecord Of(
        Person known, string name, RegionCode region, AccountDetails? account, string field, IUseCaseContext context) =>
        Decide(known, Person.Key(context.IdentityHash(known.IdNumber)), known.IdNumber, name, null, region, account, field, context.By,
            DayOf(context), new PersonId(context.NewId()), new AccountId(context.NewId()));

    /// <summary>On which an account is registered.</summary>
    private static LocalDate DayOf(IUseCaseContext context) => context.RecordedOn ?? context.Now.Date();

    /// <summary>Same number, same name: a number on record under another name is refused, since one of the two is wrong.</summary>
    public static PersonOnRecord Decide(
        Person? known, UniqueKey key, IdentityNumber idNumber, string name, string? phone, RegionCode region, AccountDetails? account,
        string field, Actor by, LocalDate today, PersonId freshPerson, AccountId freshAccount)
    {
        if (known is not null && known.Name != name)
        {
            var mismatch = new Refusal(Refuse.IdentityMismatch, "the identity number is on record with another name", $"{field}.name");
            // under a name that is not theirs nothing of the person on record is looked up
            return new(freshPerson, null, mismatch)
            {
                AsIfUnknown = Registered(
                    null, key, mismatch, idNumber, name, phone, region, account, by, today, freshPerson, freshAccount),
            };
        }
        return Registered(known, key, null, idNumber, name, phone, region, account, by, today, freshPerson, freshAccount);
    }

    private static PersonOnRecord Registered(
        Person? known, UniqueKey key, Refusal? otherwise, IdentityNumber idNumber, string name, string? phone, RegionCode region,
        AccountDetails? account, Actor by, LocalDate today, PersonId freshPerson, AccountId freshAccount)
    {
        var id = known?.Id ?? freshPerson;
        var events = new List<object>();
        if (known is null) events.Add(new PersonRegistered(id, name, idNumber, phone, region, by.Id));
        else if (phone is not null && phone != known.Phone) events.Add(new PhoneChanged(phone, by.Id));

        var accountId = account is null ? null : known?.AccountLike(account)?.Id;
        if (account is not null && accountId is null)
        {
            accountId = freshAccount;
            events.Add(account.Registered(freshAccount, known, by, today));
        }

        var registration = events.Count == 0 ? Decision.Nothing : Decision.OnOrBegin(known, id.Value, events).Within(region);
        return new(id, accountId, known is null ? registration.Taking(key, id.Value, otherwise) : registration)
        {
            Bars = known?.Bars ?? [],
        };
    }
}
