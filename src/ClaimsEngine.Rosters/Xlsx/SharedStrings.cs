using System.Buffers.Binary;
using System.Text;
using System.Xml;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>
/// The workbook's table of strings, which its cells name by number. Excel puts every text there, so it is held as UTF-8 in blocks with four
/// bytes of index an entry: a quarter of what strings would take.
/// </summary>
internal sealed class SharedStrings
{
    private const int BlockSize = 1 << 20;

    private readonly List<byte[]> blocks = [];
    private readonly List<int> starts = [];
    private int free = BlockSize;

    public static SharedStrings Read(XmlReader xml, RosterLimits limits, CancellationToken cancellation)
    {
        var table = new SharedStrings();
        var bytes = 0L;
        while (xml.Next())
        {
            if (!xml.At("si")) continue;
            if (table.starts.Count % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            bytes += table.Add(SheetXml.RichText(xml, limits.CellCharacters));
            if (bytes > limits.SharedStringBytes || table.starts.Count > limits.SharedStrings)
                throw RosterFaults.TooManySharedStrings.Unreadable(
                    $"at most {limits.SharedStrings} strings of {limits.SharedStringBytes >> 20} MiB together",
                    $"最多 {limits.SharedStrings} 条、共 {limits.SharedStringBytes >> 20} MiB");
        }
        return table;
    }

    public string? this[int index]
    {
        get
        {
            if (index < 0 || index >= starts.Count) return null;
            var entry = blocks[starts[index] / BlockSize].AsSpan(starts[index] % BlockSize);
            return Encoding.UTF8.GetString(entry.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(entry)));
        }
    }

    private int Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (free + 4 + length > BlockSize)
        {
            blocks.Add(new byte[BlockSize]);
            free = 0;
        }
        var entry = blocks[^1].AsSpan(free);
        BinaryPrimitives.WriteInt32LittleEndian(entry, length);
        Encoding.UTF8.GetBytes(text, entry[4..]);
        starts.Add((blocks.Count - 1) * BlockSize + free);
        free += 4 + length;
        return 4 + length;
    }
}
