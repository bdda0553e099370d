namespace ClaimsEngine.Plans;

/// <summary>The plans with their newest version.</summary>
/// <param name="Code">stable code that other programs call the plan by</param>
public sealed record PlanRow(
    [property: Column("stable code of the plan")] string Code,
    [property: Column("name in Chinese")] string NameZh,
    [property: Column("name in English")] string NameEn,
    [property: Column("organiser of the mutual aid")] string Organiser,
    [property: Column("number of the newest version")] int LatestVersion,
    [property: Column("first day on which the newest version binds new cover")] LocalDate EffectiveFrom,
    [property: Column("true when parts of the card are assumed because the source does not publish them")] bool Assumed,
    [property: Column("SHA-256 of the newest card's canonical form")] string RuleHash);

public static class PlanCatalogue
{
    public static readonly ReadModel<PlanRow> Model = new(
        "plans", "Plans of mutual aid, newest published version", Plan.StreamType, Evolve);

    public static PlanRow? Evolve(PlanRow? row, RecordedEvent recorded)
    {
        if (recorded.Data is not PlanVersionPublished e) return row;
        var card = CardReading.OfRecord(e.Card);
        return new PlanRow(e.Plan, card.Name.Zh, card.Name.En, card.Organiser, e.Version, e.EffectiveFrom,
            card.Assumed is { Count: > 0 }, e.RuleHash);
    }
}
