using System.Text.Json.Serialization;

namespace ClaimsEngine.Employers;

/// <summary>An employer, or a grassroots union, is known, whose people are enrolled together.</summary>
/// <param name="Employer">its code</param>
/// <param name="Staff">how many people it has, 1 or more</param>
/// <param name="Women">how many of them are women</param>
[PublishedName("unit_registered")]
public sealed record EmployerRegistered(
    [property: JsonPropertyName("unit")] string Employer, string Name, RegionCode Region, int Staff, int Women, string By);

/// <summary>The employer has another number of people from now on.</summary>
public sealed record StaffCounted(int Staff, int Women, string By);

/// <summary>The employer's cover under a plan or programme, begun by its first enrolment there: the measure of all later ones.</summary>
/// <param name="Programme">null for cover directly under the plan</param>
/// <param name="To">last day, inclusive: who joins later is covered until then as well</param>
/// <param name="Units">that the first one holds</param>
[PublishedName("unit_covered")]
public sealed record EmployerCovered(string Plan, string? Programme, LocalDate From, LocalDate To, int Units, string By);
