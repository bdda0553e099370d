using System.Reflection;
using System.Text.RegularExpressions;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class RosterFaultTests
{
    [Fact]
    public void Every_code_is_unique_kebab_case_and_told_in_both_languages()
    {
        Assert.Equal(Fields().Select(field => (RosterFaultCode)field.GetValue(null)!), RosterFaults.All);
        Assert.Equal(RosterFaults.All.Count, RosterFaults.All.Select(rule => rule.Code).Distinct().Count());
        Assert.All(RosterFaults.All, rule =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.Code);
            Assert.NotEmpty(rule.Text);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", rule.TextZh);
        });
    }

    [Fact]
    public void Every_code_has_a_test()
    {
        var folder = Path.GetDirectoryName(Here())!;
        var tests = string.Join('\n', Directory.GetFiles(folder, "*.cs").Where(file => file != Here()).Select(File.ReadAllText));
        Assert.All(Fields(), field => Assert.True(Regex.IsMatch(tests, $@"RosterFaults\.{field.Name}\b"), $"no test meets {field.Name}"));
    }

    [Fact]
    public void No_heading_means_two_things()
    {
        Assert.Equal(Enum.GetValues<RosterColumn>(), RosterColumns.Headings.Keys.Order());
        Assert.All(RosterColumns.Headings, entry => Assert.All(entry.Value, heading => Assert.Equal(entry.Key, RosterColumns.Of(heading))));
    }

    private static IEnumerable<FieldInfo> Fields() =>
        typeof(RosterFaults).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field =>
            field.FieldType == typeof(RosterFaultCode));

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
