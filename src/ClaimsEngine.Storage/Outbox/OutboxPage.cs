using ClaimsEngine.Claims;
using ClaimsEngine.Notifications;
using ClaimsEngine.Payouts;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.Outbox;

/// <summary>
/// What a page of events has told outside: rows of <c>deliveries</c>, written after the rows of the read models and in their transaction.
/// So no event is lost, and none has a second row: the row's id follows from the event's and the webhook's, or is the batch's.
/// </summary>
internal static class OutboxPage
{
    /// <summary>An event that is older is told nobody as a notice, whatever is projected again: news of last month help nobody.</summary>
    private const string Oldest = "7 days";

    /// <summary>A batch whose release is older is not sent without a person: its file may have been handed over meanwhile.</summary>
    private const string OldestBatch = "1 day";

    /// <summary>Under this type the table keeps the release of a batch; platforms are not told of it.</summary>
    private const string BatchReleased = "payment-batch.released";

    private const string Columns = "id, channel, target, event, stream, version, position, type, region, recorded_at, status, next_at";

    private const string Given = "unnest($1, $2, $3, $4, $5, $6, $7) AS e (id, stream, version, position, type, region, at)";

    public static IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<RecordedEvent> page, StorageOptions options)
    {
        // The latter of two changes of a webhook within a page counts: the table of webhooks has it already.
        var webhooks = page.Where(recorded => recorded.Data is WebhookPaused or WebhookResumed or WebhookRemoved)
            .Select(recorded => recorded.Stream).Distinct().ToArray();
        RecordedEvent[] told =
            [.. page.Where(recorded => PublicEvents.NameOf(recorded.Data) is not null && RegionOf(recorded) is not null)];
        if (told.Length > 0) yield return Events(options.Fill(ForWebhooks), told);
        RecordedEvent[] noticed = [.. told.Where(recorded => Notice.IsTold(recorded.Data) && !IsQuiet(recorded))];
        if (noticed.Length > 0)
        {
            var notices = Events(options.Fill(ForPeople), noticed);
            notices.Parameters.Add(new NpgsqlParameter
            {
                Value = options.SendsNotices ? "pending" : "unsent", NpgsqlDbType = NpgsqlDbType.Text,
            });
            yield return notices;
        }
        RecordedEvent[] released = [.. page.Where(recorded => recorded.Data is PaymentBatchReleased { Content.Bank: var bank }
            && options.ToldBanks.Contains(bank) && RegionOf(recorded) is not null && !IsQuiet(recorded))];
        if (released.Length > 0) yield return Events(options.Fill(ForBanks), released);
        if (webhooks.Length > 0)
            yield return new NpgsqlBatchCommand(options.Fill(OfWebhooks))
            {
                Parameters = { new NpgsqlParameter { Value = webhooks, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
            };
        foreach (var recorded in page)
            if (recorded.Data is ClaimantInformed byHand)
                yield return new NpgsqlBatchCommand(options.Fill(ByHand))
                {
                    Parameters =
                    {
                        new NpgsqlParameter { Value = byHand.Notice.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                        new NpgsqlParameter
                        {
                            Value = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(byHand.How.ToString()),
                            NpgsqlDbType = NpgsqlDbType.Text,
                        },
                        new NpgsqlParameter
                        {
                            Value = recorded.RecordedAt.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz,
                        },
                    },
                };
    }

    private const string ForWebhooks = $$"""
        INSERT INTO {schema}.deliveries ({{Columns}})
        SELECT md5(w.id::text || e.id::text)::uuid, 'webhook', w.id, e.id, e.stream, e.version, e.position, e.type, e.region, e.at,
          'pending', CASE w.status WHEN 'paused' THEN 'infinity' ELSE clock_timestamp() END
        FROM {{Given}}
        JOIN {read}.webhooks w ON w.recorded_to = 'infinity' AND w.status <> 'removed' AND w.since < e.position
          AND starts_with(e.region, w.region)
          AND EXISTS (SELECT FROM jsonb_array_elements_text(w.events) AS p (pattern)
            WHERE e.type LIKE replace(replace(p.pattern, '_', '\_'), '*', '%'))
        ON CONFLICT (id) DO NOTHING
        """;

    private const string ForPeople = $$"""
        INSERT INTO {schema}.deliveries ({{Columns}})
        SELECT e.id, 'notice', coalesce(p.claim, e.stream), e.id, e.stream, e.version, e.position, e.type, e.region, e.at, $8,
          clock_timestamp()
        FROM {{Given}} LEFT JOIN {read}.payouts p ON p.id = e.stream AND p.recorded_to = 'infinity'
        WHERE e.at > clock_timestamp() - interval '{{Oldest}}'
        ON CONFLICT (id) DO NOTHING
        """;

    private const string ForBanks = $$"""
        INSERT INTO {schema}.deliveries ({{Columns}}, note, ended_at)
        SELECT e.stream, 'bank', e.stream, e.id, e.stream, e.version, e.position, e.type, e.region, e.at,
          CASE WHEN late THEN 'dead' ELSE 'pending' END, clock_timestamp(),
          CASE WHEN late THEN 'too-late' END, CASE WHEN late THEN clock_timestamp() END
        FROM {{Given}}, LATERAL (SELECT e.at < clock_timestamp() - interval '{{OldestBatch}}') AS l (late)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string OfWebhooks = """
        UPDATE {schema}.deliveries d
        SET status = CASE w.status WHEN 'removed' THEN 'cancelled' ELSE d.status END,
            next_at = CASE w.status WHEN 'active' THEN clock_timestamp() ELSE 'infinity' END
        FROM {read}.webhooks w
        WHERE w.id = ANY ($1) AND w.recorded_to = 'infinity' AND d.target = w.id AND d.status = 'pending'
          AND (w.status <> 'active' OR d.next_at = 'infinity')
        """;

    private const string ByHand = """
        UPDATE {schema}.deliveries SET status = 'told', note = $2, ended_at = $3 WHERE id = $1 AND channel = 'notice'
        """;

    private static string? RegionOf(RecordedEvent recorded) => recorded.Metadata.Headers.GetValueOrDefault(EventMetadata.RegionHeader);

    private static bool IsQuiet(RecordedEvent recorded) => recorded.Metadata.Headers.ContainsKey(EventMetadata.QuietHeader);

    private static NpgsqlBatchCommand Events(string sql, RecordedEvent[] events)
    {
        var command = new NpgsqlBatchCommand(sql);
        void Add<T>(NpgsqlDbType type, Func<RecordedEvent, T> of) => command.Parameters.Add(
            new NpgsqlParameter { Value = events.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        Add(NpgsqlDbType.Uuid, recorded => recorded.Id);
        Add(NpgsqlDbType.Uuid, recorded => recorded.Stream);
        Add(NpgsqlDbType.Bigint, recorded => recorded.Version);
        Add(NpgsqlDbType.Bigint, recorded => recorded.Position);
        Add(NpgsqlDbType.Text, recorded => PublicEvents.NameOf(recorded.Data) ?? BatchReleased);
        Add(NpgsqlDbType.Text, recorded => RegionOf(recorded)!);
        Add(NpgsqlDbType.TimestampTz, recorded => recorded.RecordedAt.ToDateTimeUtc());
        return command;
    }
}
