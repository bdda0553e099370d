using System.Globalization;
using System.IO.Packaging;
using System.Xml;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>A worksheet, read from its first row to its last.</summary>
internal sealed class XlsxSheet(string name, PackagePart part, SharedStrings strings, bool from1904, RosterLimits limits) : ISheetSource
{
    private List<MergedRange> merged = [];

    public string Name => name;

    public bool From1904 => from1904;

    public IReadOnlyList<MergedRange> Merged => merged;

    public IEnumerable<SheetRow> Rows()
    {
        using var xml = SheetXml.Read(part.GetStream(FileMode.Open, FileAccess.Read), limits.ExpandedBytes);
        var ranges = new List<MergedRange>();
        var number = 0;
        while (xml.Next())
        {
            if (xml.At("row"))
            {
                var row = ReadRow(xml, number);
                number = row.Number;
                yield return row;
            }
            else if (xml.At("mergeCell")) ranges.Add(ReadRange(xml, ranges.Count));
        }
        merged = ranges;
    }

    private SheetRow ReadRow(XmlReader xml, int before)
    {
        var number = before + 1;
        if (xml.GetAttribute("r") is { } given
            && (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number <= before))
            throw Damaged($"row {given} follows row {before}", $"第{before}行之后的行号有误");
        if (number > limits.LastRow)
            throw RosterFaults.TooManyRows.Unreadable($"beyond row {limits.LastRow}", $"超过第{limits.LastRow}行");
        var traits = SheetXml.IsTrue(xml.GetAttribute("hidden")) ? RowTraits.Hidden : RowTraits.None;
        var cells = new List<SheetCell>();
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            var column = -1;
            while (xml.Within(depth))
            {
                if (!xml.At("c")) continue;
                column = Column(xml.GetAttribute("r"), column, number);
                var cell = ReadCell(xml);
                if (column >= limits.Columns) traits |= cell.IsBlank ? RowTraits.None : RowTraits.Wider;
                else
                {
                    while (cells.Count < column) cells.Add(SheetCell.Blank);
                    cells.Add(cell);
                }
            }
        }
        return new SheetRow(number, cells, traits);
    }

    private SheetCell ReadCell(XmlReader xml)
    {
        var type = xml.GetAttribute("t");
        if (xml.IsEmptyElement) return SheetCell.Blank;
        var depth = xml.Depth;
        var (value, inline, traits) = ("", "", CellTraits.None);
        while (xml.Within(depth))
        {
            if (xml.At("v")) value = SheetXml.EscapedText(xml, limits.CellCharacters);
            else if (xml.At("is")) inline = SheetXml.RichText(xml, limits.CellCharacters);
            else if (xml.At("f"))
            {
                traits |= CellTraits.Formula;
                SheetXml.SkipElement(xml);
            }
        }
        var text = type switch
        {
            "s" => value.Length == 0 ? "" : Shared(value),
            "inlineStr" => inline,
            "b" => value == "1" ? "TRUE" : "FALSE",
            "str" or "d" or "e" => value,
            _ => NumberText.Of(value),
        };
        if (type == "e") traits |= CellTraits.Error;
        if (type is null or "n" && text.Length > 0) traits |= CellTraits.Number;
        if (text.Length > limits.CellCharacters) (text, traits) = (text[..limits.CellCharacters], traits | CellTraits.TooLong);
        return new SheetCell(text, traits);
    }

    private string Shared(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && strings[index] is { } shared
            ? shared : throw Damaged("a cell names a string that is not in the table", "单元格引用的文本不存在");

    private MergedRange ReadRange(XmlReader xml, int known)
    {
        if (known == limits.MergedRanges) throw RosterFaults.TooManyMergedCells.Unreadable($"more than {known}", $"超过 {known} 处");
        var ends = (xml.GetAttribute("ref") ?? "").Split(':');
        if (CellReference.TryParse(ends[0], out var from) && CellReference.TryParse(ends[^1], out var to))
            return new MergedRange(from.Row, to.Row, from.Column, to.Column);
        throw Damaged("a merged range is not named by its corners", "合并单元格范围有误");
    }

    // cells may leave out their name; they then follow each other
    private static int Column(string? reference, int before, int row)
    {
        if (reference is null) return before + 1;
        if (CellReference.TryParse(reference, out var at) && at.Column > before && at.Row == row) return at.Column;
        throw Damaged($"the cells of row {row} are out of order", $"第{row}行的单元格顺序有误");
    }

    private static UnreadableException Damaged(string detail, string detailZh) =>
        RosterFaults.DamagedWorkbook.Unreadable(detail, detailZh);
}
