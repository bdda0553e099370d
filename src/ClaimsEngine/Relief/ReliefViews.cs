using ClaimsEngine.Members;

namespace ClaimsEngine.Relief;

/// <param name="Levels">that have had money of it, of the reader's region. What each has left is its balance</param>
public sealed record ReliefFundView(
    string Code, string Name, RegionCode Region, string RegionName, Money Budget, LocalDate From, LocalDate To, bool Closed,
    IReadOnlyList<ReliefKind> Kinds, IReadOnlyList<ReliefLevelView> Levels)
{
    public static Task<ReliefFundView> Of(ReliefFund fund, IRecords records) => Task.FromResult(new ReliefFundView(
        fund.Code, fund.Name, fund.Region, fund.Region.Name, fund.Budget, fund.From, fund.To, fund.Closed, fund.Kinds,
        [.. fund.Levels.Where(level => records.By.Sees(level.Region)).Select(level => new ReliefLevelView(
            level.Region, level.Region.Name, level.Unit, level.Received, level.PassedDown, level.GivenBack, level.CameBack))]));
}

/// <param name="Unit">code of the employer, where the level is a unit's</param>
/// <param name="Received">from above; of the fund's own level the budget</param>
/// <param name="PassedDown">to levels below</param>
/// <param name="GivenBack">to the level above</param>
/// <param name="CameBack">from levels below</param>
public sealed record ReliefLevelView(
    RegionCode Region, string Name, string? Unit, Money Received, Money PassedDown, Money GivenBack, Money CameBack);

/// <summary>An application as shown to those who handle it in its region.</summary>
/// <param name="Household">the others of the household</param>
/// <param name="Level">region of the level whose money was granted; null before</param>
/// <param name="LevelUnit">code of the employer, where that level is a unit's</param>
public sealed record ReliefApplicationView(
    ReliefApplicationId Id, string Number, ReliefStatus Status, string Fund, string Kind, RegionCode Region, string RegionName,
    string? Unit, PersonView? Applicant, AccountView? Account, Money Asked, string Facts, IReadOnlyList<PersonView> Household,
    Money MonthlyIncome, IReadOnlyList<ReliefEvidence> Evidence, LocalDate AppliedOn, string? Finding, Money? Granted, RegionCode? Level,
    string? LevelUnit, PayoutId? PayoutId, string? DecisionReason, string RecordedBy, string? CheckedBy, string? DecidedBy)
{
    public static async Task<ReliefApplicationView> Of(ReliefApplication application, IRecords records)
    {
        await records.Look([.. application.Household.Prepend(application.Applicant).Select(person => person.Value)]);
        var applicant = await records.FindAnywhere<Person>(application.Applicant.Value);
        var household = new List<PersonView>(application.Household.Count);
        foreach (var other in application.Household)
            if (await records.FindAnywhere<Person>(other.Value) is { } person) household.Add(PersonView.Of(person, records));
        return new ReliefApplicationView(
            application.Id, application.Number, application.Status, application.Fund, application.Kind, application.Region,
            application.Region.Name, application.Unit, applicant is null ? null : PersonView.Of(applicant, records),
            applicant?.AccountOf(application.Account) is { } account ? AccountView.Of(account) : null, application.Asked,
            application.Facts, household, application.MonthlyIncome, application.Evidence, application.AppliedOn, application.Finding,
            application.Grant?.Amount, application.Grant?.Level, application.Grant?.Unit, application.Grant?.Payout,
            application.DecisionReason, application.RecordedBy, application.CheckedBy, application.DecidedBy);
    }
}
