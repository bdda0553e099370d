namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>A response's body: no seeking, nothing synchronous.</summary>
internal sealed class WriteOnlyAsync : Stream
{
    private readonly MemoryStream written = new();

    public byte[] Written => written.ToArray();

    /// <summary>Bytes of the largest piece.</summary>
    public int Largest { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Largest = Math.Max(Largest, buffer.Length);
        written.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new InvalidOperationException("synchronous writes are not allowed");
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("synchronous writes are not allowed");
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
