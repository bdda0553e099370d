namespace ClaimsEngine.Specs;

public class RegionCodeSpecs
{
    [Theory]
    [InlineData("620000", "62", 1, "甘肃省")]
    [InlineData("620600", "6206", 2, "武威市")]
    [InlineData("620602", "620602", 3, "凉州区")]
    [InlineData("62", "62", 1, "甘肃省")]
    [InlineData("", "", 0, "全国")]
    public void The_full_code_and_its_prefix_are_the_same_place(string text, string value, int level, string name)
    {
        var region = RegionCode.Of(text);
        Assert.Equal((value, level, name), (region.Value, region.Level, region.Name));
        Assert.Equal(RegionCode.Of(value), region);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("6")]
    [InlineData("6200")]
    [InlineData("000000")]
    [InlineData("62060")]
    [InlineData("6206020")]
    [InlineData("甘肃")]
    public void Anything_else_is_no_region(string text) => Assert.Throws<FormatException>(() => RegionCode.Of(text));

    [Fact]
    public void A_place_knows_the_codes_of_all_below_it()
    {
        var codes = RegionCode.Of("6206").Codes().ToArray();
        Assert.Contains("6206", codes);
        Assert.Contains("620602", codes);
        Assert.All(codes, code => Assert.StartsWith("6206", code));
        Assert.Equal(["620602"], RegionCode.Of("620602").Codes());
    }

    [Fact]
    public void A_place_contains_itself_and_what_lies_in_it()
    {
        Assert.True(RegionCode.National.Contains(Gansu) && Gansu.Contains(Liangzhou) && Liangzhou.Contains(Liangzhou));
        Assert.False(Liangzhou.Contains(Gansu) || Wuwei.Contains(Lanzhou));
    }

    [Fact]
    public void Two_places_share_the_smallest_that_holds_both()
    {
        Assert.Equal(Wuwei, RegionCode.Shared(Liangzhou, RegionCode.Of("620621")));
        Assert.Equal(Gansu, RegionCode.Shared(Liangzhou, Lanzhou));
        Assert.Equal(Gansu, RegionCode.Shared(Gansu, Liangzhou));
        Assert.Equal(Wuwei, RegionCode.Shared(Liangzhou, Wuwei));
        Assert.Equal(RegionCode.National, RegionCode.Shared(Liangzhou, RegionCode.Of("610102")));
        Assert.Equal(RegionCode.Of("11"), RegionCode.Shared(RegionCode.Of("110101"), RegionCode.Of("110102")));
    }

    [Fact]
    public void The_country_has_no_province_digits() => Assert.Equal(("00", "62"), (RegionCode.National.Province, Liangzhou.Province));

    [Fact]
    public void Limits_follow_the_union_level()
    {
        var limits = new ApprovalLimits(Money.Yuan(50_000), Money.Yuan(200_000), Money.Yuan(1_000_000));
        Assert.Equal([null, limits.Province, limits.City, limits.District],
            new[] { RegionCode.National, Gansu, Wuwei, Liangzhou }.Select(limits.For));
    }
}
