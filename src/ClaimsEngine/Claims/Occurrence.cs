namespace ClaimsEngine.Claims;

/// <summary>One event that several benefits are claimed for: an accident with treatment, disability and, later, a death.</summary>
public sealed record Occurrence(
    OccurrenceId Id, PersonId Member, RegionCode Region, LocalDate Date, IReadOnlyList<ClaimId> Claims, string ReportedBy)
    : AggregateState, IAggregate<Occurrence>
{
    public static string StreamType => "occurrence";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    public static Occurrence? Evolve(Occurrence? state, object @event) => @event switch
    {
        OccurrenceReported e => new Occurrence(e.Occurrence, e.Member, e.Region, e.Date, e.Claims, e.By),
        _ => state,
    };
}

/// <param name="Claims">those of the caller's region, in the order of the report</param>
public sealed record OccurrenceView(
    OccurrenceId Id, RegionCode Region, string RegionName, LocalDate Date, IReadOnlyList<ClaimView> Claims, string ReportedBy)
{
    public static async Task<OccurrenceView> Of(Occurrence occurrence, IRecords records)
    {
        await records.Look([.. occurrence.Claims.Select(claim => claim.Value)]);
        var claims = new List<ClaimView>();
        foreach (var id in occurrence.Claims)
            if (await records.Find<Claim>(id.Value) is { } claim) claims.Add(await ClaimView.Of(claim, records));
        return new OccurrenceView(
            occurrence.Id, occurrence.Region, occurrence.Region.Name, occurrence.Date, claims, occurrence.ReportedBy);
    }
}
