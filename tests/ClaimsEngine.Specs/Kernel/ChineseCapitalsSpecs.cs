using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

public class ChineseCapitalsSpecs
{
    [Theory]
    [InlineData("0.00", "零元整")]
    [InlineData("0.05", "伍分")]
    [InlineData("0.50", "伍角整")]
    [InlineData("0.55", "伍角伍分")]
    [InlineData("1.00", "壹元整")]
    [InlineData("10.00", "壹拾元整")]
    [InlineData("325.04", "叁佰贰拾伍元零肆分")]
    [InlineData("1409.50", "壹仟肆佰零玖元伍角整")]
    [InlineData("6007.14", "陆仟零柒元壹角肆分")]
    [InlineData("16409.02", "壹万陆仟肆佰零玖元零贰分")]
    [InlineData("107000.53", "壹拾万柒仟元伍角叁分")]
    [InlineData("120000.00", "壹拾贰万元整")]
    [InlineData("100000001.00", "壹亿零壹元整")]
    [InlineData("100100000.00", "壹亿零壹拾万元整")]
    [InlineData("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")]
    public void An_amount_is_written_as_on_a_voucher(string amount, string words) => Assert.Equal(words, ChineseCapitals.Of(Cny(amount)));

    [Fact]
    public void What_is_written_is_read_back_as_the_same_amount_and_never_has_two_zeros_together() => Property.Holds(
        Gen.OneOf(Gen.Choose(0, 100_000).Select(fen => (long)fen),
            from high in Gen.Choose(0, 9_999_999) from low in Gen.Elements(0, 1, 50, 5, 10_000_00, 99) select high * 100_000_000L + low),
        fen =>
        {
            var words = ChineseCapitals.Of(new Money(fen));
            Assert.Equal(fen, Read(words));
            Assert.DoesNotContain("零零", words);
            Assert.Equal(fen % 10 == 0, words.EndsWith('整'));
        });

    [Fact]
    public void An_amount_below_zero_has_no_words() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChineseCapitals.Of(new Money(-1)));

    /// <summary>Reads in the way that a person does, from left to right.</summary>
    private static long Read(string words)
    {
        var (yuan, all, section, digit, fen) = (0L, 0L, 0L, 0L, 0L);
        foreach (var letter in words)
            switch (letter)
            {
                case '仟' or '佰' or '拾': section += digit * (letter == '仟' ? 1000 : letter == '佰' ? 100 : 10); digit = 0; break;
                case '万': all += (section + digit) * 10_000; (section, digit) = (0, 0); break;
                case '亿': all = (all + section + digit) * 100_000_000; (section, digit) = (0, 0); break;
                case '元': yuan = all + section + digit; (all, section, digit) = (0, 0, 0); break;
                case '角': fen += digit * 10; digit = 0; break;
                case '分': fen += digit; digit = 0; break;
                case '整': break;
                default: digit = "零壹贰叁肆伍陆柒捌玖".IndexOf(letter); break;
            }
        return yuan * 100 + fen;
    }
}
