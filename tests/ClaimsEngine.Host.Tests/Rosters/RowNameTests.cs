using ClaimsEngine.Members;
using ClaimsEngine.Rosters.Sheets;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>A name that a single entry refuses comes in through no roster either.</summary>
public sealed class RowNameTests
{
    [Theory]
    [InlineData("=1+1|cmd")]
    [InlineData("＝1+1")]
    [InlineData("@SUM")]
    public async Task What_begins_like_a_formula_is_no_name(string name)
    {
        Assert.NotNull(PlainText.Fault(name));
        await Faulty(Header, Good.Replace("李样例", name, StringComparison.Ordinal), RosterFaults.FormulaText, "姓名");
    }

    [Theory]
    [InlineData("李\uFFFF样例")]
    [InlineData("李\uFFFD样例")]
    [InlineData("李\uFDD0样例")]
    [InlineData("李\u2066\u206A样例")]
    public async Task What_holds_a_character_that_is_none_is_no_name(string name)
    {
        Assert.NotNull(PlainText.Fault(name));
        await Faulty(Header, Good.Replace("李样例", name, StringComparison.Ordinal), RosterFaults.ControlCharacter, "姓名");
    }

    [Theory]
    [InlineData("李\u202E样例")]
    [InlineData("李\u200B样例")]
    public async Task A_mark_of_direction_that_was_copied_along_goes(string name)
    {
        Assert.NotNull(PlainText.Fault(name));
        var taken = (await Row(Header, Good.Replace("李样例", name, StringComparison.Ordinal))).Draft!.Person.Name;
        Assert.Equal("李样例", taken);
        Assert.Null(PlainText.Fault(taken));
    }
}
