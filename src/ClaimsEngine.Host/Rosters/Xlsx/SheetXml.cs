using System.Globalization;
using System.Text;
using System.Xml;

namespace ClaimsEngine.Host.Rosters.Xlsx;

/// <summary>Reading of SpreadsheetML's small pieces.</summary>
internal static class SheetXml
{
    private const int Deepest = 64;       // the format's elements nest to 10 or so
    private const int EscapeLength = 7;   // _x000D_

    /// <summary>Parts are UTF-8, as the format's producers write them; another encoding would get past <see cref="BoundedXmlStream"/>'s eyes.</summary>
    public static XmlReader Read(Stream part, long limit) => XmlReader.Create(
        new StreamReader(new BoundedXmlStream(part, limit), Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 32 << 10),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true,
            NameTable = new BoundedNames(),
        });

    /// <summary>The next node; false at the end. An XML reader holds what it is within, so that is bounded.</summary>
    public static bool Next(this XmlReader xml)
    {
        if (!xml.Read()) return false;
        if (xml.Depth > Deepest) throw new UnreadableException(RosterFaults.DamagedWorkbook.Fault("its XML nests too deep", "XML 嵌套过深"));
        return true;
    }

    /// <summary>The next node within an element at this depth; false at the element's end.</summary>
    public static bool Within(this XmlReader xml, int depth) => xml.Next() && xml.Depth > depth;

    /// <summary>Whether the reader has come upon an element. Transitional and strict workbooks differ in the namespace alone, so it is not asked.</summary>
    public static bool At(this XmlReader xml, string element) => xml.NodeType == XmlNodeType.Element && xml.LocalName == element;

    /// <summary>The text of an element that holds text alone, at most one character more than <paramref name="most"/>; the reader is then at its end.</summary>
    public static string Text(XmlReader xml, int most)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        var text = new Pieces(most);
        while (xml.Within(depth))
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Add(xml.Value);
        return text.ToString();
    }

    /// <summary>The text of a shared or inline string: its pieces together, without the pronunciation that East Asian editors add.</summary>
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

    /// <summary><c>_x000D_</c> is how the format writes a character that XML cannot hold, and <c>_x005F_</c> the underscore of a text that looks so.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (Escaped(text, i) is { } character)
            {
                result.Append(character);
                i += EscapeLength - 1;
            }
            else result.Append(text[i]);
        }
        return result.ToString();
    }

    /// <summary>The inverse of <see cref="Unescape"/>. Half of a surrogate pair, which is no text, becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var needed = false;
        for (var i = 0; i < text.Length && !needed; i++) needed = NeedsEscape(text, i);
        if (!needed) return text;
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i])) result.Append(IsHalf(text, i) ? '\uFFFD' : text[i]);
            else if (NeedsEscape(text, i)) result.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
            else result.Append(text[i]);
        }
        return result.ToString();
    }

    private static bool IsHalf(string text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]) : at == 0 || !char.IsHighSurrogate(text[at - 1]);

    // CR would be read back as LF; what looks like the beginning of an escape must not become one, with the underscore of the next
    private static bool NeedsEscape(string text, int at) => text[at] switch
    {
        '\t' or '\n' => false,
        < ' ' or '\uFFFE' or '\uFFFF' => true,
        '_' => Code(text, at) is not null,
        >= '\uD800' and <= '\uDFFF' => IsHalf(text, at),
        _ => false,
    };

    private static string Cut(string text, int most) => text.Length > most ? text[..(most + 1)] : text;

    private static char? Escaped(string text, int at) => at + 6 < text.Length && text[at + 6] == '_' ? Code(text, at) : null;

    // halves of surrogate pairs stay as written: together they would be text that nobody checked
    private static char? Code(string text, int at) =>
        at + 6 <= text.Length && text[at] == '_' && text[at + 1] == 'x'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && !char.IsSurrogate((char)code)
            ? (char)code
            : null;

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
}
