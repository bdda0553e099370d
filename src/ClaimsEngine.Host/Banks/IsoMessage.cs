using System.Xml;
using System.Xml.Linq;

namespace ClaimsEngine.Host.Banks;

/// <summary>Reads a message of ISO 20022. It looks up nothing outside, and takes no document type, so that no entity is ever
/// expanded.</summary>
internal static class IsoMessage
{
    /// <summary>The message within <c>Document</c>, or why it is none.</summary>
    /// <param name="type">such as <c>pain.002.001.10</c></param>
    public static (XElement? Message, string? Fault) Read(ReadOnlyMemory<byte> file, string type, string root)
    {
        try
        {
            using var bytes = new MemoryStream(file.ToArray(), writable: false);
            using var reader = XmlReader.Create(bytes, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
            });
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

    /// <summary>The elements at the end of a path of names, in the message's own namespace.</summary>
    public static IEnumerable<XElement> At(this XElement from, params IReadOnlyList<string> path) =>
        path.Aggregate<string, IEnumerable<XElement>>(
            [from], (found, name) => found.SelectMany(one => one.Elements(from.Name.Namespace + name)));

    /// <summary>The trimmed text of the first element at the path; null where there is none, or nothing in it.</summary>
    public static string? Text(this XElement from, params IReadOnlyList<string> path) =>
        from.At(path).FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;
}
