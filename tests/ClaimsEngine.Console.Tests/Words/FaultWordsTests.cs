using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Tests.Words;

public sealed class FaultWordsTests
{
    [Theory]
    [InlineData("an amount is above 0.00", "金额须大于0")]
    [InlineData("'Reason' must not be empty.", "请填写")]
    [InlineData("The length of 'Reason' must be 500 characters or fewer. You entered 501 characters.", "最多500个字符")]
    [InlineData("'Units' must be between 1 and 10. You entered 11.", "须在1至10之间")]
    [InlineData("'Units' must be greater than '0'.", "须大于0")]
    [InlineData("'Units' must be greater than or equal to '1'.", "不能小于1")]
    [InlineData("'司机师傅' is no known occupation", "“司机师傅”不是登记的职业")]
    [InlineData("something that nobody translated", "something that nobody translated")]
    public void A_fault_of_a_field_is_told_in_Chinese_where_its_rule_is_known(string english, string chinese)
    {
        Assert.Equal(chinese, FaultWords.Of(english, Language.Chinese));
        Assert.Equal(english, FaultWords.Of(english, Language.English));
    }

    [Fact]
    public void The_domain_s_own_message_for_a_wrong_identity_number_is_among_them()
    {
        Assert.False(IdentityNumber.TryParse("620602199001010028", out _, out var error));
        Assert.NotEqual(error, FaultWords.Of(error, Language.Chinese));
        Assert.False(Money.TryParse("1,2", out _, out var amount));
        Assert.NotEqual(amount, FaultWords.Of(amount, Language.Chinese));
    }
}
