namespace ClaimsEngine.Rosters.Sheets;

/// <summary>One sheet of a file, whatever the format.</summary>
internal interface ISheetSource
{
    /// <summary>The sheet's name in its workbook; empty for CSV.</summary>
    string Name { get; }

    /// <summary>Days are counted from 1904, as old Macintosh workbooks do.</summary>
    bool From1904 { get; }

    /// <summary>Merged ranges, which stand behind the rows: known once <see cref="Rows"/> has been read to its end.</summary>
    IReadOnlyList<MergedRange> Merged { get; }

    /// <summary>Every row from the first that the file holds, in order; blank ones may be left out. Reads the file anew each time, one at a
    /// time.</summary>
    /// <exception cref="UnreadableException">The file breaks a rule there.</exception>
    IEnumerable<SheetRow> Rows();
}

/// <summary>Cells that are shown as one. Positions count from 0, rows from 1; both ends belong to it.</summary>
internal readonly record struct MergedRange(int FirstRow, int LastRow, int FirstColumn, int LastColumn);
