namespace ClaimsEngine.Specs;

public class IdentityNumberSpecs
{
    [Fact]
    public void A_number_tells_birth_date_and_sex()
    {
        Assert.Equal((new LocalDate(1985, 3, 12), Sex.Male), (DriversNumber.BirthDate, DriversNumber.Sex));
        Assert.Equal(Sex.Female, RelativesNumber.Sex);
    }

    [Theory]
    [InlineData("11010519491231002X")]   // the standard's own example
    [InlineData("11010519491231002x")]
    [InlineData(" 11010519491231002X ")]
    public void The_check_character_may_be_an_x_of_either_case(string text) =>
        Assert.Equal("11010519491231002X", IdentityNumber.Of(text).Value);

    [Theory]
    [InlineData("110105194912310021", "check character")]
    [InlineData("11010519491231002", "18 characters")]
    [InlineData("1101051949123100２X", "18 characters")]
    [InlineData("11010519491231002A", "18 characters")]
    [InlineData("", "18 characters")]
    public void A_wrong_number_is_told_what_is_wrong(string text, string reason)
    {
        Assert.False(IdentityNumber.TryParse(text, out _, out var error));
        Assert.Contains(reason, error);
    }

    [Theory]
    [InlineData("62060220000229001", true)]
    [InlineData("62060219000229001", false)]   // 1900 was no leap year
    [InlineData("62060220010229001", false)]
    [InlineData("62060219850431001", false)]
    [InlineData("62060219851301001", false)]
    [InlineData("62060219850001001", false)]
    [InlineData("62060219850100001", false)]
    [InlineData("62060218791231001", false)]
    [InlineData("62060218800101001", true)]
    public void The_birth_date_is_a_day_of_the_calendar(string first17, bool good)
    {
        Assert.Equal(good, IdentityNumber.TryParse(first17 + IdentityNumber.CheckCharacter(first17), out _, out var error));
        if (!good) Assert.Contains("impossible birth date", error);
    }

    [Fact]
    public void The_first_two_digits_are_a_province()
    {
        Assert.False(IdentityNumber.TryParse("99" + "010519491231002X", out _, out var error));
        Assert.Contains("no province", error);
    }

    [Fact]
    public void A_county_abolished_since_is_no_fault() =>
        Assert.True(IdentityNumber.TryParse("62999919850312001" + IdentityNumber.CheckCharacter("62999919850312001"), out _, out _));
}
