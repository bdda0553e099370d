namespace ClaimsEngine.Units;

/// <summary>A unit is known: an employer or a grassroots union whose people are enrolled together.</summary>
/// <param name="Unit">its code</param>
/// <param name="Staff">how many people it has, 1 or more</param>
/// <param name="Women">how many of them are women</param>
public sealed record UnitRegistered(string Unit, string Name, RegionCode Region, int Staff, int Women, string By);

/// <summary>The unit has another number of people from now on.</summary>
public sealed record StaffCounted(int Staff, int Women, string By);

/// <summary>The unit's cover under a plan or programme has begun: recorded with its first enrolment there, and the measure of all later ones.</summary>
/// <param name="Programme">null for cover directly under the plan</param>
/// <param name="To">last day, inclusive: who joins later is covered until then as well</param>
/// <param name="Units">that the first one holds</param>
public sealed record UnitCovered(string Plan, string? Programme, LocalDate From, LocalDate To, int Units, string By);
