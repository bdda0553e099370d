using System.Text.Json;
using ClaimsEngine.Notifications;
using Npgsql;

namespace ClaimsEngine.Storage.Outbox;

/// <summary>Reads what is told outside, hands it to senders, and notes what became of it.</summary>
public sealed class Deliveries(Sessions sessions, StorageOptions options)
{
    private const string Columns = "d.id, d.channel, d.target, d.event, d.stream, d.version, d.position, d.type, d.region, d.recorded_at, "
        + "d.status, d.attempts, d.next_at, d.answer, d.note, d.ended_at";

    /// <summary>Takes what is due for one sender. Nobody else gets it before <paramref name="lease"/> has passed: should this process die,
    /// another then tries again.</summary>
    /// <param name="busy">webhooks of which nothing more is taken now</param>
    public Task<IReadOnlyList<Delivery>> Take(
        DeliveryChannel channel, int most, TimeSpan lease, Guid[] busy, CancellationToken cancellation) => Rows($"""
        WITH due AS (
          SELECT id FROM {"{schema}"}.deliveries
          WHERE channel = $4 AND status = 'pending' AND next_at <= clock_timestamp() AND target <> ALL ($3)
          ORDER BY next_at, position LIMIT $1 FOR UPDATE SKIP LOCKED)
        UPDATE {"{schema}"}.deliveries d SET attempts = d.attempts + 1, next_at = clock_timestamp() + $2
        FROM due WHERE d.id = due.id RETURNING {Columns}
        """, cancellation, most, lease, busy, Name(channel));

    /// <summary>Where the events of a webhook go; null when it is not active.</summary>
    public async Task<WebhookAddress?> AddressOf(Guid webhook, CancellationToken cancellation)
    {
        await using var command = Command($"""
            SELECT url, secret, old_secret_until FROM {"{read}"}.{WebhookList.Model.Table}
            WHERE id = $1 AND recorded_to = 'infinity' AND status = 'active'
            """, webhook);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new WebhookAddress(reader.GetString(0), reader.GetInt32(1), Moment(reader, 2)) : null;
    }

    /// <summary>Notes that it has ended. What somebody told by hand meanwhile stays told.</summary>
    public Task End(Delivery taken, DeliveryStatus status, int? answer, string? note, CancellationToken cancellation) => Execute("""
        UPDATE {schema}.deliveries SET status = $2, answer = $3, note = $4, ended_at = clock_timestamp()
        WHERE id = $1 AND status = 'pending' AND ($2 = 'delivered' OR attempts = $5)
        """, cancellation, taken.Id, Name(status), answer, note, taken.Attempts);

    /// <summary>Notes a failed try and when the next one comes. Another sender that has it by now is not disturbed.</summary>
    public Task Fail(Delivery taken, TimeSpan pause, int? answer, string? note, CancellationToken cancellation) => Execute("""
        UPDATE {schema}.deliveries d SET answer = $3, note = $4, next_at = CASE
          WHEN EXISTS (SELECT FROM {read}.webhooks w WHERE w.id = d.target AND w.recorded_to = 'infinity' AND w.status = 'paused')
          THEN 'infinity' ELSE clock_timestamp() + $2 END
        WHERE d.id = $1 AND d.status = 'pending' AND d.attempts = $5
        """, cancellation, taken.Id, pause, answer, note, taken.Attempts);

    /// <summary>Tries dead ones again, with all their tries.</summary>
    /// <param name="target">of this webhook, claim or batch</param>
    /// <param name="delivery">this one alone; null for all</param>
    /// <returns>how many</returns>
    public Task<int> Replay(Guid target, Guid? delivery, CancellationToken cancellation) => Execute("""
        UPDATE {schema}.deliveries d SET status = 'pending', attempts = 0, ended_at = NULL, next_at = CASE
          WHEN EXISTS (SELECT FROM {read}.webhooks w WHERE w.id = d.target AND w.recorded_to = 'infinity' AND w.status = 'paused')
          THEN 'infinity' ELSE clock_timestamp() END
        WHERE d.target = $1 AND ($2::uuid IS NULL OR d.id = $2) AND d.status = 'dead'
        """, cancellation, target, delivery);

    /// <summary>Whether it belongs to this webhook, claim or batch.</summary>
    public async Task<bool> Has(Guid target, Guid delivery, CancellationToken cancellation)
    {
        await using var command = Command(
            "SELECT EXISTS (SELECT FROM {schema}.deliveries WHERE id = $1 AND target = $2)", delivery, target);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Those of a webhook or a batch, or the notices of a claim, in the order of the events.</summary>
    /// <param name="after">the last one of the page before; null for the first page</param>
    public Task<IReadOnlyList<Delivery>> Of(
        Guid target, DeliveryStatus? status, Guid? after, int limit, CancellationToken cancellation) => Rows($"""
        SELECT {Columns} FROM {"{schema}"}.deliveries d
        WHERE d.target = $1 AND ($2::text IS NULL OR d.status = $2)
          AND ($3::uuid IS NULL OR (d.position, d.id) > (SELECT position, id FROM {"{schema}"}.deliveries WHERE id = $3))
        ORDER BY d.position, d.id LIMIT $4
        """, cancellation, target, status is { } one ? Name(one) : null, after, limit);

    /// <summary>The notices of a region, in the order of the events.</summary>
    /// <param name="after">the last one of the page before; null for the first page</param>
    public Task<IReadOnlyList<Delivery>> Notices(
        RegionCode region, DeliveryStatus? status, Guid? after, int limit, CancellationToken cancellation) => Rows($"""
        SELECT {Columns} FROM {"{schema}"}.deliveries d
        WHERE d.channel = 'notice' AND starts_with(d.region, $1) AND ($2::text IS NULL OR d.status = $2)
          AND ($3::uuid IS NULL OR (d.position, d.id) > (SELECT position, id FROM {"{schema}"}.deliveries WHERE id = $3))
        ORDER BY d.position, d.id LIMIT $4
        """, cancellation, region.Value, status is { } one ? Name(one) : null, after, limit);

    /// <summary>Deletes what concerns webhooks and was recorded longer ago, whatever became of it: also what is dead, and what waits for a
    /// webhook to be resumed. A platform that is gone for good would otherwise be kept for without end.</summary>
    /// <returns>how many</returns>
    public Task<int> Purge(TimeSpan kept, CancellationToken cancellation) => Execute("""
        DELETE FROM {schema}.deliveries
        WHERE channel = 'webhook' AND recorded_at < clock_timestamp() - $1 AND (status <> 'pending' OR next_at = 'infinity')
        """, cancellation, kept);

    private async Task<IReadOnlyList<Delivery>> Rows(string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<Delivery>();
        while (await reader.ReadAsync(cancellation))
        {
            var status = Enum.Parse<DeliveryStatus>(reader.GetString(10), ignoreCase: true);
            rows.Add(new Delivery(
                reader.GetGuid(0), Enum.Parse<DeliveryChannel>(reader.GetString(1), ignoreCase: true), reader.GetGuid(2), reader.GetGuid(3),
                reader.GetGuid(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetString(7), RegionCode.Of(reader.GetString(8)),
                Moment(reader, 9)!.Value, status, reader.GetInt32(11), status == DeliveryStatus.Pending ? Moment(reader, 12) : null,
                reader.IsDBNull(13) ? null : reader.GetInt32(13), reader.IsDBNull(14) ? null : reader.GetString(14), Moment(reader, 15)));
        }
        return rows;
    }

    private async Task<int> Execute(string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = sessions.Application.CreateCommand(options.Fill(sql));
        foreach (var value in values) command.Parameters.Add(ParameterOf(value));
        return command;
    }

    private static NpgsqlParameter ParameterOf(object? value) => value is null
        ? new NpgsqlParameter { Value = DBNull.Value } : new NpgsqlParameter { Value = value };

    /// <summary>Null also for infinity.</summary>
    private static Instant? Moment(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) || reader.GetDateTime(column) is var at && at == DateTime.MaxValue ? null : Instant.FromDateTimeUtc(at);

    private static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
