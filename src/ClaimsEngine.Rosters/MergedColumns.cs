using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>Which cells of a row are merged, asked from the first row to the last. The cost does not depend on how many ranges there are
/// or how they overlap.</summary>
/// <param name="ranges">in the order of their first rows</param>
/// <param name="columns">how many are looked at</param>
internal sealed class MergedColumns(MergedRange[] ranges, int columns)
{
    private readonly int[] until = new int[columns];   // by column, the last row of a range that has begun
    private int next;
    private int last;

    public SheetRow Mark(SheetRow row)
    {
        for (; next < ranges.Length && ranges[next].FirstRow <= row.Number; next++)
        {
            var range = ranges[next];
            last = Math.Max(last, range.LastRow);
            for (var column = range.FirstColumn; column <= range.LastColumn && column < columns; column++)
                until[column] = Math.Max(until[column], range.LastRow);
        }
        if (last < row.Number) return row;
        var cells = Enumerable.Range(0, Math.Max(columns, row.Cells.Count)).Select(column => row[column]).ToArray();
        for (var column = 0; column < columns; column++)
            if (until[column] >= row.Number) cells[column] = cells[column] with { Traits = cells[column].Traits | CellTraits.Merged };
        return row with { Cells = cells };
    }
}
