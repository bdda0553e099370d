namespace ClaimsEngine.Members;

/// <summary>A person's identity number and telephone number were shown in full to somebody.</summary>
/// <param name="Region">of the person when they were shown</param>
/// <param name="Reason">why, in the words of who opened them; it names no illness and no other person</param>
/// <param name="By">who saw them</param>
/// <param name="OnBehalfOf">for whom that person acted; null for nobody</param>
public sealed record IdentityOpened(PersonId Person, RegionCode Region, string Reason, string By, string? OnBehalfOf = null);
