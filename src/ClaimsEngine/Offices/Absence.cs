namespace ClaimsEngine.Offices;

/// <summary>When a person is absent: the newest that the person has noted.</summary>
/// <param name="Until">last day, inclusive</param>
/// <param name="Office">the region in which the person acts</param>
/// <param name="Ended">whether the person was back before</param>
public sealed record Absence(AbsenceId Id, string User, LocalDate From, LocalDate Until, RegionCode Office, bool Ended)
    : AggregateState, IAggregate<Absence>
{
    public static string StreamType => "absence";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Office;

    public bool Covers(LocalDate day) => !Ended && From <= day && day <= Until;

    public static Absence? Evolve(Absence? state, object @event) => @event switch
    {
        AbsenceNoted e => new Absence(AbsenceId.Of(e.By), e.By, e.From, e.Until, e.Office, Ended: false),
        AbsenceEnded when state is not null => state with { Ended = true },
        _ => state,
    };
}
