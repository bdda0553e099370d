using ClaimsEngine.Claims;
using ClaimsEngine.Console.Words;
using NodaTime;

namespace ClaimsEngine.Console.Tests.Words;

public sealed class ShowTests
{
    [Theory]
    [InlineData("120000.00", "120,000.00")]
    [InlineData("0.05", "0.05")]
    [InlineData("-1234.5", "-1,234.50")]
    [InlineData("something", "something")]
    [InlineData(null, "—")]
    public void Money_has_thousands_separators_and_fen(string? amount, string shown) => Assert.Equal(shown, Show.Money(amount));

    [Fact]
    public void A_moment_is_shown_in_Shanghai()
    {
        Assert.Equal("2026-02-01 00:30:00", Show.Moment(Instant.FromUtc(2026, 1, 31, 16, 30)));
        Assert.Equal("—", Show.Moment(null));
    }

    [Fact]
    public void A_date_is_shown_as_it_is() => Assert.Equal("2026-02-01", Show.Date(new LocalDate(2026, 2, 1)));

    [Theory]
    [InlineData("620602198503120027", "620602********0027")]
    [InlineData("12345678901", "***********")]
    [InlineData("123456789012", "123456**9012")]
    [InlineData("", "")]
    public void An_identity_number_shows_its_region_and_its_last_digits_alone(string number, string shown) =>
        Assert.Equal(shown, Show.Masked(number));

    [Theory]
    [InlineData("certificateNumber", "Certificate number")]
    [InlineData("claim_submitted", "Claim submitted")]
    [InlineData("plan-admin", "Plan admin")]
    [InlineData("", "")]
    public void A_name_of_the_API_is_spaced_for_English(string name, string shown) => Assert.Equal(shown, Show.Spaced(name));

    [Fact]
    public void The_status_of_a_claim_has_a_word_in_both_languages()
    {
        foreach (var status in Enum.GetValues<ClaimStatus>())
        {
            Assert.Matches(@"^\p{IsCJKUnifiedIdeographs}+$", Show.Word(status, Language.Chinese));
            Assert.Matches("^[A-Z][a-z ]+$", Show.Word(status, Language.English));
        }
    }

    [Theory]
    [InlineData("620602", "620602", "凉州区")]
    [InlineData("620602", "6206", "凉州区")]
    [InlineData("620602", "62", "武威市凉州区")]
    [InlineData("620602", "", "甘肃省武威市凉州区")]
    [InlineData("62", "6206", "甘肃省")]
    [InlineData("62", "62", "甘肃省")]
    [InlineData("", "", "全国")]
    public void A_place_is_called_as_the_reader_of_another_place_calls_it(string place, string reader, string shown) =>
        Assert.Equal(shown, Show.Place(RegionCode.Of(place), RegionCode.Of(reader), Language.Chinese));

    [Fact]
    public void The_whole_country_has_a_name() =>
        Assert.Equal(("全国", "China"), (Show.Region(RegionCode.National, Language.Chinese), Show.Region(RegionCode.National,
            Language.English)));
}
