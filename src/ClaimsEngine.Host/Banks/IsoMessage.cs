using System.Xml;
using System.Xml.Linq;

namespace ClaimsEngine.Host.Banks;

/// <summary>Reads a message of ISO 20022. It looks up nothing outside, and takes no document type, so that no entity is ever
/// expanded.</summary>
internal static class IsoMessage
{
    private const int MostDepth = 32, MostElements = 1_000_000;

    /// <summary>The message within <c>Document</c>, or why it is none.</summary>
    /// <param name="type">such as <c>pain.002.001.10</c></param>
    public static (XElement? Message, string? Fault) Read(ReadOnlyMemory<byte> file, string type, string root)
    {
        try
        {
            if (TooLarge(file) is { } fault) return (null, fault);
            using var reader = Open(file);
            var document = XDocument.Load(reader).Root!;
            XNamespace expected = $"urn:iso:std:iso:20022:tech:xsd:{type}";
            if (document.Name != expected + "Document") return (null, $"the file is no {type}");
            return document.Element(expected + root) is { } message ? (message, null) : (null, $"the file is no {type}: {root} is missing");
        }
        catch (XmlException broken)
        {
            return (null, $"the file is no well-formed XML (line {broken.LineNumber}, place {broken.LinePosition})");
        }
    }

    /// <summary>Read once without being kept: a tree that is too deep or too wide is never built. No message of a bank is either.</summary>
    private static string? TooLarge(ReadOnlyMemory<byte> file)
    {
        using var reader = Open(file);
        for (var elements = 0; reader.Read();)
        {
            if (reader.Depth > MostDepth) return $"the file has elements more than {MostDepth} deep";
            if (reader.NodeType == XmlNodeType.Element && ++elements > MostElements)
                return $"the file has more than {MostElements:N0} elements";
        }
        return null;
    }

    private static XmlReader Open(ReadOnlyMemory<byte> file) => XmlReader.Create(
        new MemoryStream(file.ToArray(), writable: false), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
            CloseInput = true,
        });

    /// <summary>The elements at the end of a path of names, in the message's own namespace.</summary>
    public static IEnumerable<XElement> At(this XElement from, params IReadOnlyList<string> path) =>
        path.Aggregate<string, IEnumerable<XElement>>(
            [from], (found, name) => found.SelectMany(one => one.Elements(from.Name.Namespace + name)));

    /// <summary>The trimmed text of the first element at the path; null where there is none, or nothing in it.</summary>
    public static string? Text(this XElement from, params IReadOnlyList<string> path) =>
        from.At(path).FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;
}
