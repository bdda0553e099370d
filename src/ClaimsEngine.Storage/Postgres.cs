using System.Net.Sockets;
using Npgsql;

namespace ClaimsEngine.Storage;

/// <summary>What an exception says of PostgreSQL.</summary>
public static class Postgres
{
    /// <summary>PostgreSQL's own error, however deep Marten or Wolverine have wrapped it.</summary>
    public static PostgresException? ErrorIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is PostgresException postgres) return postgres;
        return null;
    }

    /// <summary>Whether the connection went away, so that nobody knows what became of the transaction: the server stops, was killed or
    /// can't be reached.</summary>
    public static bool IsGone(Exception exception)
    {
        if (ErrorIn(exception) is { } postgres)
            return SaysSessionEnded(postgres) || postgres.SqlState == "53300";
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is NpgsqlException or IOException or SocketException or TimeoutException || IsUsedUp(inner)) return true;
        return false;
    }

    /// <summary>Whether a session that had been opened was cut, or the server is starting or stopping; a server that can't be reached at
    /// all is not meant.</summary>
    public static bool WasCut(Exception exception)
    {
        if (ErrorIn(exception) is { } postgres) return SaysSessionEnded(postgres);
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound }) return false;
        return exception is NpgsqlException { InnerException: IOException or SocketException };
    }

    /// <summary>Npgsql answers so when a pooled connection has died unnoticed.</summary>
    private static bool IsUsedUp(Exception exception) =>
        exception is ObjectDisposedException disposed && disposed.ObjectName.Contains("Npgsql", StringComparison.Ordinal);

    private static bool SaysSessionEnded(PostgresException postgres) =>
        postgres.SqlState.StartsWith("57P0", StringComparison.Ordinal) || postgres.SqlState.StartsWith("08", StringComparison.Ordinal);

    /// <summary>Whether the disk or another resource is exhausted, of the server or of this machine, to which large bodies are spooled
    /// (ENOSPC, EDQUOT, or what Windows calls the same): nothing was stored, and trying at once again is of no use.</summary>
    public static bool IsFull(Exception exception)
    {
        if (ErrorIn(exception) is { } postgres) return postgres.SqlState is "53100" or "53200" or "53400" or "58030";
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027) }) return true;
        return false;
    }
}
