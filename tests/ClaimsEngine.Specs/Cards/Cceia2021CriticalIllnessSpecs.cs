namespace ClaimsEngine.Specs;

/// <summary>CCEIA critical illness, 2021 summary (plans.md P8, S1): three years; nothing else is published.</summary>
public class Cceia2021CriticalIllnessSpecs
{
    private static Question Illness(string date) =>
        Cards.Ask("cceia-2021-critical-illness", IncidentKind.CriticalIllness, date).Covered("2021-05-01").Ill(null, Severity.Severe);

    [Fact]
    public void Cover_lasts_three_years()
    {
        Illness("2024-04-30").IsNotPublished("benefits.criticalIllness.amounts");
        Illness("2024-05-01").IsRefused(Refuse.IncidentOutsideCover, "incident.date");
    }
}
