using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.ReadModels;

namespace ClaimsEngine.Storage.Tests;

public sealed class ReadModelTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();

    [Fact]
    public async Task Every_kind_of_column_goes_there_and_back()
    {
        await Start();
        await Write(Samples.Write(Samples.On(stream, 0, Samples.Opened("甲", 120_000_00)), Samples.By(region: "6206")));
        await Write(stream, 1, Samples.Renamed("乙"));
        await Write(stream, 2, new SampleClosed());
        await CaughtUp();

        Instant[] at = [.. (await Events.ReadStream(stream)).Select(e => e.RecordedAt)];
        var first = new SampleRow("甲", new Money(120_000_00), new LocalDate(2025, 10, 20),
            new SampleId(Guid.Parse("11111111-2222-3333-4444-555555555555")),
            SampleStatus.StillOpen, RegionCode.Of("6206"), 0, 1, true, at[0], null, null, null, null, null);
        var second = first with { Name = "乙", Renamed = 1, Extra = stream, Note = "renamed", Refund = Money.Yuan(1) };
        Assert.Equal(
            [
                new RowVersion<SampleRow>(stream, 1, at[0], at[1], first),
                new RowVersion<SampleRow>(stream, 2, at[1], at[2], second),
                new RowVersion<SampleRow>(stream, 3, at[2], null, second with
                    { Status = SampleStatus.Closed, Before = SampleStatus.StillOpen, Closed = at[2], Active = false }),
            ], await Rows());
        Assert.Equal("stillOpen", await Owner("SELECT status FROM read.samples WHERE version = 1"));
        Assert.Equal(12_000_000L, await Owner("SELECT amount FROM read.samples WHERE version = 1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_property_that_is_a_class_is_a_column_of_JSON(bool rebuilt)
    {
        var model = new ReadModel<JsonRow>("details", "", "sample", (row, e) => e.Data is SampleOpened opened
            ? new JsonRow(new SampleDetail(opened.Name, [1, 2, 3]), null) : row is null ? null
                : row with { Other = new SampleDetail("", []) });
        var node = await Open(readModels: [model]);
        await node.Start();
        await Write(stream, 0, Samples.Opened("一\"\\号"), Samples.Renamed());
        await CaughtUp();
        if (rebuilt) await node.Upkeep.Rebuild("details");
        Assert.Equal("一\"\\号", await Owner("SELECT detail ->> 'word' FROM read.details WHERE version = 1"));
        Assert.Equal(6L, await Owner(
            "SELECT sum(n::bigint)::bigint FROM read.details, jsonb_array_elements_text(detail -> 'numbers') AS n WHERE version = 1"));
        Assert.Equal(true, await Owner("SELECT other IS NULL FROM read.details WHERE version = 1"));
        var table = node.Storage.Models.Table("details");
        await using var command = node.Storage.Sessions.Application.CreateCommand(
            $"SELECT {table.SelectList} FROM read.details ORDER BY version");
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        var row = table.Read<JsonRow>(reader).Row;
        Assert.Equal(("一\"\\号", 3, null), (row.Detail.Word, row.Detail.Numbers.Count, row.Other));
        Assert.True(await reader.ReadAsync());
        Assert.Empty(table.Read<JsonRow>(reader).Row.Other!.Numbers);
        Assert.True((await node.Upkeep.Verify("details")).Equal);
    }

    [Fact]
    public async Task The_table_explains_itself_and_has_its_indexes()
    {
        Assert.Equal("Samples of the tests", await Owner("SELECT obj_description('read.samples'::regclass)"));
        Assert.Equal("What it is called",
            await Owner("SELECT col_description(attrelid, attnum) FROM pg_attribute "
                + "WHERE attrelid = 'read.samples'::regclass AND attname = 'name'"));
        Assert.Equal("samples_1,samples_1_ended,samples_2,samples_2_ended,samples_current,samples_ended,samples_pkey",
            await Owner("SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'read'"));
        Assert.Equal("claims_app", await Owner("SELECT tableowner::text FROM pg_tables WHERE schemaname = 'read'"));
        var table = Node.Storage.Models.Table("samples");
        Assert.Equal(("name", "text"), (table.ColumnOf(nameof(SampleRow.Name)).Name, table.ColumnOf(nameof(SampleRow.Name)).SqlType));
        Assert.Throws<KeyNotFoundException>(() => Node.Storage.Models.Table("nothing"));
    }

    [Fact]
    public async Task Several_events_of_one_write_make_a_version_each()
    {
        await Start();
        await Write(stream, 0, Samples.Opened(), Samples.Renamed("b"), Samples.Renamed("c"));
        await CaughtUp();
        Assert.Equal([1L, 2L, 3L], (await Rows()).Select(row => row.Version));
        Assert.Equal(1L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
    }

    [Fact]
    public async Task A_read_model_sees_streams_of_its_own_type_only()
    {
        await Start();
        var note = Guid.NewGuid();
        await Write(Decision.Begin<Note>(note, new NoteWritten("n")).And(Samples.New(stream)));
        await CaughtUp();
        Assert.Equal(stream, Assert.Single(await Rows()).Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_rebuild_equals_the_live_table_for_any_number_of_workers_and_any_page(int workers)
    {
        await WriteSome(40);
        Node = await Open(Options with { ProjectionPage = workers * 7 });
        await Start();
        await CaughtUp();
        var verified = await Node.Upkeep.Verify("samples", workers);
        Assert.True(verified.Equal, $"{verified.LiveDigest} {verified.ReplayDigest}");

        var phases = new List<string>();
        var rebuilt = await Node.Upkeep.Rebuild("samples", new Recorder(phases), workers);
        Assert.Equal(rebuilt.LiveDigest, rebuilt.RebuiltDigest);
        Assert.Equal(verified.ReplayDigest, rebuilt.RebuiltDigest);
        Assert.Equal(await Count("read.samples"), rebuilt.Rows);
        Assert.Equal("done", phases[^1]);

        // Life goes on afterwards, in the new table, with comments, owner and indexes.
        await Write(Samples.New());
        await CaughtUp();
        await The_table_explains_itself_and_has_its_indexes();
        await EqualsAReplay(workers: workers);
        Assert.Equal(1L, await Owner("SELECT count(*) FROM pg_tables WHERE schemaname = 'read'"));
    }

    [Theory]
    [InlineData("UPDATE read.samples SET amount = amount + 1 WHERE version = 1 AND id = (SELECT min(id::text)::uuid FROM read.samples)")]
    [InlineData("DELETE FROM read.samples WHERE id = (SELECT min(id::text)::uuid FROM read.samples)")]
    [InlineData("UPDATE read.samples SET recorded_from = recorded_from - interval '1 microsecond' WHERE version = 1")]
    public async Task Verify_finds_a_row_that_was_tampered_with(string tampering)
    {
        await WriteSome(10);
        await Start();
        await CaughtUp();
        await EqualsAReplay();
        await Owner(tampering);
        Assert.False((await Node.Upkeep.Verify("samples")).Equal);
        await Node.Upkeep.Rebuild("samples");
        await EqualsAReplay();
    }

    [Fact]
    public async Task A_changed_definition_is_rebuilt_at_the_next_start()
    {
        await WriteSome(10);
        await Start();
        await CaughtUp();
        await Node.Stop();
        var model = new ReadModel<OtherRow>("samples", "Another shape", "sample", (row, e) => new OtherRow((row?.Events ?? 0) + 1),
            "events");
        Node = await Open(readModels: [model]);
        Assert.Equal("Another shape", await Owner("SELECT obj_description('read.samples'::regclass)"));
        Assert.Equal(10L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity' AND events > 0"));
        await EqualsAReplay();
        await Start();
        await Write(Samples.New());
        await CaughtUp();
        Assert.Equal(11L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
    }

    [Fact]
    public async Task A_read_model_that_is_new_is_filled_at_the_next_start()
    {
        await WriteSome(5);
        await Start();
        await CaughtUp();
        await Node.Stop();
        Node = await Open(readModels: [Samples.Model(), Samples.Model(() => false, "more")]);
        Assert.Equal(await Count("read.samples"), await Count("read.more"));
        await Start();
        await Write(Samples.New());
        await CaughtUp();
        Assert.Equal(await Count("read.samples"), await Count("read.more"));
        await EqualsAReplay("more");
    }

    [Fact]
    public void A_property_that_no_column_carries_is_refused_by_name()
    {
        var refused = Assert.Throws<NotSupportedException>(() => new ReadModelTable(new ReadModel<OddRow>("odd", "", "sample",
            (_, _) => null)));
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
            await Write(id, 0, Samples.Opened($"sample {i}"), Samples.Renamed());
            var version = 2L;
            for (var more = random.Next(5); more > 0; more--) await Write(id, version++, Samples.Renamed($"v{version}"));
            if (i % 3 == 0) await Write(id, version, new SampleClosed());
        }));
    }

    private async Task<List<RowVersion<SampleRow>>> Rows()
    {
        var table = Node.Storage.Models.Table("samples");
        await using var command = Node.Storage.Sessions.Application.CreateCommand(
            $"SELECT {table.SelectList} FROM read.samples ORDER BY id, version");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<RowVersion<SampleRow>>();
        while (await reader.ReadAsync()) rows.Add(table.Read<SampleRow>(reader));
        return rows;
    }

    private sealed record OtherRow(int Events);
    private sealed record OddRow(Duration Duration);
    private sealed record TakenRow(Guid Id);
    private sealed record JsonRow([JsonColumn] SampleDetail Detail, [JsonColumn] SampleDetail? Other);

    private sealed class Recorder(List<string> phases) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            lock (phases) phases.Add(value.Phase);
        }
    }
}
