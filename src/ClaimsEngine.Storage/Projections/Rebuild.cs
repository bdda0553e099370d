using System.Diagnostics;
using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Storage.Projections;

/// <summary>Makes a read model anew from its events while the old one is in use, or compares the two.</summary>
internal sealed class Rebuild(Projection projection)
{
    private const int SwapTries = 20;

    private readonly StorageOptions options = projection.Options;

    private string Live => $"{options.ReadSchema}.{projection.Name}";

    /// <summary>Makes the table if there is none, and makes it anew if its definition has changed since.</summary>
    public async Task<RebuildReport?> IfDefinitionChanged(int workers, CancellationToken cancellation)
    {
        if (await UpToDate(cancellation)) return null;
        return await Alone(async () => await UpToDate(cancellation) ? null : await Replace(null, workers, cancellation), cancellation);
    }

    public async Task<RebuildReport> Run(IProgress<RebuildProgress>? progress, int workers, CancellationToken cancellation) =>
        (await Alone<RebuildReport>(async () => await Replace(progress, workers, cancellation), cancellation))!;

    public async Task<VerifyReport> Verify(int workers, CancellationToken cancellation)
    {
        var started = Stopwatch.StartNew();
        await using var shadow = new Shadow(projection, null);
        await using var connection = await projection.Source.OpenConnectionAsync(cancellation);
        await shadow.Fill(await Progress.Of(connection, options, cancellation), workers, cancellation);
        await shadow.CatchUp(connection, await Progress.Of(connection, options, cancellation), cancellation);

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Progress.Hold(connection, options, fence: false, cancellation);
        await shadow.CatchUp(connection, await Progress.Of(connection, options, cancellation), cancellation);
        var (live, replay) = await Digests(connection, shadow, true, cancellation);
        await transaction.RollbackAsync(cancellation);
        return new VerifyReport(projection.Name, shadow.Events, replay.Rows, live.Digest, replay.Digest, started.Elapsed);
    }

    private async Task<RebuildReport> Replace(IProgress<RebuildProgress>? progress, int workers, CancellationToken cancellation)
    {
        var started = Stopwatch.StartNew();
        await using var shadow = new Shadow(projection, progress);
        await using var connection = await projection.Source.OpenConnectionAsync(cancellation);
        // The definition that the live table was made by may be gone: then there is nothing to compare with.
        var comparable = await UpToDate(cancellation);
        await shadow.Fill(await Progress.Of(connection, options, cancellation), workers, cancellation);
        await shadow.CatchUp(connection, await Progress.Of(connection, options, cancellation), cancellation);

        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Swap(connection, shadow, comparable, started, cancellation);
            }
            catch (PostgresException exception) when (exception.SqlState == "55P03" && tries < SwapTries)
            {
                // A long query reads the live table. Queueing behind it would make every other reader queue behind us.
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
            }
        }
    }

    private async Task<RebuildReport> Swap(NpgsqlConnection connection, Shadow shadow, bool comparable, Stopwatch started,
        CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Progress.Hold(connection, options, fence: true, cancellation);
        await shadow.CatchUp(connection, await Progress.Of(connection, options, cancellation), cancellation);
        shadow.Report("compare");
        var (live, rebuilt) = await Digests(connection, shadow, comparable, cancellation);

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL lock_timeout = '1s'"));
        foreach (var statement in TableDefinition.Swap(projection.Table, options.ReadSchema, shadow.Suffix).Split('\n',
            StringSplitOptions.RemoveEmptyEntries))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            options.Fill("DELETE FROM {schema}.dead_letters WHERE read_model = $1 AND stream_id <> ALL ($2)"))
        {
            Parameters = { new NpgsqlParameter { Value = projection.Name },
                new NpgsqlParameter { Value = shadow.Failed.Select(f => f.Stream).ToArray() } },
        });
        foreach (var failed in shadow.Failed) batch.BatchCommands.Add(projection.Park(failed));
        var note = new NpgsqlBatchCommand(options.Fill(
            "INSERT INTO {schema}.read_models (name, fingerprint) VALUES ($1, $2) "
            + "ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint"));
        note.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
        note.Parameters.Add(new NpgsqlParameter { Value = projection.Table.Fingerprint });
        batch.BatchCommands.Add(note);
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        shadow.Report("done");
        return new RebuildReport(projection.Name, shadow.Events, rebuilt.Rows, live.Digest, rebuilt.Digest, started.Elapsed);
    }

    /// <summary>Both tables at once: the live one stands still while the daemon is held, so another session may read it.</summary>
    private async Task<((long Rows, string Digest) Live, (long Rows, string Digest) Shadow)> Digests(
        NpgsqlConnection connection, Shadow shadow, bool comparable, CancellationToken cancellation)
    {
        await using var beside = await projection.Source.OpenConnectionAsync(cancellation);
        var live = comparable ? Shadow.Digest(beside, projection, "", cancellation) : Task.FromResult(default((long, string)));
        var replay = Shadow.Digest(connection, projection, shadow.Suffix, cancellation);
        await Task.WhenAll(live, replay);
        return (await live, await replay);
    }

    private async Task<bool> UpToDate(CancellationToken cancellation)
    {
        await using var command = projection.Source.CreateCommand(options.Fill(
            "SELECT fingerprint = $2 AND to_regclass($3) IS NOT NULL FROM {schema}.read_models WHERE name = $1"));
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Table.Fingerprint });
        command.Parameters.Add(new NpgsqlParameter { Value = Live });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>One rebuild of a table at a time, in the whole cluster of processes.</summary>
    private async Task<T?> Alone<T>(Func<Task<T?>> work, CancellationToken cancellation) where T : class
    {
        await using var connection = await projection.Source.OpenConnectionAsync(cancellation);
        await Ask("SELECT pg_advisory_lock(hashtextextended($1, 0))", cancellation);
        try
        {
            return await work();
        }
        finally
        {
            await Ask("SELECT pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None);   // the session goes back to its pool
        }

        async Task Ask(string sql, CancellationToken until)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter { Value = Live });
            await command.ExecuteNonQueryAsync(until);
        }
    }
}
