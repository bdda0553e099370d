namespace ClaimsEngine.Console.Pages.Claims.Hardship;

/// <summary>What the levels of one's region have left of a fund, as the API answers <c>/api/relief-funds/{fund}/balances</c>.</summary>
public sealed record ReliefBalances(string Fund, Money Budget, Money Granted, Money Left, IReadOnlyList<ReliefBalance> Levels);

/// <param name="Unit">code of the employer, where the level is a unit's</param>
public sealed record ReliefBalance(
    RegionCode Region, string Name, string? Unit, Money Received, Money PassedDown, Money CameBack, Money GivenBack, Money Granted,
    Money Left);
