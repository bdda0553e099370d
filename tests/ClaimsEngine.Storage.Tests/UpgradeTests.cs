using System.IO.Compression;
using ClaimsEngine.Claims;
using ClaimsEngine.Employers;
using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>
/// A database that the engine made before Marten was its store: the demo and the tour, with employers when they were still called units.
/// The dump was made by <c>pg_dump --inserts</c> of the last version with a store of its own.
/// </summary>
public sealed class UpgradeTests(PostgresFixture postgres)
{
    private const string Fingerprint = """
        SELECT string_agg(type || ' ' || events || ' ' || sum, ', ' ORDER BY type) FROM (
          SELECT type, count(*)::text AS events,
                 sum(hashtextextended(concat_ws('|', seq_id, id, stream_id, version, data, timestamp, user_name, headers), 0))::text AS sum
          FROM claims.mt_events GROUP BY type) AS types
        """;

    [Fact]
    public async Task A_database_of_the_first_store_opens_and_loses_nothing()
    {
        var connection = await Restored();
        var before = await Ask<string>(connection, Fingerprint);
        var requests = await Ask<long>(connection, "SELECT count(*) FROM claims.requests");
        var keys = await Ask<long>(connection, "SELECT count(*) FROM claims.unique_keys");
        var last = await Ask<long>(connection, "SELECT max(seq_id) FROM claims.mt_events");

        await using (await ClaimsStorage.Open(new StorageOptions(connection), Engine.EventTypes, Engine.ReadModels)) { }

        Assert.Equal(before, await Ask<string>(connection, Fingerprint));
        Assert.Equal(requests, await Ask<long>(connection, "SELECT count(*) FROM claims.requests"));
        Assert.Equal(keys, await Ask<long>(connection, "SELECT count(*) FROM claims.unique_keys"));
        Assert.Equal(last, await Ask<long>(connection, "SELECT max(seq_id) FROM claims.feed_before"));
        Assert.Equal(last, await Ask<long>(connection, "SELECT last_seq_id FROM claims.mt_event_progression WHERE name = 'HighWaterMark'"));
    }

    [Fact]
    public async Task Its_read_models_equal_a_replay_and_its_streams_are_read_typed()
    {
        var options = new StorageOptions(await Restored());
        await using (await ClaimsStorage.Open(options, Engine.EventTypes, Engine.ReadModels)) { }
        await using var node = await Node.Open(options, Engine.ReadModels, Engine.EventTypes);
        foreach (var model in Engine.ReadModels) Assert.True((await node.Storage.Upkeep.Verify(model.Table)).Equal, model.Table);

        var employers = await node.Events.ReadFeed(0, 10, new Reading.FeedFilter(Type: "unit_registered"));
        Assert.Equal("LZ-001", Assert.IsType<EmployerRegistered>(Assert.Single(employers).Data).Employer);
        var approved = await node.Events.ReadFeed(0, 1, new Reading.FeedFilter(Type: "claim_approved"));
        var claim = Fold.Of<Claim>((await node.Events.ReadStream(approved[0].Stream)).Select(recorded => recorded.Data));
        Assert.Equal(ClaimStatus.Approved, claim!.Status);
    }

    [Fact]
    public async Task Opening_it_again_changes_nothing()
    {
        var connection = await Restored();
        await using (await ClaimsStorage.Open(new StorageOptions(connection), Engine.EventTypes, Engine.ReadModels)) { }
        var (events, stamp) = (await Ask<string>(connection, Fingerprint),
            await Ask<string>(connection, "SELECT obj_description('claims'::regnamespace)"));

        await using (await ClaimsStorage.Open(new StorageOptions(connection), Engine.EventTypes, Engine.ReadModels)) { }

        Assert.Equal(events, await Ask<string>(connection, Fingerprint));
        Assert.Equal(stamp, await Ask<string>(connection, "SELECT obj_description('claims'::regnamespace)"));
    }

    [Fact]
    public async Task It_is_left_alone_while_another_process_of_the_engine_works_on_it()
    {
        var connection = await Restored();
        await using var other = new NpgsqlConnection(connection + ";Application Name=claims-engine;Pooling=false");
        await other.OpenAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ClaimsStorage.Open(new StorageOptions(connection),
            Engine.EventTypes, Engine.ReadModels));

        Assert.Equal("CE010", refusal.SqlState);
        Assert.Equal(1L, await Ask<long>(connection,
            "SELECT count(*) FROM information_schema.columns "
            + "WHERE table_schema = 'claims' AND column_name = 'tx_id' AND table_name = 'mt_events'"));
    }

    private async Task<string> Restored()
    {
        var connection = await postgres.EmptyDatabase();
        await using var stored = typeof(UpgradeTests).Assembly.GetManifestResourceStream("first-store.sql.gz")!;
        using var dump = new StreamReader(new GZipStream(stored, CompressionMode.Decompress));
        await using var session = new NpgsqlConnection(connection + ";Pooling=false");   // the dump changes settings of its session
        await session.OpenAsync();
        await using var command = new NpgsqlCommand(await dump.ReadToEndAsync(), session);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<T> Ask<T>(string connection, string sql)
    {
        await using var session = new NpgsqlConnection(connection);
        await session.OpenAsync();
        await using var command = new NpgsqlCommand(sql, session);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
