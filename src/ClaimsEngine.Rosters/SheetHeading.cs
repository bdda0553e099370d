using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>A heading of the sheet.</summary>
/// <param name="Text">as written, trimmed; empty if the column has none</param>
/// <param name="Column">null if the column has no heading</param>
public sealed record SheetHeading(int Position, string Text, RosterColumn? Column)
{
    /// <summary>The heading, or the column's letter.</summary>
    public string Name => Text.Length > 0 ? Text : ColumnLetter.Of(Position);
}
