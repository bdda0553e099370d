namespace ClaimsEngine.Kernel;

/// <summary>A plan's books as they stood at one place of the feed: what a closing rests on.</summary>
/// <param name="Position">up to which place of the feed entries are counted</param>
/// <param name="Steps">how many closings and openings of the plan's books are known there</param>
/// <param name="Regions">of all entries</param>
/// <param name="Covers">contributions by the days that they are for, as far as they were posted in the months that were asked for</param>
/// <param name="Balances">of all months</param>
public sealed record BookFigures(
    long Position, int Steps, IReadOnlyList<RegionCode> Regions, IReadOnlyList<CoverFigure> Covers,
    IReadOnlyList<BookBalance> Balances);

/// <summary>Contributions of one plan year, programme and region for the same days of cover.</summary>
/// <param name="Unearned">what is not earned of them</param>
/// <param name="Earned">what closings counted as earned</param>
public sealed record CoverFigure(
    int PlanYear, string? Programme, RegionCode Region, LocalDate From, LocalDate To, Money Unearned, Money Earned);

/// <param name="Balance">debits less credits</param>
public sealed record BookBalance(int PlanYear, BookAccount Account, Money Balance);
