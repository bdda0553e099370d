using System.Diagnostics;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Programmes;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// <c>claims import</c> with everything on: a made-up population in a CSV file, every row read, checked and decided by the plan's rules,
/// events and all read models of the engine. Beside it the rate at which COPY alone writes the same events, and the lists of the register
/// when all of it is there.
/// </summary>
internal static class EnrolmentImportFigures
{
    private const string Template = "hohhot-2025-hospital";
    private const int PeopleOfAnEmployer = 87, CopiedEvents = 400_000;

    private static readonly RegionCode Province = RegionCode.Of("15");

    /// <param name="rows">so many enrolments: 5,000,000 are the promise, fewer show the rate sooner</param>
    public static Measurement Of(int rows) => new("import.enrolments", bench => Run(bench, rows, listsOnly: false));

    /// <summary>The lists of the register that such an import leaves behind.</summary>
    public static Measurement Lists(int rows) => new("list", bench => Run(bench, rows, listsOnly: true));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int rows, bool listsOnly)
    {
        await using var engine = await BenchEngine.Open(bench);
        await engine.Start();
        await Open(engine, rows);
        var lists = Math.Max(1, rows / PeopleOfAnEmployer);
        var population = Population.In(Province, 11, ListFigures.Programme, new LocalDate(2024, 12, 31), rows, lists);
        var folder = Directory.CreateTempSubdirectory("claims-bench-");
        try
        {
            var (employers, members) = (Path.Combine(folder.FullName, "employers.csv"), Path.Combine(folder.FullName, "members.csv"));
            await using (var file = File.Create(employers)) await population.WriteEmployers(file);
            await using (var file = File.Create(members)) await population.WriteMembers(file);
            var by = new Actor("bench", [Role.Officer], default);
            var registering = new EmployerImport(engine.Get<Importer>(), engine.Get<EventReader>(), by);
            await using (var file = File.OpenRead(employers)) await registering.Over(file, _ => { }, CancellationToken.None);

            var watch = new ImportWatch(rows);
            await using var source = File.OpenRead(members);
            var enrolling = new EnrolmentImport(
                engine.Get<Importer>(), engine.Get<RecordRoom>(), SystemClock.Instance, new PastCover(), by);
            var (end, fault) = await enrolling.Over(source, () => Stream.Null, (done, _) => watch.Told(done), CancellationToken.None);
            if (fault is not null || end!.Rejected > 0 || end.Unchanged > 0) throw new InvalidOperationException($"{fault} {end}");
            if (!await engine.Storage.Upkeep.WaitFor(end.Position, TimeSpan.FromMinutes(10)))
                throw new TimeoutException("the register does not catch up");
            var all = watch.Clock.Elapsed;
            watch.Look();
            await engine.Database.MustBe(rows, "SELECT count(*) FROM read.enrolments WHERE recorded_to = 'infinity'");
            await engine.Database.MustBe(rows, "SELECT count(*) FROM claims.mt_events WHERE type = 'enrolment_started'");
            if (listsOnly) return await ListFigures.All(engine);

            var copy = await Copy(engine.Database);
            return
            [
                new Figure("import.enrolments", rows / all.TotalSeconds, "enrolments/s"),
                new Figure("import.enrolments.events", end.Events / all.TotalSeconds, "events/s", Raw: copy),
                new Figure("import.enrolments.share", end.Events / all.TotalSeconds / copy, "of copying the same events"),
                new Figure("import.enrolments.tail", watch.Tail(all), "of the rate at the start"),
                new Figure("import.enrolments.memory", watch.Memory, "MiB"),
                new Figure("import.enrolments.size", await Size(engine.Database) / (double)rows, "bytes an enrolment"),
                .. await ListFigures.All(engine),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The reference data, and a programme like Hohhot's with places enough in the whole province.</summary>
    private static async Task Open(BenchEngine engine, int rows)
    {
        await engine.Get<SeedPlayer>().Play(SeedLevel.Reference, null, CancellationToken.None);
        var template = (ProgrammeOpened)(await engine.Get<EventReader>().ReadStream(ProgrammeId.Of(Template).Value))[0].Data;
        // The daemon begins some time after the process: it must be there before the clock runs.
        await engine.CatchUp(await engine.Append(Decision.Begin<Programme>(
            ProgrammeId.Of(ListFigures.Programme).Value,
            template with { Programme = ListFigures.Programme, Quota = rows, Regions = [Province] })));
    }

    /// <summary>The first of the events once more into a table like theirs, by one binary COPY of bytes that are there: events/s.</summary>
    private static async Task<double> Copy(BenchDatabase database)
    {
        await database.Execute("CREATE TABLE claims.copied (LIKE claims.mt_events INCLUDING ALL)");
        await using var owner = await database.Owner.OpenConnectionAsync();
        using var bytes = new MemoryStream();
        await using (var read = await owner.BeginRawBinaryCopyAsync(
            $"COPY (SELECT * FROM claims.mt_events ORDER BY seq_id LIMIT {CopiedEvents}) TO STDOUT (FORMAT BINARY)"))
            await read.CopyToAsync(bytes);
        bytes.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var write = await owner.BeginRawBinaryCopyAsync("COPY claims.copied FROM STDIN (FORMAT BINARY)"))
            await bytes.CopyToAsync(write);
        var seconds = watch.Elapsed.TotalSeconds;
        var count = await database.Number("SELECT count(*) FROM claims.copied");
        await database.Execute("DROP TABLE claims.copied");
        return count / seconds;
    }

    /// <summary>Bytes of all tables and indexes; the largest are told.</summary>
    private static async Task<long> Size(BenchDatabase database)
    {
        foreach (var table in (string[])["claims.mt_events", "claims.mt_streams", "claims.unique_keys", "read.enrolments"])
        {
            var rows = await database.Number($"SELECT pg_table_size('{table}')") >> 20;
            var indexes = await database.Number($"SELECT pg_indexes_size('{table}')") >> 20;
            await System.Console.Error.WriteLineAsync($"{table}: {rows:N0} MiB of rows and {indexes:N0} MiB of indexes");
        }
        return await database.Number("""
            SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
            WHERE relkind = 'r' AND relnamespace IN ('claims'::regnamespace, 'read'::regnamespace)
            """);
    }
}
