using System.IO.Compression;
using System.Text;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Files that are no rosters, or that mean harm: each has a clear answer, and none costs memory.</summary>
public sealed class HostileWorkbookTests
{
    private static readonly byte[] Roster = Workbooks.Of(Header.Split(','), Good.Split(','));

    [Fact]
    public async Task Macros_are_refused_by_the_workbooks_type_and_by_their_part()
    {
        var file = new MemoryStream();
        file.Write(Roster);
        using (var document = SpreadsheetDocument.Open(file, true))
            document.ChangeDocumentType(SpreadsheetDocumentType.MacroEnabledWorkbook);
        await Refused(file.ToArray(), RosterFaults.MacroWorkbook);
        await Refused(Workbooks.With(Roster, "xl/vbaProject.bin", _ => "macro"), RosterFaults.MacroWorkbook);
        await Refused(Workbooks.With(Workbooks.With(Roster, "xl/other.bin", _ => "macro"), "[Content_Types].xml",
            xml => xml.Replace("</Types>",
                "<Override PartName=\"/xl/other.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>",
                StringComparison.Ordinal)),
            RosterFaults.MacroWorkbook);
    }

    [Fact]
    public async Task An_old_workbook_and_one_with_a_password_are_told_apart()
    {
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        await Refused([.. ole, .. new byte[100_000]], RosterFaults.OldWorkbook);
        await Refused([.. ole, .. new byte[65_510], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[5_000]],
            RosterFaults.EncryptedWorkbook);
    }

    [Fact]
    public async Task Other_containers_are_no_workbooks()
    {
        await Refused(Zip(("a.txt", "hello")), RosterFaults.NotAWorkbook);
        await Refused(Zip(), RosterFaults.NotAWorkbook);
        await Refused(Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")),
            RosterFaults.NotAWorkbook);
        var word = new MemoryStream();
        using (var document = WordprocessingDocument.Create(word, WordprocessingDocumentType.Document))
            document.AddMainDocumentPart().Document = new();
        await Refused(word.ToArray(), RosterFaults.NotAWorkbook);
        await Refused(Workbooks.With(Roster, "[Content_Types].xml",
            xml => xml.Replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.main", StringComparison.Ordinal)), RosterFaults.MacroWorkbook);
    }

    [Theory]
    [InlineData("<html><table><tr><td>姓名</td></tr></table></html>")]
    [InlineData("\uFEFF \r\n<?xml version=\"1.0\"?><Workbook/>")]
    public Task A_web_page_under_the_name_of_a_workbook(string text) => Refused(Encoding.UTF8.GetBytes(text), RosterFaults.WebPage);

    [Fact]
    public Task A_picture_is_no_text() =>
        Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D], RosterFaults.NotText);

    [Fact]
    public async Task A_bomb_is_refused_before_it_is_unpacked()
    {
        var bomb = new MemoryStream();
        bomb.Write(Roster);
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(Workbooks.SheetPath)!.Delete();
            using var sheet = zip.CreateEntry(Workbooks.SheetPath).Open();
            var nothing = new byte[1 << 20];
            for (var i = 0; i < 64; i++) sheet.Write(nothing);
        }
        var fault = await Refused(bomb.ToArray(), RosterFaults.ExpandsTooMuch);
        Assert.Contains("250", fault.Text, StringComparison.Ordinal);
        fault = await Refused(bomb.ToArray(), RosterFaults.ExpandsTooMuch, new RosterLimits { ExpandedBytes = 8 << 20 });
        Assert.Contains("8 MiB", fault.Text, StringComparison.Ordinal);
        await Refused(Roster, RosterFaults.ExpandsTooMuch, new RosterLimits { Parts = 3 });
    }

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_unpacks_to_what_it_says()
    {
        var rows = string.Concat(Enumerable.Range(2, 20_000).Select(row =>
            $"<x:row r=\"{row}\"><x:c t=\"inlineStr\"><x:is><x:t>李样例</x:t></x:is></x:c></x:row>"));
        var file = Workbooks.With(Roster, Workbooks.SheetPath, xml =>
            xml.Replace("</x:sheetData>", $"</x:sheetData>{rows}", StringComparison.Ordinal));
        // the length that the directory at the end of the file gives
        var entry = file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(Workbooks.SheetPath)) - 46;
        Assert.True(BitConverter.TryWriteBytes(file.AsSpan(entry + 24), 700));
        await Refused(file, RosterFaults.DamagedWorkbook);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://example.invalid/x.dtd\">")]
    public async Task Document_types_and_entities_are_refused(string declaration)
    {
        foreach (var path in (string[])[Workbooks.SheetPath, "xl/workbook.xml", "xl/sharedStrings.xml"])
            await Refused(Workbooks.With(Roster, path, xml => xml.Insert(xml.IndexOf("?>", StringComparison.Ordinal) + 2, declaration)),
                RosterFaults.ForbiddenXml);
        await Refused(Workbooks.With(Roster, "[Content_Types].xml", xml =>
            xml.Insert(xml.IndexOf("?>", StringComparison.Ordinal) + 2, declaration)), RosterFaults.DamagedWorkbook);
    }

    [Fact]
    public Task Cdata_is_refused() => Refused(
        Workbooks.With(Roster, "xl/sharedStrings.xml", xml => xml.Replace("李样例", "<![CDATA[李样例]]>", StringComparison.Ordinal)),
            RosterFaults.ForbiddenXml);

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task A_document_type_is_seen_across_the_pieces_in_which_a_part_is_read(int ahead)
    {
        // around the ends of the buffers of 32 KiB
        for (var pad = (32 << 10) - 60; pad < (32 << 10) + 8; pad += 4)
            await Refused(Workbooks.With(Roster, Workbooks.SheetPath,
                _ => $"<?xml version=\"1.0\"?>{new string(' ', pad + ahead % 4)}<!DOCTYPE x><x/>"), RosterFaults.ForbiddenXml);
    }

    [Fact]
    public async Task A_comment_is_no_document_type() =>
        Assert.Single(await Rows(Workbooks.With(Roster, Workbooks.SheetPath, xml =>
            xml.Replace("<x:sheetData>", "<!-- c --><x:sheetData>", StringComparison.Ordinal))));

    [Fact]
    public async Task A_text_or_an_attribute_without_end_is_not_held_in_memory()
    {
        var endless = new string('长', 2 << 20);
        await Refused(Workbooks.With(Roster, "xl/sharedStrings.xml", xml => xml.Replace("李样例", endless, StringComparison.Ordinal)),
            RosterFaults.DamagedWorkbook);
        await Refused(
            Workbooks.With(Roster, Workbooks.SheetPath, xml => xml.Replace("<x:row r=", $"<x:row spans=\"{endless}\" r=",
                StringComparison.Ordinal)), RosterFaults.DamagedWorkbook);
    }

    [Fact]
    public async Task Nor_are_elements_within_elements_or_millions_of_names()
    {
        var nested = string.Concat(Enumerable.Repeat("<a>", 100_000));
        var names = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"<n{number}/>"));
        var fault = await Refused(Workbooks.With(Roster, Workbooks.SheetPath, xml =>
            xml.Replace("<x:sheetData>", nested, StringComparison.Ordinal)), RosterFaults.DamagedWorkbook);
        Assert.Contains("deep", fault.Text, StringComparison.Ordinal);
        fault = await Refused(Workbooks.With(Roster, Workbooks.SheetPath, xml =>
            xml.Replace("<x:sheetData>", names, StringComparison.Ordinal)), RosterFaults.DamagedWorkbook);
        Assert.Contains("names", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_of_millions_of_files_is_not_read()
    {
        var entry = new byte[46];
        "PK\u0001\u0002"u8.CopyTo(entry);
        var file = new byte[4 + entry.Length * 1_000_000];
        "PK\u0003\u0004"u8.CopyTo(file);
        for (var at = 4; at < file.Length; at += entry.Length) entry.CopyTo(file, at);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await Refused(file, RosterFaults.ExpandsTooMuch);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public async Task A_text_of_a_million_pieces_costs_no_square_of_them()
    {
        var pieces = string.Concat(Enumerable.Repeat("<x:r><x:t>长</x:t></x:r>", 1_000_000));
        var file = Workbooks.With(Roster, "xl/sharedStrings.xml", xml =>
            xml.Replace("<x:t xml:space=\"preserve\">李样例</x:t>", pieces, StringComparison.Ordinal));
        Assert.Equal(RosterFaults.CellTooLong, Assert.Single(Assert.Single(await Rows(file)).Faults).Rule);
    }

    [Fact]
    public async Task More_shared_strings_than_can_be_held()
    {
        var fault = await Refused(Roster, RosterFaults.TooManySharedStrings, new RosterLimits { SharedStrings = 7 });
        Assert.Contains("7", fault.Text, StringComparison.Ordinal);
        await Refused(Roster, RosterFaults.TooManySharedStrings, new RosterLimits { SharedStringBytes = 20 });
    }

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData(Workbooks.SheetPath)]
    [InlineData("xl/_rels/workbook.xml.rels")]
    [InlineData("[Content_Types].xml")]
    public async Task A_part_that_is_missing_or_no_xml(string path)
    {
        var (sheet, missing) = await RosterSheet.Open(new MemoryStream(Workbooks.With(Roster, path, _ => null)));
        Assert.Null(sheet);
        Assert.Contains(missing!.Rule,
            (RosterFaultCode[])[RosterFaults.DamagedWorkbook, RosterFaults.NotAWorkbook, RosterFaults.HeaderNotFound]);
        await Refused(Workbooks.With(Roster, path, xml => xml[..(xml.Length / 2)]), RosterFaults.DamagedWorkbook);
    }

    [Theory]
    [InlineData("r=\"2\"", "r=\"1\"")]
    [InlineData("r=\"2\"", "r=\"-2\"")]
    [InlineData("r=\"2\"", "r=\"99999999999\"")]
    [InlineData("r=\"B2\"", "r=\"A2\"")]
    [InlineData("r=\"B2\"", "r=\"B3\"")]
    [InlineData("r=\"B2\"", "r=\"ZZZZ2\"")]
    [InlineData("r=\"B2\"", "r=\"2\"")]
    [InlineData("<x:v>5</x:v>", "<x:v>77</x:v>")]
    [InlineData("<x:v>5</x:v>", "<x:v>-1</x:v>")]
    [InlineData("</x:sheetData>", "</x:sheetData><x:mergeCells><x:mergeCell ref=\"A\"/></x:mergeCells>")]
    public async Task A_sheet_that_contradicts_itself(string right, string wrong)
    {
        var file = Workbooks.With(Roster, Workbooks.SheetPath, xml =>
        {
            Assert.Contains(right, xml, StringComparison.Ordinal);
            return xml.Replace(right, wrong, StringComparison.Ordinal);
        });
        await Refused(file, RosterFaults.DamagedWorkbook);
    }

    [Fact]
    public async Task An_encrypted_part_needs_a_password()
    {
        var file = Roster.ToArray();
        // the flag of encryption in the directory
        for (var at = 0; (at = Find(file, at, [(byte)'P', (byte)'K', 1, 2])) >= 0; at++) file[at + 8] |= 1;
        await Refused(file, RosterFaults.EncryptedWorkbook);
    }

    [Fact]
    public async Task Wherever_a_file_is_cut_off_there_is_an_answer()
    {
        for (var length = 0; length < Roster.Length; length += 7)
        {
            var (sheet, fault) = await RosterSheet.Open(new MemoryStream(Roster[..length]));
            Assert.Null(sheet);
            Assert.NotNull(fault);
        }
        await Refused(Roster[..^40], RosterFaults.DamagedWorkbook);
    }

    [Fact]
    public async Task Whatever_bytes_are_changed_there_is_an_answer()
    {
        var random = new Random(20251020);
        byte[][] files = [Roster, Workbooks.With(Roster, "xl/other.xml", _ => "<x/>"), Stored(Roster), Csv(Header, Good, Good),
            Gb18030.GetBytes(Header + "\n" + Good)];
        for (var round = 0; round < 3_000; round++)
        {
            var file = files[round % files.Length].ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) file[random.Next(file.Length)] = (byte)random.Next(256);
            var (sheet, fault) = await RosterSheet.Open(new MemoryStream(file));
            Assert.True(sheet is null != fault is null);
            if (sheet is not null) Assert.Equal(sheet.RowCount, sheet.Read().Count());
            sheet?.Dispose();
        }
    }

    private static byte[] Zip(params (string Path, string Text)[] parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(text);
            }
        return file.ToArray();
    }

    /// <summary>The same workbook uncompressed, so that a changed byte reaches the XML.</summary>
    private static byte[] Stored(byte[] file)
    {
        var copy = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(file)))
        using (var to = new ZipArchive(copy, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var part in from.Entries)
            {
                using var source = part.Open();
                using var target = to.CreateEntry(part.FullName, CompressionLevel.NoCompression).Open();
                source.CopyTo(target);
            }
        return copy.ToArray();
    }

    private static int Find(byte[] file, int from, ReadOnlySpan<byte> bytes) => file.AsSpan(from).IndexOf(bytes) is >= 0 and var at
        ? at + from : -1;
}
