namespace ClaimsEngine.Programmes;

public sealed record ProgrammeRow(
    [property: Column("stable code of the programme")] string Code,
    string Name,
    [property: Column("code of the plan")] string Plan,
    [property: Column("version of the plan that binds its certificates")] int PlanVersion,
    string Sponsor,
    [property: Column("places in all")] int Quota,
    [property: Column("places allocated to regions, directly below the programme and further down")] int Allocated,
    [property: Column("first day of cover")] LocalDate From,
    [property: Column("last day of cover, inclusive")] LocalDate To,
    [property: Column("smallest GB/T 2260 region that holds all of the programme's")] RegionCode Region,
    [property: Column("what the sponsor gives at most in all, in fen; null where only the quota limits it")] Money? Budget);

public static class ProgrammeList
{
    public static readonly ReadModel<ProgrammeRow> Model =
        new("programmes", "Programmes under which members are enrolled", Programme.StreamType, Evolve);

    public static ProgrammeRow? Evolve(ProgrammeRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        ProgrammeOpened e => new ProgrammeRow(e.Programme, e.Name, e.Plan, e.PlanVersion, e.Sponsor, e.Quota, 0, e.From, e.To,
            e.Regions.Aggregate(RegionCode.Shared), e.Budget),
        PlacesAllocated e when row is not null => row with { Allocated = row.Allocated + e.Places },
        BudgetRaised e when row?.Budget is { } budget => row with { Budget = budget + e.Added },
        _ => row,
    };
}
