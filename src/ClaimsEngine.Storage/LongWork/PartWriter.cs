using Npgsql;

namespace ClaimsEngine.Storage.LongWork;

/// <summary>
/// Gathers what is written into parts of equal size and stores each when it is full; the last one when it is disposed. Flushing stores
/// nothing, so that a writer that flushes every line makes no part of every line.
/// </summary>
/// <param name="insert">the statement that stores the part of that number; its bytes are added as the last parameter</param>
internal sealed class PartWriter(Func<int, NpgsqlCommand> insert) : Stream
{
    private byte[]? buffer = new byte[LongWorks.PartBytes];
    private int filled, parts;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => buffer is not null;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Take(bytes)..];
            if (filled == LongWorks.PartBytes) Store();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Take(bytes.Span)..];
            if (filled == LongWorks.PartBytes) await StoreAsync(cancellationToken);
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (filled > 0) await StoreAsync(CancellationToken.None);
        buffer = null;
        GC.SuppressFinalize(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && filled > 0) Store();
        buffer = null;
        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(buffer is null, this);
        var taken = Math.Min(bytes.Length, buffer.Length - filled);
        bytes[..taken].CopyTo(buffer.AsSpan(filled));
        filled += taken;
        return taken;
    }

    private void Store()
    {
        using var command = Insert();
        Stored(command.ExecuteNonQuery());
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        await using var command = Insert();
        Stored(await command.ExecuteNonQueryAsync(cancellation));
    }

    private NpgsqlCommand Insert()
    {
        var command = insert(parts);
        command.Parameters.Add(new NpgsqlParameter { Value = new ReadOnlyMemory<byte>(buffer, 0, filled),
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        return command;
    }

    private void Stored(int rows)
    {
        if (rows == 0) throw new TakenOverException();
        parts++;
        filled = 0;
    }
}
