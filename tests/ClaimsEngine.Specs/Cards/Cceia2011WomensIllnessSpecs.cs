namespace ClaimsEngine.Specs;

/// <summary>CCEIA women's illness (plans.md P2): the list grew from 6 classes to 8 and 12; a certificate keeps the list that was in force
/// when its cover began.</summary>
public class Cceia2011WomensIllnessSpecs
{
    private const string Amounts = "benefits.womensIllness.amounts";

    private static Question Illness(string coverFrom) =>
        Cards.Ask("cceia-2011-womens-illness", IncidentKind.WomensIllness, coverFrom).Covered(coverFrom, "2026-12-31");

    [Theory]
    [InlineData("2011-01-01", 6)]
    [InlineData("2014-12-31", 6)]
    [InlineData("2015-01-01", 8)]
    [InlineData("2024-12-31", 8)]
    [InlineData("2025-01-01", 12)]
    public void The_list_is_that_of_the_day_cover_began(string coverFrom, int classes)
    {
        var card = Cards.Plan("cceia-2011-womens-illness").EffectiveOn(Cards.Day(coverFrom))!.Card;
        Assert.Equal(classes, IllnessCatalogue.Find(card.BenefitFor(IncidentKind.WomensIllness)!.Illness!.Catalogue!)!.Count);
    }

    [Fact]
    public void A_class_beyond_the_six_is_not_covered_by_a_certificate_of_2014() =>
        Illness("2014-12-31").Ill("vulva", Severity.Severe, "2016-01-01").IsRefused(Refuse.BenefitNotCovered, "incident.illness");

    [Fact]
    public void Under_a_later_list_whose_names_are_not_published_nobody_can_say() =>
        Illness("2015-01-01").Ill("vulva", Severity.Severe, "2016-01-01").IsNotPublished(Amounts);

    [Fact]
    public void Cancers_in_situ_are_excluded_in_the_2011_edition()
    {
        var quote = Illness("2012-01-01").Ill("cervix", Severity.InSitu, "2012-06-01").Pays("0.00");
        Assert.Equal("原位癌不在保障范围，不予给付。", quote.Steps[0].TextZh);
        Illness("2012-01-01").Ill("cervix", diagnosed: "2012-06-01").IsRefused(Refuse.IncidentIncomplete, "incident.severity");
    }

    [Theory]
    [InlineData("2012-01-01", "2011-12-31")]
    [InlineData("2016-01-01", "2015-12-31")]
    public void Who_had_the_illness_before_is_not_paid(string coverFrom, string diagnosed) =>
        Illness(coverFrom).Ill("breast", Severity.Severe, diagnosed).Pays("0.00");

    [Fact]
    public void With_8_classes_cover_lasts_two_years()
    {
        var asked = Cards.Ask("cceia-2011-womens-illness", IncidentKind.WomensIllness, "2017-12-31").Covered("2016-01-01")
            .Ill("breast", Severity.Severe, "2016-06-01");
        asked.IsNotPublished(Amounts);
        (asked with { Incident = asked.Incident with { Date = Cards.Day("2018-01-01") } })
            .IsRefused(Refuse.IncidentOutsideCover, "incident.date");
    }

    [Fact]
    public void The_sums_are_not_published() => Illness("2012-01-01").Ill("breast", Severity.Severe, "2012-01-01").IsNotPublished(Amounts);

    [Theory]
    [InlineData("1996-01-01", true)]    // 16 on 1 January 2012
    [InlineData("1996-01-02", false)]
    [InlineData("1951-01-02", true)]    // 60
    [InlineData("1951-01-01", false)]
    public void Women_of_16_to_60_may_enter_by_the_2011_edition(string born, bool may)
    {
        var asked = Illness("2012-01-01").Ill("cervix", Severity.InSitu, "2012-06-01").Born(born, Sex.Female);
        if (may) asked.Pays("0.00");
        else asked.IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");
    }

    [Theory]
    [InlineData("2000-01-01", true)]    // 16 on 1 January 2016
    [InlineData("2000-01-02", false)]
    [InlineData("1955-01-02", true)]    // 60
    [InlineData("1955-01-01", false)]
    public void And_by_the_list_of_8(string born, bool may)
    {
        var asked = Illness("2016-01-01").Ill("cervix", Severity.Severe, "2016-06-01").Born(born, Sex.Female);
        if (may) asked.IsNotPublished(Amounts);
        else asked.IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");
    }

    [Fact]
    public void Nobody_enters_without_an_employer() =>
        Assert.All(Cards.Plan("cceia-2011-womens-illness").Versions, version => Assert.False(version.Card.Eligibility.Entry!.Individual));
}
