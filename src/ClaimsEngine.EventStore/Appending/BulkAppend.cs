using System.Diagnostics;
using ClaimsEngine.EventStore.Feed;
using ClaimsEngine.EventStore.Importing;
using Npgsql;

namespace ClaimsEngine.EventStore.Appending;

/// <summary>
/// Stores an append of hundreds of events by COPY, on a connection of its own: it costs little more than its bytes, and other writers wait for it no longer than
/// they need something that it takes. With the guarantees and the outcomes of any append.
/// </summary>
internal sealed class BulkAppend(NpgsqlDataSource sessions, EventStoreOptions options, EventTypes types, Action<IReadOnlyList<StoredEvent>> committed)
{
    /// <summary>Below this a shared commit is cheaper.</summary>
    private const int Many = 256;

    /// <summary>What was misjudged is judged again on facts; from the third try on nobody else changes its pools meanwhile.</summary>
    private const int UnlockedTries = 2, Tries = 20;

    private readonly LostReply lostReply = new(sessions, options);

    public static bool IsFor(PreparedAppend append) => append.Events.Length >= Many && append.Outbox.Count == 0 && append.Reply is null;

    /// <exception cref="InvalidOperationException">A stream is archived.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL did not come back within <see cref="EventStoreOptions.Reconnect"/>; the same append may be tried again.</exception>
    public async Task<AppendOutcome> Run(PreparedAppend append, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        ImportRow[] rows = [new ImportRow(1, append.Streams, append.Keys, append.Places) { IsChecked = true }];
        var hoped = Ruling.On(null, rows);
        var onFacts = !hoped.CanBeShown;
        var uncertain = false;
        var trouble = new Stopwatch();
        var pause = TimeSpan.FromMilliseconds(10);
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (uncertain && await lostReply.Find(append) is { } before)
                {
                    committed([]);
                    return before;
                }
                await using var connection = await sessions.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var writing = new BatchTransaction(connection, options, types);
                var ruling = onFacts ? Ruling.On(await writing.Find(rows, hold: tries > UnlockedTries), rows) : hoped;
                if (ruling.Rejected is [var refused]) return Outcome(refused);

                var stored = await writing.Write(ruling, append.Events, cancellation);
                await writing.End(ruling, null);
                uncertain = true;
                await transaction.CommitAsync(CancellationToken.None);
                committed(stored);
                StoreMetrics.Appended(stored.Count, Stopwatch.GetElapsedTime(started));
                return new Appended(stored[^1].Position, Instant.FromDateTimeUtc(stored.Max(one => one.Timestamp)));
            }
            catch (Exception exception) when (exception is Misjudged or PostgresException { SqlState: "23505" or "CE007" or "40001" or "40P01" } && tries < Tries)
            {
                (onFacts, uncertain) = (true, false);
            }
            // Npgsql answers with the latter when a pooled connection has died unnoticed.
            catch (Exception exception) when ((LostReply.Is(exception) || exception is ObjectDisposedException) && trouble.Elapsed < options.Reconnect)
            {
                trouble.Start();
                await Task.Delay(pause, cancellation);
                pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2));
            }
        }
    }

    private static AppendOutcome Outcome(RejectedRow refused) => refused.Reason switch
    {
        RejectionReason.VersionConflict => new VersionConflict(Guid.Parse(refused.Subject)),
        RejectionReason.KeyTaken => new KeyTaken(new UniqueKey(refused.Subject, refused.Detail)),
        RejectionReason.PlacesExhausted => new PlacesExhausted(refused.Subject),
        _ => throw new InvalidOperationException($"stream {refused.Subject} is archived"),
    };
}
