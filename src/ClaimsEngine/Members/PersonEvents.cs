namespace ClaimsEngine.Members;

// Personal data stands in these events only. Every other fact points at a person or an account by id, so that erasing a person
// later means making the events of one stream unreadable, while amounts, decisions and totals stay as they are.

/// <param name="Region">the place where the person was first enrolled or claimed</param>
public sealed record PersonRegistered(PersonId Person, string Name, IdentityNumber IdNumber, string? Phone, RegionCode Region, string By);

public sealed record PhoneChanged(string Phone, string By);

/// <summary>What stood on record was wrong or has changed. The identity number never does.</summary>
/// <param name="Name">null stays as it was</param>
/// <param name="Phone">null stays as it was</param>
public sealed record PersonCorrected(string? Name, string? Phone, string Reason, string By);

/// <param name="Holder">the name that the bank has</param>
/// <param name="OtherHolder">why the holder is not this person; null for the person's own account</param>
/// <param name="ChangedOn">business date in Asia/Shanghai on which it came beside an earlier account; null for a person's first account,
/// and where it was not kept</param>
/// <param name="OnBehalfOf">whose stand-in registered it; null for nobody's</param>
public sealed record AccountRegistered(
    AccountId Account, string Bank, BankCardNumber Number, string Holder, string By, OtherHolder? OtherHolder = null,
    LocalDate? ChangedOn = null, string? OnBehalfOf = null);

/// <summary>The person is barred for a time. Why stands in the case of the bar alone.</summary>
/// <param name="Region">the bar holds in it and below</param>
/// <param name="To">last day, inclusive</param>
public sealed record PersonBarred(BarId Bar, BarScope Scope, RegionCode Region, LocalDate From, LocalDate To, string By);

/// <summary>The bar was lifted.</summary>
public sealed record PersonUnbarred(BarId Bar, string By);

/// <summary>The name of a file may name its person, so it is kept with the person and not with the claim.</summary>
public sealed record DocumentFiled(DocumentId Document, ClaimId Claim, string FileName, string By);

/// <summary>The employer's agent who came with a claim.</summary>
/// <param name="Phone">null for none</param>
public sealed record AgentNamed(ClaimId Claim, string Name, string? Phone, string By);
