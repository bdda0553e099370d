using System.Diagnostics;
using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Writing;
using Npgsql;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>
/// Stores a write of hundreds of events by COPY: it costs little more than its bytes, and other writers wait for it no longer than they
/// need something that it takes. With the guarantees and the outcomes of any write.
/// </summary>
public sealed class BulkWriter(Sessions sessions, StorageOptions options, EventTypes types, DaemonWakeup wakeup)
{
    /// <summary>What was misjudged is judged again on facts; from the third try on nobody else changes its pools meanwhile.</summary>
    private const int UnlockedTries = 2, Tries = 20;

    /// <param name="alongside">what else belongs into the transaction; run once a try, before the last statement of ours</param>
    /// <exception cref="InvalidOperationException">A stream is archived.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL did not come back within <see cref="StorageOptions.Reconnect"/>; the same write may be
    /// tried again.</exception>
    public async Task<WriteOutcome> Write(
        PendingWrite write, CancellationToken cancellation, Func<NpgsqlConnection, Task>? alongside = null)
    {
        var started = Stopwatch.GetTimestamp();
        ImportRow[] rows = [ImportRow.Of(1, write) with { IsChecked = true }];
        var first = write.Streams.First(stream => stream.Events.Count > 0);
        var hoped = Ruling.On(null, rows);
        var onFacts = !hoped.CanBeShown;
        var uncertain = false;
        var trouble = new Stopwatch();
        var pause = TimeSpan.FromMilliseconds(10);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await sessions.Application.OpenConnectionAsync(cancellation);
                if (uncertain && await Find(connection, first, cancellation))
                    return new Stored(await Last(connection, write, cancellation));
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var writing = new BatchTransaction(connection, options, types);
                var ruling = onFacts ? Ruling.On(await writing.Find(rows, hold: tries > UnlockedTries), rows) : hoped;
                if (ruling.Rejected is [var refused]) return Outcome(refused);

                var last = await writing.Write(ruling, write.Streams, cancellation);
                if (alongside is not null) await alongside(connection);
                await writing.End(ruling, null);
                uncertain = true;
                await transaction.CommitAsync(CancellationToken.None);
                wakeup.Signal();
                StoreMetrics.Appended(write.EventCount, Stopwatch.GetElapsedTime(started));
                return new Stored(last);
            }
            catch (Exception exception) when (tries < Tries
                && exception is Misjudged or PostgresException { SqlState: "23505" or "CE007" or "40001" or "40P01" })
            {
                // An earlier try whose reply was lost may be what this one met: where there was one, it is looked for again.
                onFacts = true;
            }
            catch (Exception exception) when (Postgres.IsGone(exception) && trouble.Elapsed < options.Reconnect)
            {
                trouble.Start();
                await Task.Delay(pause, cancellation);
                pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2));
            }
        }
    }

    /// <summary>Whether the write has taken effect although its reply was lost: all of it has if its first event has.</summary>
    private async Task<bool> Find(NpgsqlConnection connection, StreamWrite first, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            options.Fill("SELECT id = $3 FROM {schema}.mt_events WHERE stream_id = $1 AND version = $2"), connection);
        command.Parameters.Add(new NpgsqlParameter { Value = first.Stream });
        command.Parameters.Add(new NpgsqlParameter { Value = first.ExpectedVersion + 1 });
        command.Parameters.Add(new NpgsqlParameter { Value = first.Events[0].Id });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task<long> Last(NpgsqlConnection connection, PendingWrite write, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            options.Fill("SELECT max(seq_id) FROM {schema}.mt_events WHERE stream_id = ANY ($1) AND id = ANY ($2)"), connection);
        StreamWrite[] written = [.. write.Streams.Where(stream => stream.Events.Count > 0)];
        command.Parameters.Add(new NpgsqlParameter { Value = written.Select(stream => stream.Stream).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = written.SelectMany(stream => stream.Events).Select(one => one.Id).ToArray() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static WriteOutcome Outcome(RejectedRow refused) => refused.Reason switch
    {
        RejectionReason.VersionConflict => new Conflict(),
        RejectionReason.KeyTaken => new KeyTaken(new UniqueKey(refused.Subject, refused.Detail)),
        RejectionReason.PlacesExhausted => new PlacesExhausted(refused.Subject),
        _ => throw new InvalidOperationException($"stream {refused.Subject} is archived"),
    };
}
