namespace ClaimsEngine.Payers;

/// <summary>An organisation that pays contributions is known. Its account waits for a second person.</summary>
/// <param name="Code">1 to 40 letters, digits and hyphens</param>
/// <param name="Name">word for word as programmes and plans name it in their funding</param>
/// <param name="Region">in which this name means this organisation</param>
/// <param name="Employer">code of the employer whose certificates name it; null where it is no employer's</param>
public sealed record PayerRegistered(
    string Code, string Name, RegionCode Region, string? Employer, AccountId Account, string Bank, AccountNumber Number, string Holder,
    string By, string? OnBehalfOf = null);

/// <summary>Money for the payer is to go to another account. It waits for a second person; until then the account before stays.</summary>
public sealed record PayerAccountProposed(
    AccountId Account, string Bank, AccountNumber Number, string Holder, string Reason, string By, string? OnBehalfOf = null);

/// <summary>A second person has entered the same number from its proof: money for the payer goes there from now on.</summary>
public sealed record PayerAccountConfirmed(AccountId Account, string By, string? OnBehalfOf = null);

/// <summary>The account that waited is not taken.</summary>
public sealed record PayerAccountRejected(AccountId Account, string Reason, string By, string? OnBehalfOf = null);
