using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Claims;
using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Settlements;

/// <summary>A feed as a CSV sheet: every cell becomes the member that its heading names, and then the line is read by the rules of JSON
/// Lines.</summary>
internal static class SettlementSheet
{
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["source"] = ["医保经办机构", "医保机构", "结算机构"],
        ["settlementNumber"] = ["结算编号", "医保结算单号", "结算号", "结算流水号"],
        ["idNumber"] = ["身份证号码", "身份证件号码", "公民身份号码", "证件号码"],
        ["name"] = ["患者姓名", "人员姓名"],
        ["admitted"] = ["入院时间"],
        ["discharged"] = ["出院时间"],
        ["hospitalGrade"] = ["医院级别", "医疗机构等级"],
        ["total"] = ["医疗总费用", "费用总额", "医疗费总额"],
        ["inScope"] = ["范围内费用", "符合政策范围金额", "政策范围内金额"],
        ["ownShare"] = ["个人自付金额", "自付", "个人负担"],
        ["illness"] = ["病种代码"],
    };

    private static readonly FrozenDictionary<string, string> Known = SettlementLine.Columns
        .SelectMany(column => Others[column.Name].Append(column.Heading).Append(column.Name).Select(heading => (heading, column.Name)))
        .ToFrozenDictionary(pair => Normalise(pair.heading), pair => pair.Name);

    /// <param name="Columns">by position; null below no heading</param>
    private sealed record Header(CsvSource Sheet, SheetRow Row, IReadOnlyList<string?> Columns)
    {
        public int Found => Columns.Count(column => column is not null);

        /// <summary>A column as the sheet names it.</summary>
        public string NameOf(string column) =>
            Columns.ToList().IndexOf(column) is var at and >= 0 ? CellText.Words(Row[at].Text)
                : SettlementLine.Columns.FirstOrDefault(known => known.Name == column)?.Heading ?? column;
    }

    /// <exception cref="UnreadableException">It has no header, or breaks a rule somewhere.</exception>
    public static IEnumerable<SettlementRow> Read(Stream file, CancellationToken cancellation)
    {
        file.Position = 0;
        if (file.Length == 0) throw RosterFaults.EmptyFile.Unreadable();
        var limits = RosterLimits.Default;
        var encoding = CsvText.Detect(file, cancellation);
        var header = ",;\t".Select(separator => HeaderOf(new CsvSource(file, encoding, separator, limits), limits))
            .OfType<Header>().MaxBy(header => header.Found) ?? throw Missing(SettlementLine.Columns);
        Check(header);
        foreach (var row in header.Sheet.Rows().Where(row => row.Number > header.Row.Number && !row.IsBlank))
            yield return Row(row, header);
    }

    private static Header? HeaderOf(CsvSource sheet, RosterLimits limits)
    {
        try
        {
            return sheet.Rows().Where(row => !row.IsBlank).Take(limits.HeaderWithin)
                .Select(row => new Header(sheet, row, [.. row.Cells.Select(cell => Known.GetValueOrDefault(Normalise(cell.Text)))]))
                .FirstOrDefault(header => header.Found >= 2);
        }
        catch (UnreadableException)
        {
            return null;   // by a wrong separator, quotes stand at odd places
        }
    }

    /// <exception cref="UnreadableException">A heading is unknown, stands twice or is missing.</exception>
    private static void Check(Header header)
    {
        var unknown = header.Row.Cells.Where((cell, at) => !cell.IsBlank && header.Columns[at] is null)
            .Select(cell => CellText.Words(cell.Text) is { Length: > 40 } text ? text[..40] : CellText.Words(cell.Text)).Take(5).ToArray();
        if (unknown.Length > 0 || header.Row.Is(RowTraits.Wider))
            throw RosterFaults.UnknownHeading.Unreadable(
                $"{string.Join(", ", unknown)}; known are {string.Join(", ", SettlementLine.Columns.Select(column => column.Heading))}");
        if (header.Columns.OfType<string>().GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw RosterFaults.RepeatedHeading.Unreadable(header.NameOf(twice.Key));
        var missing = SettlementLine.Columns.Where(column => column.Needed && !header.Columns.Contains(column.Name)).ToArray();
        if (missing.Length > 0) throw Missing(missing);
    }

    private static UnreadableException Missing(IEnumerable<SettlementColumn> columns) =>
        RosterFaults.MissingHeading.Unreadable(string.Join(", ", columns.Where(column => column.Needed).Select(column => column.Heading)));

    private static SettlementRow Row(SheetRow row, Header header)
    {
        var members = new JsonObject();
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            if (cell.IsBlank) continue;
            if (i >= header.Columns.Count || header.Columns[i] is not { } column) return TooWide(row);
            if (Member(column, cell.Text) is { } member) members[column] = member;
        }
        if (row.Is(RowTraits.Wider)) return TooWide(row);
        var (line, faults) = SettlementLine.Read(JsonSerializer.SerializeToElement(members));
        return new SettlementRow(row.Number, line,
            [.. faults.Select(fault => fault.Column is { } column ? fault with { Column = header.NameOf(column) } : fault)]);
    }

    private static SettlementRow TooWide(SheetRow row) => new(row.Number, null,
        [LineFault.Unreadable("a cell stands below no heading", "有单元格所在列没有列名")]);

    /// <summary>What people and programs write, in the one form of JSON. What is none of it stays as it is, and is at fault.</summary>
    private static JsonNode? Member(string column, string text)
    {
        var words = CellText.Words(text);
        if (words.Length == 0) return null;
        return column switch
        {
            "idNumber" => CellText.Compact(text),
            "admitted" or "discharged" => SheetDate.OfText(CellText.Narrow(text))?.ToString("uuuu-MM-dd", null) ?? words,
            "hospitalGrade" => Grade(CellText.Compact(text)) is { } grade ? grade : words,
            "total" or "inScope" or "ownShare" => Amount(CellText.Compact(text)),
            "settlementNumber" or "illness" => CellText.Narrow(text),
            _ => words,
        };
    }

    private static int? Grade(string text) => text switch
    {
        ['1' or '一'] or ['1' or '一', '级', ..] => 1,
        ['2' or '二'] or ['2' or '二', '级', ..] => 2,
        ['3' or '三'] or ['3' or '三', '级', ..] => 3,
        _ => null,
    };

    private static string Amount(string text) =>
        text.TrimStart('¥', '￥').TrimEnd('元').Replace(",", "", StringComparison.Ordinal);

    private static string Normalise(string heading) => CellText.Compact(heading).ToLowerInvariant()
        .Replace("(元)", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal).TrimEnd(':');
}
