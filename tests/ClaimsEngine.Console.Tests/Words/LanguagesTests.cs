using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Tests.Words;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData(null, Language.Chinese)]
    [InlineData("", Language.Chinese)]
    [InlineData("de, fr;q=0.5", Language.Chinese)]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", Language.Chinese)]
    [InlineData("en-US,en;q=0.9,zh;q=0.8", Language.English)]
    [InlineData("de, en;q=0.5, zh;q=0.1", Language.English)]
    public void The_first_of_the_two_that_a_browser_asks_for_is_taken(string? header, Language language) =>
        Assert.Equal(language, Languages.Asked(header));

    [Theory]
    [InlineData("en", "zh-CN", Language.English)]
    [InlineData("zh-CN", "en", Language.Chinese)]
    [InlineData("<script>", "en", Language.English)]
    [InlineData(null, "en", Language.English)]
    public void What_was_chosen_goes_before_what_the_browser_asks_for(string? chosen, string asked, Language language) =>
        Assert.Equal(language, Languages.Chosen(chosen, asked));
}
