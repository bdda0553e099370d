namespace ClaimsEngine.Host.Rosters;

/// <summary>What a column of a roster means.</summary>
public enum RosterColumn
{
    Name, IdNumber, Occupation, Region, Phone, Units, Bank, AccountNumber, AccountHolder, Sex, BirthDate, EmployeeNumber, HiredOn,

    // known, and not read
    SerialNumber, Note, Reasons,
}
