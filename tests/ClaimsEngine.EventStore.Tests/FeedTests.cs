using ClaimsEngine.EventStore.Feed;
using ClaimsEngine.Kernel;
using ClaimsEngine.Ports;
using NodaTime;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class FeedTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();

    [Fact]
    public async Task The_feed_waits_for_a_transaction_that_could_still_come_before()
    {
        await using var slow = await Database.Application.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using (var early = new NpgsqlCommand($"INSERT INTO mt_streams (id, type, version) VALUES ('{Guid.NewGuid()}', 'sample', 1)", slow))
            await early.ExecuteNonQueryAsync();
        var written = await Write(Samples.Append(stream, 0, Samples.Opened()));
        Assert.Empty(await Events.ReadFeed(FeedPosition.Start, 10));
        Assert.True((double)(await Application("SELECT claims.oldest_transaction()"))! > 0);
        await transaction.CommitAsync();
        Assert.Equal(written.Position, Assert.Single(await WholeFeed()).Position);
    }

    [Fact]
    public async Task It_goes_on_after_a_position_and_keeps_to_the_limit()
    {
        for (var i = 0; i < 5; i++) await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened($"{i}"), Samples.Renamed()));
        var all = await WholeFeed();
        Assert.Equal(10, all.Count);
        Assert.Equal(all.Skip(3).Take(4).Select(e => e.Id), (await Events.ReadFeed(all[2].Position, 4)).Select(e => e.Id));
        Assert.Empty(await Events.ReadFeed(all[^1].Position, 4));
    }

    [Fact]
    public async Task It_is_narrowed_by_stream_type_user_time_and_region()
    {
        Append In(string? region, string user) => new([new StreamAppend(Guid.NewGuid(), "sample", 0, [Samples.Opened()], Samples.By(user, region))], [], [], []);
        await Write(new Append([new StreamAppend(stream, "sample", 0, [Samples.Opened(), Samples.Renamed()], Samples.By("li", "6206"))], [], [], []));
        await Write(In("620602", "li"));
        var third = await Write(In("11", "wang"));
        await Write(In(null, "wang"));
        await Write(In("", "wang"));

        async Task<int> Count(FeedFilter filter) => (await WholeFeed(filter)).Count;
        Assert.Equal(6, await Count(new FeedFilter()));
        Assert.Equal(2, await Count(new FeedFilter(Stream: stream)));
        Assert.Equal(1, await Count(new FeedFilter(Type: "sample_renamed")));
        Assert.Equal(3, await Count(new FeedFilter(User: "li")));
        Assert.Equal(3, await Count(new FeedFilter(From: third.RecordedAt)));
        Assert.Equal(3, await Count(new FeedFilter(Before: third.RecordedAt)));
        Assert.Equal(4, await Count(new FeedFilter(Region: RegionCode.Of("62"))));
        Assert.Equal(2, await Count(new FeedFilter(Region: RegionCode.Of("620602"))));
        Assert.Equal(1, await Count(new FeedFilter(Region: RegionCode.Of("62"), User: "li", Type: "sample_renamed", Stream: stream,
            From: third.RecordedAt - Duration.FromMinutes(1), Before: third.RecordedAt)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_read_from_its_index(bool analyzed)
    {
        await Owner("""
            INSERT INTO claims.mt_events (seq_id, id, stream_id, version, data, type, tx_id)
            SELECT i, gen_random_uuid(), gen_random_uuid(), 1, '{}', 'sample_closed', (i / 3)::text::xid8 FROM generate_series(1, 20000) AS i
            """);
        if (analyzed) await Owner("ANALYZE claims.mt_events");
        await using var connection = await Database.Following.OpenConnectionAsync();
        NpgsqlCommand[] queries =
        [
            FeedQuery.Read(connection, Options, new FeedPosition(1, 5000, 0), 100, null),
            FeedQuery.Head(connection, Options),
            FeedQuery.Page(connection, Options, new FeedPosition(1, 5000, 0), new FeedPosition(1, 5100, 0), 100),
            FeedQuery.OfStreamType(connection, Options, "sample", new FeedPosition(1, 5000, 0), new FeedPosition(1, 5100, 0), 100),
        ];
        foreach (var query in queries)
        {
            query.CommandText = "EXPLAIN (COSTS OFF) " + query.CommandText;
            var plan = new List<string>();
            await using (var reader = await query.ExecuteReaderAsync())
                while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
            var text = string.Join('\n', plan);
            Assert.Matches("Index (Only )?Scan (Backward )?using mt_events_feed on mt_events", text);
            Assert.DoesNotContain("Seq Scan on mt_events", text, StringComparison.Ordinal);
            // Both bounds belong to the index: reading begins and ends where it should.
            Assert.Matches("Index Cond: .*ROW\\(.*epoch, .*tx_id.*\\) <=? ROW\\(", text);
        }
    }

    [Fact]
    public async Task It_shows_what_Marten_inserts_by_itself()
    {
        await Application($"INSERT INTO mt_streams (id, type, version, tenant_id) VALUES ('{stream}', 'sample', 1, '*DEFAULT*')");
        await Application($$"""
            INSERT INTO mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp, tenant_id, correlation_id, causation_id, headers, user_name, is_archived)
            VALUES (nextval('mt_events_sequence'), '{{Guid.NewGuid()}}', '{{stream}}', 1, '{"name":"Marten"}', 'sample_renamed', 'x', now(), '*DEFAULT*', 'co', 'ca', '{"n":1,"region":"62"}', 'li', false)
            """);
        var read = Assert.Single(await WholeFeed());
        Assert.Equal(new SampleRenamed("Marten"), read.Data);
        Assert.Equal(("co", "ca", "li", "1", "62"), (read.Metadata.Correlation, read.Metadata.Causation, read.Metadata.User, read.Metadata.Headers["n"], read.Metadata.Headers["region"]));
        Assert.Equal((short)1, read.Position.Epoch);
        Assert.Equal(stream, read.Stream);
        await Write(Samples.Append(stream, 1, Samples.Renamed()));
    }

    [Fact]
    public async Task Martens_quick_append_works_in_both_forms()
    {
        string Call(Guid id, string expected, string timestamps = "") => $$"""
            SELECT mt_quick_append_events('{{id}}', 'sample', '*DEFAULT*', ARRAY[gen_random_uuid(), gen_random_uuid()], ARRAY['sample_renamed', 'sample_closed']::varchar[], ARRAY['x', 'y']::varchar[],
              ARRAY['{"name":"q"}', '{}']::jsonb[], ARRAY[NULL, NULL]::bytea[], ARRAY['ca', 'ca']::varchar[], ARRAY['co', 'co']::varchar[], ARRAY['{}', '{}']::jsonb[], ARRAY['li', 'li']::varchar[]{{timestamps}}{{expected}})
            """;
        async Task<string> Quick(string sql) => string.Join(',', (long[])(await Application(sql))!);
        async Task<string> Refused(string sql) => (await Assert.ThrowsAsync<PostgresException>(() => Application(sql))).SqlState;
        const string At = ", ARRAY['2025-01-01Z', '2025-01-02Z']::timestamptz[]";

        Assert.Equal("2,1,2", await Quick(Call(stream, "")));
        Assert.Equal("4,3,4", await Quick(Call(stream, ", 2")));
        Assert.Equal("6,5,6", await Quick(Call(stream, "")));
        var timed = Guid.NewGuid();
        Assert.Equal("2,7,8", await Quick(Call(timed, ", 0", At)));
        Assert.Equal("4,9,10", await Quick(Call(timed, "", At)));
        Assert.Equal("MT003", await Refused(Call(stream, ", 5")));
        Assert.Equal("MT003", await Refused(Call(stream, ", 0")));
        Assert.Equal("MT003", await Refused(Call(Guid.NewGuid(), ", 3")));
        Assert.Equal(Instant.FromUtc(2025, 1, 2, 0, 0), (await Events.ReadStream(timed))[1].RecordedAt);
        Assert.Equal(10, (await WholeFeed()).Count);
        await Write(Samples.Append(stream, 6, Samples.Renamed()));
        await Owner("UPDATE claims.mt_streams SET is_archived = true");
        Assert.Equal("MT001", await Refused(Call(stream, "")));
    }
}
