using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>Reading of SpreadsheetML's small pieces.</summary>
internal static partial class SheetXml
{
    private const int Deepest = 64;       // the format's elements nest to 10 or so
    private const int EscapeLength = 7;   // _x000D_

    /// <summary>Parts are UTF-8, as the format's producers write them; <see cref="BoundedXmlStream"/> does not see through another
    /// encoding.</summary>
    public static XmlReader Read(Stream part, long limit) => XmlReader.Create(
        new StreamReader(new BoundedXmlStream(part, limit), Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 32 << 10),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
            CloseInput = true, NameTable = new BoundedNames(),
        });

    /// <summary>The next node; false at the end. An XML reader holds what it is within, so that is bounded.</summary>
    public static bool Next(this XmlReader xml)
    {
        if (!xml.Read()) return false;
        if (xml.Depth > Deepest) throw RosterFaults.DamagedWorkbook.Unreadable("its XML nests too deep", "XML 嵌套过深");
        return true;
    }

    /// <summary>The next node within an element at this depth; false at the element's end.</summary>
    public static bool Within(this XmlReader xml, int depth) => xml.Next() && xml.Depth > depth;

    /// <summary>Whether the reader has come upon an element. Transitional and strict workbooks differ in the namespace alone, so it is not
    /// asked.</summary>
    public static bool At(this XmlReader xml, string element) => xml.NodeType == XmlNodeType.Element && xml.LocalName == element;

    /// <summary>The text of an element that holds text alone, at most one character more than <paramref name="most"/>; the reader is then
    /// at its end.</summary>
    public static string Text(XmlReader xml, int most)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = new Pieces(most);
        while (xml.Within(depth))
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Add(xml.Value);
        return text.ToString();
    }

    /// <summary>The text of a shared or inline string: its pieces together, without the pronunciation that East Asian editors
    /// add.</summary>
    public static string RichText(XmlReader xml, int most)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = new Pieces(most * EscapeLength);
        while (xml.Within(depth))
        {
            if (xml.At("rPh")) SkipElement(xml);
            else if (xml.At("t")) text.Add(Text(xml, most * EscapeLength));
        }
        return Cut(Unescape(text.ToString()), most);
    }

    /// <summary>The value of a cell, of which at most one character more than <paramref name="most"/> is given.</summary>
    public static string EscapedText(XmlReader xml, int most) => Cut(Unescape(Text(xml, most * EscapeLength)), most);

    /// <summary>Goes to the end of the element, however large, holding nothing.</summary>
    public static void SkipElement(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Within(depth)) { }
    }

    public static bool IsTrue(string? attribute) => attribute is "1" or "true";

    /// <summary><c>_x000D_</c> is how the format writes a character that XML cannot hold, and <c>_x005F_</c> the underscore of a text that
    /// looks so. Halves of surrogate pairs stay as written: together they would be text that nobody checked.</summary>
    public static string Unescape(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : Escaped().Replace(text, match => ((char)Convert.ToUInt16(match.Value[2..6], 16)).ToString());

    /// <summary>The inverse of <see cref="Unescape"/>. Half of a surrogate pair, which is no text, becomes U+FFFD.</summary>
    public static string Escape(string text) => ToBeEscaped().Replace(text, match =>
        char.IsSurrogate(match.ValueSpan[0]) ? "\uFFFD" : string.Create(CultureInfo.InvariantCulture, $"_x{(int)match.ValueSpan[0]:X4}_"));

    private static string Cut(string text, int most) => text.Length > most ? text[..(most + 1)] : text;

    // nearly every text is of one piece and costs no copy; one of thousands costs no square of them
    private struct Pieces(int most)
    {
        private string first = "";
        private StringBuilder? all;

        private readonly int Length => all?.Length ?? first.Length;

        public void Add(string piece)
        {
            if (Length > most) return;
            if (Length + piece.Length > most) piece = piece[..(most + 1 - Length)];
            if (Length == 0) first = piece;
            else (all ??= new StringBuilder(first)).Append(piece);
        }

        public override readonly string ToString() => all?.ToString() ?? first;
    }

    [GeneratedRegex("_x(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}_")]
    private static partial Regex Escaped();

    // CR would be read back as LF; what looks like the beginning of an escape must not become one, with the underscore of the next
    [GeneratedRegex(@"[\0-\x08\x0B-\x1F\uFFFE\uFFFF]|_(?=x(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})"
        + @"|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex ToBeEscaped();
}
