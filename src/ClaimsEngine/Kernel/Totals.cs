namespace ClaimsEngine.Kernel;

/// <summary>
/// Counts and sums that the store keeps beside a read model, by dimension and by the day (Asia/Shanghai) of each change, so that a question
/// is answered from a few cells and not by counting rows. The number of rows, or of lines where lines are summed, is always kept.
/// </summary>
/// <param name="Table">the table's name; the same sums by month stand in a second one, named so with <c>_months</c> behind it</param>
/// <param name="Comment">comment on the table, for people who open it with SQL or a BI tool</param>
/// <param name="Dimensions">
/// what is counted by, in the order of the months' key: the first should be what most questions are narrowed to. Each is
/// <c>"Plan"</c>: a property of the row; <c>"Region:4"</c>: the first four characters of a text; <c>"ReturnReason?"</c>: whether there is a
/// value; <c>"Lines.Account"</c>: a member of the lines in <paramref name="Spread"/>
/// </param>
/// <param name="Measures">what is summed: a property of the row or a member of its lines that is money (in fen) or a whole number; one that
/// is missing counts as 0</param>
/// <param name="Of">when a row counts</param>
/// <param name="Spread">
/// a property marked <see cref="JsonColumnAttribute"/> whose lines are counted instead of the row: a list of records
/// (<c>"Lines"</c>, members <c>"Lines.Amount"</c>), or a dictionary from a text (members <c>"Paid.Key"</c> and <c>"Paid.Value"</c>)
/// </param>
/// <param name="NowOnly">
/// only what is true now is kept, in one table without days: as large as what stands at the moment, however long the history is. For the
/// counts of work that waits, which are asked with every page. A question about the past is answered from other totals or from the rows
/// </param>
public sealed record Totals(
    string Table, string Comment, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Measures, TotalsOf Of, string? Spread = null,
    bool NowOnly = false);

/// <summary>When a row counts in <see cref="Totals"/>.</summary>
public enum TotalsOf
{
    /// <summary>While it is true: added on the day it begins to be so, taken off on the day it is no longer.</summary>
    CurrentRows,

    /// <summary>Each version of a row once and for ever, from the day it was recorded: a journal, each event of which makes one.</summary>
    EveryVersion,
}
