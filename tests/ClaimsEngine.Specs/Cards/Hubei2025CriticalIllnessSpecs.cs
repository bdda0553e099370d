namespace ClaimsEngine.Specs;

/// <summary>CCEIA Hubei 2025, critical illness (plans.md P8, S33): mild 3,000 yuan, severe 10,000.</summary>
public class Hubei2025CriticalIllnessSpecs
{
    private static Question Illness => Cards.Ask("hubei-2025-critical-illness", IncidentKind.CriticalIllness, "2025-06-01");

    [Theory]
    [InlineData(Severity.Mild, "3000.00")]
    [InlineData(Severity.Severe, "10000.00")]
    public void A_mild_illness_is_paid_3000_yuan_and_a_severe_one_10000(Severity severity, string payable) =>
        Illness.Ill(null, severity).Pays(payable);

    [Theory]
    [InlineData(null)]
    [InlineData("thyroidCancer")]
    public void What_an_illness_in_situ_is_paid_is_not_published(string? illness) =>
        Illness.Ill(illness, Severity.InSitu).IsNotPublished("benefits.criticalIllness.amounts.inSitu");

    [Fact]
    public void The_severity_is_asked_for() => Illness.IsRefused(Refuse.IncidentIncomplete, "incident.severity");

    [Fact]
    public void Price_term_and_catalogue_are_not_published()
    {
        var card = Cards.Card("hubei-2025-critical-illness");
        Assert.Null(card.Cover);
        Assert.Null(Illness.Ill(null, Severity.Mild).Pays("3000.00").Contribution);
        Assert.Subset(card.NotPublished!.ToHashSet(), new HashSet<string> { "prices", "cover", "benefits.criticalIllness.catalogue" });
    }

    [Fact]
    public void No_other_kind_of_incident_is_covered() =>
        (Illness with { Incident = new Incident(IncidentKind.AccidentDeath, Cards.Day("2025-06-01")) })
            .IsRefused(Refuse.BenefitNotCovered, "incident.kind");
}
