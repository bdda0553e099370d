using System.Text;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Sheets by the line, persons that are plainly samples, and short ways to read them.</summary>
internal static class Sheets
{
    public const string Header = "姓名,身份证号,职业,地区";
    public const string Good = "李样例,620602199001010027,快递员,620602";

    public static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));

    public static Task<RosterSheet> Opened(params string[] lines) => Opened(Csv(lines));

    public static async Task<RosterSheet> Opened(byte[] file, RosterDefaults? defaults = null, RosterLimits? limits = null)
    {
        var (sheet, fault) = await RosterSheet.Open(new MemoryStream(file), defaults, limits);
        Assert.Null(fault);
        return sheet!;
    }

    public static async Task<RosterFileFault> Refused(
        byte[] file, RosterFaultCode rule, RosterLimits? limits = null, RosterDefaults? defaults = null)
    {
        var (sheet, fault) = await RosterSheet.Open(new MemoryStream(file), defaults, limits);
        Assert.Null(sheet);
        Assert.Equal(rule, fault!.Rule);
        Assert.NotEqual(fault.Text, fault.TextZh);
        return fault;
    }

    public static async Task<RosterRow[]> Rows(byte[] file, RosterDefaults? defaults = null)
    {
        using var sheet = await Opened(file, defaults);
        RosterRow[] rows = [.. sheet.Read()];
        Assert.Equal(sheet.RowCount, rows.Length);
        Assert.All(rows, row => Assert.Equal(row.Draft is null, row.Faults.Count > 0));
        return rows;
    }

    public static Task<RosterRow[]> Rows(params string[] lines) => Rows(Csv(lines));

    /// <summary>One row below a header, as CSV.</summary>
    public static async Task<RosterRow> Row(string header, string line) => Assert.Single(await Rows(header, line));

    /// <summary>The draft of a row with one more column.</summary>
    public static async Task<RosterDraft> Draft(string heading, string cell)
    {
        var row = await Row($"{Header},{heading}", $"{Good},{cell}");
        Assert.Empty(row.Faults);
        return row.Draft!;
    }

    /// <summary>The only fault of a row.</summary>
    public static async Task Faulty(string header, string line, RosterFaultCode rule, string? column)
    {
        var fault = Assert.Single((await Row(header, line)).Faults);
        Assert.Equal((rule, column, 2), (fault.Rule, fault.Column, fault.Row));
    }
}
