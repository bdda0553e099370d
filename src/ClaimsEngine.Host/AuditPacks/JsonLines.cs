namespace ClaimsEngine.Host.AuditPacks;

/// <summary>The lines of a file of JSON lines.</summary>
internal static class JsonLines
{
    /// <summary>Bytes of a line at most: a batch of 10,000 payouts is one megabyte.</summary>
    public const int Longest = 16 << 20;

    /// <summary>Each line without its end; valid until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="Longest"/>, or the last one has no end.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(Stream file)
    {
        var buffer = new byte[256 << 10];
        for (int from = 0, filled = 0; ;)
        {
            if (buffer.AsSpan(from, filled - from).IndexOf((byte)'\n') is var length and >= 0)
            {
                yield return buffer.AsMemory(from, length);
                from += length + 1;
                continue;
            }
            buffer.AsSpan(from, filled - from).CopyTo(buffer);
            (from, filled) = (0, filled - from);
            if (filled == buffer.Length)
            {
                if (buffer.Length >= Longest) throw new InvalidDataException($"a line is longer than {Longest >> 20} MiB");
                Array.Resize(ref buffer, buffer.Length * 2);
            }
            var read = file.Read(buffer, filled, buffer.Length - filled);
            if (read == 0 && filled > 0) throw new InvalidDataException("its last line has no end");
            if (read == 0) yield break;
            filled += read;
        }
    }
}
