namespace ClaimsEngine.Members;

public static class MembersModule
{
    public static Module Create() => new Module("members")
        .Stores<Person>(typeof(PersonRegistered), typeof(PhoneChanged), typeof(PersonCorrected), typeof(AccountRegistered),
            typeof(DocumentFiled), typeof(AgentNamed), typeof(PersonBarred), typeof(PersonUnbarred))
        .Stores<IdentityTrail>(typeof(IdentityOpened))
        .On<CorrectPerson, Person>("/api/members/{person}/correction", Role.Officer, c => c.Person.Value,
            "Correct a person's name or telephone number")
        .Shows<Person, MemberView>("/api/members/{person}", Module.ById, person => $"/api/members/{person.Id}", MemberView.Of,
            "A person on record, in the person's own region",
            Module.Readers);
}

/// <summary>All that is on record of a person, for those who act for the region in which the person was first enrolled.</summary>
/// <param name="Bars">that were confirmed and not lifted, whether or not they hold today</param>
public sealed record MemberView(
    PersonId Id, string Name, string IdNumber, LocalDate BirthDate, Sex Sex, string? Phone, RegionCode Region, string RegionName,
    IReadOnlyList<AccountView> Accounts, IReadOnlyList<HeldBar> Bars)
{
    public static Task<MemberView> Of(Person person, IRecords records) => Task.FromResult(new MemberView(
        person.Id, person.Name, person.IdNumber.Value, person.IdNumber.BirthDate, person.IdNumber.Sex, person.Phone, person.Region,
        person.Region.Name, [.. person.Accounts.Select(AccountView.Of)], person.Bars));
}

/// <summary>A person as shown to those who handle the case.</summary>
public sealed record PersonView(PersonId Id, string Name, string IdNumber, LocalDate BirthDate, Sex Sex, string? Phone)
{
    /// <summary>Who handles a case sees whom it is about; the telephone number only in the person's own region.</summary>
    public static PersonView Of(Person person, IRecords records) => new(
        person.Id, person.Name, person.IdNumber.Value, person.IdNumber.BirthDate, person.IdNumber.Sex,
        records.By.Sees(person) ? person.Phone : null);
}

/// <summary>An account as shown: recognisable, not usable.</summary>
/// <param name="OtherHolder">why the holder is not the payee; null for the payee's own account</param>
/// <param name="ChangedOn">when it came beside an earlier account of the same person; null for the first one, and where it was not
/// kept</param>
public sealed record AccountView(
    AccountId Id, string Bank, string Number, string Holder, OtherHolder? OtherHolder = null, LocalDate? ChangedOn = null)
{
    public static AccountView Of(Account account) =>
        new(account.Id, account.Bank, account.Number.Masked, account.Holder, account.OtherHolder, account.ChangedOn);
}
