namespace ClaimsEngine.Specs;

/// <summary>Binzhou 2015 (plans.md P2, S6): eight classes, women of 16 to 60, 36 yuan for two years, no refund; the sums are not
/// published.</summary>
public class Binzhou2015WomensIllnessSpecs
{
    private const string Amounts = "benefits.womensIllness.amounts";

    private static Question Illness =>
        Cards.Ask("binzhou-2015-womens-illness", IncidentKind.WomensIllness, "2016-03-01").Covered("2015-06-01");

    [Theory]
    [InlineData("1999-06-01")]   // 16 on the first day
    [InlineData("1954-06-02")]   // 60
    public void Women_of_16_to_60_may_enter(string born) => Illness.Born(born, Sex.Female).IsNotPublished(Amounts);

    [Theory]
    [InlineData("1999-06-02", Sex.Female)]   // 15
    [InlineData("1954-06-01", Sex.Female)]   // 61
    public void Others_may_not(string born, Sex sex) => Illness.Born(born, sex).IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");

    [Fact]
    public void Men_may_not() => Illness.Born("1985-06-01", Sex.Male).IsRefused(Refuse.SexNotCovered, "enrolment.sex");

    [Fact]
    public void Only_what_is_first_diagnosed_in_the_term_is_paid()
    {
        Illness.Ill(null, diagnosed: "2015-05-31").Pays("0.00");
        Illness.Ill(null, diagnosed: "2015-06-01").IsNotPublished(Amounts);
    }

    [Fact]
    public void Two_years_cost_36_yuan() =>
        Assert.Equal("36.00", Illness.Ill(null, diagnosed: "2015-05-31").Pays("0.00").Contribution!.Amount.ToString());

    [Theory]
    [InlineData("2017-05-31")]
    [InlineData("2015-06-01")]
    public void Cover_lasts_two_years(string date) =>
        (Illness with { Incident = new Incident(IncidentKind.WomensIllness, Cards.Day(date)) }).IsNotPublished(Amounts);

    [Theory]
    [InlineData("2017-06-01")]
    [InlineData("2015-05-31")]
    public void Before_and_after_it_there_is_none(string date) =>
        (Illness with { Incident = new Incident(IncidentKind.WomensIllness, Cards.Day(date)) })
            .IsRefused(Refuse.IncidentOutsideCover, "incident.date");

    [Fact]
    public void Eighty_per_cent_of_the_staff_take_part_and_of_employers_below_100_everyone() =>
        Assert.Equal(new Participation(80, ParticipationBase.Staff, 100),
            Cards.Card("binzhou-2015-womens-illness").Eligibility.Participation);

    [Fact]
    public void Nothing_is_refunded() => Assert.Equal(RefundKind.None, Cards.Card("binzhou-2015-womens-illness").Refund);

    [Fact]
    public void A_claim_asks_for_diagnosis_and_pathology_report_and_no_bills() =>
        Assert.Equal(["identityDocument", "diagnosisCertificate", "pathologyReport", "accountProof"],
            Illness.Ill(null, diagnosed: "2015-05-31").Pays("0.00").Documents);
}
