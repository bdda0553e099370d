using System.Text.Json;
using ClaimsEngine.AuditPacks;
using CsvHelper;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>Puts lines into the files that they are for: sheets as CSV with formulas made harmless, other values as JSON, each file in
/// parts that a spreadsheet opens.</summary>
/// <param name="open">makes the file of that name</param>
/// <param name="leaveOpen">whether it stays open when its part is full or everything is written</param>
internal sealed class PackSheets(Func<string, PackFile, Stream> open, bool leaveOpen = false) : IDisposable
{
    /// <summary>Lines of a part; Excel takes 1,048,576.</summary>
    public const int MostLines = 1_000_000;

    private static readonly CsvWriterOptions Form = new()
    {
        NewLine = "\r\n", WriteByteOrderMark = true, Injection = CsvInjection.Escape,
    };

    private readonly Dictionary<string, Part> parts = [];

    public void Write(PackLine line)
    {
        var name = line.File.Part(1);
        if (!parts.TryGetValue(name, out var part)) parts[name] = part = new Part(line.File, 1, open, leaveOpen);
        else if (part.Lines == MostLines)
        {
            part.Dispose();
            parts[name] = part = new Part(line.File, part.Number + 1, open, leaveOpen);
        }
        part.Write(line);
    }

    public void Dispose()
    {
        foreach (var part in parts.Values) part.Dispose();
        parts.Clear();
    }

    private sealed class Part : IDisposable
    {
        private readonly Stream opened, file;
        private readonly CsvWriter? csv;
        private readonly bool isDocument, leaveOpen;

        public Part(PackFile of, int number, Func<string, PackFile, Stream> open, bool leaveOpen)
        {
            (Number, isDocument, this.leaveOpen, opened) = (number, of.IsDocument, leaveOpen, open(of.Part(number), of));
            file = new BufferedStream(opened, 64 << 10);
            if (of.Headings is not { } headings) return;
            csv = CsvWriter.Create(file, Form, leaveOpen: true);
            csv.WriteRecord([.. headings]);
        }

        public int Number { get; }
        public int Lines { get; private set; }

        public void Write(PackLine line)
        {
            Lines++;
            if (csv is not null)
            {
                csv.WriteRecord([.. line.Cells!]);
                return;
            }
            JsonSerializer.Serialize(file, line.Json, line.Json!.GetType(), ClaimsJson.Options);
            if (!isDocument) file.WriteByte((byte)'\n');
        }

        public void Dispose()
        {
            csv?.Dispose();
            file.Flush();
            if (!leaveOpen) opened.Dispose();
        }
    }
}
