using ClaimsEngine.Host.Rosters.Csv;
using ClaimsEngine.Host.Rosters.Xlsx;

namespace ClaimsEngine.Host.Rosters;

/// <summary>Writes a sheet of text, row by row. What is written goes to the destination asynchronously in pieces of some 64 KiB, and is not held.</summary>
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

    /// <summary>Where a format writes; synchronously, to memory.</summary>
    private protected Stream Output { get; }

    /// <param name="destination">left open</param>
    /// <param name="name">of the sheet in an XLSX file: what a workbook does not allow in it is left out</param>
    /// <param name="separator">between the cells of a CSV file</param>
    public static SheetWriter To(Stream destination, SheetFormat format, string name = "", char separator = ',') =>
        format == SheetFormat.Csv ? new CsvSheetWriter(destination, separator) : new XlsxSheetWriter(destination, name);

    /// <summary>
    /// The next row; without cells, a blank one. Text that is no valid Unicode is written with U+FFFD. In CSV, what a spreadsheet would compute gets an
    /// apostrophe, which reading takes off; in XLSX every cell is text, of which 32,767 characters are written. NUL is left out of CSV, which would be no
    /// text with it.
    /// </summary>
    public async ValueTask Write(IReadOnlyList<string> cells, CancellationToken cancellation = default)
    {
        WriteRow(cells);
        if (pending.Length >= PieceSize) await Send(cancellation);
    }

    /// <summary>Ends the file. Without it what was written is no whole file: so it stays after a fault halfway.</summary>
    public async Task Finish(CancellationToken cancellation = default)
    {
        if (finished) return;
        finished = true;
        End();
        await Send(cancellation);
        await destination.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync()
    {
        if (!finished) End();   // gives back what the format holds; nothing more is sent
        finished = true;
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract void WriteRow(IReadOnlyList<string> cells);

    private protected abstract void End();

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
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
