namespace ClaimsEngine.Units;

/// <summary>A unit (单位): an employer or a grassroots union whose people are enrolled together, and its covers.</summary>
public sealed record Unit(string Code, string Name, RegionCode Region, int Staff, int Women, IReadOnlyList<UnitCovered> Covers) : IAggregate<Unit>
{
    public static string StreamType => "unit";

    public Guid StreamId => UnitId.Of(Code).Value;
    public RegionCode? Scope => Region;

    /// <summary>The cover that an enrolment joins; null when it would be the first of a period.</summary>
    /// <param name="from">first day of the enrolment's cover</param>
    public UnitCovered? CoverOf(string plan, string? programme, LocalDate from) =>
        Covers.LastOrDefault(cover => cover.Plan == plan && cover.Programme == programme && from <= cover.To);

    public static Unit? Evolve(Unit? state, object @event) => @event switch
    {
        UnitRegistered e => new Unit(e.Unit, e.Name, e.Region, e.Staff, e.Women, []),
        StaffCounted e when state is not null => state with { Staff = e.Staff, Women = e.Women },
        UnitCovered e when state is not null => state with { Covers = [.. state.Covers, e] },
        _ => state,
    };
}
