namespace ClaimsEngine.Specs;

/// <summary>CCEIA accident, 2011 edition (plans.md P1; S3 is of grade C): four tiers, high-risk fees, 60,000 yuan for a death in the
/// 100-yuan tier, exclusions.</summary>
public class Cceia2011AccidentSpecs
{
    private static Question Death => Cards.Ask("cceia-2011-accident", IncidentKind.AccidentDeath, "2011-06-01").Covered("2011-03-01");

    [Fact]
    public void The_100_yuan_tier_is_taken_when_none_is_named_and_pays_60000_yuan_for_death_and_funeral()
    {
        Death.Pays("60000.00");
        Death.Tier("100").Pays("60000.00");
    }

    [Theory]
    [InlineData("26")]
    [InlineData("50")]
    [InlineData("74")]
    public void What_the_other_tiers_pay_is_not_published(string tier) =>
        Death.Tier(tier).IsNotPublished($"benefits.accidentDeath.byCoverTier.{tier}");

    [Theory]
    [InlineData("26", "26.00", "32.00")]
    [InlineData("50", "50.00", "62.00")]
    [InlineData("74", "74.00", "93.00")]
    [InlineData("100", "100.00", "124.00")]
    public void A_tier_costs_its_name_and_more_for_high_risk_work(string tier, string fee, string highRisk)
    {
        Assert.Equal(fee, Cards.Price("cceia-2011-accident", new PriceFacts(tier)).Amount.ToString());
        Assert.Equal(highRisk, Cards.Price("cceia-2011-accident", new PriceFacts(tier, HighRisk: true)).Amount.ToString());
    }

    [Theory]
    [InlineData("worker", "100.00")]
    [InlineData("truckDriver", "100.00")]
    [InlineData("undergroundMiner", "124.00")]
    [InlineData("tunneller", "124.00")]
    public void Underground_mining_and_tunnelling_are_high_risk_work(string occupation, string fee) =>
        Assert.Equal(fee, Death.WorksAs(occupation).Pays("60000.00").Contribution!.Amount.ToString());

    [Theory]
    [InlineData("20000.00", "40000.00")]
    [InlineData("60000.00", "0.00")]
    public void Disability_and_death_are_not_both_paid(string paidForDisability, string payable)
    {
        var quote = Death.UsedFor(IncidentKind.Disability, paidForDisability).Pays(payable);
        Assert.Equal("notBoth.0", quote.Steps[1].Rule);
    }

    [Theory]
    [InlineData("illness")]
    [InlineData("selfHarm")]
    [InlineData("illegalAct")]
    [InlineData("crime")]
    [InlineData("drunkDriving")]
    [InlineData("unlicensedDriving")]
    [InlineData("unregisteredVehicle")]
    [InlineData("war")]
    [InlineData("earthquake")]
    [InlineData("retired")]
    public void What_is_excluded_is_not_paid(string circumstance)
    {
        var quote = Death.Found(circumstance).Pays("0.00");
        Assert.Equal($"exclusions.{circumstance}", quote.Steps[0].Rule);
    }

    [Fact]
    public void A_circumstance_that_the_plan_does_not_exclude_is_refused() =>
        Death.Found("rain").IsRefused(Refuse.UnknownCircumstance, "incident.circumstances");

    [Fact]
    public void Sums_by_grade_and_day_rates_are_not_published()
    {
        Cards.Ask("cceia-2011-accident", IncidentKind.Disability, "2011-06-01").Graded(3).IsNotPublished("benefits.disability");
        Cards.Ask("cceia-2011-accident", IncidentKind.HospitalDays, "2011-06-01").Staying("2011-06-01", "2011-06-10")
            .IsNotPublished("benefits.hospitalDays");
    }

    [Theory]
    [InlineData("1995-03-01", true)]    // 16
    [InlineData("1995-03-02", false)]
    [InlineData("1950-03-02", true)]    // 60
    [InlineData("1950-03-01", false)]
    public void Who_is_16_to_60_may_enter(string born, bool may)
    {
        if (may) Death.Born(born).Pays("60000.00");
        else Death.Born(born).IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");
    }

    [Fact]
    public void Half_of_an_employer_takes_part_and_of_employers_below_30_everyone() =>
        Assert.Equal(new Participation(50, ParticipationBase.Staff, 30), Cards.Card("cceia-2011-accident").Eligibility.Participation);

    [Fact]
    public void Cover_lasts_a_year_and_nothing_is_refunded()
    {
        (Death with { Incident = new Incident(IncidentKind.AccidentDeath, Cards.Day("2012-02-29")) }).Pays("60000.00");
        (Death with { Incident = new Incident(IncidentKind.AccidentDeath, Cards.Day("2012-03-01")) })
            .IsRefused(Refuse.IncidentOutsideCover, "incident.date");
        Assert.Equal(RefundKind.None, Cards.Card("cceia-2011-accident").Refund);
    }

    [Fact]
    public void That_it_rests_on_weak_sources_is_said() =>
        Assert.Contains(Cards.Card("cceia-2011-accident").Readings!, reading => reading.Because.Contains("grade C"));
}
