using System.Diagnostics;
using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host;
using ClaimsEngine.Host.Importing;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Kernel;
using ClaimsEngine.Ports;
using ClaimsEngine.Programmes;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Npgsql;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// <c>claims import</c> with everything on: a made-up population in a CSV file, every row read, checked and decided by the plan's rules, events and all read
/// models of the engine; beside it what the same events cost by nothing but COPY, and the lists of the register when all of it is there.
/// </summary>
internal static class EnrolmentImportFigures
{
    private const string Programme = "bench", Template = "hohhot-2025-hospital";
    private const int PeopleOfAUnit = 87, CopiedEvents = 400_000, Questions = 400;

    private static readonly RegionCode Province = RegionCode.Of("15");

    /// <param name="rows">so many enrolments: 5,000,000 are the promise, fewer show the rate sooner</param>
    public static Measurement Of(int rows) => new("import.enrolments", bench => Run(bench, rows));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int rows)
    {
        await using var store = await bench.EmptyStore(Engine.EventTypes, Engine.ReadModels);
        var database = store.Database;
        database.Projector.Start();
        await Open(database, rows);
        var population = Population.In(Province, 11, Programme, new LocalDate(2024, 12, 31), rows, Math.Max(1, rows / PeopleOfAUnit));
        var folder = Directory.CreateTempSubdirectory("claims-bench-");
        try
        {
            var (units, members) = (Path.Combine(folder.FullName, "units.csv"), Path.Combine(folder.FullName, "members.csv"));
            await using (var file = File.Create(units)) await population.WriteUnits(file);
            await using (var file = File.Create(members)) await population.WriteMembers(file);
            var by = new Actor("bench", [Role.Officer], default);
            await using (var file = File.OpenRead(units)) await new UnitImport(database, by).Over(file, _ => { }, CancellationToken.None);

            var identity = await ClaimsHost.IdentityKeyFor(database, CancellationToken.None);
            var watch = new Watch(rows);
            await using var source = File.OpenRead(members);
            var (end, fault) = await new EnrolmentImport(database, identity, SystemClock.Instance, new PastCover(), by).Over(
                source, () => Stream.Null, (done, _) => watch.Report(done), CancellationToken.None);
            if (fault is not null || end!.Rejected > 0 || end.Unchanged > 0) throw new InvalidOperationException($"{fault} {end}");
            if (!await database.Projector.WaitFor(EnrolmentRegister.Model.Table, end.Position, TimeSpan.FromMinutes(10))) throw new TimeoutException("the register does not catch up");
            var all = watch.Clock.Elapsed;
            watch.Look();
            var copy = await Copy(store);
            return
            [
                Measurement.Median("import.enrolments", "enrolments/s", rows / all.TotalSeconds),
                Measurement.Median("import.enrolments.events", "events/s", end.Events / all.TotalSeconds),
                Measurement.Median("import.enrolments.share", "of copying the same events", end.Events / all.TotalSeconds / copy),
                Measurement.Median("import.enrolments.tail", "of the rate at the start", watch.Tail(all)),
                Measurement.Median("import.enrolments.memory", "MiB", watch.Memory),
                Measurement.Median("import.enrolments.size", "bytes an enrolment", await Size(store) / (double)rows),
                .. await Lists(store),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The reference data, and a programme like Hohhot's with places enough in the whole province.</summary>
    private static async Task Open(ClaimsDatabase database, int rows)
    {
        await new SeedPlayer(await ClaimsHost.PipelineFor(database, CancellationToken.None)).Play(SeedLevel.Reference, new Progress<string>(), CancellationToken.None);
        var template = (ProgrammeOpened)(await database.Events.ReadStream(ProgrammeId.Of(Template).Value))[0].Data;
        var opened = template with { Programme = Programme, Quota = rows, Regions = [Province] };
        await database.Events.Append(new Append(
            [new StreamAppend(ProgrammeId.Of(Programme).Value, Programmes.Programme.StreamType, 0, [new NewEvent(Guid.CreateVersion7(), opened)], Samples.By)], [], [], []));
    }

    /// <summary>The first of the events once more into a table like theirs, by one binary COPY of bytes that are there: events/s.</summary>
    private static async Task<double> Copy(BenchStore store)
    {
        var events = $"{store.Database.Options.Schema}.mt_events";
        await using var owner = new NpgsqlConnection(store.Database.Options.ConnectionString);
        await owner.OpenAsync();
        await using (var make = new NpgsqlCommand($"CREATE TABLE {events}_copy (LIKE {events} INCLUDING ALL)", owner)) await make.ExecuteNonQueryAsync();
        using var bytes = new MemoryStream();
        await using (var read = owner.BeginRawBinaryCopy($"COPY (SELECT * FROM {events} ORDER BY seq_id LIMIT {CopiedEvents}) TO STDOUT (FORMAT BINARY)")) await read.CopyToAsync(bytes);
        bytes.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var write = owner.BeginRawBinaryCopy($"COPY {events}_copy FROM STDIN (FORMAT BINARY)")) await bytes.CopyToAsync(write);
        var seconds = watch.Elapsed.TotalSeconds;
        await using var count = new NpgsqlCommand($"SELECT count(*) FROM {events}_copy", owner);
        return (long)(await count.ExecuteScalarAsync())! / seconds;
    }

    private static async Task<long> Size(BenchStore store)
    {
        await using var owner = new NpgsqlConnection(store.Database.Options.ConnectionString);
        await owner.OpenAsync();
        var options = store.Database.Options;
        await using (var drop = new NpgsqlCommand($"DROP TABLE {options.Schema}.mt_events_copy", owner)) await drop.ExecuteNonQueryAsync();
        foreach (var table in (string[])["mt_events", "mt_streams", "unique_keys"]) await Tell(options.Schema, table);
        await Tell(options.ReadSchema, EnrolmentRegister.Model.Table);
        await using var size = new NpgsqlCommand(
            $"SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE relkind = 'r' AND relnamespace IN ('{options.Schema}'::regnamespace, '{options.ReadSchema}'::regnamespace)", owner);
        return (long)(await size.ExecuteScalarAsync())!;

        async Task Tell(string schema, string table)
        {
            await using var ask = new NpgsqlCommand($"SELECT pg_table_size('{schema}.{table}'), pg_indexes_size('{schema}.{table}')", owner);
            await using var reader = await ask.ExecuteReaderAsync();
            await reader.ReadAsync();
            await Console.Error.WriteLineAsync($"{table}: {reader.GetInt64(0) >> 20:N0} MiB and {reader.GetInt64(1) >> 20:N0} MiB of indexes");
        }
    }

    /// <summary>Pages of the register as <c>GET /api/enrolments</c> reads them, by what people look for.</summary>
    private static async Task<IReadOnlyList<Figure>> Lists(BenchStore store)
    {
        var database = store.Database;
        var table = $"{database.Options.ReadSchema}.{EnrolmentRegister.Model.Table}";
        await using (var owner = new NpgsqlConnection(database.Options.ConnectionString))
        {
            await owner.OpenAsync();
            await using var vacuum = new NpgsqlCommand($"VACUUM ANALYZE {table}", owner) { CommandTimeout = 0 };   // as autovacuum will have done by the time
            await vacuum.ExecuteNonQueryAsync();
        }
        var samples = new List<(Guid Id, Guid Member, string Unit, string Region, string Number)>();
        await using (var some = database.Application.CreateCommand(
            $"SELECT id, member, unit, region, certificate_number FROM {table} TABLESAMPLE SYSTEM (0.05) WHERE recorded_to = 'infinity' ORDER BY random() LIMIT {Questions}"))
        {
            await using var reader = await some.ExecuteReaderAsync();
            while (await reader.ReadAsync()) samples.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        }
        var list = Engine.Modules.SelectMany(module => module.Lists).Single(list => ReferenceEquals(list.Model, EnrolmentRegister.Model));
        var query = new ListQuery(list, database.Options);
        var figures = new List<Figure>();
        await Ask("person", sample => $"?member={sample.Member}");
        await Ask("unit", sample => $"?unit={sample.Unit}&limit=100");
        await Ask("programme", sample => $"?programme={Programme}&limit=100&cursor={Cursor(sample.Id)}");
        await Ask("district", sample => $"?region={sample.Region}&limit=100&cursor={Cursor(sample.Id)}");
        await Ask("city", sample => $"?region={sample.Region[..4]}&limit=100&cursor={Cursor(sample.Id)}");
        await Ask("province", sample => $"?region={sample.Region[..2]}&limit=100&cursor={Cursor(sample.Id)}");
        await Ask("programme.district", sample => $"?programme={Programme}&region={sample.Region}&limit=100&cursor={Cursor(sample.Id)}");
        await Ask("status", _ => "?status=pending&limit=100");
        await Ask("asof.person", sample => $"?member={sample.Member}&asOf=2099-01-01T00:00:00Z");
        await Ask("asof.unit", sample => $"?unit={sample.Unit}&limit=100&asOf=2099-01-01T00:00:00Z");
        await Ask("asof.programme", sample => $"?programme={Programme}&limit=100&asOf=2099-01-01T00:00:00Z&cursor={Cursor(sample.Id)}");
        return figures;

        async Task Ask(string name, Func<(Guid Id, Guid Member, string Unit, string Region, string Number), string> question)
        {
            var times = new List<double>();
            foreach (var sample in samples)
            {
                var request = new DefaultHttpContext { Request = { QueryString = new QueryString(question(sample)) } }.Request;
                var watch = Stopwatch.StartNew();
                var (command, limit, fault) = query.Read(request, new Actor("bench", [Role.Auditor], default));
                if (fault is not null) throw new InvalidOperationException($"{question(sample)} is refused");
                await using (command) await query.Run(command!, limit, database.Listing, CancellationToken.None);
                times.Add(watch.Elapsed.TotalMilliseconds);
                if (times.Count >= 5 && times.Sum() > 20_000) break;   // it is slow, and need not be shown four hundred times
            }
            times.Sort();
            await Console.Error.WriteLineAsync($"list.{name}: {times[times.Count / 2]:0.0} ms at the median, {times[times.Count * 95 / 100]:0.0} at the 95th of 100, of {times.Count}");
            figures.Add(new Figure($"import.enrolments.list.{name}", times[times.Count / 2], "ms"));
        }

        static string Cursor(Guid id) => System.Buffers.Text.Base64Url.EncodeToString(id.ToByteArray());
    }

    /// <summary>When every tenth was stored, and how much memory this process took at most.</summary>
    private sealed class Watch(int rows)
    {
        private (long Rows, TimeSpan At) first, last;
        private long shown;

        public Stopwatch Clock { get; } = Stopwatch.StartNew();

        public double Memory { get; private set; }

        public void Report(long done)
        {
            if (done <= rows / 5) first = (done, Clock.Elapsed);
            if (done <= rows / 5 * 4L) last = (done, Clock.Elapsed);
            if (done * 10 / rows == shown) return;
            shown = done * 10 / rows;
            Look();
            Console.Error.WriteLine($"{done:N0} enrolments after {Clock.Elapsed.TotalSeconds:0.0} s, {Memory:0} MiB");
        }

        public void Look()
        {
            using var process = Process.GetCurrentProcess();
            Memory = Math.Max(Memory, process.WorkingSet64 / 1024.0 / 1024.0);
        }

        public double Tail(TimeSpan end) => (rows - last.Rows) / (end - last.At).TotalSeconds / (first.Rows / first.At.TotalSeconds);
    }
}
