using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>Writes a sheet of text, row by row. What is written goes to the destination asynchronously in pieces of some 64 KiB, and is not
/// held.</summary>
public abstract class SheetWriter : IAsyncDisposable
{
    private const int PieceSize = 64 << 10;

    private readonly Stream destination;
    private readonly MemoryStream pending = new();
    private bool finished;

    private protected SheetWriter(Stream destination)
    {
        this.destination = destination;
        Output = new WriteOnly(pending);
    }

    /// <summary>Where a format writes: to memory, so that what it writes synchronously does no harm.</summary>
    private protected Stream Output { get; }

    /// <param name="destination">left open</param>
    /// <param name="name">of the sheet in an XLSX file: what a workbook does not allow in it is left out</param>
    /// <param name="separator">between the cells of a CSV file</param>
    public static SheetWriter To(Stream destination, SheetFormat format, string name = "", char separator = ',') =>
        format == SheetFormat.Csv ? new CsvSheetWriter(destination, separator) : new XlsxSheetWriter(destination, name);

    /// <summary>
    /// The next row; without cells, a blank one. Text that is no valid Unicode is written with U+FFFD. In CSV, what a spreadsheet would
    /// compute gets an apostrophe, which reading takes off; in XLSX every cell is text, of which 32,767 characters are written. NUL is left
    /// out of CSV, which would be no text with it.
    /// </summary>
    public async ValueTask Write(IReadOnlyList<string> cells, CancellationToken cancellation = default)
    {
        await WriteRow(cells, cancellation);
        if (pending.Length >= PieceSize) await Send(cancellation);
    }

    /// <summary>Ends the file. Without it what was written is no whole file: so it stays after a fault halfway.</summary>
    public async Task Finish(CancellationToken cancellation = default)
    {
        if (finished) return;
        finished = true;
        await End(cancellation);
        await Send(cancellation);
        await destination.FlushAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Release();   // nothing more is sent
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask WriteRow(IReadOnlyList<string> cells, CancellationToken cancellation);

    private protected abstract ValueTask End(CancellationToken cancellation);

    /// <summary>Gives back what the format holds, whether it has ended or not; also twice.</summary>
    private protected abstract ValueTask Release();

    private async Task Send(CancellationToken cancellation)
    {
        await destination.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellation);
        pending.SetLength(0);
    }

    /// <summary>Seems unable to seek, so that a zip writer never wants to go back to what was sent.</summary>
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
