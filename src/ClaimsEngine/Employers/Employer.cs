namespace ClaimsEngine.Employers;

/// <summary>An employer (单位), which may be a grassroots union, whose people are enrolled together, and its covers.</summary>
public sealed record Employer(string Code, string Name, RegionCode Region, int Staff, int Women, IReadOnlyList<EmployerCovered> Covers)
    : AggregateState, IAggregate<Employer>
{
    public static string StreamType => "employer";
    public override Guid StreamId => EmployerId.Of(Code).Value;
    public override RegionCode? Scope => Region;

    /// <summary>The cover that an enrolment joins; null when it would be the first of a period.</summary>
    /// <param name="from">first day of the enrolment's cover</param>
    public EmployerCovered? CoverOf(string plan, string? programme, LocalDate from) =>
        Covers.LastOrDefault(cover => cover.Plan == plan && cover.Programme == programme && from <= cover.To);

    public static Employer? Evolve(Employer? state, object @event) => @event switch
    {
        EmployerRegistered e => new Employer(e.Employer, e.Name, e.Region, e.Staff, e.Women, []),
        StaffCounted e when state is not null => state with { Staff = e.Staff, Women = e.Women },
        EmployerCovered e when state is not null => state with { Covers = [.. state.Covers, e] },
        _ => state,
    };
}
