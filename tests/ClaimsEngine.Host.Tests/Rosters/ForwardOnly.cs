namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>A request's body: no seeking, nothing synchronous, a few bytes at a time.</summary>
internal sealed class ForwardOnly(byte[] content, bool failing = false) : Stream
{
    private int position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (failing && position > 0) throw new IOException("the connection was reset");
        var read = Math.Min(Math.Min(buffer.Length, 1_000), content.Length - position);
        content.AsSpan(position, read).CopyTo(buffer.Span);
        position += read;
        return ValueTask.FromResult(read);
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("synchronous reads are not allowed");
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
