using ClaimsEngine.Console.Pages.Plans;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Tests.Plans;

public sealed class CardFaultWordsTests
{
    [Theory]
    [InlineData("is not empty", "请填写")]
    [InlineData("a card cites where its numbers were published", "须注明数字的公布来源")]
    [InlineData("the contribution is more than 0.00", "互助金须大于0")]
    [InlineData("an amount of a card is at most 1000000.00 yuan", "规则卡中的金额最多1000000.00元")]
    [InlineData("tier 'a' stands twice", "档次“a”写了两次")]
    [InlineData("'caps' stands twice", "“caps”写了两次")]
    [InlineData("is never reached: line 2 holds whenever it does", "不会用到：第2行已经包含它")]
    [InlineData("the shares for prices.0 add up to 110.00, not to 120.00", "prices.0各方分担合计110.00，应为120.00")]
    [InlineData("the plan has no benefit for 'x'; benefits are named by their kind", "计划没有“x”的保障；保障按种类写")]
    public void A_fault_of_a_card_is_said_in_Chinese(string english, string chinese)
    {
        Assert.Equal(chinese, CardFaultWords.Of(english, Language.Chinese));
        Assert.Equal(english, CardFaultWords.Of(english, Language.English));
    }
}
