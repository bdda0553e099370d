namespace ClaimsEngine.Members;

public static class MembersModule
{
    public static Module Create() => new Module("members")
        .Stores(typeof(PersonRegistered), typeof(PhoneChanged), typeof(AccountRegistered), typeof(DocumentFiled));
}

/// <summary>A person as shown to those who handle the case.</summary>
public sealed record PersonView(PersonId Id, string Name, string IdNumber, LocalDate BirthDate, Sex Sex, string? Phone)
{
    /// <summary>Who handles a case sees whom it is about; the telephone number only in the person's own region.</summary>
    public static PersonView Of(Person person, IRecords records) => new(
        person.Id, person.Name, person.IdNumber.Value, person.IdNumber.BirthDate, person.IdNumber.Sex, records.By.Sees(person) ? person.Phone : null);
}

/// <summary>An account as shown: recognisable, not usable.</summary>
public sealed record AccountView(AccountId Id, string Bank, string Number, string Holder)
{
    public static AccountView Of(Account account) => new(account.Id, account.Bank, account.Number.Masked, account.Holder);
}
