namespace ClaimsEngine.Rosters;

/// <summary>What a column of a roster means.</summary>
public enum RosterColumn
{
    Name, IdNumber, Occupation, Region, Phone, Units, Bank, AccountNumber, AccountHolder, Sex, BirthDate, EmployeeNumber, HiredOn,

    // of past covers: only an import reads them
    Programme, Plan, Employer, EnrolledOn, CoverFrom, CoverTo, CoverTier, Months,

    // known, and not read
    SerialNumber, Note, Reasons,
}
