namespace ClaimsEngine.Members;

/// <summary>Who has seen a person's numbers in full on a screen that masks them. A stream of its own, so that reading does not change the
/// person.</summary>
/// <param name="Region">of the person when they were last shown</param>
public sealed record IdentityTrail(PersonId Person, RegionCode Region) : AggregateState, IAggregate<IdentityTrail>
{
    /// <summary>Characters of a reason.</summary>
    public const int ShortestReason = 2, LongestReason = 200;

    public static string StreamType => "identity";

    public override Guid StreamId => IdOf(Person);
    public override RegionCode? Scope => Region;

    public static Guid IdOf(PersonId person) => NamedGuid.Of("identity-trail", person.ToString());

    /// <summary>One more opening, recorded before anything is shown.</summary>
    /// <param name="trail">null for the first</param>
    public static Decision Opened(IdentityTrail? trail, Person person, string reason, Actor by) => Decision.OnOrBegin(
        trail, IdOf(person.Id), new IdentityOpened(person.Id, person.Region, reason, by.Id, by.OnBehalfOf));

    public static IdentityTrail? Evolve(IdentityTrail? state, object @event) => @event switch
    {
        IdentityOpened e => new IdentityTrail(e.Person, e.Region),
        _ => state,
    };
}
