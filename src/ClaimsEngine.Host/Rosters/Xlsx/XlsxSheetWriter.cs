using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace ClaimsEngine.Host.Rosters.Xlsx;

/// <summary>
/// A workbook of one sheet of text. Cells are inline strings in the text format, so that an identity number corrected in Excel stays text, and marked as
/// quoted where they begin like a formula. Parts are written one after the other into the container, so that nothing is held.
/// </summary>
internal sealed class XlsxSheetWriter : SheetWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string PackageTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const string Text = "1", QuotedText = "2";   // cell formats in the order of the styles part
    private const int MostColumns = 16_384;

    private const int MostCharacters = 32_767;

    private static readonly XmlWriterSettings Writing =
        new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = true, NewLineHandling = NewLineHandling.None };

    private readonly ZipArchive zip;
    private readonly XmlWriter sheet;
    private int row;

    public XlsxSheetWriter(Stream destination, string name) : base(destination)
    {
        zip = new ZipArchive(Output, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml",
            $"""
            <Types xmlns="{PackageTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{SheetType}.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{SheetType}.styles+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SheetType}.worksheet+xml"/></Types>
            """);
        Part("_rels/.rels",
            $"""<Relationships xmlns="{PackageRelations}"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part("xl/workbook.xml",
            $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{System.Security.SecurityElement.Escape(Allowed(name))}" sheetId="1" r:id="r1"/></sheets></workbook>
            """);
        Part("xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{PackageRelations}"><Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="r2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """);
        Part("xl/styles.xml",
            $"""
            <styleSheet xmlns="{Main}"><fonts count="1"><font><sz val="11"/><name val="等线"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
            <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
            <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>
            """);
        sheet = XmlWriter.Create(Entry("xl/worksheets/sheet1.xml"), Writing);
        sheet.WriteStartElement("worksheet", Main);
        // cells that are still blank are text as well when they are filled in
        sheet.WriteStartElement("cols");
        sheet.WriteStartElement("col");
        sheet.WriteAttributeString("min", "1");
        sheet.WriteAttributeString("max", MostColumns.ToString(CultureInfo.InvariantCulture));
        sheet.WriteAttributeString("width", "18");
        sheet.WriteAttributeString("style", Text);
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteStartElement("sheetData");
    }

    private protected override void WriteRow(IReadOnlyList<string> cells)
    {
        row++;
        if (cells.Count == 0) return;
        var number = row.ToString(CultureInfo.InvariantCulture);
        sheet.WriteStartElement("row");
        sheet.WriteAttributeString("r", number);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length == 0) continue;
            sheet.WriteStartElement("c");
            sheet.WriteAttributeString("r", ColumnLetter.Of(i) + number);
            sheet.WriteAttributeString("s", cells[i][0] is '=' or '+' or '-' or '@' or '\'' ? QuotedText : Text);
            sheet.WriteAttributeString("t", "inlineStr");
            sheet.WriteStartElement("is");
            sheet.WriteStartElement("t");
            sheet.WriteAttributeString("xml", "space", null, "preserve");
            sheet.WriteString(SheetXml.Escape(cells[i].Length > MostCharacters ? cells[i][..MostCharacters] : cells[i]));
            sheet.WriteEndElement();
            sheet.WriteEndElement();
            sheet.WriteEndElement();
        }
        sheet.WriteEndElement();
    }

    private protected override void End()
    {
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.Dispose();
        zip.Dispose();
    }

    // at most 31 characters, none of them with a meaning in a reference
    private static string Allowed(string name)
    {
        var allowed = string.Concat(name.Where(character =>
            character is >= ' ' and < '\uFFFE' && !char.IsSurrogate(character) && !@"[]:*?/\".Contains(character, StringComparison.Ordinal)));
        allowed = (allowed.Length > 31 ? allowed[..31] : allowed).Trim('\'');
        return allowed.Length == 0 ? "Sheet1" : allowed;
    }

    private void Part(string path, string xml)
    {
        using var part = new StreamWriter(Entry(path), Writing.Encoding);
        part.Write(xml);
    }

    private Stream Entry(string path) => zip.CreateEntry(path, CompressionLevel.Fastest).Open();
}
