using System.Globalization;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

public class MaskedNameSpecs
{
    [Theory]
    [InlineData("", "")]
    [InlineData("张", "*")]
    [InlineData("张三", "张*")]
    [InlineData("张小三", "张*三")]
    [InlineData("欧阳小三", "欧**三")]
    [InlineData("买买提·吐尔逊", "买**·**逊")]
    [InlineData("买买提•吐尔逊", "买**•**逊")]
    [InlineData("阿·里", "阿·*")]
    [InlineData("𠮷小三", "𠮷*三")]
    [InlineData("Li Lei", "L* **i")]
    public void A_name_is_masked_by_its_length(string name, string masked) => Assert.Equal(masked, MaskedName.Of(name));

    [Fact]
    public void However_long_a_name_is_its_first_and_last_letter_are_all_that_is_shown() => Property.Holds(
        Gen.Elements("张", "三", "欧", "𠮷", "é", "e\u0301", "·", " ", "A", "👩‍👧").ArrayOf().Select(string.Concat), name =>
        {
            string[] letters = [.. Letters(name)], masked = [.. Letters(MaskedName.Of(name))];
            Assert.Equal(letters.Length, masked.Length);
            int[] hidden = [.. Enumerable.Range(0, letters.Length).Where(place => letters[place] is not ("·" or " "))];
            Assert.InRange(hidden.Count(place => masked[place] != "*"), 0, hidden.Length switch { <= 1 => 0, 2 => 1, _ => 2 });
            Assert.All(hidden.Skip(1).SkipLast(1), place => Assert.Equal("*", masked[place]));
            Assert.All(Enumerable.Range(0, letters.Length), place => Assert.Contains(masked[place], (string[])["*", letters[place]]));
        });

    private static IEnumerable<string> Letters(string text)
    {
        for (var letters = StringInfo.GetTextElementEnumerator(text); letters.MoveNext();) yield return letters.GetTextElement();
    }
}
