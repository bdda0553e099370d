namespace ClaimsEngine.Relief;

/// <param name="Region">of the level whose money it is; it is passed down to the levels below</param>
/// <param name="From">first day on which applications are taken</param>
/// <param name="To">last day on which applications are taken, inclusive</param>
public sealed record ReliefFundOpened(
    string Fund, string Name, RegionCode Region, Money Budget, LocalDate From, LocalDate To, IReadOnlyList<ReliefKind> Kinds, string By);

/// <summary>A kind of hardship that a fund relieves. The organiser's setting: no published rule names amounts.</summary>
/// <param name="Code">stable, lower-case words joined by hyphens</param>
/// <param name="Most">that a household is given for it out of the fund, above 0.00</param>
/// <param name="Evidence">kinds of paper that an application shows; empty for none</param>
public sealed record ReliefKind(string Code, string Name, Money Most, IReadOnlyList<string> Evidence);

/// <param name="Region">of the level that has the money now</param>
/// <param name="Unit">code of the employer, where the level is a unit's; null for a region's</param>
/// <param name="Pool">the pool of that level</param>
/// <param name="From">the pool of the level above, which it came out of</param>
public sealed record ReliefMoneyAllocated(RegionCode Region, string? Unit, Money Amount, string Pool, string From, string By);

/// <param name="Pool">of the level that gives it back</param>
/// <param name="To">the pool of the level above, which it goes to</param>
public sealed record ReliefMoneyReturned(RegionCode Region, string? Unit, Money Amount, string Pool, string To, string By);

/// <summary>Nothing is asked for, granted or passed down any more; what is left goes back up the levels.</summary>
public sealed record ReliefFundClosed(string Reason, string By);
