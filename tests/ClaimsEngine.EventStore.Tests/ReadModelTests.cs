using ClaimsEngine.EventStore.Projections;
using ClaimsEngine.EventStore.ReadModels;
using ClaimsEngine.Kernel;
using ClaimsEngine.Ports;
using NodaTime;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class ReadModelTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();

    [Fact]
    public async Task Every_kind_of_column_goes_there_and_back()
    {
        Database.Projector.Start();
        var opened = await Write(new Append([new StreamAppend(stream, "sample", 0, [Samples.Opened("甲", 120_000_00)], Samples.By(region: "6206"))], [], [], []));
        var renamed = await Write(Samples.Append(stream, 1, Samples.Renamed("乙")));
        var closed = await Write(Samples.Append(stream, 2, new NewEvent(Guid.NewGuid(), new SampleClosed())));
        Assert.True(await Database.Projector.WaitFor("samples", closed.Position, TimeSpan.FromSeconds(10)));

        var rows = await Rows();
        var first = new SampleRow("甲", new Money(120_000_00), new LocalDate(2025, 10, 20), new SampleId(Guid.Parse("11111111-2222-3333-4444-555555555555")),
            SampleStatus.StillOpen, RegionCode.Of("6206"), 0, 1, true, opened.RecordedAt, null, null, null, null, null);
        var second = first with { Name = "乙", Renamed = 1, Extra = stream, Note = "renamed", Refund = Money.Yuan(1) };
        Assert.Equal(
            [
                new RowVersion<SampleRow>(stream, 1, opened.RecordedAt, renamed.RecordedAt, first),
                new RowVersion<SampleRow>(stream, 2, renamed.RecordedAt, closed.RecordedAt, second),
                new RowVersion<SampleRow>(stream, 3, closed.RecordedAt, null, second with
                    { Status = SampleStatus.Closed, Before = SampleStatus.StillOpen, Closed = closed.RecordedAt, Active = false }),
            ], rows);
        Assert.Equal("stillOpen", await Owner("SELECT status FROM read.samples WHERE version = 1"));
        Assert.Equal(12_000_000L, await Owner("SELECT amount FROM read.samples WHERE version = 1"));
        Assert.Equal(3L, await Owner("SELECT last_seq_id FROM claims.mt_event_progression WHERE name = 'samples'"));
    }

    [Fact]
    public async Task The_table_explains_itself_and_has_its_indexes()
    {
        Assert.Equal("Samples of the tests", await Owner("SELECT obj_description('read.samples'::regclass)"));
        Assert.Equal("What it is called", await Owner("SELECT col_description('read.samples'::regclass, (SELECT attnum FROM pg_attribute WHERE attrelid = 'read.samples'::regclass AND attname = 'name'))"));
        Assert.Equal("samples_1,samples_1_ended,samples_2,samples_2_ended,samples_current,samples_ended,samples_pkey",
            await Owner("SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'read'"));
        Assert.Equal("claims_app", await Owner("SELECT tableowner::text FROM pg_tables WHERE schemaname = 'read'"));
        var table = Database.Table("samples");
        Assert.Equal(("name", "text"), (table.ColumnOf(nameof(SampleRow.Name)).Name, table.ColumnOf(nameof(SampleRow.Name)).SqlType));
    }

    [Fact]
    public async Task Several_events_of_one_append_make_a_version_each()
    {
        Database.Projector.Start();
        var written = await Write(Samples.Append(stream, 0, Samples.Opened(), Samples.Renamed("b"), Samples.Renamed("c")));
        Assert.True(await Database.Projector.WaitFor("samples", written.Position, TimeSpan.FromSeconds(10)));
        Assert.Equal([1L, 2L, 3L], (await Rows()).Select(row => row.Version));
        Assert.Equal(1L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_rebuild_equals_the_live_table_for_any_number_of_workers_and_batch_size(int workers)
    {
        await WriteSome(60);
        Options = Options with { ProjectionBatch = workers * 7 };
        await using var database = await Open();
        database.Projector.Start();
        await CaughtUp(database);
        var verified = await database.Verify("samples", workers);
        Assert.True(verified.Equal, $"{verified.LiveDigest} {verified.ReplayDigest}");

        var phases = new List<string>();
        var rebuilt = await database.Rebuild("samples", new Recorder(phases), workers);
        Assert.Equal(rebuilt.LiveDigest, rebuilt.RebuiltDigest);
        Assert.Equal(verified.ReplayDigest, rebuilt.RebuiltDigest);
        Assert.Equal(await Owner("SELECT count(*) FROM read.samples"), rebuilt.Rows);
        Assert.Equal("done", phases[^1]);

        // Life goes on afterwards, in the new table, with comments, owner and indexes.
        var next = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.True(await database.Projector.WaitFor("samples", next.Position, TimeSpan.FromSeconds(10)));
        await The_table_explains_itself_and_has_its_indexes();
        Assert.True((await database.Verify("samples", workers)).Equal);
        Assert.Equal(1L, await Owner("SELECT count(*) FROM pg_tables WHERE schemaname = 'read'"));
    }

    [Fact]
    public async Task A_rebuild_beside_writers_loses_nothing()
    {
        Database.Projector.Start();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await WriteSome(3);
        })).ToArray();
        for (var i = 0; i < 3; i++)
        {
            var rebuilt = await Database.Rebuild("samples");
            Assert.Equal(rebuilt.LiveDigest, rebuilt.RebuiltDigest);
            Assert.True((await Database.Verify("samples")).Equal);
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await CaughtUp(Database);
        Assert.True((await Database.Verify("samples")).Equal);
        Assert.Equal(await Owner("SELECT count(*) FROM claims.mt_streams"), await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
    }

    [Theory]
    [InlineData("UPDATE read.samples SET amount = amount + 1 WHERE version = 1 AND id = (SELECT min(id::text)::uuid FROM read.samples)")]
    [InlineData("DELETE FROM read.samples WHERE id = (SELECT min(id::text)::uuid FROM read.samples)")]
    [InlineData("UPDATE read.samples SET recorded_from = recorded_from - interval '1 microsecond' WHERE version = 1")]
    public async Task Verify_finds_a_row_that_was_tampered_with(string tampering)
    {
        await WriteSome(10);
        Database.Projector.Start();
        await CaughtUp(Database);
        Assert.True((await Database.Verify("samples")).Equal);
        await Owner(tampering);
        Assert.False((await Database.Verify("samples")).Equal);
        await Database.Rebuild("samples");
        Assert.True((await Database.Verify("samples")).Equal);
    }

    [Fact]
    public async Task A_changed_definition_is_rebuilt_at_the_next_start()
    {
        await WriteSome(10);
        Database.Projector.Start();
        await CaughtUp(Database);
        await Database.Projector.StopAsync();
        var model = new ReadModel<OtherRow>("samples", "Another shape", "sample", (row, e) => new OtherRow((row?.Events ?? 0) + 1), "events");
        await using var changed = await ClaimsDatabase.Open(Options, Samples.Types, [model]);
        Assert.Equal("Another shape", await Owner("SELECT obj_description('read.samples'::regclass)"));
        Assert.Equal(10L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity' AND events > 0"));
        Assert.True((await changed.Verify("samples")).Equal);
        changed.Projector.Start();
        var next = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.True(await changed.Projector.WaitFor("samples", next.Position, TimeSpan.FromSeconds(10)));
        Assert.Equal(11L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
    }

    [Fact]
    public void A_property_that_no_column_carries_is_refused_by_name()
    {
        var refused = Assert.Throws<NotSupportedException>(() => new ReadModelTable(new ReadModel<OddRow>("odd", "", "sample", (_, _) => null)));
        Assert.Contains("OddRow.Duration", refused.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new ReadModelTable(new ReadModel<TakenRow>("odd", "", "sample", (_, _) => null)));
        Assert.Throws<ArgumentException>(() => new ReadModelTable(new ReadModel<OtherRow>("odd", "", "sample", (_, _) => null, "nothing")));
    }

    private async Task WriteSome(int streams)
    {
        var random = new Random(streams);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async i =>
        {
            var id = Guid.NewGuid();
            await Write(Samples.Append(id, 0, Samples.Opened($"sample {i}"), Samples.Renamed()));
            for (var version = 2; version < 2 + random.Next(5); version++) await Write(Samples.Append(id, version, Samples.Renamed($"v{version}")));
            if (i % 3 == 0) await Events.Append(Samples.Append(id, 2, new NewEvent(Guid.NewGuid(), new SampleClosed())));
        }));
    }

    private async Task CaughtUp(ClaimsDatabase database)
    {
        await Settle();
        var last = (await WholeFeed())[^1].Position;
        Assert.True(await database.Projector.WaitFor("samples", last, TimeSpan.FromSeconds(20)));
    }

    private async Task<List<RowVersion<SampleRow>>> Rows()
    {
        var table = Database.Table("samples");
        await using var command = Database.Application.CreateCommand($"SELECT {table.SelectList} FROM read.samples ORDER BY id, version");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<RowVersion<SampleRow>>();
        while (await reader.ReadAsync()) rows.Add(table.Read<SampleRow>(reader));
        return rows;
    }

    private sealed record OtherRow(int Events);
    private sealed record OddRow(Duration Duration);
    private sealed record TakenRow(Guid Id);

    private sealed class Recorder(List<string> phases) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            lock (phases) phases.Add(value.Phase);
        }
    }
}
