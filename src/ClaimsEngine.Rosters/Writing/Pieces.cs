namespace ClaimsEngine.Rosters.Writing;

/// <summary>Takes what a format writes and sends it to a destination asynchronously, in pieces of some 64 KiB. No more is held.</summary>
/// <param name="destination">left open</param>
internal sealed class Pieces(Stream destination)
{
    private const int Size = 64 << 10;

    private readonly MemoryStream pending = new();

    /// <summary>Where a format writes: to memory, so that what it writes synchronously does no harm. It seems unable to seek, so that a zip
    /// writer never wants to go back to what was sent.</summary>
    public Stream Output => field ??= new WriteOnly(pending);

    /// <summary>Sends what there is, if it has become a piece.</summary>
    public ValueTask SendIfFull(CancellationToken cancellation) =>
        pending.Length < Size ? ValueTask.CompletedTask : new ValueTask(Send(cancellation));

    /// <summary>Sends what is left.</summary>
    public async Task Finish(CancellationToken cancellation)
    {
        await Send(cancellation);
        await destination.FlushAsync(cancellation);
    }

    private async Task Send(CancellationToken cancellation)
    {
        await destination.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellation);
        pending.SetLength(0);
    }

    private sealed class WriteOnly(MemoryStream memory) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer) => memory.Write(buffer);
        public override void Write(byte[] buffer, int offset, int count) => memory.Write(buffer, offset, count);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            memory.WriteAsync(buffer, cancellationToken);
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            memory.WriteAsync(buffer, offset, count, cancellationToken);
        public override void Flush() { }
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
