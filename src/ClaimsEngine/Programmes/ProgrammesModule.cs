namespace ClaimsEngine.Programmes;

public static class ProgrammesModule
{
    public static Module Create() => new Module("programmes")
        .Stores<Programme>(typeof(ProgrammeOpened), typeof(PlacesAllocated), typeof(BudgetRaised))
        .Creates<OpenProgramme, Programme>("/api/programmes", Role.PlanAdmin, "Open a programme under a plan")
        .On<AllocatePlaces, Programme>("/api/programmes/{programme}/allocations", Role.PlanAdmin, c => ProgrammeId.Of(c.Programme).Value,
            "Reserve places for a region")
        .On<RaiseBudget, Programme>("/api/programmes/{programme}/budget", Role.PlanAdmin, c => ProgrammeId.Of(c.Programme).Value,
            "Raise what the sponsor gives at most")
        .Shows<Programme, ProgrammeView>("/api/programmes/{programme}", code => ProgrammeId.Of(code).Value,
            programme => $"/api/programmes/{programme.Code}", ProgrammeView.Of, "A programme")
        .Projects(ProgrammeList.Model)
        .Offers(new ListRoute("/api/programmes", ProgrammeList.Model, RegionColumn: null, "The programmes", [],
            new ListFilter("plan", nameof(ProgrammeRow.Plan)),
            new ListFilter("region", nameof(ProgrammeRow.Region), ListMatch.RegionPrefix)));
}

/// <param name="Budget">the most that the sponsor gives; where no limit was set, the quota times the contribution of one unit</param>
/// <param name="BudgetRaises">how the budget has risen since the programme was opened; part of it</param>
public sealed record ProgrammeView(
    string Code, string Name, string Plan, int PlanVersion, string Sponsor, int Quota, Money Budget, LocalDate From, LocalDate To,
    IReadOnlyList<RegionCode> Regions, IReadOnlyList<Occupation> Occupations, IReadOnlyList<FundingShare> Funding,
    IReadOnlyList<AllocationView> Allocations, IReadOnlyList<BudgetRaiseView> BudgetRaises)
{
    public static Task<ProgrammeView> Of(Programme programme, IRecords records) => Task.FromResult(new ProgrammeView(
        programme.Code, programme.Name, programme.Plan, programme.PlanVersion, programme.Sponsor, programme.Quota,
        programme.Budget ?? Money.Sum(programme.Funding.Select(share => share.Amount)) * programme.Quota, programme.From, programme.To,
        programme.Regions, programme.Occupations, programme.Funding,
        [.. programme.Allocations.Select(allocation => new AllocationView(allocation.Region, allocation.Region.Name, allocation.Places))],
        [.. programme.Raises.Select(raise => new BudgetRaiseView(raise.Added, raise.Reference, raise.Reason, raise.By))]));
}

/// <param name="Added">to what the sponsor gave at most before</param>
public sealed record BudgetRaiseView(Money Added, string Reference, string Reason, string By);

public sealed record AllocationView(RegionCode Region, string Name, int Places);
