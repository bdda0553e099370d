namespace ClaimsEngine.Relief;

/// <summary>A household in hardship asks for relief. People are ids: names, numbers and the account stand with the person.</summary>
/// <param name="Kind">code of the fund's kind of hardship</param>
/// <param name="Region">where the applicant's union is</param>
/// <param name="Unit">code of the employer whose union recorded it; null for none</param>
/// <param name="Facts">what the hardship is, without names and numbers of people</param>
/// <param name="Household">the others of the household</param>
/// <param name="MonthlyIncome">of the whole household</param>
/// <param name="AppliedOn">business date in Asia/Shanghai</param>
public sealed record ReliefApplicationRecorded(
    ReliefApplicationId Application, string Number, string Fund, string Kind, PersonId Applicant, AccountId Account, RegionCode Region,
    string? Unit, Money Asked, string Facts, IReadOnlyList<PersonId> Household, Money MonthlyIncome,
    IReadOnlyList<ReliefEvidence> Evidence, LocalDate AppliedOn, string By);

/// <param name="Kind">of paper, as the fund names it</param>
/// <param name="Sha256">of the paper's file, 64 hexadecimal digits</param>
public sealed record ReliefEvidence(string Kind, string Sha256);

/// <param name="Finding">what the visit or the check found, without names and numbers of people</param>
public sealed record ReliefApplicationChecked(string Finding, string By);

/// <summary>Granted out of the money of one level. How much that level has left is what its pool says.</summary>
/// <param name="Level">region of the level whose money it is</param>
/// <param name="Unit">code of the employer, where the level is a unit's</param>
/// <param name="Pool">of that level</param>
public sealed record ReliefGranted(Money Amount, RegionCode Level, string? Unit, string Pool, PayoutId Payout, string Reason, string By);

public sealed record ReliefRefused(string Reason, string By);

public sealed record ReliefApplicationWithdrawn(string Reason, string By);
