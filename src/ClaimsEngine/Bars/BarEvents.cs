using ClaimsEngine.Members;

namespace ClaimsEngine.Bars;

/// <summary>One person asks that another be barred for a time.</summary>
/// <param name="Person">who is to be barred, by id</param>
/// <param name="Region">the office that bars: the bar holds in it and below</param>
/// <param name="To">last day, inclusive</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record BarProposed(
    BarId Bar, PersonId Person, BarScope Scope, RegionCode Region, LocalDate From, LocalDate To, string Reason, string By,
    string? OnBehalfOf = null);

/// <summary>A second person agrees: it holds from its first day on.</summary>
public sealed record BarConfirmed(string By);

/// <summary>It holds no more; or was proposed and will not hold.</summary>
public sealed record BarLifted(string Reason, string By);
