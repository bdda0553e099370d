using System.Diagnostics;
using ClaimsEngine.EventStore.Importing;
using ClaimsEngine.Ports;

namespace ClaimsEngine.Benchmarks;

/// <summary>Somebody is on record, like a person's first event.</summary>
internal sealed record MemberRegistered(Guid Member, string Name, string IdNumber, string? Phone, string Region, string By);

/// <summary>
/// Enrolments by the hundred thousand or million, events and read models: a person and a cover each, with the keys and the place that an enrolment takes. The
/// projector runs beside, over the register and four read models that have nothing to do but to look, as in the engine.
/// </summary>
internal static class SustainedImportFigures
{
    /// <param name="rows">so many enrolments: 5,000,000 are the promise, fewer show the rate sooner</param>
    public static Measurement Of(int rows) => new("import.sustained", bench => Run(bench, rows));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int rows)
    {
        IReadModel[] models = [Samples.Register, .. Enumerable.Range(1, 4).Select(i => new ReadModel<CoverRow>($"others_{i}", "Others", $"other {i}", Samples.Evolve, "plan"))];
        await using var store = await bench.EmptyStore(models);
        store.Database.Projector.Start();
        var watch = new Watch(rows);
        var state = await store.Database.Import("bench", Rows(rows), progress: watch);
        var stored = watch.Clock.Elapsed;
        if (state.Events != 2L * rows || state.Rejected > 0) throw new InvalidOperationException($"{state} was stored");
        await CatchUp(store, rows);
        var all = watch.Clock.Elapsed;
        Console.Error.WriteLine($"{rows} enrolments: events stored after {stored.TotalSeconds:0.0} s, read models up to date after {all.TotalSeconds:0.0} s");
        return
        [
            Measurement.Median("import.sustained", "enrolments/s", rows / all.TotalSeconds),
            Measurement.Median("import.sustained.tail", "of the rate at the start", watch.Tail(all)),
            Measurement.Median("import.sustained.memory", "MiB", watch.Memory),
        ];
    }

    /// <summary>Until the register has every cover.</summary>
    private static async Task CatchUp(BenchStore store, int rows)
    {
        while ((await store.Database.Projector.States()).Any(state => state.LagSeconds > 0)) await Task.Delay(20);
        await using var count = store.Database.Application.CreateCommand($"SELECT count(*) FROM {store.Database.Options.ReadSchema}.{Samples.Register.Table}");
        if (await count.ExecuteScalarAsync() is not long found || found != rows) throw new InvalidOperationException("the register is not complete");
    }

    private static async IAsyncEnumerable<ImportRow> Rows(int count)
    {
        await Task.Yield();
        var random = new Random(1);
        var digest = new byte[32];
        for (var i = 1; i <= count; i++)
        {
            var (member, cover) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            random.NextBytes(digest);
            var number = $"E62-20250101-{random.NextInt64(1L << 40):X10}";
            yield return new ImportRow(i,
                [
                    new StreamAppend(member, "member", 0,
                        [new NewEvent(Guid.CreateVersion7(), new MemberRegistered(member, "李样例", "620602199001010027", null, "620602", "wang"))], Samples.By),
                    Samples.Stream(cover, 0, Samples.Started(member, number)),
                ],
                [
                    new KeyChange(new UniqueKey("identity", Convert.ToHexStringLower(digest)), member, true),
                    new KeyChange(new UniqueKey("certificate-number", number), cover, true),
                    new KeyChange(new UniqueKey("cover", $"gansu-2025-new-employment/{member}"), cover, true),
                ],
                [new PlaceChange("gansu-2025/620602", 1, count)]);
        }
    }

    /// <summary>When the first and the last fifth were stored, and how much memory this process took at most.</summary>
    private sealed class Watch(int rows) : IProgress<ImportState>
    {
        private (long Rows, TimeSpan At) first, last;

        public Stopwatch Clock { get; } = Stopwatch.StartNew();

        public double Memory { get; private set; }

        public void Report(ImportState value)
        {
            if (value.Rows <= rows / 5) first = (value.Rows, Clock.Elapsed);
            if (value.Rows <= rows / 5 * 4) last = (value.Rows, Clock.Elapsed);
            if (value.Rows * 10 / rows != (value.Rows - 5_000) * 10 / rows) Console.Error.WriteLine($"{value.Rows} enrolments after {Clock.Elapsed.TotalSeconds:0.0} s");
            using var process = Process.GetCurrentProcess();
            Memory = Math.Max(Memory, process.WorkingSet64 / 1024.0 / 1024.0);
        }

        public double Tail(TimeSpan end) => (rows - last.Rows) / (end - last.At).TotalSeconds / (first.Rows / first.At.TotalSeconds);
    }
}
