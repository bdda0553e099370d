using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// The rows of an approval by hand-written SQL. The four streams are read, and nothing is folded or decided. Then one transaction writes
/// four events, moves three streams on, begins one, and stores a key and an answered request. All statements are prepared.
/// </summary>
internal sealed class RawApproval(BenchDatabase database) : IAsyncDisposable
{
    private const string Schema = "claims";
    private static readonly byte[] Headers = JsonSerializer.SerializeToUtf8Bytes(Samples.By.Headers, ClaimsJson.Options);

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxAutoPrepare = 50, AutoPrepareMinUsages = 2, MaxPoolSize = 70 });

    public async Task Approve(PreparedCase one)
    {
        var (claim, enrolment, account) = (one.Claim.Value, one.Enrolment.Value, BenefitAccount.IdOf(one.Person.Id));
        var payout = new PayoutId(Guid.CreateVersion7());
        await using var connection = await source.OpenConnectionAsync();
        var versions = await Read(connection, [claim, enrolment, account, PlanId.Of(CaseBook.PlanCode).Value]);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        Key(batch, Payout.LiveKey(one.Claim, IncidentKind.Hospitalisation), payout.Value);
        Event(batch, claim, versions[claim] + 1, "claim_approved", new ClaimApproved(one.Amount, payout, "raw", "sample"));
        Event(batch, enrolment, versions[enrolment] + 1, "benefit_used",
            new BenefitUsed(one.Claim, payout, one.Amount, "raw", IncidentKind.Hospitalisation));
        Event(batch, account, versions[account] + 1, "benefit_counted",
            new BenefitCounted(one.Person.Id, one.Claim, CaseBook.PlanCode, null, IncidentKind.Hospitalisation, one.Amount, "raw"));
        Event(batch, payout.Value, 1, "payout_ordered", new PayoutOrdered(
            payout, one.Claim, "C15-20250101-00000000X", one.Enrolment, CaseBook.PlanCode, null, CaseBook.Region,
            IncidentKind.Hospitalisation, one.Amount, one.Person.Id, one.Person.Accounts[0].Id, CaseBook.From, "raw"));
        foreach (var stream in (Guid[])[claim, enrolment, account])
            Add(batch, $"UPDATE {Schema}.mt_streams SET version = version + 1, timestamp = now() WHERE id = $1 AND version = $2",
                stream, versions[stream]);
        Add(batch, $"""
            INSERT INTO {Schema}.requests (caller, request_key, body_hash, status, resource, version, position)
            VALUES ($1, $2, $3, 200, $4, $5, 0)
            """,
            "raw", $"approve/{one.Claim}", CaseBook.Digest, claim, versions[claim] + 1);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Gives up connections that are not in use.</summary>
    public void Disconnect() => source.Clear();

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<Dictionary<Guid, long>> Read(NpgsqlConnection connection, Guid[] streams)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT stream_id, version, type, data FROM {Schema}.mt_events WHERE stream_id = ANY ($1) ORDER BY stream_id, version",
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = streams });
        var versions = new Dictionary<Guid, long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            versions[reader.GetGuid(0)] = reader.GetInt64(1);
            reader.GetFieldValue<byte[]>(3);
        }
        return versions;
    }

    private static void Key(NpgsqlBatch batch, UniqueKey key, Guid holder) =>
        Add(batch, $"INSERT INTO {Schema}.unique_keys (scope, value, holder) VALUES ($1, $2, $3)", key.Scope, key.Value, holder);

    private static void Event(NpgsqlBatch batch, Guid stream, long version, string type, object data)
    {
        if (version == 1)
            Add(batch, $"""
                INSERT INTO {Schema}.mt_streams (id, type, version, timestamp, created, tenant_id, is_archived)
                VALUES ($1, 'payout', 1, now(), now(), '*DEFAULT*', false)
                """,
                stream);
        var command = Add(batch, $"""
            INSERT INTO {Schema}.mt_events
              (seq_id, id, stream_id, version, type, mt_dotnet_type, user_name, causation_id, correlation_id, data, headers,
               timestamp, tenant_id, is_archived)
            VALUES (nextval('{Schema}.mt_events_sequence'), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), '*DEFAULT*', false)
            """,
            Guid.CreateVersion7(), stream, version, type, EventTypes.DotnetNameFor(data.GetType()), "raw", "Raw", Samples.By.Correlation!);
        foreach (var json in (byte[][])[JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), ClaimsJson.Options), Headers])
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = json });
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
        return command;
    }
}
