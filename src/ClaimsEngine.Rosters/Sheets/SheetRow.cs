namespace ClaimsEngine.Rosters.Sheets;

/// <summary>What a file says about a cell beside its text.</summary>
[Flags]
public enum CellTraits
{
    None = 0,

    /// <summary>Stored as a number: the text is exact up to 15 digits.</summary>
    Number = 1,

    /// <summary>Computed; the text is what the program computed last.</summary>
    Formula = 2,

    /// <summary>An error such as #REF!.</summary>
    Error = 4,

    /// <summary>Part of a merged range.</summary>
    Merged = 8,

    /// <summary>The text was cut at <see cref="RosterLimits.CellCharacters"/>.</summary>
    TooLong = 16,
}

/// <param name="Text">as written, untrimmed</param>
public readonly record struct SheetCell(string Text, CellTraits Traits = CellTraits.None)
{
    public static readonly SheetCell Blank = new("");

    public bool Is(CellTraits trait) => (Traits & trait) != 0;

    public bool IsBlank => CellText.IsBlank(Text) && Traits == CellTraits.None;
}

[Flags]
public enum RowTraits
{
    None = 0,
    Hidden = 1,

    /// <summary>Fewer cells than headings, or text in a cell beyond the last one (CSV).</summary>
    CellCount = 2,

    /// <summary>Text in a cell beyond <see cref="RosterLimits.Columns"/>, which is not kept.</summary>
    Wider = 4,
}

/// <summary>A row as it stands in the sheet.</summary>
/// <param name="Number">as the person sees it: from 1, the header and blank rows count</param>
/// <param name="Cells">by position; cells behind the last one are blank</param>
public sealed record SheetRow(int Number, IReadOnlyList<SheetCell> Cells, RowTraits Traits = RowTraits.None)
{
    public SheetCell this[int column] => column < Cells.Count ? Cells[column] : SheetCell.Blank;

    public bool Is(RowTraits trait) => (Traits & trait) != 0;

    public bool IsBlank => !Is(RowTraits.Wider) && Extent == 0;

    /// <summary>How many cells up to the last one that holds anything.</summary>
    internal int Extent
    {
        get
        {
            var extent = Cells.Count;
            while (extent > 0 && Cells[extent - 1].IsBlank) extent--;
            return extent;
        }
    }
}

/// <summary>The letters by which spreadsheets name a column: A, Z, AA.</summary>
internal static class ColumnLetter
{
    /// <param name="position">from 0</param>
    public static string Of(int position) =>
        position < 26 ? ((char)('A' + position)).ToString() : Of(position / 26 - 1) + Of(position % 26);
}
