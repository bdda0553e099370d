namespace ClaimsEngine.Specs;

/// <summary>Wujin 2023 (plans.md P6, S28): one of 30 illnesses 5,000 yuan once, in situ 1,000; first diagnosed in the term; 100 yuan, of
/// which the union pays 80.</summary>
public class Wujin2023MedicalSpecs
{
    private static Question Illness => Cards.Ask("wujin-2023-medical", IncidentKind.CriticalIllness, "2023-06-01");

    [Theory]
    [InlineData(Severity.Severe, "5000.00")]
    [InlineData(Severity.InSitu, "1000.00")]
    public void An_illness_is_paid_5000_yuan_and_one_in_situ_1000(Severity severity, string payable) =>
        Illness.Ill(null, severity).Pays(payable);

    [Fact]
    public void What_a_mild_illness_is_paid_is_not_published() =>
        Illness.Ill("hypertension", Severity.Mild).IsNotPublished("benefits.criticalIllness.amounts.mild");

    [Fact]
    public void It_is_paid_once()
    {
        Illness.Ill(null, Severity.Severe).UsedFor(IncidentKind.CriticalIllness, "1000.00").Pays("0.00");
        Illness.Ill(null, Severity.Severe).UsedFor(IncidentKind.Hospitalisation, "3000.00").Pays("5000.00");
    }

    [Fact]
    public void A_used_amount_that_is_not_told_apart_counts_as_this_benefits_and_the_quote_says_so() =>
        Assert.Contains(Illness.Ill(null, Severity.Severe).Used("5000.00").Pays("0.00").NotChecked, rule => rule.Rule == "used.benefits");

    [Theory]
    [InlineData("2023-02-28", "0.00")]
    [InlineData("2023-03-01", "5000.00")]
    public void Only_what_is_first_diagnosed_in_the_term_is_paid(string diagnosed, string payable) =>
        Illness.Covered("2023-03-01").Ill(null, Severity.Severe, diagnosed).Pays(payable);

    [Fact]
    public void The_sums_for_work_injuries_are_not_published() =>
        Cards.Ask("wujin-2023-medical", IncidentKind.Disability, "2023-06-01").Graded(5).IsNotPublished("benefits.disability");

    [Fact]
    public void The_union_pays_80_yuan_and_the_member_20()
    {
        var contribution = Illness.Ill(null, Severity.Severe).Pays("5000.00").Contribution!;
        Assert.Equal(("100.00", "union 80.00, member 20.00"), (contribution.Amount.ToString(), Cards.Shared(contribution)));
    }
}
