using ClaimsEngine.Claims;
using ClaimsEngine.Rosters.Settlements;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>How a feed is cut into lines that are carried at once.</summary>
public sealed class SettlementWindowTests
{
    private static SettlementRow Row(int line, string? settlement)
    {
        var day = new LocalDate(2025, 9, 8);
        return settlement is null ? new SettlementRow(line, null, [LineFault.Unreadable("no object", "不是对象")])
            : new SettlementRow(line, new SettlementLine("样例市医保中心", settlement, IdentityNumber.Of("620602199001010027"), "李样例",
                day, day, Money.Zero, Money.Zero, Money.Zero), []);
    }

    private static int[][] Cut(params IEnumerable<string?> settlements) =>
    [
        .. SettlementWindows.Of(settlements.Select((settlement, place) => Row(place + 1, settlement)))
            .Select(window => window.Select(row => row.Line).ToArray()),
    ];

    [Fact]
    public void Every_line_stands_in_one_window_in_its_order_and_a_full_window_ends()
    {
        var windows = Cut(Enumerable.Range(1, 600).Select(number => number % 7 == 0 ? null : $"S-{number}"));
        Assert.Equal([SettlementWindows.Most, SettlementWindows.Most, 600 - (2 * SettlementWindows.Most)],
            windows.Select(window => window.Length));
        Assert.Equal(Enumerable.Range(1, 600), windows.SelectMany(window => window));
    }

    [Fact]
    public void A_settlement_that_stands_once_more_begins_a_window() =>
        Assert.Equal([[1, 2, 3], [4, 5], [6]], Cut("S-1", null, "S-2", "S-1", "S-2", "S-2"));

    [Fact]
    public void Nothing_has_no_window() => Assert.Empty(Cut());
}
