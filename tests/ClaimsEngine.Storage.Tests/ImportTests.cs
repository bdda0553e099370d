using ClaimsEngine.Storage.Bulk;
using Npgsql;
using static ClaimsEngine.Storage.Tests.ImportSamples;

namespace ClaimsEngine.Storage.Tests;

public sealed class ImportTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task What_is_imported_into_an_empty_store_reads_like_what_was_appended()
    {
        var rows = Rows(1, 500);
        await Start();
        var state = await Node.Importer.Run("file", Async(rows), Small);
        var feed = await WholeFeed();
        Assert.Equal(new ImportState("file", 500, 500, 0, 500, 1000, feed[^1].Position), state);
        Assert.Equal(state, await Node.Importer.StateOf("file"));
        Assert.Empty(await Rejected(Node, "file"));

        Assert.Equal(
            rows.SelectMany(row => row.Streams[0].Events).Select(e => (e.Id, e.Data)).OrderBy(pair => pair.Id),
                feed.Select(e => (e.Id, e.Data)).OrderBy(pair => pair.Id));
        var stream = await Events.ReadStream(rows[7].Streams[0].Stream);
        Assert.Equal([1L, 2L], stream.Select(e => e.Version));
        Assert.All(stream, e => Assert.Equal(("tester", "clerk", "sample"), (e.Metadata.User, e.Metadata.Headers["role"], e.StreamType)));
        await Write(rows[7].Streams[0].Stream, 2, Samples.Renamed());
        Assert.Equal(rows[7].Streams[0].Stream, await Keys.OwnerOf(rows[7].Keys[0].Key));
    }

    [Fact]
    public async Task Every_column_is_what_an_append_of_the_same_event_writes()
    {
        var (appended, imported) = (Guid.NewGuid(), Guid.NewGuid());
        object[] events = [Samples.Opened("一\"\\号"), Samples.Renamed("二"), new SampleClosed()];
        EventMetadata[] metadata = [Samples.By("li", "6206"), new EventMetadata(null, null, null, new Dictionary<string, string>())];
        foreach (var (by, version) in metadata.Zip((long[])[0, 2]))
        {
            var part = version == 0 ? events[..2] : events[2..];
            await Write(Samples.Write(Samples.On(appended, version, part), by));
            await Node.Importer.Run($"file {version}", Async([new ImportRow(1, [Samples.Part(imported, version, by, part)], [], [])]));
        }

        string Columns(string table, string but) => $"""
            SELECT string_agg(r::text, ',' ORDER BY r::text) FROM (
              SELECT to_jsonb(t) - '{string.Join("' - '", but.Split(' '))}' AS r FROM claims.{table} t WHERE stream_id = $1) AS rows
            """;
        async Task<string> Of(string sql, Guid stream)
        {
            await using var command = Node.Storage.Sessions.Application.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = stream });
            return (string)(await command.ExecuteScalarAsync())!;
        }
        var sql = Columns("mt_events", "seq_id id stream_id timestamp");
        Assert.Contains("SampleOpened, ClaimsEngine.Storage.Tests", await Of(sql, appended), StringComparison.Ordinal);
        Assert.Equal(await Of(sql, appended), await Of(sql, imported));
        sql = Columns("mt_streams", "id timestamp created").Replace("stream_id", "id");
        Assert.Equal(await Of(sql, appended), await Of(sql, imported));
        Assert.Equal(true, await Owner($"""
            SELECT bool_and(s.timestamp = e.timestamp AND s.created <= s.timestamp) FROM claims.mt_streams s
            JOIN claims.mt_events e ON e.stream_id = s.id AND e.version = s.version
            WHERE s.id = '{imported}'
            """));
    }

    [Fact]
    public async Task A_source_imported_twice_changes_nothing()
    {
        await Node.Importer.Run("file", Async(Rows(1, 100)), Small);
        var before = await Everything(Owner);
        // The rows are made anew, with other ids: their numbers tell that they are the same.
        Assert.Equal(100, (await Node.Importer.Run("file", Async(Rows(1, 100)), Small)).LastRow);
        Assert.Equal(before, await Everything(Owner));
        Assert.Equal(200, await Count("claims.mt_events"));

        var longer = await Node.Importer.Run("file", Async(Rows(1, 130)), Small);
        Assert.Equal(new ImportState("file", 130, 130, 0, 130, 260, longer.Position), longer);
        Assert.Null(await Node.Importer.StateOf("another"));
    }

    [Fact]
    public async Task A_row_whose_key_is_taken_is_reported_and_its_streams_are_left_out()
    {
        var holder = Guid.NewGuid();
        await Write(Samples.New(holder).Taking(Key(17), holder));
        var rows = Rows(1, 60);
        rows[39] = rows[39] with { Keys = [.. rows[39].Keys, new KeyChange(Key(5), rows[39].Streams[0].Stream,
            true)] };   // an earlier row's
        rows[40] = rows[40] with { Keys = [new KeyChange(Key(40), rows[40].Streams[0].Stream, true)] };   // that of a row that has lost
        var state = await Node.Importer.Run("file", Async(rows), Small);

        Assert.Equal(new ImportState("file", 60, 60, 2, 58, 116, state.Position), state);
        Assert.Equal([new RejectedRow(17, RejectionReason.KeyTaken, "nr", "17"), new RejectedRow(40, RejectionReason.KeyTaken, "nr", "5")],
            await Rejected(Node, "file"));
        Assert.Empty(await Events.ReadStream(rows[16].Streams[0].Stream));
        Assert.Equal(holder, await Keys.OwnerOf(Key(17)));
        Assert.Equal(rows[40].Streams[0].Stream, await Keys.OwnerOf(Key(40)));
        Assert.Equal(58L + 1, await Owner("SELECT count(*) FROM claims.unique_keys"));
        Assert.Equal(58L + 1, await Owner("SELECT count(*) FROM claims.mt_streams"));
    }

    [Fact]
    public async Task A_row_whose_key_may_as_well_be_another_is_stored_under_another_where_it_is_taken()
    {
        var holder = Guid.NewGuid();
        await Write(Samples.New(holder).Taking(Key(17), holder).Taking(Key(1_001), holder));
        var draws = 1_000;
        ImportRow Drawing(ImportRow row) => row with
        {
            // the first is taken in the store, the second by a row before it
            Otherwise = taken => Drawing(row with { Keys = [.. row.Keys.Select(key => key.Key == taken
                ? key with { Key = Key(++draws == 1_002 ? 16 : draws) } : key)] }),
        };
        var rows = Rows(1, 60);
        rows[16] = Drawing(rows[16] with { Keys = [.. rows[16].Keys, new KeyChange(new UniqueKey("other", "17"),
            rows[16].Streams[0].Stream, true)] });
        rows[27] = rows[27] with { Keys = [new KeyChange(Key(17), rows[27].Streams[0].Stream, true)], Otherwise = _ => null };
        rows[28] = rows[28] with { Keys = [new KeyChange(Key(17), rows[28].Streams[0].Stream, true)] };
        rows[49] = Drawing(rows[49] with { Keys = [new KeyChange(Key(5), rows[49].Streams[0].Stream, true)] });   // that of an earlier row
        var state = await Node.Importer.Run("file", Async(rows), Small);

        Assert.Equal(new ImportState("file", 60, 60, 2, 58, 116, state.Position), state);
        Assert.Equal([28L, 29L], (await Rejected(Node, "file")).Select(row => row.Row));
        Assert.All(await Rejected(Node, "file"), row => Assert.Equal((RejectionReason.KeyTaken, "nr", "17"),
            (row.Reason, row.Subject, row.Detail)));
        Assert.Equal((holder, holder), (await Keys.OwnerOf(Key(17)), await Keys.OwnerOf(Key(1_001))));
        foreach (var number in (int[])[5, 16]) Assert.Equal(rows[number - 1].Streams[0].Stream, await Keys.OwnerOf(Key(number)));
        foreach (var stream in new[] { rows[16], rows[49] }.Select(row => row.Streams[0].Stream))
        {
            Assert.Equal(2, (await Events.ReadStream(stream)).Count);
            Assert.Equal(1L, await Owner(
                $"SELECT count(*) FROM claims.unique_keys WHERE holder = '{stream}' AND scope = 'nr' AND value::bigint > 1002"));
        }
        Assert.Equal(rows[16].Streams[0].Stream, await Keys.OwnerOf(new UniqueKey("other", "17")));
        Assert.Equal(2L + 58 + 1, await Owner("SELECT count(*) FROM claims.unique_keys"));
    }

    [Fact]
    public async Task Rows_that_the_importer_refuses_are_noted_with_his_code_and_words_also_across_a_stop()
    {
        using var cancel = new CancellationTokenSource();
        ImportRow[] rows = [.. Rows(1, 600).Select(row => row.Number % 3 == 0 ? ImportRow.Refused(row.Number, "sample-rule",
            $"第{row.Number}行") : row)];
        var refused = rows.Where(row => row.Number % 3 == 0).Select(row => new RejectedRow(row.Number, RejectionReason.Refused,
            "sample-rule", $"第{row.Number}行")).ToList();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Node.Importer.Run("file", Async(rows), Small,
            new ImportWatch(_ => cancel.Cancel()), cancel.Token));
        var cut = (await Node.Importer.StateOf("file"))!;
        Assert.InRange(cut.Rows, 1, 599);
        Assert.Equal((cut.Rows / 3, cut.Rows - (cut.Rows / 3)), (cut.Rejected, cut.Streams));
        Assert.Equal(refused.Where(row => row.Row <= cut.LastRow), await Rejected(Node, "file"));

        for (var again = 0; again < 2; again++)
        {
            var state = await Node.Importer.Run("file", Async(rows), Small);
            Assert.Equal(new ImportState("file", 600, 600, 200, 400, 800, state.Position), state);
            Assert.Equal(refused, await Rejected(Node, "file"));
        }
        Assert.Equal(800L, await Owner("SELECT count(*) FROM claims.mt_events"));
        var none = await Node.Importer.Run("nothing", Async([ImportRow.Refused(7, "sample-rule", "")]), Small);
        Assert.Equal((7L, 1L, 1L, 0L), (none.LastRow, none.Rows, none.Rejected, none.Events));
    }

    [Fact]
    public async Task Rows_beyond_a_limit_are_reported_and_the_pool_is_full_to_the_last_place()
    {
        await Write(Samples.New().With(new PlaceChange("quota", 7, 100), Samples.Refused));
        var rows = Rows(1, 150).ConvertAll(row => row with { Places = [new PlaceChange(row.Number % 3 == 0 ? "other" : "quota", 1,
            row.Number % 3 == 0 ? 1000 : 100)] });
        var state = await Node.Importer.Run("file", Async(rows), Small);

        Assert.Equal(7L + 93, await Owner("SELECT taken FROM claims.places WHERE pool = 'quota'"));
        Assert.Equal(50L, await Owner("SELECT taken FROM claims.places WHERE pool = 'other'"));
        var rejected = await Rejected(Node, "file");
        Assert.Equal(rows.Where(row => row.Number % 3 > 0).Skip(93).Select(row => new RejectedRow(row.Number,
            RejectionReason.PlacesExhausted, "quota", "")), rejected);
        Assert.Equal(150 - rejected.Count, state.Streams);
    }

    [Fact]
    public async Task Streams_go_on_where_they_are_and_nowhere_else()
    {
        var streams = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var stream in streams[..5]) await Write(stream, 0, Samples.Opened(), Samples.Renamed("b"));
        await Owner($"UPDATE claims.mt_streams SET is_archived = true WHERE id = '{streams[3]}'");
        await Owner($"UPDATE claims.mt_streams SET timestamp = now() + interval '1 hour' WHERE id = '{streams[0]}'");
        ImportRow Row(long number, int stream, long expected, int guarded = -1) => new(number,
            [
                Samples.Part(streams[stream], expected, Samples.Renamed($"row {number}")),
                .. guarded < 0 ? (StreamWrite[])[] : [Samples.Part(streams[guarded], 2)],
            ], [], []);
        var state = await Node.Importer.Run("file", Async(
            [Row(1, 0, 2), Row(2, 0, 3), Row(3, 1, 1), Row(4, 2, 0), Row(5, 3, 2), Row(6, 1, 2, guarded: 4), Row(7, 2, 2, guarded: 0),
                Row(8, 5, 0), Row(9, 5, 1), Row(10, 5, 3)]));

        Assert.Equal(
            [
                new RejectedRow(3, RejectionReason.VersionConflict, $"{streams[1]}", "2"),
                    new RejectedRow(4, RejectionReason.VersionConflict, $"{streams[2]}", "2"),
                new RejectedRow(5, RejectionReason.StreamArchived, $"{streams[3]}", ""),
                    new RejectedRow(7, RejectionReason.VersionConflict, $"{streams[0]}", "4"),
                new RejectedRow(10, RejectionReason.VersionConflict, $"{streams[5]}", "2"),
            ], await Rejected(Node, "file"));
        Assert.Equal(new ImportState("file", 10, 10, 5, 1, 5, state.Position), state);
        Assert.Equal(["row 1", "row 2"], (await Events.ReadStream(streams[0])).Skip(2).Select(e => ((SampleRenamed)e.Data).Name));
        Assert.Equal([2L, 2L], (await Events.ReadStream(streams[4])).Select(e => e.Version).Order().Skip(1).Append(2L));
        // Recorded time never falls within a stream.
        foreach (var events in await Task.WhenAll(streams.Select(stream => Events.ReadStream(stream))))
            Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.RecordedAt <= pair.Second.RecordedAt));
        Assert.Equal(true, await Owner(
            "SELECT bool_and(version = (SELECT count(*) FROM claims.mt_events e WHERE e.stream_id = s.id)) FROM claims.mt_streams s"));
    }

    [Fact]
    public async Task A_stream_that_somebody_wrote_to_past_its_head_is_reported()
    {
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened());
        await Application($$"""
            INSERT INTO mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            VALUES (nextval('mt_events_sequence'), '{{Guid.NewGuid()}}', '{{stream}}', 2, '{}', 'x', now())
            """);
        var rows = Rows(1, 10);
        rows[3] = rows[3] with { Streams = [Samples.Part(stream, 1, Samples.Renamed())] };
        rows[4] = rows[4] with { Streams = [Samples.Part(stream, 2, Samples.Renamed())] };
        Assert.Equal(8, (await Node.Importer.Run("file", Async(rows))).Streams);
        Assert.Equal([4L, 5L], (await Rejected(Node, "file")).Select(row => row.Row));
    }

    [Fact]
    public async Task What_PostgreSQL_cannot_store_is_reported_and_the_rest_is_stored()
    {
        var rows = Rows(1, 100);
        rows[33] = rows[33] with { Streams = [Samples.Part(Guid.NewGuid(), 0, Samples.Opened("\0"))] };
        rows[77] = rows[77] with { Keys = [new KeyChange(new UniqueKey("nr", string.Concat(Enumerable.Range(0, 4_000))),
            rows[77].Streams[0].Stream, true)] };
        rows[99] = rows[99] with { Streams = [Samples.Part(Guid.NewGuid(), 0, Samples.By("\0"), Samples.Opened())] };
        var state = await Node.Importer.Run("file", Async(rows), Small);
        Assert.Equal(new ImportState("file", 100, 100, 3, 97, 194, state.Position), state);
        var rejected = await Rejected(Node, "file");
        Assert.Equal([34L, 78L, 100L], rejected.Select(row => row.Row));
        Assert.All(rejected, row => Assert.Equal(RejectionReason.Unstorable, row.Reason));
        Assert.Contains("Unicode", rejected[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_no_append_could_be_end_the_import()
    {
        var good = Rows(1, 1)[0];
        ImportRow[] bad =
        [
            good with { Streams = [.. good.Streams, .. good.Streams] },
                good with { Streams = [good.Streams[0] with { ExpectedVersion = -1 }] },
            good with { Streams = [good.Streams[0] with { Events = [] }] },
                good with { Keys = [.. good.Keys, good.Keys[0] with { Holder = Guid.NewGuid() }] },
            good with { Number = 0 },
        ];
        foreach (var row in bad) await Assert.ThrowsAsync<ArgumentException>(() => Node.Importer.Run("file", Async([row])));
        await Assert.ThrowsAsync<ArgumentException>(() => Node.Importer.Run("file", Async([good, good])));
        Assert.Equal(0, await Count("claims.mt_events"));
    }
}
