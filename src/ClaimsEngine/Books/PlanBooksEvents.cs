namespace ClaimsEngine.Books;

/// <summary>A month of a plan's books is closed. What is recorded later and belongs to it posts to the first open month.</summary>
/// <param name="Plan">code of the plan, or of the relief fund</param>
/// <param name="Position">up to which place of the feed the closing has counted; what has a higher one comes late</param>
/// <param name="ClosedOn">business date in Asia/Shanghai</param>
/// <param name="Region">of the office that closed it: whose books they are</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record PeriodClosed(
    string Plan, BookMonth Month, long Position, LocalDate ClosedOn, RegionCode Region, string By, string? OnBehalfOf = null);

/// <summary>What a closing counts as earned, of one programme and region. It posts to the month that is closed.</summary>
/// <param name="Programme">null for direct entry</param>
/// <param name="Region">where the certificates were entered</param>
/// <param name="Covers">the figures that it rests on, as the books had them at the closing's position</param>
public sealed record ContributionsEarned(
    string Plan, BookMonth Month, string? Programme, RegionCode Region, IReadOnlyList<EarnedCover> Covers);

/// <summary>All contributions for the same days of cover.</summary>
/// <param name="PlanYear">of the book</param>
/// <param name="To">last day, inclusive</param>
/// <param name="Contribution">in all</param>
/// <param name="Before">of it, what earlier closings counted as earned</param>
/// <param name="Earned">what this closing adds; below 0.00 where a contribution was taken back</param>
public sealed record EarnedCover(int PlanYear, LocalDate From, LocalDate To, Money Contribution, Money Before, Money Earned);

/// <summary>Somebody holds that a closed month has to be opened again.</summary>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record ReopeningProposed(BookMonth Month, string Reason, string By, string? OnBehalfOf = null);

/// <summary>Another person agrees: the month is open again, until it is closed anew.</summary>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record PeriodReopened(BookMonth Month, string By, string? OnBehalfOf = null);

/// <summary>The result of a plan year is carried to the risk reserve and the surplus. It posts to the month in which it is done. What comes
/// later for this plan year is the result of another closing of it.</summary>
/// <param name="Plan">code of the plan, or of the relief fund</param>
/// <param name="PlanYear">calendar year in which the covers begin</param>
/// <param name="Position">up to which place of the feed the closing has counted</param>
/// <param name="Balances">the income and expense that are carried; debits above 0.00, credits below</param>
/// <param name="Result">income less expense; below 0.00 for a deficit</param>
/// <param name="ToRiskReserve">of the result; below 0.00 where the reserve bears a deficit</param>
/// <param name="ToSurplus">the rest of it</param>
/// <param name="Region">of the office that closed it</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record PlanYearClosed(
    string Plan, int PlanYear, long Position, LocalDate ClosedOn, RegionCode Region, IReadOnlyList<AccountBalance> Balances, Money Result,
    Money ToRiskReserve, Money ToSurplus, string By, string? OnBehalfOf = null);

/// <param name="Balance">debits less credits</param>
public sealed record AccountBalance(BookAccount Account, Money Balance);
