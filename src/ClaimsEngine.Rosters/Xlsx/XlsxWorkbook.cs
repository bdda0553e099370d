using System.IO.Packaging;
using System.Xml;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>
/// An open workbook: its visible sheets in order. The framework's package reader and XML reader are used instead of the Open XML SDK's,
/// which needs five times as long for a sheet and gives up on a workbook in which one hyperlink is malformed.
/// </summary>
internal sealed class XlsxWorkbook : IDisposable
{
    private readonly Package package;

    private XlsxWorkbook(Package package) => this.package = package;

    public IReadOnlyList<ISheetSource> Sheets { get; private set; } = [];

    /// <exception cref="UnreadableException">It is no workbook, or one that is refused.</exception>
    public static XlsxWorkbook Open(Stream stream, RosterLimits limits, CancellationToken cancellation)
    {
        XlsxContainer.Check(stream, limits);
        var workbook = new XlsxWorkbook(Package.Open(stream, FileMode.Open, FileAccess.Read));
        try
        {
            workbook.ReadSheets(limits, cancellation);
            return workbook;
        }
        catch
        {
            workbook.Dispose();
            throw;
        }
    }

    public void Dispose() => package.Close();

    private void ReadSheets(RosterLimits limits, CancellationToken cancellation)
    {
        var main = package.GetRelationships().FirstOrDefault(relationship => Is(relationship, "officeDocument"));
        var book = main is null ? null : Part(new Uri("/", UriKind.Relative), main);
        if (package.GetParts().Any(part => Says(part, "macro") || Says(part, "vbaProject")))
            throw RosterFaults.MacroWorkbook.Unreadable();
        if (book is null || !Says(book, "spreadsheetml") || Says(book, "binary")) throw RosterFaults.NotAWorkbook.Unreadable();

        var related = book.GetRelationships().ToDictionary(relationship => relationship.Id);
        var strings = related.Values.FirstOrDefault(relationship => Is(relationship, "sharedStrings")) is { } table
            && Part(book.Uri, table) is { } stringsPart
            ? ReadStrings(stringsPart, limits, cancellation)
            : new SharedStrings();
        var from1904 = false;
        var sheets = new List<ISheetSource>();
        using var xml = SheetXml.Read(book.GetStream(FileMode.Open, FileAccess.Read), limits.ExpandedBytes);
        while (xml.Next())
        {
            if (xml.At("workbookPr")) from1904 = SheetXml.IsTrue(xml.GetAttribute("date1904"));
            // what the sender does not see is not what the sender means to send
            else if (xml.At("sheet") && xml.GetAttribute("state") is null or "visible"
                && related.TryGetValue(RelationshipId(xml), out var relationship)
                && Is(relationship, "worksheet") && Part(book.Uri, relationship) is { } part)
                sheets.Add(new XlsxSheet(xml.GetAttribute("name") ?? "", part, strings, from1904, limits));
        }
        Sheets = sheets;
    }

    private static SharedStrings ReadStrings(PackagePart part, RosterLimits limits, CancellationToken cancellation)
    {
        using var xml = SheetXml.Read(part.GetStream(FileMode.Open, FileAccess.Read), limits.ExpandedBytes);
        return SharedStrings.Read(xml, limits, cancellation);
    }

    private PackagePart? Part(Uri source, PackageRelationship relationship)
    {
        if (relationship.TargetMode != TargetMode.Internal) return null;
        var uri = PackUriHelper.ResolvePartUri(source, relationship.TargetUri);
        return package.PartExists(uri) ? package.GetPart(uri) : null;
    }

    // the attribute's namespace differs between transitional and strict workbooks
    private static string RelationshipId(XmlReader xml)
    {
        var id = "";
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal)) id = xml.Value;
        xml.MoveToElement();
        return id;
    }

    private static bool Is(PackageRelationship relationship, string type) =>
        relationship.RelationshipType.EndsWith("/" + type, StringComparison.Ordinal);

    private static bool Says(PackagePart part, string word) => part.ContentType.Contains(word, StringComparison.OrdinalIgnoreCase);
}
