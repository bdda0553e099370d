namespace ClaimsEngine.Specs;

public class MoneySpecs
{
    [Theory]
    [InlineData("120000.00", 12_000_000, "120000.00")]
    [InlineData("0.5", 50, "0.50")]
    [InlineData("0.05", 5, "0.05")]
    [InlineData("7", 700, "7.00")]
    [InlineData("-0.50", -50, "-0.50")]
    [InlineData("-0", 0, "0.00")]
    [InlineData("9999999999999.99", 999_999_999_999_999, "9999999999999.99")]
    public void An_amount_is_read_in_yuan_and_written_with_two_places(string text, long fen, string written)
    {
        Assert.True(Money.TryParse(text, out var money, out _));
        Assert.Equal((fen, written), (money.Fen, money.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.005")]
    [InlineData("1,000.00")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("１２")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999")]
    public void Anything_else_is_no_amount(string text)
    {
        Assert.False(Money.TryParse(text, out _, out var error));
        Assert.Contains("120000.00", error);
    }

    [Theory]
    [InlineData(10_005, 10, 1_001)]
    [InlineData(10_004, 10, 1_000)]
    [InlineData(-10_005, 10, -1_001)]
    [InlineData(-120, 1, -1)]
    [InlineData(-149, 1, -1)]
    [InlineData(1, 49, 0)]
    [InlineData(1, 50, 1)]
    public void Per_cent_is_rounded_to_the_fen_half_away_from_zero(long fen, int percent, long expected) =>
        Assert.Equal(expected, new Money(fen).Percent(percent).Fen);

    [Fact]
    public void Nothing_ever_wraps()
    {
        var most = new Money(long.MaxValue);
        Assert.Throws<OverflowException>(() => most + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => most.Percent(2));
        Assert.Throws<OverflowException>(() => Money.Yuan(long.MaxValue));
        Assert.Throws<OverflowException>(() => Money.Sum([most, most]));
        Assert.Equal(new Money(92_233_720_368_547_758), most.Percent(1));
        Assert.Equal("-92233720368547758.08", new Money(long.MinValue).ToString());
    }

    [Fact]
    public void Amounts_are_ordered()
    {
        Money less = new(1), more = new(2);
        Assert.True(less < more && more > less && less <= more && more >= less);
        Assert.Equal((less, more), (Money.Min(more, less), Money.Max(less, more)));
        Assert.True(less.IsPositive);
        Assert.False(Money.Zero.IsPositive);
        Assert.Equal([less, more], new[] { more, less }.Order());
    }
}
