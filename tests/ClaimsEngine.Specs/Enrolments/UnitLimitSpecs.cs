namespace ClaimsEngine.Specs.Enrolments;

/// <summary>How many units (份) one person may hold: what the card says, and one where its source says nothing.</summary>
public class UnitLimitSpecs
{
    /// <summary>What the sources say of units, read from the plan texts; all others name no number.</summary>
    private static readonly Dictionary<string, int> Published = new()
    {
        ["tianjin-2019-critical-illness"] = 3, ["shanghai-2006-accident"] = 3, ["shanghai-2019-basic-b"] = 1,
        ["sichuan-2020-hospital"] = 1, ["sichuan-2020-accident"] = 1, ["sichuan-2020-critical-illness"] = 2,
        ["sichuan-2020-womens-critical"] = 2, ["sichuan-2020-womens-critical-b"] = 2, ["zhangjiajie-2014-hospital"] = 1,
        ["yunnan-2026-hospital"] = 1, ["gansu-2025-new-employment"] = 1,
    };

    public static TheoryData<string> Codes => [.. Cards.Codes];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_seeded_plan_sells_what_its_source_says_and_else_one_unit_a_person(string code)
    {
        foreach (var version in Cards.Plan(code).Versions)
        {
            var says = Published.TryGetValue(code, out var most);
            Assert.Equal(says ? most : null, version.Card.Eligibility.MaxUnits);
            Assert.Equal(says ? most : 1, version.Card.Eligibility.MostUnits);
            Assert.Equal(!says, Readings.Of(version.Card)
                .Any(reading => reading.Path == "eligibility.maxUnits" && reading.Because.Contains("names no number")));
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(100, false)]
    public void Where_the_card_names_no_number_a_person_enters_with_one_unit(int units, bool may)
    {
        var plan = APlanWith(ACard(card => card["eligibility"]!.AsObject().Remove("maxUnits")));
        var decision = EnrolSpecs.Enrol(plan: plan, units: units);
        if (may) Assert.Equal(1, decision.The<EnrolmentStarted>().Units);
        else Assert.Contains("names no number", decision.IsRefused(Refuse.TooManyUnits, "units").Detail);
    }

    [Fact]
    public void A_hundred_units_of_Hubeis_critical_illness_and_of_Hohhots_hospital_plan_are_not_even_quoted()
    {
        Cards.Ask("hubei-2025-critical-illness", IncidentKind.CriticalIllness, "2025-06-01").Ill(null, Severity.Severe).Units(100)
            .IsRefused(Refuse.TooManyUnits, "enrolment.units");
        Cards.Ask("hohhot-2025-hospital", IncidentKind.Hospitalisation, "2025-06-01").Costing("1000.00").Units(100)
            .IsRefused(Refuse.TooManyUnits, "enrolment.units");
    }

    [Fact]
    public void Who_entered_with_more_units_before_is_still_paid_for_them()
    {
        var card = APlanWith(ACard(card => card["eligibility"]!.AsObject().Remove("maxUnits"))).Latest!.Card;
        var one = card.Assess(CaseFacts.Of(DeathByAccident, 1, Money.Zero, null, null, null)).Step("benefits.accidentDeath").Output;
        var two = card.Assess(CaseFacts.Of(DeathByAccident, 2, Money.Zero, null, null, null)).Step("benefits.accidentDeath").Output;
        Assert.Equal(Cny(one) * 2, Cny(two));
    }
}
