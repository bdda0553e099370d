using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace ClaimsEngine.Storage;

/// <summary>
/// Rows on their way into a table by COPY, in PostgreSQL's binary format. Npgsql's importer does the same with a look-up of the type for
/// every value, which costs more than the rest together. Cancelled unless completed.
/// </summary>
internal sealed class BinaryCopy : IDisposable
{
    private const int Flush = 64 * 1024;
    private const long Epoch = 630_822_816_000_000_000;   // 2000-01-01 in ticks
    private const int EpochDay = 730_119;

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly NpgsqlRawCopyStream stream;
    private readonly short columns;
    private byte[] buffer = new byte[2 * Flush];
    private int length;
    private bool completed;

    /// <param name="table">with its schema</param>
    public BinaryCopy(NpgsqlConnection connection, string table, params IReadOnlyList<string> columns)
    {
        stream = connection.BeginRawBinaryCopy($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)");
        this.columns = (short)columns.Count;
        Header.CopyTo(Room(Header.Length));
    }

    /// <summary>Begins a row; a value for every column follows, in order.</summary>
    public void StartRow()
    {
        if (length >= Flush) Send();
        BinaryPrimitives.WriteInt16BigEndian(Room(2), columns);
    }

    public void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Room(4), -1);

    public void Write(Guid value) => value.TryWriteBytes(Value(16), bigEndian: true, out _);

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(8), value);

    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(4), value);

    public void Write(bool value) => Value(1)[0] = value ? (byte)1 : (byte)0;

    /// <param name="value">UTC, to the microsecond; the greatest and the least are infinite</param>
    public void Write(DateTime value) => Write(
        value == DateTime.MaxValue ? long.MaxValue : value == DateTime.MinValue ? long.MinValue
            : (value.Ticks - Epoch) / TimeSpan.TicksPerMicrosecond);

    /// <param name="value">the greatest and the least are infinite</param>
    public void Write(DateOnly value) => Write(
        value == DateOnly.MaxValue ? int.MaxValue : value == DateOnly.MinValue ? int.MinValue : value.DayNumber - EpochDay);

    public void Write(string? value)
    {
        if (value is null) WriteNull();
        else Encoding.UTF8.GetBytes(value, Value(Encoding.UTF8.GetByteCount(value)));
    }

    public void WriteJson(string? json)
    {
        if (json is null) WriteNull();
        else WriteJson(Encoding.UTF8.GetBytes(json));
    }

    /// <param name="json">UTF-8</param>
    public void WriteJson(ReadOnlySpan<byte> json)
    {
        var value = Value(1 + json.Length);
        value[0] = 1;   // the version of jsonb's binary format
        json.CopyTo(value[1..]);
    }

    /// <exception cref="PostgresException">PostgreSQL refuses a row; none was written.</exception>
    public void Complete()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        Send();
        completed = true;
        stream.Dispose();
    }

    public void Dispose()
    {
        if (completed) return;
        completed = true;
        try
        {
            stream.Cancel();
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // the connection is gone: nothing is left that could be cancelled, and why it went is on its way to the caller already
        }
    }

    private Span<byte> Value(int size)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), size);
        return Room(size);
    }

    private Span<byte> Room(int size)
    {
        if (length + size > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        length += size;
        return buffer.AsSpan(length - size, size);
    }

    private void Send()
    {
        stream.Write(buffer, 0, length);
        length = 0;
    }
}
