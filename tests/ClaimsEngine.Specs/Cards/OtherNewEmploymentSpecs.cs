namespace ClaimsEngine.Specs;

/// <summary>Gifts to new-employment-form workers of which little is published (plans.md P9, S43, S48, S49).</summary>
public class OtherNewEmploymentSpecs
{
    [Fact]
    public void Shouguang_pays_20000_yuan_for_a_critical_illness() =>
        Cards.Ask("shouguang-2023-new-employment", IncidentKind.CriticalIllness, "2023-06-01").Ill(null, Severity.Severe).Pays("20000.00");

    [Theory]
    [InlineData("xian-2025-new-employment", "25.00")]
    [InlineData("chuzhou-2023-new-employment", "50.00")]
    public void What_the_gift_is_worth_is_published_but_not_what_it_pays(string code, string worth)
    {
        Assert.Equal(worth, Cards.Price(code).Amount.ToString());
        Cards.Ask(code, IncidentKind.AccidentDeath, "2025-06-01").IsNotPublished("benefits.accidentDeath");
        Cards.Ask(code, IncidentKind.Disability, "2025-06-01").Graded(1).IsNotPublished("benefits.disability");
    }
}
