using ClaimsEngine.Claims;

namespace ClaimsEngine.Rosters.Settlements;

/// <summary>Cuts a feed into runs of lines of which those of different persons may be carried in any order.</summary>
internal static class SettlementWindows
{
    /// <summary>Lines of a window at most.</summary>
    public const int Most = 256;

    /// <summary>
    /// All lines in their order. A settlement that stands once more begins a new window: otherwise chance would decide which of two persons
    /// has the claim.
    /// </summary>
    public static IEnumerable<IReadOnlyList<SettlementRow>> Of(IEnumerable<SettlementRow> rows)
    {
        var (window, settlements) = (new List<SettlementRow>(), new HashSet<Settlement>());
        foreach (var row in rows)
        {
            var isNew = row.Read is not { } line || settlements.Add(line.ToSettlement());
            if (window.Count == Most || !isNew)
            {
                yield return window;
                (window, settlements) = ([], row.Read is { } first ? [first.ToSettlement()] : []);
            }
            window.Add(row);
        }
        if (window.Count > 0) yield return window;
    }
}
