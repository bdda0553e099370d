using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace ClaimsEngine.Storage.Writing;

/// <summary>Nothing was stored, and this is why. Thrown out of Marten's batch, caught in <see cref="SessionWriter"/>.</summary>
internal sealed class NotStored(WriteOutcome why) : Exception("not stored")
{
    public WriteOutcome Why => why;
}

/// <summary>Stores a write through a session of Marten's: everything in one transaction. A reply that is lost with the connection is
/// resolved, not guessed.</summary>
public sealed class SessionWriter(IDocumentStore store, StorageOptions options)
{
    /// <param name="session">is used up: whatever the outcome, nothing else may be stored with it</param>
    /// <exception cref="NpgsqlException">PostgreSQL did not come back within <see cref="StorageOptions.Reconnect"/>; the same command may
    /// be sent again.</exception>
    public async Task<WriteOutcome> Write(PendingWrite write, IDocumentSession session, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await WriteOnce(write, session, cancellation);
        if (outcome is Stored) StoreMetrics.Appended(write.EventCount, Stopwatch.GetElapsedTime(started));
        return outcome;
    }

    /// <summary>The same in a session of its own.</summary>
    /// <inheritdoc cref="Write(PendingWrite, IDocumentSession, CancellationToken)" path="/exception"/>
    public async Task<WriteOutcome> Write(PendingWrite write, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        return await Write(write, session, cancellation);
    }

    private async Task<WriteOutcome> WriteOnce(PendingWrite write, IDocumentSession session, CancellationToken cancellation)
    {
        try
        {
            return await Try(write, session, cancellation);
        }
        catch (Exception exception) when (Postgres.IsGone(exception))
        {
            return await Resolve(write, cancellation);
        }
    }

    /// <summary>Whether the write has taken effect is asked of its events; where it has not, the very same events are sent again.</summary>
    private async Task<WriteOutcome> Resolve(PendingWrite write, CancellationToken cancellation)
    {
        var trouble = Stopwatch.StartNew();
        for (var pause = TimeSpan.FromMilliseconds(10); ; pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2)))
        {
            await Task.Delay(pause, cancellation);
            try
            {
                if (await Find(write, cancellation) is { } found) return found;
                await using var session = store.LightweightSession();
                var outcome = await Try(write, session, cancellation);
                // Our own first try may have committed while the second one was on its way.
                return outcome is Stored ? outcome : await Find(write, cancellation) ?? outcome;
            }
            catch (Exception exception) when (Postgres.IsGone(exception) && trouble.Elapsed < options.Reconnect)
            {
                // PostgreSQL is not back yet
            }
        }
    }

    private async Task<WriteOutcome> Try(PendingWrite write, IDocumentSession session, CancellationToken cancellation)
    {
        var guard = new GuardOperation(write, options);
        if (guard.IsNeeded) session.QueueOperation(guard);
        IEvent? last = null;
        var first = write.Streams.SelectMany(stream => stream.Events).FirstOrDefault();
        if (first is not null)
        {
            session.LastModifiedBy = first.Metadata.User;
            session.CausationId = first.Metadata.Causation;
            session.CorrelationId = first.Metadata.Correlation;
        }
        // Marten would stamp each event with a time of its own: what is asked for as of the first would lack the second, though they were
        // stored together.
        var now = DateTimeOffset.UtcNow;
        foreach (var stream in write.Streams.Where(stream => stream.Events.Count > 0).OrderBy(stream => stream.Stream))
        {
            object[] events = [.. stream.Events.Select(@event => last = EventOf(@event, now, session))];
            if (stream.ExpectedVersion == 0) session.Events.StartStream(stream.Aggregate, stream.Stream, events);
            else session.Events.Append(stream.Stream, stream.ExpectedVersion + events.Length, events);
        }
        if (write.Reply is { } reply) session.QueueOperation(new ReplyOperation(write, reply, options));
        try
        {
            await session.SaveChangesAsync(cancellation);
            return new Stored(last?.Sequence ?? 0);
        }
        catch (NotStored exception)
        {
            return exception.Why;
        }
        catch (Exception exception) when (exception is ConcurrencyException or Marten.Exceptions.ExistingStreamIdCollisionException
            or JasperFx.Events.ExistingStreamIdCollisionException)
        {
            return new Conflict();
        }
        catch (Exception exception) when (exception.InnerException is NotStored inner)
        {
            return inner.Why;
        }
        catch (Exception exception) when (Postgres.ErrorIn(exception) is { SqlState: "40001" or "40P01" })
        {
            return new Conflict();
        }
    }

    private static IEvent EventOf(NewEvent @event, DateTimeOffset now, IDocumentSession session)
    {
        var stored = session.Events.BuildEvent(@event.Data);
        stored.Id = @event.Id;
        stored.Timestamp = now;
        foreach (var (name, value) in @event.Metadata.Headers) stored.SetHeader(name, value);
        return stored;
    }

    /// <summary>The outcome of a write that may have been committed: recognised by the ids of its events, or by its request where it stores
    /// none.</summary>
    private async Task<Stored?> Find(PendingWrite write, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var stream = write.Streams.FirstOrDefault(one => one.Events.Count > 0);
        if (stream is null)
        {
            var reply = write.Reply!;
            var there = await session.AdvancedSql.QueryAsync<long>(
                $"select count(*) from {options.Schema}.requests "
                + "where caller = ? and request_key = ? and body_hash = ? and resource = ? and version = ?",
                cancellation, reply.Caller, reply.RequestKey, reply.BodyHash, reply.Resource, reply.Version);
            return there[0] > 0 ? new Stored(0) : null;
        }
        var version = stream.ExpectedVersion + 1;
        var events = await session.Events.FetchStreamAsync(stream.Stream, version: version, fromVersion: version, token: cancellation);
        if (events is not [var first] || first.Id != stream.Events[0].Id) return null;
        var places = await session.AdvancedSql.QueryAsync<long>(
            $"select max(seq_id) from {options.Schema}.mt_events where stream_id = any(?) and id = any(?)", cancellation,
            write.Streams.Select(one => one.Stream).ToArray(), write.Streams.SelectMany(one => one.Events).Select(one => one.Id).ToArray());
        return new Stored(places[0]);
    }
}
