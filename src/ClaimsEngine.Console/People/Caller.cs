namespace ClaimsEngine.Console.People;

/// <summary>For whom the engine takes the caller, as the API answers <c>/api/actor</c>.</summary>
/// <param name="ApprovalLimit">the most that this person may approve; null is without limit</param>
public sealed record Caller(
    string Id, IReadOnlyList<Role> Roles, RegionCode Region, Money? ApprovalLimit = null, string? OnBehalfOf = null);
