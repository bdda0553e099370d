using ClaimsEngine.EventStore.Importing;
using ClaimsEngine.Ports;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class ImportTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly ImportOptions Small = new() { BatchEvents = 40 };

    [Fact]
    public async Task What_is_imported_into_an_empty_store_reads_like_what_was_appended()
    {
        var rows = Rows(1, 500);
        var state = await Database.Import("file", Async(rows), Small);
        var feed = await WholeFeed();
        Assert.Equal(new ImportState("file", 500, 500, 0, 500, 1000, feed[^1].Position), state);
        Assert.Equal(state, await Database.ImportOf("file"));
        Assert.Empty(await Rejected("file"));

        Assert.Equal(
            rows.SelectMany(row => row.Streams[0].Events).Select(e => (e.Id, e.Data)).OrderBy(pair => pair.Id), feed.Select(e => (e.Id, e.Data)).OrderBy(pair => pair.Id));
        var stream = await Events.ReadStream(rows[7].Streams[0].Stream);
        Assert.Equal([1L, 2L], stream.Select(e => e.Version));
        Assert.All(stream, e => Assert.Equal(("tester", "clerk", "sample"), (e.Metadata.User, e.Metadata.Headers["role"], e.StreamType)));
        await Write(Samples.Append(rows[7].Streams[0].Stream, 2, Samples.Renamed()));
        Assert.Equal(rows[7].Streams[0].Stream, await Events.OwnerOf(rows[7].Keys[0].Key));
    }

    [Fact]
    public async Task Every_column_is_what_an_append_of_the_same_event_writes()
    {
        var (appended, imported) = (Guid.NewGuid(), Guid.NewGuid());
        NewEvent[] events = [Samples.Opened("一\"\\号"), Samples.Renamed("二"), new(Guid.NewGuid(), new SampleClosed())];
        EventMetadata[] metadata = [Samples.By("li", "6206"), new EventMetadata(null, null, null, new Dictionary<string, string>())];
        foreach (var (by, version) in metadata.Zip((long[])[0, 2]))
        {
            NewEvent[] part = version == 0 ? events[..2] : events[2..];
            await Write(new Append([new StreamAppend(appended, "sample", version, part, by)], [], [], []));
            await Database.Import($"file {version}", Async([new ImportRow(1, [new StreamAppend(imported, "sample", version, part, by)], [], [])]));
        }

        string Columns(string table, string but) => $"""
            SELECT string_agg(r::text, ',' ORDER BY r::text) FROM (
              SELECT to_jsonb(t) - '{string.Join("' - '", but.Split(' '))}' AS r FROM claims.{table} t WHERE stream_id = $1) AS rows
            """;
        async Task<string> Of(string sql, Guid stream)
        {
            await using var command = Database.Application.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = stream });
            return (string)(await command.ExecuteScalarAsync())!;
        }
        var sql = Columns("mt_events", "seq_id stream_id timestamp tx_id");
        Assert.Contains("SampleOpened, ClaimsEngine.EventStore.Tests", await Of(sql, appended), StringComparison.Ordinal);
        Assert.Equal(await Of(sql, appended), await Of(sql, imported));
        sql = Columns("mt_streams", "id timestamp created").Replace("stream_id", "id");
        Assert.Equal(await Of(sql, appended), await Of(sql, imported));
        Assert.Equal(true, await Owner("""
            SELECT bool_and(s.timestamp = e.timestamp AND s.created <= s.timestamp) FROM claims.mt_streams s JOIN claims.mt_events e ON e.stream_id = s.id AND e.version = s.version
            """));
    }

    [Fact]
    public async Task A_source_imported_twice_changes_nothing()
    {
        await Database.Import("file", Async(Rows(1, 100)), Small);
        var before = await Everything();
        // The rows are made anew, with other ids: their numbers tell that they are the same.
        Assert.Equal(100, (await Database.Import("file", Async(Rows(1, 100)), Small)).LastRow);
        Assert.Equal(before, await Everything());
        Assert.Equal(200, (await WholeFeed()).Count);

        var longer = await Database.Import("file", Async(Rows(1, 130)), Small);
        Assert.Equal(new ImportState("file", 130, 130, 0, 130, 260, longer.Position), longer);
        Assert.Null(await Database.ImportOf("another"));
    }

    [Fact]
    public async Task A_row_whose_key_is_taken_is_reported_and_its_streams_are_left_out()
    {
        var holder = Guid.NewGuid();
        await Write(Samples.Append(holder, 0, Samples.Opened()) with { Keys = [new KeyChange(Key(17), holder, true)] });
        var rows = Rows(1, 60);
        rows[39] = rows[39] with { Keys = [.. rows[39].Keys, new KeyChange(Key(5), rows[39].Streams[0].Stream, true)] };   // an earlier row's
        rows[40] = rows[40] with { Keys = [new KeyChange(Key(40), rows[40].Streams[0].Stream, true)] };   // that of a row that has lost
        var state = await Database.Import("file", Async(rows), Small);

        Assert.Equal(new ImportState("file", 60, 60, 2, 58, 116, state.Position), state);
        Assert.Equal([new RejectedRow(17, RejectionReason.KeyTaken, "nr", "17"), new RejectedRow(40, RejectionReason.KeyTaken, "nr", "5")], await Rejected("file"));
        Assert.Empty(await Events.ReadStream(rows[16].Streams[0].Stream));
        Assert.Equal(holder, await Events.OwnerOf(Key(17)));
        Assert.Equal(rows[40].Streams[0].Stream, await Events.OwnerOf(Key(40)));
        Assert.Equal(58L + 1, await Owner("SELECT count(*) FROM claims.unique_keys"));
        Assert.Equal(58L + 1, await Owner("SELECT count(*) FROM claims.mt_streams"));
    }

    [Fact]
    public async Task A_row_whose_key_may_as_well_be_another_is_stored_under_another_where_it_is_taken()
    {
        var holder = Guid.NewGuid();
        await Write(Samples.Append(holder, 0, Samples.Opened()) with { Keys = [new KeyChange(Key(17), holder, true), new KeyChange(Key(1_001), holder, true)] });
        var draws = 1_000;
        ImportRow Drawing(ImportRow row) => row with
        {
            // the first is taken in the store, the second by a row before it
            Otherwise = taken => Drawing(row with { Keys = [.. row.Keys.Select(key => key.Key == taken ? key with { Key = Key(++draws == 1_002 ? 16 : draws) } : key)] }),
        };
        var rows = Rows(1, 60);
        rows[16] = Drawing(rows[16] with { Keys = [.. rows[16].Keys, new KeyChange(new UniqueKey("other", "17"), rows[16].Streams[0].Stream, true)] });
        rows[27] = rows[27] with { Keys = [new KeyChange(Key(17), rows[27].Streams[0].Stream, true)], Otherwise = _ => null };
        rows[28] = rows[28] with { Keys = [new KeyChange(Key(17), rows[28].Streams[0].Stream, true)] };
        rows[49] = Drawing(rows[49] with { Keys = [new KeyChange(Key(5), rows[49].Streams[0].Stream, true)] });   // that of an earlier row
        var state = await Database.Import("file", Async(rows), Small);

        Assert.Equal(new ImportState("file", 60, 60, 2, 58, 116, state.Position), state);
        Assert.Equal([28L, 29L], (await Rejected("file")).Select(row => row.Row));
        Assert.All(await Rejected("file"), row => Assert.Equal((RejectionReason.KeyTaken, "nr", "17"), (row.Reason, row.Subject, row.Detail)));
        Assert.Equal((holder, holder), (await Events.OwnerOf(Key(17)), await Events.OwnerOf(Key(1_001))));
        foreach (var number in (int[])[5, 16]) Assert.Equal(rows[number - 1].Streams[0].Stream, await Events.OwnerOf(Key(number)));
        foreach (var stream in new[] { rows[16], rows[49] }.Select(row => row.Streams[0].Stream))
        {
            Assert.Equal(2, (await Events.ReadStream(stream)).Count);
            Assert.Equal(1L, await Owner($"SELECT count(*) FROM claims.unique_keys WHERE holder = '{stream}' AND scope = 'nr' AND value::bigint > 1002"));
        }
        Assert.Equal(rows[16].Streams[0].Stream, await Events.OwnerOf(new UniqueKey("other", "17")));
        Assert.Equal(2L + 58 + 1, await Owner("SELECT count(*) FROM claims.unique_keys"));
    }

    [Fact]
    public async Task Rows_that_the_importer_refuses_are_noted_with_his_code_and_words_also_across_a_stop()
    {
        using var cancel = new CancellationTokenSource();
        ImportRow[] rows = [.. Rows(1, 600).Select(row => row.Number % 3 == 0 ? ImportRow.Refused(row.Number, "sample-rule", $"第{row.Number}行") : row)];
        var refused = rows.Where(row => row.Number % 3 == 0).Select(row => new RejectedRow(row.Number, RejectionReason.Refused, "sample-rule", $"第{row.Number}行")).ToList();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.Import("file", Async(rows), Small, new Watch(_ => cancel.Cancel()), cancel.Token));
        var cut = (await Database.ImportOf("file"))!;
        Assert.InRange(cut.Rows, 1, 599);
        Assert.Equal((cut.Rows / 3, cut.Rows - (cut.Rows / 3)), (cut.Rejected, cut.Streams));
        Assert.Equal(refused.Where(row => row.Row <= cut.LastRow), await Rejected("file"));

        for (var again = 0; again < 2; again++)
        {
            var state = await Database.Import("file", Async(rows), Small);
            Assert.Equal(new ImportState("file", 600, 600, 200, 400, 800, state.Position), state);
            Assert.Equal(refused, await Rejected("file"));
        }
        Assert.Equal(800L, await Owner("SELECT count(*) FROM claims.mt_events"));
        var none = await Database.Import("nothing", Async([ImportRow.Refused(7, "sample-rule", "")]), Small);
        Assert.Equal((7L, 1L, 1L, 0L), (none.LastRow, none.Rows, none.Rejected, none.Events));
    }

    [Fact]
    public async Task Rows_beyond_a_limit_are_reported_and_the_pool_is_full_to_the_last_place()
    {
        await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()) with { Places = [new PlaceChange("quota", 7, 100)] });
        var rows = Rows(1, 150).ConvertAll(row => row with { Places = [new PlaceChange(row.Number % 3 == 0 ? "other" : "quota", 1, row.Number % 3 == 0 ? 1000 : 100)] });
        var state = await Database.Import("file", Async(rows), Small);

        Assert.Equal(7L + 93, await Owner("SELECT taken FROM claims.places WHERE pool = 'quota'"));
        Assert.Equal(50L, await Owner("SELECT taken FROM claims.places WHERE pool = 'other'"));
        var rejected = await Rejected("file");
        Assert.Equal(rows.Where(row => row.Number % 3 > 0).Skip(93).Select(row => new RejectedRow(row.Number, RejectionReason.PlacesExhausted, "quota", "")), rejected);
        Assert.Equal(150 - rejected.Count, state.Streams);
    }

    [Fact]
    public async Task A_limit_holds_against_live_appends_beside_the_import()
    {
        const int Limit = 700;
        var places = new PlaceChange("quota", 1, Limit);
        var importing = Database.Import("file", Async(Rows(1, 600).ConvertAll(row => row with { Places = [places] })), Small);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Events.Append(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()) with { Places = [places] })));
        var state = await importing;
        Assert.Equal((long)Limit, await Owner("SELECT taken FROM claims.places"));
        Assert.Equal(Limit, outcomes.Count(outcome => outcome is Appended) + state.Rows - state.Rejected);
    }

    [Fact]
    public async Task Streams_go_on_where_they_are_and_nowhere_else()
    {
        var streams = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var stream in streams[..5]) await Write(Samples.Append(stream, 0, Samples.Opened(), Samples.Renamed("b")));
        await Owner($"UPDATE claims.mt_streams SET is_archived = true WHERE id = '{streams[3]}'");
        await Owner($"UPDATE claims.mt_streams SET timestamp = now() + interval '1 hour' WHERE id = '{streams[0]}'");
        ImportRow Row(long number, int stream, long expected, int guarded = -1) => new(number,
            [
                new StreamAppend(streams[stream], "sample", expected, [Samples.Renamed($"row {number}")], Samples.By()),
                .. guarded < 0 ? (StreamAppend[])[] : [new StreamAppend(streams[guarded], "sample", 2, [], Samples.By())],
            ], [], []);
        var state = await Database.Import("file", Async(
            [Row(1, 0, 2), Row(2, 0, 3), Row(3, 1, 1), Row(4, 2, 0), Row(5, 3, 2), Row(6, 1, 2, guarded: 4), Row(7, 2, 2, guarded: 0), Row(8, 5, 0), Row(9, 5, 1), Row(10, 5, 3)]));

        Assert.Equal(
            [
                new RejectedRow(3, RejectionReason.VersionConflict, $"{streams[1]}", "2"), new RejectedRow(4, RejectionReason.VersionConflict, $"{streams[2]}", "2"),
                new RejectedRow(5, RejectionReason.StreamArchived, $"{streams[3]}", ""), new RejectedRow(7, RejectionReason.VersionConflict, $"{streams[0]}", "4"),
                new RejectedRow(10, RejectionReason.VersionConflict, $"{streams[5]}", "2"),
            ], await Rejected("file"));
        Assert.Equal(new ImportState("file", 10, 10, 5, 1, 5, state.Position), state);
        Assert.Equal(["row 1", "row 2"], (await Events.ReadStream(streams[0])).Skip(2).Select(e => ((SampleRenamed)e.Data).Name));
        Assert.Equal([2L, 2L], (await Events.ReadStream(streams[4])).Select(e => e.Version).Order().Skip(1).Append(2L));
        // Recorded time never falls within a stream.
        foreach (var events in await Task.WhenAll(streams.Select(stream => Events.ReadStream(stream))))
            Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.RecordedAt <= pair.Second.RecordedAt));
        Assert.Equal(true, await Owner("SELECT bool_and(version = (SELECT count(*) FROM claims.mt_events e WHERE e.stream_id = s.id)) FROM claims.mt_streams s"));
    }

    [Fact]
    public async Task A_stream_that_somebody_wrote_to_past_its_head_is_reported()
    {
        var stream = Guid.NewGuid();
        await Write(Samples.Append(stream, 0, Samples.Opened()));
        await Application($$"""
            INSERT INTO mt_events (seq_id, id, stream_id, version, data, type) VALUES (nextval('mt_events_sequence'), '{{Guid.NewGuid()}}', '{{stream}}', 2, '{}', 'x')
            """);
        var rows = Rows(1, 10);
        rows[3] = rows[3] with { Streams = [new StreamAppend(stream, "sample", 1, [Samples.Renamed()], Samples.By())] };
        rows[4] = rows[4] with { Streams = [new StreamAppend(stream, "sample", 2, [Samples.Renamed()], Samples.By())] };
        Assert.Equal(8, (await Database.Import("file", Async(rows))).Streams);
        Assert.Equal([4L, 5L], (await Rejected("file")).Select(row => row.Row));
    }

    [Fact]
    public async Task What_PostgreSQL_cannot_store_is_reported_and_the_rest_is_stored()
    {
        var rows = Rows(1, 100);
        rows[33] = rows[33] with { Streams = [new StreamAppend(Guid.NewGuid(), "sample", 0, [Samples.Opened("\0")], Samples.By())] };
        rows[77] = rows[77] with { Keys = [new KeyChange(new UniqueKey("nr", string.Concat(Enumerable.Range(0, 4_000))), rows[77].Streams[0].Stream, true)] };
        rows[99] = rows[99] with { Streams = [rows[99].Streams[0] with { Metadata = Samples.By("\0") }] };
        var state = await Database.Import("file", Async(rows), Small);
        Assert.Equal(new ImportState("file", 100, 100, 3, 97, 194, state.Position), state);
        var rejected = await Rejected("file");
        Assert.Equal([34L, 78L, 100L], rejected.Select(row => row.Row));
        Assert.All(rejected, row => Assert.Equal(RejectionReason.Unstorable, row.Reason));
        Assert.Contains("Unicode", rejected[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    public async Task An_import_decides_what_appends_in_its_order_would_decide(int seed, int connections)
    {
        var random = new Random(seed);
        var streams = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToArray();
        Append[] before = [.. Enumerable.Range(0, 40).Select(_ => Arbitrary(random, streams))];
        ImportRow[] rows =
        [
            .. Enumerable.Range(1, 400).Select(number => (number, append: Arbitrary(random, streams)))
                .Select(row => new ImportRow(row.number, row.append.Streams, row.append.Keys, row.append.Places)),
        ];

        foreach (var append in before) await Events.Append(append);
        var first = await Everything();
        var lost = new List<long>();
        foreach (var row in rows)
            if (await Events.Append(new Append(row.Streams, row.Keys, row.Places, [])) is not Appended) lost.Add(row.Number);
        var appended = await Everything();

        await Owner("TRUNCATE claims.mt_events, claims.mt_streams, claims.unique_keys, claims.places");
        foreach (var append in before) await Events.Append(append);
        Assert.Equal(first, await Everything());
        var state = await Database.Import("file", Async(rows), new ImportOptions { BatchEvents = 1 + random.Next(60), Connections = connections });
        Assert.Equal(appended, await Everything());
        Assert.Equal(lost, (await Rejected("file")).Select(row => row.Row));
        Assert.InRange(lost.Count, 50, 350);
        Assert.Equal(lost.Count, state.Rejected);
        
    }

    [Fact]
    public async Task Imported_events_and_live_ones_are_seen_once_and_in_order_and_the_read_models_equal_a_replay()
    {
        Database.Projector.Start();
        using var reading = new CancellationTokenSource();
        var seen = new List<RecordedEvent>();
        var reader = Task.Run(async () =>
        {
            var at = FeedPosition.Start;
            while (true)
            {
                var ending = reading.IsCancellationRequested;
                var page = await Events.ReadFeed(at, 50);
                seen.AddRange(page);
                if (page.Count > 0) at = page[^1].Position;
                else if (ending) return;
                else await Task.Delay(1);
            }
        });

        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var stream = Guid.NewGuid();
                await Write(Samples.Append(stream, 0, Samples.Opened(), Samples.Renamed()));
                await Write(Samples.Append(stream, 2, Samples.Renamed()));
                Interlocked.Add(ref written, 3);
            }
        })).ToArray();
        var rows = Rows(1, 3_000);
        // The second half goes on with the streams of the first.
        rows.AddRange(rows.ConvertAll(row =>
            new ImportRow(row.Number + 3_000, [row.Streams[0] with { ExpectedVersion = 2, Events = [Samples.Renamed("again")] }], [], [])));
        var state = await Database.Import("file", Async(rows), new ImportOptions { BatchEvents = 300, Connections = 3 });
        Assert.Equal(new ImportState("file", 6_000, 6_000, 0, 3_000, 9_000, state.Position), state);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await Settle();
        await reading.CancelAsync();
        await reader;

        Assert.Equal(9_000 + written, seen.Count);
        Assert.Equal(seen.Count, seen.Select(e => e.Id).Distinct().Count());
        Assert.All(seen.GroupBy(e => e.Stream), events => Assert.Equal(Enumerable.Range(1, events.Count()).Select(v => (long)v), events.Select(e => e.Version)));
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));
        Assert.True(state.Position <= seen[^1].Position);
        Assert.True(await Database.Projector.WaitFor("samples", seen[^1].Position, TimeSpan.FromSeconds(30)));
        Assert.True((await Database.Verify("samples")).Equal);
        Assert.Empty(await Database.Projector.DeadLetters());
        Assert.Equal((long)seen.Count, await Owner("SELECT count(*) FROM read.samples"));
    }

    [Fact]
    public async Task An_import_waits_for_read_models_that_lag_too_far_and_for_none_that_nobody_writes()
    {
        var how = new ImportOptions { BatchEvents = 100, MaxLag = 500 };
        await Database.Import("first", Async(Rows(1, 1_000)), how);
        Database.Projector.Start();
        var worst = 0L;
        var state = await Database.Import("second", Async(Rows(1_001, 2_000)), how, new Watch(_ => worst = Math.Max(worst, (long)Owner(
            "SELECT (SELECT max(seq_id) FROM claims.mt_events) - (SELECT seq_id FROM claims.projections)").GetAwaiter().GetResult()!)));
        Assert.InRange(worst, 1, 500 + (4 * 100) + 1_999);   // the first source's events were there before
        Assert.True(await Database.Projector.WaitFor("samples", state.Position, TimeSpan.FromSeconds(30)));
        Assert.Equal(4_000L, await Owner("SELECT count(*) FROM read.samples"));
        Assert.True((await Database.Verify("samples")).Equal);
    }

    [Fact]
    public async Task Progress_is_told_after_every_commit_and_a_cancelled_import_goes_on_later()
    {
        using var cancel = new CancellationTokenSource();
        var told = new List<ImportState>();
        var watch = new Watch(state =>
        {
            told.Add(state);
            if (state.Rows >= 200) cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.Import("file", Async(Rows(1, 1_000)), Small, watch, cancel.Token));
        Assert.Equal(told[^1], await Database.ImportOf("file"));
        Assert.Equal(told[^1].Events, await Owner("SELECT count(*) FROM claims.mt_events"));
        Assert.InRange(told[^1].Rows, 200, 999);
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First.LastRow < pair.Second.LastRow));

        var state = await Database.Import("file", Async(Rows(1, 1_000)), Small);
        Assert.Equal(new ImportState("file", 1_000, 1_000, 0, 1_000, 2_000, state.Position), state);
        Assert.Equal(1_000L, await Owner("SELECT count(*) FROM claims.unique_keys"));
    }

    [Fact]
    public async Task Two_processes_can_not_import_one_source_at_the_same_time()
    {
        await using var second = await Open();
        ClaimsDatabase[] databases = [Database, second];
        var failures = await Task.WhenAll(databases.Select(database => Record.ExceptionAsync(() => database.Import("file", Async(Rows(1, 2_000)), Small)).AsTask()));
        Assert.Single(failures, failure => failure is InvalidOperationException);
        var state = await Database.Import("file", Async(Rows(1, 2_000)), Small);
        Assert.Equal(new ImportState("file", 2_000, 2_000, 0, 2_000, 4_000, state.Position), state);
        Assert.Equal(4_000L, await Owner("SELECT count(*) FROM claims.mt_events"));
        Assert.Equal(2_000L, await Owner("SELECT count(*) FROM claims.unique_keys"));
    }

    [Fact]
    public async Task Rows_that_no_append_could_be_end_the_import()
    {
        var good = Rows(1, 1)[0];
        ImportRow[] bad =
        [
            good with { Streams = [.. good.Streams, .. good.Streams] }, good with { Streams = [good.Streams[0] with { ExpectedVersion = -1 }] },
            good with { Streams = [good.Streams[0] with { Events = [] }] }, good with { Keys = [.. good.Keys, good.Keys[0] with { Holder = Guid.NewGuid() }] },
            good with { Number = 0 },
        ];
        foreach (var row in bad) await Assert.ThrowsAsync<ArgumentException>(() => Database.Import("file", Async([row])));
        await Assert.ThrowsAsync<ArgumentException>(() => Database.Import("file", Async([good, good])));
        Assert.Empty(await WholeFeed());
    }

    private static UniqueKey Key(long number) => new("nr", $"{number}");

    /// <summary>One new stream of two events and one key each.</summary>
    internal static List<ImportRow> Rows(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(number =>
    {
        var stream = Guid.NewGuid();
        return new ImportRow(number, [new StreamAppend(stream, "sample", 0, [Samples.Opened($"row {number}"), Samples.Renamed()], Samples.By())],
            [new KeyChange(Key(number), stream, true)], []);
    })];

    internal static async IAsyncEnumerable<T> Async<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    /// <summary>Something that may well collide with others of its kind.</summary>
    private static Append Arbitrary(Random random, Guid[] streams)
    {
        var chosen = streams[random.Next(streams.Length)];
        var (expected, fresh) = (random.Next(3), Guid.NewGuid());
        var holder = random.Next(3) == 0 ? chosen : fresh;
        StreamAppend[] old = [new StreamAppend(chosen, "sample", expected, expected == 0 ? [Samples.Opened()] : random.Next(2) == 0 ? [] : [Samples.Renamed()], Samples.By())];
        NewEvent[] events = random.Next(2) == 0 ? [Samples.Opened()] : [Samples.Opened(), Samples.Renamed()];
        return new Append(
            [.. random.Next(3) == 0 ? old : [], new StreamAppend(fresh, "sample", 0, events, Samples.By())],
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => new KeyChange(Key(random.Next(200)), holder, random.Next(4) > 0))],
            random.Next(3) == 0 ? [new PlaceChange($"pool {random.Next(3)}", random.Next(-1, 3), 20)] : [], []);
    }

    private async Task<List<RejectedRow>> Rejected(string source)
    {
        var rejected = new List<RejectedRow>();
        await foreach (var row in Database.RejectedRows(source)) rejected.Add(row);
        return rejected;
    }

    /// <summary>Events of every stream, heads, keys and places, without times and positions.</summary>
    private async Task<string> Everything() => (string)(await Owner("""
        SELECT concat_ws(E'\n', (SELECT string_agg(concat(id, stream_id, version, data), ' ' ORDER BY stream_id, version) FROM claims.mt_events),
          (SELECT string_agg(concat(id, type, version), ' ' ORDER BY id) FROM claims.mt_streams),
          (SELECT string_agg(concat(scope, value, holder), ' ' ORDER BY scope, value) FROM claims.unique_keys),
          (SELECT string_agg(concat(pool, taken), ' ' ORDER BY pool) FROM claims.places WHERE taken > 0))
        """))!;

    internal sealed class Watch(Action<ImportState> told) : IProgress<ImportState>
    {
        public void Report(ImportState value) => told(value);
    }
}
