namespace ClaimsEngine.Specs;

/// <summary>Qingdao 2025 (plans.md P9, S46): critical illness with accident, or with women's illness; 215,000 yuan at most; the sums are
/// not published.</summary>
public class Qingdao2025NewEmploymentSpecs
{
    private const string WithAccident = "critical-and-accident", WithWomens = "critical-and-womens";

    private static Question Of(IncidentKind kind, string? tier)
    {
        var asked = Cards.Ask("qingdao-2025-new-employment", kind, "2025-06-01");
        return tier is null ? asked : asked.Tier(tier);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(WithAccident)]
    [InlineData(WithWomens)]
    public void Either_tier_covers_critical_illness(string? tier) =>
        Of(IncidentKind.CriticalIllness, tier).IsNotPublished("benefits.criticalIllness.amounts");

    [Fact]
    public void Accident_is_covered_by_the_first_tier_only()
    {
        Of(IncidentKind.AccidentDeath, WithAccident).IsNotPublished("benefits.accidentDeath");
        Of(IncidentKind.Disability, WithAccident).Graded(1).IsNotPublished("benefits.disability");
        Of(IncidentKind.AccidentDeath, WithWomens).IsRefused(Refuse.BenefitNotCovered, "incident.kind");
        Of(IncidentKind.Disability, WithWomens).Graded(1).IsRefused(Refuse.BenefitNotCovered, "incident.kind");
    }

    [Fact]
    public void Womens_illness_is_covered_by_the_second_tier_only()
    {
        Of(IncidentKind.WomensIllness, WithWomens).IsNotPublished("benefits.womensIllness.amounts");
        Of(IncidentKind.WomensIllness, null).IsNotPublished("benefits.womensIllness.amounts");
        Of(IncidentKind.WomensIllness, WithAccident).IsRefused(Refuse.BenefitNotCovered, "incident.kind");
    }

    [Fact]
    public void Thirty_critical_and_twelve_womens_illnesses_are_covered_to_215000_yuan()
    {
        var card = Cards.Card("qingdao-2025-new-employment");
        Assert.Equal(30, IllnessCatalogue.Find(card.BenefitFor(IncidentKind.CriticalIllness)!.Illness!.Catalogue!)!.Count);
        Assert.Equal(12, IllnessCatalogue.Find(card.BenefitFor(IncidentKind.WomensIllness)!.Illness!.Catalogue!)!.Count);
        Assert.Equal("215000.00", card.Caps!.PerPeriod.ToString());
        Assert.Equal([FundingKind.Gift], card.Funding!.Kinds);
        Assert.Equal(new Cover(CoverStart.ProgrammePeriod, 12), card.Cover);
    }
}
