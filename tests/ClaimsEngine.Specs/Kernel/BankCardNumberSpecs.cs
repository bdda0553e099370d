namespace ClaimsEngine.Specs;

public class BankCardNumberSpecs
{
    [Theory]
    [InlineData("6222020000000000018")]
    [InlineData("6222 0200 0000 0000 018")]
    public void Spaces_between_groups_are_dropped(string text)
    {
        var number = BankCardNumber.Of(text);
        Assert.Equal(("6222020000000000018", "***************0018"), (number.Value, number.Masked));
    }

    [Theory]
    [InlineData("6222020000000000019", "Luhn")]
    [InlineData("6222020000000000108", "Luhn")]
    [InlineData("62220200000", "12 to 19")]
    [InlineData("62220200000000000180", "12 to 19")]
    [InlineData("622202000000000001X", "12 to 19")]
    [InlineData("", "12 to 19")]
    public void A_wrong_number_is_told_what_is_wrong(string text, string reason)
    {
        Assert.False(BankCardNumber.TryParse(text, out _, out var error));
        Assert.Contains(reason, error);
        Assert.Throws<FormatException>(() => BankCardNumber.Of(text));
    }

    [Fact]
    public void Any_single_changed_digit_shows()
    {
        const string good = "6222020000000000018";
        for (var place = 0; place < good.Length; place++)
            foreach (var digit in "0123456789".Where(digit => digit != good[place]))
                Assert.False(BankCardNumber.TryParse(good[..place] + digit + good[(place + 1)..], out _, out _));
    }
}
