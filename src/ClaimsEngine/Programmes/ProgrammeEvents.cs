namespace ClaimsEngine.Programmes;

/// <param name="Quota">places in all; never exceeded</param>
/// <param name="Regions">whose residents may be enrolled</param>
/// <param name="Occupations">who may be enrolled</param>
/// <param name="Funding">who pays how much of each unit's contribution</param>
/// <param name="Budget">what the sponsor gives at most in all; never exceeded. Null sets no limit but the quota's</param>
public sealed record ProgrammeOpened(
    string Programme, string Name, string Plan, int PlanVersion, string Sponsor, int Quota, LocalDate From, LocalDate To,
    IReadOnlyList<RegionCode> Regions, IReadOnlyList<Occupation> Occupations, IReadOnlyList<FundingShare> Funding, string By,
    Money? Budget = null);

/// <param name="Pool">the pool of places that this allocation opens</param>
/// <param name="From">the pool it was taken out of</param>
public sealed record PlacesAllocated(RegionCode Region, int Places, string Pool, string From, string By);

/// <summary>The most that the sponsor gives has risen.</summary>
/// <param name="Added">to what it was, above 0.00</param>
/// <param name="Reference">of the sponsor's decision or document</param>
/// <param name="OnBehalfOf">whose stand-in raised it; null for nobody's</param>
public sealed record BudgetRaised(Money Added, string Reference, string Reason, string By, string? OnBehalfOf = null);

/// <param name="Payer">who pays: a sponsor, a union level, the employer or the member</param>
/// <param name="Amount">of one unit's contribution</param>
/// <param name="Due">true if cover takes effect only when it is paid; null is guaranteed by the payer</param>
public sealed record FundingShare(string Payer, Money Amount, bool? Due = null);
