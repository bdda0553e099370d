using ClaimsEngine.Claims;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Settlements;

/// <summary>The form of a feed of settlements.</summary>
public enum SettlementForm
{
    /// <summary>One JSON object a line, in UTF-8.</summary>
    JsonLines,

    /// <summary>A sheet as CSV, in UTF-8 or GB18030, with headings in Chinese or the members' names.</summary>
    Csv,
}

/// <summary>One line of a feed, as it was read.</summary>
/// <param name="Line">from 1, as a text editor counts for JSON Lines and a spreadsheet program for CSV</param>
/// <param name="Read">null if anything is wrong with it</param>
public sealed record SettlementRow(int Line, SettlementLine? Read, IReadOnlyList<LineFault> Faults);

/// <summary>Reads feeds of settlements. A line with faults does not keep the others from being read.</summary>
public static class SettlementFeed
{
    /// <summary>Every line that holds anything, in order. Reads the file anew each time.</summary>
    /// <param name="file">can seek; left open</param>
    /// <exception cref="UnreadableException">It is no such feed, or breaks off: its lines cannot be told apart.</exception>
    internal static IEnumerable<SettlementRow> Read(Stream file, SettlementForm form, CancellationToken cancellation = default)
    {
        var any = false;
        foreach (var row in form == SettlementForm.Csv ? SettlementSheet.Read(file, cancellation) : SettlementJson.Read(file, cancellation))
        {
            any = true;
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
        if (!any) throw RosterFaults.NoRows.Unreadable();
    }
}
