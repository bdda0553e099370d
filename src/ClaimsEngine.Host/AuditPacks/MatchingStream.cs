namespace ClaimsEngine.Host.AuditPacks;

/// <summary>Compares what is written with what a file holds, and remembers the first line in which they differ.</summary>
/// <param name="expected">the file; closed with this one</param>
internal sealed class MatchingStream(Stream expected) : Stream
{
    private readonly byte[] buffer = new byte[64 << 10];
    private long line = 1;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From 1; null while all is equal.</summary>
    public long? FirstDifference { get; private set; }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && FirstDifference is null)
        {
            var part = bytes[..Math.Min(bytes.Length, buffer.Length)];
            var read = expected.ReadAtLeast(buffer.AsSpan(0, part.Length), part.Length, throwOnEndOfStream: false);
            var same = part[..read].CommonPrefixLength(buffer.AsSpan(0, read));
            line += part[..same].Count((byte)'\n');
            if (same < part.Length) FirstDifference = line;
            bytes = bytes[part.Length..];
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (FirstDifference is null && expected.ReadByte() >= 0) FirstDifference = line;
            expected.Dispose();
        }
        base.Dispose(disposing);
    }
}
