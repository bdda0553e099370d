namespace ClaimsEngine.Statements;

/// <summary>A statement of the organiser's own account, line by line. What a line is about was found when it was recorded.</summary>
/// <param name="Account">the organiser's account; no personal data</param>
/// <param name="Number">that the bank gave the statement</param>
/// <param name="Region">of who recorded it</param>
/// <param name="From">first day of booking</param>
/// <param name="To">last day of booking, inclusive</param>
/// <param name="Opening">balance before the first line</param>
/// <param name="Closing">balance after the last line: the opening one and all lines</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record BankStatementRecorded(
    BankStatementId Statement, string Account, string Number, RegionCode Region, LocalDate From, LocalDate To, Money Opening,
    Money Closing, IReadOnlyList<StatementLine> Lines, string By, string? OnBehalfOf = null);

/// <summary>One booking. The bank's free text is not kept: it names people.</summary>
/// <param name="Amount">below zero for money that left</param>
/// <param name="BankReference">the bank's own; null where it gave none</param>
/// <param name="Match">what it is about; null where nothing of ours fits, and a person explains it</param>
public sealed record StatementLine(LocalDate BookedOn, Money Amount, string? BankReference = null, LineMatch? Match = null);

/// <summary>What a booking is about: one of the two.</summary>
/// <param name="Payout">the money of this payout left, or came back</param>
/// <param name="Recovery">somebody paid back under this recovery</param>
public sealed record LineMatch(PayoutId? Payout = null, RecoveryId? Recovery = null);

/// <summary>A person says what a line without a match is.</summary>
/// <param name="Line">its place, from 1</param>
/// <param name="Reason">in neutral words, without anybody's name</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record StatementLineExplained(int Line, string Reason, string By, string? OnBehalfOf = null);
