using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.ReadModels;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Sums beside a read model are what its rows say: while the daemon writes them, after a rebuild and after a replay.</summary>
public sealed class TotalsTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private volatile bool poisonous = true;

    protected override IReadOnlyList<IReadModel> ReadModels => [Accounts(() => poisonous)];

    [Theory]
    [InlineData(1, 2000)]
    [InlineData(2, 7)]
    [InlineData(3, 60)]
    public async Task Live_totals_are_those_of_a_rebuild_and_those_counted_from_the_rows(int seed, int page)
    {
        Node = await Open(Options with { ProjectionPage = page });
        await Walk(new Random(seed), 40);
        await SpreadOverDays();
        await Start();
        await CaughtUp();
        await AreCounted();
        await EqualsAReplay("accounts");

        await Walk(new Random(seed + 100), 20);
        await CaughtUp();
        await AreCounted();
        await EqualsAReplay("accounts", workers: 3);

        var rebuilt = await Node.Upkeep.Rebuild("accounts");
        Assert.Equal(rebuilt.LiveDigest, rebuilt.RebuiltDigest);
        await AreCounted();
        await Walk(new Random(seed + 200), 5);
        await CaughtUp();
        await AreCounted();
        await EqualsAReplay("accounts");
    }

    [Fact]
    public async Task A_version_that_begins_and_ends_in_one_page_is_counted_on_both_days()
    {
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened("甲", 500), Samples.Renamed("乙"), new SampleClosed());
        await Owner("UPDATE claims.mt_events SET timestamp = '2025-10-31 15:59:59+00'::timestamptz + (version - 1) * interval '1 second'");
        await Start();
        await CaughtUp();
        Assert.Equal("2025-10-31 甲 1 500|2025-11-01 甲 -1 -500", await Text("account_totals", "status = 'stillOpen'"));
        Assert.Equal("2025-11-01 乙 1 500", await Text("account_totals", "status = 'closed'"));
        Assert.Equal("2025-10-01 甲 1 500|2025-11-01 甲 -1 -500", await Text("account_totals_months", "status = 'stillOpen'"));
        await AreCounted();
        await EqualsAReplay("accounts");
    }

    [Fact]
    public async Task A_change_of_nothing_that_is_counted_by_touches_no_cell()
    {
        await Start();
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened("甲", 500));
        await CaughtUp();
        var before = await Owner("SELECT string_agg(ctid::text, ' ' ORDER BY ctid) FROM read.account_totals");
        await Write(stream, 1, Samples.Renamed("甲"));
        await CaughtUp();
        Assert.Equal(2L, await Owner("SELECT max(version) FROM read.accounts"));
        Assert.Equal(before, await Owner("SELECT string_agg(ctid::text, ' ' ORDER BY ctid) FROM read.account_totals"));
    }

    [Fact]
    public async Task Lines_are_counted_one_by_one_and_every_version_for_ever()
    {
        await Start();
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened("甲", 501), Samples.Renamed("乙"), new SampleClosed());
        await CaughtUp();
        Assert.Equal("bank 1 -501|claims 1 501", await Owner(
            "SELECT string_agg(concat_ws(' ', account, count, amount), '|' ORDER BY account) FROM read.account_postings"));
        Assert.Equal("half 1 250|rest 1 251", await Owner(
            "SELECT string_agg(concat_ws(' ', key, count, value), '|' ORDER BY key) FROM read.account_shares WHERE count <> 0"));
        await EqualsAReplay("accounts");
    }

    [Fact]
    public async Task Beside_writers_a_rebuild_loses_no_total()
    {
        await Start();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 2).Select(seed => Task.Run(async () =>
        {
            for (var random = new Random(seed); !stop.IsCancellationRequested;) await Walk(random, 3);
        })).ToArray();
        await Until(async () => await Count("read.accounts") > 20, "nothing is projected");
        for (var i = 0; i < 3; i++)
        {
            var rebuilt = await Node.Upkeep.Rebuild("accounts");
            Assert.Equal(rebuilt.LiveDigest, rebuilt.RebuiltDigest);
            await EqualsAReplay("accounts");
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await CaughtUp();
        await AreCounted();
        await EqualsAReplay("accounts");
    }

    [Fact]
    public async Task A_replayed_stream_is_counted_anew()
    {
        await Start();
        var sick = Guid.NewGuid();
        await Write(sick, 0, Samples.Opened("甲", 500), Samples.Renamed("乙"), Samples.Poisoned(), Samples.Renamed("丙"), new SampleClosed());
        await Walk(new Random(1), 5);
        await CaughtUp();
        await AreCounted();
        poisonous = false;
        Assert.True(await Node.Upkeep.Replay("accounts", sick));
        Assert.Equal(500L, await Owner(
            "SELECT sum(amount)::bigint FROM read.account_totals WHERE name = '丙' AND status = 'closed' HAVING sum(count) = 1"));
        await AreCounted();
        await EqualsAReplay("accounts");
    }

    [Theory]
    [InlineData("UPDATE read.account_totals SET amount = amount + 1 WHERE ctid = (SELECT min(ctid) FROM read.account_totals)")]
    [InlineData("UPDATE read.account_totals_months SET count = count + 1 WHERE ctid = (SELECT min(ctid) FROM read.account_totals_months)")]
    [InlineData("DELETE FROM read.account_postings WHERE ctid = (SELECT min(ctid) FROM read.account_postings)")]
    [InlineData("UPDATE read.account_days SET count = count + 1 WHERE ctid = (SELECT min(ctid) FROM read.account_days)")]
    public async Task Verify_finds_a_cell_that_was_tampered_with(string tampering)
    {
        await Walk(new Random(4), 10);
        await Start();
        await CaughtUp();
        await EqualsAReplay("accounts");
        await Owner(tampering);
        Assert.False((await Node.Upkeep.Verify("accounts")).Equal);
        await Node.Upkeep.Rebuild("accounts");
        await EqualsAReplay("accounts");
    }

    [Fact]
    public async Task A_read_model_that_gets_totals_is_made_anew_with_them_at_the_next_start()
    {
        Node = await Open(readModels: [Accounts(() => poisonous) with { Totals = [] }]);
        await Owner("DROP TABLE read.account_totals");
        await Walk(new Random(5), 10);
        await Start();
        await CaughtUp();
        Assert.Equal(0L, await Owner("SELECT count(*) FROM read.account_shares"));
        await Node.Stop();
        Node = await Open();
        await AreCounted();
        await Start();
        await Walk(new Random(6), 5);
        await CaughtUp();
        await AreCounted();
        await EqualsAReplay("accounts");
    }

    [Fact]
    public async Task The_tables_explain_themselves_and_no_shadow_is_left()
    {
        await Node.Upkeep.Rebuild("accounts");
        Assert.Equal("Accounts by name, by month of change",
            await Owner("SELECT obj_description('read.account_totals_months'::regclass)"));
        Assert.Equal("claims_app", await Owner("SELECT tableowner::text FROM pg_tables WHERE tablename = 'account_totals_months'"));
        Assert.Equal(
            "account_days,account_postings,account_postings_months,account_shares,account_shares_months,account_totals,"
            + "account_totals_months,accounts",
            await Owner("SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'read'"));
        Assert.Equal("account_totals_key,account_totals_months_key", await Owner(
            "SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE tablename LIKE 'account_totals%'"));
        Assert.Equal("account_days_key,account_days_nothing", await Owner(
            "SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'account_days'"));
        Assert.Equal("Accounts by their day, as it is now", await Owner("SELECT obj_description('read.account_days'::regclass)"));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_question_is_answered_alike_from_totals_and_from_rows_as_of_any_moment(int seed)
    {
        var random = new Random(seed);
        await Walk(random, 60);
        await SpreadOverDays();
        await Start();
        await CaughtUp();
        await using var snapshot = await Snapshot.Open(Node.Storage, default);
        var now = SystemClock.Instance.GetCurrentInstant();
        var first = Instant.FromDateTimeUtc((DateTime)(await Owner("SELECT min(recorded_from) FROM read.accounts"))!);
        var seldom = (DateTime)(await Owner("SELECT recorded_from FROM read.accounts ORDER BY recorded_from OFFSET 20 LIMIT 1"))!;

        // moments of all kinds: of a change, around midnight and around the turn of a month, and such before and after everything
        var midnight = now.Date().With(DateAdjusters.StartOfMonth).AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant();
        Instant?[] moments =
        [
            null, Instant.FromDateTimeUtc(seldom), midnight, midnight - Duration.FromMilliseconds(1), now, now + Duration.FromDays(3),
            first - Duration.FromDays(1), Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(9999, 12, 31, 0, 0),
            .. Enumerable.Range(0, 12).Select(_ => (Instant?)(first + ((now - first) * random.NextDouble()))),
        ];
        foreach (var moment in moments)
        {
            var at = moment is { } then && then < Instant.FromUtc(9999, 1, 1, 0, 0)
                ? $"recorded_from <= {Text(then)} AND recorded_to > {Text(then)}" : "recorded_to = 'infinity'";
            var until = moment is { } last && last < Instant.FromUtc(9999, 1, 1, 0, 0) ? $"recorded_from <= {Text(last)}" : "true";
            await Same(new(["Name", "Status"], ["Amount", "Times"]) { AsOf = moment }, "account_totals",
                $"SELECT name, status, count(*), coalesce(sum(amount), 0), sum(times) FROM read.accounts WHERE {at} GROUP BY 1, 2");
            await Same(new(["Name:1", "Day?"], []) { AsOf = moment, Where = [new("Name", TotalsMatch.Prefix, "ab")] }, "account_totals",
                $"SELECT left(name, 1), day IS NOT NULL, count(*) FROM read.accounts WHERE {at} AND name LIKE 'ab%' GROUP BY 1, 2");
            await Same(new([], ["Amount"]) { AsOf = moment, Where = [new("Status", TotalsMatch.Equal, SampleStatus.Closed)] },
                "account_totals", $"SELECT count(*), coalesce(sum(amount), 0) FROM read.accounts WHERE {at} AND status = 'closed'");
            await Same(new(["Name"], ["Lines.Amount"])
                { AsOf = moment, Of = TotalsOf.EveryVersion, Spread = "Lines", Where = [new("Lines.Account", TotalsMatch.Equal, "bank")] },
                "account_postings", "SELECT name, count(*), (sum((line ->> 'amount')::numeric) * 100)::bigint "
                + $"FROM read.accounts, jsonb_array_elements(lines) AS line WHERE {until} AND line ->> 'account' = 'bank' GROUP BY 1");
            await Same(new(["Shares.Key"], ["Shares.Value"]) { AsOf = moment, Spread = "Shares" }, "account_shares",
                "SELECT key, count(*), (sum(value::numeric) * 100)::bigint FROM read.accounts, jsonb_each_text(shares) "
                + $"WHERE {at} GROUP BY 1");
            await Same(new(["Day", "Times"], ["Amount"])
                { AsOf = moment, Where = [new("Status", TotalsMatch.Equal, SampleStatus.StillOpen)] },
                moment is null ? "account_days" : null, "SELECT day, times, count(*), coalesce(sum(amount), 0) FROM read.accounts "
                + $"WHERE {at} AND status = 'stillOpen' GROUP BY 1, 2");
            // nothing that is kept has the note: the rows answer
            await Same(new(["Note"], ["Times"])
                {
                    AsOf = moment,
                    Where = [new("Day", TotalsMatch.From, new LocalDate(2025, 10, 20)), new("Amount", TotalsMatch.To, 500_000L)],
                },
                null, "SELECT note, count(*), sum(times) FROM read.accounts "
                + $"WHERE {at} AND day >= '2025-10-20' AND amount <= 500000 GROUP BY 1");
            await Same(new(["Note"], []) { AsOf = moment, Of = TotalsOf.EveryVersion, Where = [new("Day", TotalsMatch.Equal, null)] },
                null, $"SELECT note, count(*) FROM read.accounts WHERE {until} AND day IS NULL GROUP BY 1");
        }

        static string Text(Instant at) => $"'{at.ToDateTimeUtc():yyyy-MM-dd HH:mm:ss.ffffff}+00'::timestamptz";

        async Task Same(TotalsQuestion question, string? answeredBy, string counted)
        {
            Assert.Equal(answeredBy, TotalsSql.AnsweredBy(question, Node.Storage.Models.Table("accounts"), Options));
            var asked = await snapshot.Ask(Node.Storage.Models.Table("accounts").Definition, question, now, default);
            var lines = asked.Select(group => string.Join(' ', [.. group.Keys.Select(key => key ?? "-"), group.Count, .. group.Sums]));
            var found = new List<string>();
            await using var command = new Npgsql.NpgsqlCommand(counted, snapshot.Connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                found.Add(string.Join(
                    ' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : reader.GetValue(i))));
            Assert.Equal(found.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_question_for_what_no_row_has_is_refused_by_name()
    {
        await using var snapshot = await Snapshot.Open(Node.Storage, default);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => snapshot.Ask(
            Node.Storage.Models.Table("accounts").Definition, new TotalsQuestion(["Nothing"], []), default, default));
        Assert.Contains("'Nothing'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declaration_that_fits_no_row_is_refused_by_name()
    {
        Assert.Contains("'Nothing'", Refused(["Nothing"], []), StringComparison.Ordinal);
        Assert.Contains("'Lines.Nothing'", Refused(["Lines.Nothing"], [], "Lines"), StringComparison.Ordinal);
        Assert.Contains("'Amount:2'", Refused(["Amount:2"], []), StringComparison.Ordinal);
        Assert.Contains("Name is neither money", Refused([], ["Name"]), StringComparison.Ordinal);
        Assert.Contains("called day", Refused(["Day"], []), StringComparison.Ordinal);
        Assert.Contains("AccountRow.Name is no list", Refused([], [], "Name"), StringComparison.Ordinal);
        Assert.Contains("no plain name", Assert.ThrowsAny<Exception>(() => Table(new Totals("A b", "", [], [], TotalsOf.CurrentRows)))
            .Message, StringComparison.Ordinal);
        foreach (var (of, dimensions) in ((TotalsOf, string[])[])[(TotalsOf.EveryVersion, ["Status"]), (TotalsOf.CurrentRows, [])])
            Assert.Contains("of now only", Assert.Throws<ArgumentException>(() =>
                Table(new Totals("t", "", dimensions, [], of, NowOnly: true))).Message, StringComparison.Ordinal);

        static string Refused(string[] dimensions, string[] measures, string? spread = null) => Assert.ThrowsAny<Exception>(() =>
            Table(new Totals("t", "", dimensions, measures, TotalsOf.CurrentRows, spread))).Message;

        static ReadModelTable Table(Totals totals) => new(Accounts(() => false) with { Totals = [totals] });
    }

    /// <summary>Samples and notes: rows of two types of streams.</summary>
    private static ReadModel<AccountRow> Accounts(Func<bool> poisonous) =>
        new("accounts", "Accounts of the tests", [Sample.StreamType, Note.StreamType], (row, e) => e.Data switch
        {
            SampleOpened opened => new AccountRow(opened.Name, SampleStatus.StillOpen, opened.Day, opened.Amount, 1, null,
                [new AccountLine("claims", opened.Amount, opened.Day), new AccountLine("bank", Money.Zero - opened.Amount, opened.Day)],
                new Dictionary<string, Money>
                {
                    ["half"] = new(opened.Amount.Fen / 2), ["rest"] = new(opened.Amount.Fen - (opened.Amount.Fen / 2)),
                }),
            NoteWritten note => new AccountRow(note.Text, SampleStatus.StillOpen, null, null, (row?.Times ?? 0) + 1, null, [], null),
            _ when row is null => null,
            SampleRenamed renamed => row with { Name = renamed.Name, Times = row.Times, Note = $"renamed in {e.Version}", Lines = [] },
            SampleClosed => row with { Status = SampleStatus.Closed, Times = row.Times + 1, Lines = [] },
            SamplePoisoned when poisonous() => throw new InvalidOperationException("cannot digest this"),
            _ => row,
        })
        {
            Totals =
            [
                new("account_totals", "Accounts by name", ["Name", "Status", "Day?", "Name:1"], ["Amount", "Times"], TotalsOf.CurrentRows),
                new("account_postings", "Lines", ["Lines.Account", "Name"], ["Lines.Amount"], TotalsOf.EveryVersion, "Lines"),
                new("account_shares", "Shares", ["Status", "Shares.Key"], ["Shares.Value"], TotalsOf.CurrentRows, "Shares"),
                new("account_days", "Accounts by their day", ["Status", "Day", "Times"], ["Amount"], TotalsOf.CurrentRows, NowOnly: true),
            ],
        };

    /// <summary>So many streams of both types, each a few events long, written in an order that mixes them.</summary>
    private async Task Walk(Random random, int streams)
    {
        string[] names = ["甲", "乙", "abc", "abd"];
        var left = Enumerable.Range(0, streams).Select(_ => (Id: Guid.NewGuid(), Version: 0L, Note: random.Next(4) == 0)).ToList();
        while (left.Count > 0)
        {
            var at = random.Next(left.Count);
            var (id, version, note) = left[at];
            object[] events = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(i => Next(note, version + i == 0))];
            if (note) await Write(version == 0 ? Decision.Begin<Note>(id, events) : Decision.On(
                Fold.On(new Note(id), Enumerable.Repeat<object>(new NoteWritten(""), (int)version))!, events));
            else await Write(id, version, events);
            if (random.Next(2) == 0) left.RemoveAt(at);
            else left[at] = (id, version + events.Length, note);
        }

        object Next(bool note, bool first) => note ? new NoteWritten(names[random.Next(names.Length)])
            : first ? Samples.Opened(names[random.Next(names.Length)], random.Next(1, 1_000_000))
            : random.Next(3) == 0 ? new SampleClosed() : Samples.Renamed(names[random.Next(names.Length)]);
    }

    /// <summary>As if the events had been recorded over some months up to now.</summary>
    private Task<object?> SpreadOverDays() => Owner(
        "UPDATE claims.mt_events SET timestamp = clock_timestamp() "
        + "- (SELECT max(seq_id) FROM claims.mt_events) * interval '7 hours' + (seq_id - 1) * interval '7 hours'");

    /// <summary>Whether the cells are what a count over the rows gives, written down independently.</summary>
    private async Task AreCounted()
    {
        const string Changes = "(SELECT recorded_from AS at, 1 AS sign, * FROM read.accounts "
            + "UNION ALL SELECT recorded_to, -1, * FROM read.accounts WHERE recorded_to <> 'infinity')";
        foreach (var (level, span) in ((string, string)[])[("", "day"), ("_months", "month")])
        {
            var day = $"date_trunc('{span}', at AT TIME ZONE 'Asia/Shanghai')::date";
            await Same($"account_totals{level}", "day, name, status, has_day, name_1, count, amount, times",
                $"SELECT {day}, name, status, day IS NOT NULL, left(name, 1), sum(sign), coalesce(sum(sign * amount), 0), "
                + "sum(sign * times) "
                + $"FROM {Changes} AS c GROUP BY 1, 2, 3, 4, 5 "
                + "HAVING sum(sign) <> 0 OR coalesce(sum(sign * amount), 0) <> 0 OR sum(sign * times) <> 0",
                "count <> 0 OR amount <> 0 OR times <> 0");
            await Same($"account_postings{level}", "day, account, name, count, amount",
                $"SELECT {day}, line ->> 'account', name, count(*), sum((line ->> 'amount')::numeric * 100) "
                + $"FROM {Changes} AS c, jsonb_array_elements(lines) AS line WHERE sign = 1 GROUP BY 1, 2, 3", "true");
            await Same($"account_shares{level}", "day, status, key, count, value",
                $"SELECT {day}, status, key, sum(sign), sum(sign * (value #>> '{"{}"}')::numeric * 100) "
                + $"FROM {Changes} AS c, jsonb_each(shares) GROUP BY 1, 2, 3 "
                + "HAVING sum(sign) <> 0 OR sum(sign * (value #>> '{}')::numeric) <> 0", "count <> 0 OR value <> 0");
        }
        await Same("account_days", "status, day, times, count, amount",
            "SELECT status, day, times, count(*), coalesce(sum(amount), 0) FROM read.accounts WHERE recorded_to = 'infinity' "
            + "GROUP BY 1, 2, 3",
            "true");   // a cell of now that has come to nothing is no more

        async Task Same(string table, string columns, string counted, string which) => Assert.Equal(
            await Owner($"SELECT string_agg(c::text, '\n' ORDER BY c::text) FROM (SELECT {columns} FROM read.{table} WHERE {which}) AS c"),
            await Owner($"SELECT string_agg(replace(c::text, '.00', ''), '\n' ORDER BY c::text) FROM ({counted}) AS c"));
    }

    private Task<object?> Text(string table, string which) => Owner(
        $"SELECT string_agg(concat_ws(' ', day, name, count, amount), '|' ORDER BY day, name DESC) FROM read.{table} WHERE {which}");
}

internal sealed record AccountRow(
    string Name, SampleStatus Status, LocalDate? Day, Money? Amount, int Times, string? Note,
    [JsonColumn] IReadOnlyList<AccountLine> Lines, [JsonColumn] IReadOnlyDictionary<string, Money>? Shares);

internal sealed record AccountLine(string Account, Money Amount, LocalDate? On);
