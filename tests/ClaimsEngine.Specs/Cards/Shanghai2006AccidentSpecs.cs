namespace ClaimsEngine.Specs;

/// <summary>Shanghai 2006 (plans.md P5, S13): units of one year or three, with or without refund; three count, more are void; at most 5,000
/// yuan a unit.</summary>
public class Shanghai2006AccidentSpecs
{
    private static Question Death(string date = "2006-09-01") =>
        Cards.Ask("shanghai-2006-accident", IncidentKind.AccidentDeath, date).Covered("2006-03-01");

    [Theory]
    [InlineData(1, "5000.00")]
    [InlineData(2, "10000.00")]
    [InlineData(3, "15000.00")]
    public void A_death_is_paid_5000_yuan_a_unit(int units, string payable) => Death().Units(units).Pays(payable);

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void Units_above_three_are_void(int units)
    {
        var quote = Death().Units(units).Pays("15000.00");
        Assert.Equal($"最多3份有效，超出的{units - 3}份无效。", quote.Steps[0].TextZh);
    }

    [Theory]
    [InlineData(1, "4000.00", "1000.00")]
    [InlineData(3, "4000.00", "11000.00")]
    [InlineData(5, "4000.00", "11000.00")]   // void units raise no cap either
    [InlineData(1, "5000.00", "0.00")]
    public void No_more_than_5000_yuan_a_unit_are_paid_in_all(int units, string used, string payable) =>
        Death().Units(units).Used(used).Pays(payable);

    [Fact]
    public void That_a_death_is_paid_the_published_maximum_is_assumed()
    {
        var steps = Death().Pays("5000.00").Steps;
        Assert.Equal([("benefits.accidentDeath", "5000.00", true), ("caps.perUnit", "5000.00", false)],
            steps.SkipLast(1).Select(step => (step.Rule, step.Output, step.Assumed)));
    }

    [Fact]
    public void The_sums_for_disability_are_not_published() =>
        Cards.Ask("shanghai-2006-accident", IncidentKind.Disability, "2006-09-01").Graded(1).IsNotPublished("benefits.disability");

    [Theory]
    [InlineData("annual", 1, "10.00", false)]
    [InlineData("annual", 3, "30.00", false)]
    [InlineData("annual-refunded", 1, "410.00", true)]
    [InlineData("three-years", 1, "30.00", false)]
    [InlineData("three-years-refunded", 2, "820.00", true)]
    [InlineData("annual", 5, "30.00", false)]   // for void units nothing is paid
    public void A_unit_costs_by_its_term_and_410_yuan_where_they_are_refunded(string tier, int units, string fee, bool refunded)
    {
        var contribution = Death().Tier(tier).Units(units).Answer().Quote!.Contribution!;
        Assert.Equal((fee, refunded), (contribution.Amount.ToString(), contribution.Refunded));
    }

    [Theory]
    [InlineData("annual", "2007-02-28", "2007-03-01")]
    [InlineData("three-years", "2009-02-28", "2009-03-01")]
    public void A_tier_has_its_own_term(string tier, string last, string after)
    {
        Death(last).Tier(tier).Pays("5000.00");
        Death(after).Tier(tier).IsRefused(Refuse.IncidentOutsideCover, "incident.date");
    }

    [Fact]
    public void An_unknown_tier_is_refused() => Death().Tier("five-years").IsRefused(Refuse.InvalidRequest, "enrolment.coverTier");

    [Fact]
    public void Three_quarters_of_the_staff_take_part_and_of_ten_or_fewer_everyone() =>
        Assert.Equal(new Participation(75, ParticipationBase.Staff, 11), Cards.Card("shanghai-2006-accident").Eligibility.Participation);

    [Fact]
    public void After_ten_days_nobody_joins_but_new_hires_within_two_months()
    {
        var eligibility = Cards.Card("shanghai-2006-accident").Eligibility;
        Assert.Equal(new EntryWindow(10, 2), eligibility.Entry);
        Assert.True(eligibility.SameUnitsPerEmployer);
    }
}
