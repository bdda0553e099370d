using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>
/// A part of a workbook, watched while it is unpacked: not larger than it says, no text or attribute that would have to be held without
/// bound, no document type and no CDATA. With <see cref="BoundedNames"/> an XML reader on top of it needs little memory whatever the part
/// holds.
/// </summary>
internal sealed class BoundedXmlStream(Stream part, long limit) : Stream
{
    // an attribute or a text holds no '<': what lies between two is what an XML reader may have to hold. A full cell is 32,767 characters,
    // escaped 6 bytes each
    private const int LongestRun = 1 << 20;

    private long total;
    private int run;
    private int matched;   // how much of "<!" the bytes so far end with

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => total; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = part.Read(buffer);
        Watch(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private void Watch(ReadOnlySpan<byte> bytes)
    {
        total += bytes.Length;
        if (total > limit) throw RosterFaults.ExpandsTooMuch.Unreadable();
        var last = bytes.LastIndexOf((byte)'<');
        run = last < 0 ? run + bytes.Length : bytes.Length - last;
        if (run > LongestRun)
            throw RosterFaults.DamagedWorkbook.Unreadable("a text or attribute is longer than any cell", "文本或属性超长");
        LookForDeclarations(bytes);
    }

    // "<!" begins a comment ("<!-"), a document type or CDATA
    private void LookForDeclarations(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (matched == 0)
            {
                var at = bytes.IndexOf("<!"u8);
                if (at < 0)
                {
                    matched = bytes[^1] == '<' ? 1 : 0;
                    return;
                }
                matched = 2;
                bytes = bytes[(at + 2)..];
            }
            else if (matched == 1)
            {
                matched = bytes[0] == '!' ? 2 : 0;
                if (matched == 2) bytes = bytes[1..];
            }
            else
            {
                if (bytes[0] != '-') throw RosterFaults.ForbiddenXml.Unreadable();
                matched = 0;
            }
        }
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) part.Dispose();
        base.Dispose(disposing);
    }
}
