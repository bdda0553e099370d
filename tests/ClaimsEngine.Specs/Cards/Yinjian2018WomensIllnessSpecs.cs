namespace ClaimsEngine.Specs;

/// <summary>Yinjian 2018 (plans.md P2, S7): six classes, 40 yuan for two years; first-time members wait 30 days and are reduced to day 90;
/// the sums are not published.</summary>
public class Yinjian2018WomensIllnessSpecs
{
    private const string Reduced = "waiting.0.reducedPercent", Amounts = "benefits.womensIllness.amounts";

    // cover begins on 1 March 2018: day 30 is 30 March, day 90 is 29 May
    private static Question Illness =>
        Cards.Ask("yinjian-2018-womens-illness", IncidentKind.WomensIllness, "2018-08-01").Covered("2018-03-01");

    [Theory]
    [InlineData("2018-03-01")]
    [InlineData("2018-03-30")]
    public void The_first_30_days_are_not_paid(string report) => Illness.Ill("breast", diagnosed: report).Pays("0.00");

    [Theory]
    [InlineData("2018-03-31")]
    [InlineData("2018-05-29")]
    public void Days_31_to_90_are_reduced_by_how_much_is_not_published(string report) =>
        Illness.Ill("breast", diagnosed: report).IsNotPublished(Reduced, Amounts);

    [Fact]
    public void From_day_91_on_the_whole_sum_is_due_which_is_not_published() =>
        Illness.Ill("breast", diagnosed: "2018-05-30").IsNotPublished(Amounts);

    [Fact]
    public void Only_first_time_members_wait() =>
        Illness.Covered("2018-03-01", first: "2016-03-01").Ill("breast", diagnosed: "2018-03-05").IsNotPublished(Amounts);

    [Fact]
    public void The_pathology_report_is_asked_for() => Illness.Ill("breast").IsRefused(Refuse.IncidentIncomplete, "incident.diagnosedOn");

    [Theory]
    [InlineData("cervix")]
    [InlineData("tube")]
    [InlineData("ovary")]
    [InlineData("endometrium")]
    [InlineData("choriocarcinoma")]
    [InlineData("breast")]
    public void Six_classes_are_covered(string illness) => Illness.Ill(illness, diagnosed: "2018-07-01").IsNotPublished(Amounts);

    [Fact]
    public void Another_is_not() => Illness.Ill("thyroid", diagnosed: "2018-07-01").IsRefused(Refuse.BenefitNotCovered, "incident.illness");

    [Fact]
    public void Two_years_cost_40_yuan_and_nothing_is_refunded()
    {
        Assert.Equal("40.00", Illness.Ill("breast", diagnosed: "2018-03-30").Pays("0.00").Contribution!.Amount.ToString());
        Assert.Equal(RefundKind.None, Cards.Card("yinjian-2018-womens-illness").Refund);
    }

    [Fact]
    public void It_asks_for_no_age() => Illness.Born("1940-01-01", Sex.Female).Ill("breast", diagnosed: "2018-03-30").Pays("0.00");
}
