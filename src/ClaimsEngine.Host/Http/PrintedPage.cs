using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// A page in Chinese to print: A4, without script, and with one style that is allowed by its hash, so nothing that stands in the data could
/// bring another. All text is encoded, and set apart in its direction of reading.
/// </summary>
public sealed class PrintedPage(string title)
{
    private const string Style = """
        @page { size: A4; margin: 20mm }
        @media screen { body { padding: 10mm 0 } }
        body { font: 12pt/1.7 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #1a1a1a }
        body { max-width: 170mm; margin: 0 auto }
        h1 { font-size: 20pt; letter-spacing: .1em; text-align: center; margin: 0 0 8mm }
        p { margin: 0 0 3mm; overflow-wrap: anywhere }
        .first { text-align: left }
        .body { text-indent: 2em; text-align: justify }
        .warning { border: 1.2pt solid #a02020; color: #a02020; padding: 2mm 4mm; font-weight: bold }
        .number { text-align: right; font-size: 10.5pt }
        .signature { text-align: right; margin-top: 8mm }
        .notes { font-size: 9pt; color: #555; border-top: .5pt solid #999; padding-top: 2mm; margin-top: 10mm }
        table { width: 100%; border-collapse: collapse; margin: 0 0 4mm; font-size: 10pt; line-height: 1.4 }
        th, td { border: .5pt solid #999; padding: 1.2mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        th { font-weight: bold; white-space: nowrap }
        tr { break-inside: avoid }
        .amount { text-align: right; white-space: nowrap }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder body = new();

    public PrintedPage Heading(string text) => Put($"<h1>{Text(text)}</h1>\n");

    /// <param name="kind">a class of the style; null for a plain paragraph</param>
    public PrintedPage Paragraph(string text, string? kind = null) =>
        Put($"<p{(kind is null ? "" : $" class=\"{kind}\"")}>{Text(text)}</p>\n");

    public PrintedPage List(IEnumerable<string> items) =>
        Put("<ol>\n").Put(string.Concat(items.Select(item => $"<li>{Text(item)}</li>\n"))).Put("</ol>\n");

    /// <param name="amounts">the columns, from 0, that hold amounts</param>
    public PrintedPage Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, params IReadOnlyList<int> amounts)
    {
        Put($"<table>\n<tr>{string.Concat(header.Select(cell => $"<th>{Text(cell)}</th>"))}</tr>\n");
        foreach (var row in rows)
            Put($"<tr>{string.Concat(row.Select((cell, column) =>
                $"<td{(amounts.Contains(column) ? " class=\"amount\"" : "")}>{Text(cell)}</td>"))}</tr>\n");
        return Put("</table>\n");
    }

    /// <summary>The answer with its policy.</summary>
    public IResult Answer(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><title>{Encoder.Encode(title)}</title><style>{Style}</style></head>
            <body>
            {body}</body>
            </html>

            """, "text/html; charset=utf-8");
    }

    private static string Text(string text) => $"<bdi>{Encoder.Encode(text)}</bdi>";

    private PrintedPage Put(string html)
    {
        body.Append(html);
        return this;
    }
}
