using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ClaimsEngine.AuditPacks;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>The first page of a pack, in Chinese with English beside it: what is in it, its totals, its files with their hashes, and how to
/// verify it. It has no script and asks for nothing from anywhere.</summary>
internal static class PackPage
{
    public const string Name = "index.html";

    private const string Style = """
        body { font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", SimSun, sans-serif; color: #1a1a1a }
        body { max-width: 1100px; margin: 2em auto; padding: 0 1em }
        table { border-collapse: collapse; margin: .5em 0 1.5em; width: 100% }
        th, td { border: 1px solid #bbb; padding: .3em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        .number { text-align: right; white-space: nowrap }
        code { font: 12px/1.4 monospace; overflow-wrap: anywhere }
        small { color: #555 }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="files">of the pack, this page left out</param>
    public static string Of(string engine, PackOrder order, PackTotals totals, IReadOnlyList<PackedFile> files)
    {
        var page = new StringBuilder();
        page.Append($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Text($"年度审计包 {order.Plan} {order.Year}")}</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>年度审计包 <small lang="en">annual audit pack</small></h1>

            """);
        Table(page, ["项目 what", "内容 value"],
        [
            ["计划 plan", order.Plan], ["计划年度（保障起始年份）plan year, in which the cover begins", $"{order.Year}"],
            ["日志截至位置 position up to which the log is packed", $"{order.Position}"],
            ["最后一条事件 newest event", totals.LastRecordedAt is { } last ? ClaimsJson.Text(last) : "—"],
            ["抽样种子 seed of the draw", order.Seed],
            ["抽样规则 rule of the sample", $"{order.Share}‰，至少 {order.Least} 件，{order.AllOver} 元以上全部 "
                + $"({order.Share} of 1,000, at least {order.Least}, and all above {order.AllOver} yuan)"],
            ["程序版本 version of the program", engine],
        ]);
        page.Append("<h2>合计 <small lang=\"en\">totals</small></h2>\n");
        Table(page, ["项目 what", "件数 count", "金额（元）yuan"],
        [
            Row("参保凭证及应缴 certificates, contributions", totals.Certificates), Row("已收缴费 contributions received", totals.Paid),
            ["申领 claims", Count(totals.Claims), ""],
            ["核定（已全部重算）assessments, each computed again", Count(totals.Assessments), ""],
            ["其中重算一致 of these identical", Count(totals.Identical), ""], ["抽样决定 decisions in the sample", Count(totals.Sampled), ""],
            Row("批准 approved", totals.Approved), Row("下单付款 ordered to be paid", totals.Ordered),
            Row("银行到账 paid by the bank", totals.Settled), Row("银行退汇 returned by the bank", totals.Returned),
            Row("尚无结果 without a result", totals.Unsettled), ["付款批次 payment batches", Count(totals.Batches), ""],
            Row("追回应还 asked back", totals.Owed), ["追回已还 came back", "", totals.Repaid.ToString()],
            ["日记账借方 debits of the journal", Count(totals.Entries), totals.Debits.ToString()],
            ["日记账贷方 credits of the journal", Count(totals.Entries), totals.Credits.ToString()],
            ["账面已付 paid by the books", "", totals.PaidByBooks.ToString()], ["事件 events", Count(totals.Events), ""],
        ], 1, 2);
        page.Append("<h2>文件 <small lang=\"en\">files</small></h2>\n<table>\n<tr><th>文件 file</th><th>内容 what</th>"
            + "<th>字节 bytes</th><th>SHA-256</th></tr>\n");
        foreach (var file in files)
            page.Append($"<tr><td><a href=\"{Text(file.Name)}\">{Text(file.Name)}</a></td><td>{Text(file.Zh)}<br><small lang=\"en\">"
                + $"{Text(file.En)}</small></td><td class=\"number\">{Count(file.Bytes)}</td><td><code>{file.Sha256}</code></td></tr>\n");
        page.Append("</table>\n");
        page.Append("""
            <h2>如何核验 <small lang="en">how to verify</small></h2>
            <ol>
            <li>不需要服务器，也不需要数据库：<code>ClaimsEngine.Host verify-pack 文件.zip --sha256 单位告知的清单哈希</code>。程序逐个核对文件哈希，
              从事件日志重新推导全部表格与合计，重算每一项核定，重新过账，并核对“决定＝应付＝银行＝账簿”。
              <br><small lang="en">Without server and database: the program checks every file's hash, derives all sheets and totals from the
              events again, computes every assessment and posts every entry again, and holds decisions, payouts, bank and books
              against each other.</small></li>
            <li>只用解压软件也可核对：<code>sha256sum -c manifest.sha256</code> 核对清单，清单（manifest.json）列出每个文件的 SHA-256。
              <br><small lang="en">With unzip alone: sha256sum -c manifest.sha256 checks the list, which has the SHA-256 of every
              file.</small></li>
            <li>CSV 表格为 UTF-8（带 BOM），可直接用 Excel 或 WPS 打开，金额单位为元。
              <br><small lang="en">The CSV sheets are UTF-8 with a mark; Excel and WPS open them. Amounts are yuan.</small></li>
            </ol>
            <h2>个人信息 <small lang="en">personal data</small></h2>
            <p>包内没有姓名、证件号码、电话和银行账号；人员与账户仅以标识出现。申领事件含事故与疾病信息，属敏感个人信息，请按规定保管。
              <br><small lang="en">The pack holds no names, identity numbers, phone or account numbers: people and accounts are ids. The
              events of claims tell of accidents and illnesses, which is sensitive personal information.</small></p>
            <h2>说明 <small lang="en">notes</small></h2>
            <p>付款批次按整批收录，批内可能有其他计划的付款。抽样规则未见公开规定，为本程序的默认设置。
              <br><small lang="en">Batches are packed as a whole and may hold payouts of other plans. No public text says how decisions are
              sampled: the rule is a default of this program.</small></p>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static string[] Row(string what, CountedSum counted) => [what, Count(counted.Count), counted.Sum.ToString()];

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(string text) => Encoder.Encode(text);

    private static void Table(StringBuilder page, string[] headings, IEnumerable<string[]> rows, params IReadOnlyList<int> numbers)
    {
        page.Append($"<table>\n<tr>{string.Concat(headings.Select(heading => $"<th>{Text(heading)}</th>"))}</tr>\n");
        foreach (var row in rows)
            page.Append($"<tr>{string.Concat(row.Select((cell, place) =>
                $"<td{(numbers.Contains(place) ? " class=\"number\"" : "")}>{Text(cell)}</td>"))}</tr>\n");
        page.Append("</table>\n");
    }
}
