using System.Text.RegularExpressions;
using ClaimsEngine.Members;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>The cells of one row by their meaning, and the faults found in them so far. A cell at fault is not asked again.</summary>
internal sealed partial class RowCells
{
    private readonly SheetRow row;
    private readonly IReadOnlyList<SheetHeading> headings;
    private readonly int[] positions;   // by column; -1 if the sheet has none
    private int atFault;                // a bit a column

    public RowCells(SheetRow row, IReadOnlyList<SheetHeading> headings, int[] positions)
    {
        (this.row, this.headings, this.positions) = (row, headings, positions);
        if (row.Is(RowTraits.Hidden)) Faults.Add(RosterFaults.HiddenRow.At(row.Number, null));
        if (row.Is(RowTraits.CellCount))
            Faults.Add(RosterFaults.CellCount.At(row.Number, null, $"{row.Cells.Count}, the header {headings.Count}",
                $"本行 {row.Cells.Count} 个，表头 {headings.Count} 个"));
        else if (row.Is(RowTraits.Wider))
            Faults.Add(RosterFaults.CellWithoutHeading.At(row.Number, null, "far to the right", "远在表头右侧"));
        for (var i = 0; i < row.Cells.Count; i++) Inspect(i);
    }

    public List<RosterFault> Faults { get; } = [];
    public List<RosterFault> Notes { get; } = [];

    public bool Has(RosterColumn column) => positions[(int)column] >= 0;

    public bool IsAtFault(RosterColumn column) => (atFault & (1 << (int)column)) != 0;

    /// <summary>The cell in one form; null if it is blank, at fault or not in the sheet.</summary>
    public string? Text(RosterColumn column, Func<string, string> form)
    {
        if (!Has(column) || IsAtFault(column)) return null;
        var text = form(row[positions[(int)column]].Text);
        if (text.Length == 0) return null;
        if (!text.Any(char.IsControl)) return text;
        Fault(column, RosterFaults.ControlCharacter);
        return null;
    }

    /// <summary>A number that is a name, not a quantity: every digit counts.</summary>
    public string? Digits(RosterColumn column, Func<string, string>? form = null)
    {
        if (Text(column, form ?? CellText.Compact) is not { } text) return null;
        if (!(row[positions[(int)column]].Is(CellTraits.Number) && text.Length > 15) && !Exponent().IsMatch(text)) return text;
        Fault(column, RosterFaults.DigitsLost);
        return null;
    }

    /// <summary>One line, by the rule that every name is asked by: <see cref="PlainText"/> of the domain.</summary>
    public string? Words(RosterColumn column, int length)
    {
        if (NotLonger(column, Text(column, CellText.Words), length) is not { } text) return null;
        if (PlainText.Fault(text) is null) return text;
        Fault(column, RosterFaults.ControlCharacter);
        return null;
    }

    public string? NotLonger(RosterColumn column, string? text, int length)
    {
        if (text is null || text.Length <= length) return text;
        Fault(column, RosterFaults.TextTooLong, $"more than {length} characters", $"超过 {length} 个字符");
        return null;
    }

    public void Fault(RosterColumn column, RosterFaultCode rule, string? detail = null, string? detailZh = null)
    {
        atFault |= 1 << (int)column;
        Faults.Add(rule.At(row.Number, NameOf(column), detail, detailZh));
    }

    public void Note(RosterColumn column, RosterFaultCode rule) => Notes.Add(rule.At(row.Number, NameOf(column)));

    private string NameOf(RosterColumn column) => Has(column) ? headings[positions[(int)column]].Name : column.Heading();

    private void Inspect(int position)
    {
        var cell = row.Cells[position];
        if (position >= headings.Count || headings[position].Column is not { } column)
        {
            if (!cell.IsBlank && !row.Is(RowTraits.CellCount))
                Faults.Add(RosterFaults.CellWithoutHeading.At(row.Number, ColumnLetter.Of(position)));
            return;
        }
        if (cell.Is(CellTraits.TooLong)) Fault(column, RosterFaults.CellTooLong);
        if (column.IsIgnored()) return;
        if (cell.Is(CellTraits.Formula)) Fault(column, RosterFaults.FormulaCell);
        else if (cell.Is(CellTraits.Error)) Fault(column, RosterFaults.ErrorCell);
        else if (LooksLikeFormula(column, cell)) Fault(column, RosterFaults.FormulaText);
        if (cell.Is(CellTraits.Merged)) Fault(column, RosterFaults.MergedCells);
    }

    private static bool LooksLikeFormula(RosterColumn column, SheetCell cell)
    {
        if (cell.Text.Length == 0 || cell.Is(CellTraits.Number)) return false;
        var text = CellText.Narrow(cell.Text);
        var abroad = column == RosterColumn.Phone && text is ['+', >= '0' and <= '9', ..];
        return PlainText.BeginsLikeFormula(text) && !abroad;
    }

    // how spreadsheets write a long number into CSV: 6.20602E+17
    [GeneratedRegex(@"^[0-9](?:\.[0-9]+)?E\+?[0-9]+\z")]
    private static partial Regex Exponent();
}
