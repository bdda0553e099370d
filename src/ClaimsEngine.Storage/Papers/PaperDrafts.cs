using System.Buffers.Binary;
using ClaimsEngine.Storage.Commands;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.Papers;

/// <summary>
/// Files that are stored and that no claim has yet. The file is stored first and the claim's event after it, so a process that is killed
/// between the two leaves a file that nobody knows: its digest is noted here before, and what is noted for long is looked after.
/// </summary>
public sealed class PaperDrafts(Sessions sessions, StorageOptions options)
{
    /// <summary>How long a process waits for another one that holds the same file. A process that stands still, and has not ended, holds
    /// its files as long as it stands.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Notes the digests and holds them against every other process: whether a file is there, and whether it is to be deleted, is
    /// one process's question at a time.</summary>
    /// <param name="digests">hex digests in lower case</param>
    /// <exception cref="ContendedException">Another process has held one of them for longer than <see cref="Patience"/>.</exception>
    public async Task<IAsyncDisposable> Hold(IEnumerable<string> digests, CancellationToken cancellation)
    {
        var connection = await sessions.Application.OpenConnectionAsync(cancellation);
        try
        {
            await HoldBy(connection, [.. digests.Distinct().Order(StringComparer.Ordinal)], cancellation);
            return new Held(connection);
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await Held.Free(connection);
            throw new ContendedException();
        }
        catch
        {
            await Held.Free(connection);
            throw;
        }
    }

    /// <param name="digests">in one order for all, so that no two processes wait for each other</param>
    private async Task HoldBy(NpgsqlConnection connection, string[] digests, CancellationToken cancellation)
    {
        // The locks are the session's and outlast the transaction, which is there for the time limit alone.
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute("SELECT set_config('lock_timeout', $1, true)", $"{(long)Patience.TotalMilliseconds}ms");
        foreach (var digest in digests) await Execute("SELECT pg_advisory_lock($1)", KeyOf(digest));
        await Execute(options.Fill("""
            INSERT INTO {schema}.paper_drafts (sha256) SELECT unnest($1) ON CONFLICT (sha256) DO UPDATE SET noted_at = clock_timestamp()
            """), digests);
        await transaction.CommitAsync(cancellation);

        async Task Execute(string sql, object value)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>The claims have these files, or the files are deleted: nothing is left to be looked after.</summary>
    public async Task Settle(IEnumerable<string> digests)
    {
        await using var command = sessions.Application.CreateCommand(
            options.Fill("DELETE FROM {schema}.paper_drafts WHERE sha256 = ANY ($1)"));
        command.Parameters.Add(new NpgsqlParameter { Value = digests.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Digests that were noted so long ago that their process must be gone.</summary>
    public async Task<IReadOnlyList<string>> Left(TimeSpan age, CancellationToken cancellation)
    {
        await using var command = sessions.Application.CreateCommand(
            options.Fill("SELECT sha256 FROM {schema}.paper_drafts WHERE noted_at < clock_timestamp() - $1"));
        command.Parameters.Add(new NpgsqlParameter { Value = age });
        var left = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) left.Add(reader.GetString(0));
        return left;
    }

    /// <summary>Whether any claim has a file with this digest. It reads every document ever received, and is asked only of what a killed
    /// process left.</summary>
    public async Task<bool> IsUsed(string digest, CancellationToken cancellation)
    {
        await using var command = sessions.Application.CreateCommand(options.Fill("""
            SELECT EXISTS (SELECT FROM {schema}.mt_events
              WHERE type = 'document_received' AND data ->> 'sha256' = $1 AND data -> 'content' IS NOT NULL)
            """));
        command.CommandTimeout = 3_600;
        command.Parameters.Add(new NpgsqlParameter { Value = digest });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>64 bits of the digest. Two digests that share them only wait for each other.</summary>
    private static long KeyOf(string digest) => BinaryPrimitives.ReadInt64BigEndian(Convert.FromHexString(digest));

    /// <summary>The locks are the session's: they end with it, even if the process is killed.</summary>
    private sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Free(connection);

        public static async Task Free(NpgsqlConnection connection)
        {
            try
            {
                await using var free = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
                await free.ExecuteNonQueryAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // the session has ended, and its locks with it
            }
            await connection.DisposeAsync();
        }
    }
}
