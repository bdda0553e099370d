using ClaimsEngine.Console.Layout;
using ClaimsEngine.Console.People;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Tests.Words;

/// <summary>Who finds what in the menu.</summary>
public sealed class MenuTests
{
    [Theory]
    [InlineData(Role.Officer, "claims/new", "enrolments/new", "rosters/new")]
    [InlineData(Role.Approver, "approvals")]
    [InlineData(Role.Finance, "batches", "finance", "books")]
    [InlineData(Role.Auditor, "audit/time-machine", "audit/events", "finance")]
    [InlineData(Role.PlanAdmin, "plans", "programmes", "audit/what-if")]
    [InlineData(Role.Operator, "operations", "operations/dead-letters")]
    public void Each_role_finds_its_work(Role role, params string[] addresses) =>
        Assert.All(addresses, address => Assert.Contains(address, Found(role)));

    [Theory]
    [InlineData(Role.Officer, "approvals", "batches", "audit/events", "operations")]
    [InlineData(Role.Approver, "claims/new", "enrolments/new", "batches", "audit/events")]
    [InlineData(Role.Finance, "claims/new", "approvals", "audit/events", "public-notices")]
    [InlineData(Role.Auditor, "claims/new", "enrolments/new", "approvals", "operations/dead-letters")]
    [InlineData(Role.PlanAdmin, "claims", "enrolments", "payouts", "finance", "operations")]
    [InlineData(Role.Operator, "claims", "enrolments", "payouts", "audit/events", "search")]
    public void Nobody_finds_the_work_of_another_role(Role role, params string[] addresses) =>
        Assert.All(addresses, address => Assert.DoesNotContain(address, Found(role)));

    [Fact]
    public void Every_entry_is_found_by_somebody_stands_once_and_has_no_empty_group()
    {
        var all = Menu.Groups.SelectMany(group => group.Entries).ToArray();
        Assert.All(all, entry => Assert.Contains(Enum.GetValues<Role>(), role => Found(role).Contains(entry.Address)));
        Assert.Equal(all.Length, all.Select(entry => entry.Address).Distinct().Count());
        Assert.All(Enum.GetValues<Role>(), role => Assert.All(Menu.For(Of(role)), group => Assert.NotEmpty(group.Entries)));
    }

    [Fact]
    public void Addresses_are_relative_to_the_console_s_base() =>
        Assert.All(Menu.Groups.SelectMany(group => group.Entries), entry => Assert.DoesNotMatch("^/|//|:", entry.Address));

    private static string[] Found(Role role) =>
        [.. Menu.For(Of(role)).SelectMany(group => group.Entries).Select(entry => entry.Address)];

    private static Person Of(Role role) => new("somebody", [role], RegionCode.National, Language.Chinese, null);
}
