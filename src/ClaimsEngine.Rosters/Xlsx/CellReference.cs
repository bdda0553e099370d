namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>The name of a cell, <c>B7</c>.</summary>
/// <param name="Row">from 1</param>
/// <param name="Column">from 0, at most 16,383</param>
internal readonly record struct CellReference(int Row, int Column)
{
    private const int Columns = 16_384;

    public static bool TryParse(string text, out CellReference reference)
    {
        int column = 0, row = 0, at = 0;
        for (; at < text.Length && text[at] is >= 'A' and <= 'Z' && column <= Columns; at++) column = column * 26 + (text[at] - 'A' + 1);
        var letters = at;
        for (; at < text.Length && text[at] is >= '0' and <= '9' && row < 10_000_000; at++) row = row * 10 + (text[at] - '0');
        reference = new CellReference(row, column - 1);
        return letters > 0 && at == text.Length && row > 0 && column <= Columns;
    }
}
