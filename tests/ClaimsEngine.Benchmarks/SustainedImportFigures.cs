using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Benchmarks;

/// <summary>Somebody is on record, like a person's first event.</summary>
internal sealed record MemberRegistered(Guid Member, string Name, string IdNumber, string? Phone, string Region, string By);

internal sealed record MemberState(Guid Id) : AggregateState, IAggregate<MemberState>
{
    public static string StreamType => "member";

    public override Guid StreamId => Id;

    public static MemberState? Evolve(MemberState? state, object @event) =>
        @event is MemberRegistered e ? new MemberState(e.Member) : state;
}

/// <summary>
/// Enrolments by the hundred thousand or million, events and read models: a person and a cover each, with the keys and the place that an
/// enrolment takes. The daemon runs beside, over the register and four read models that have nothing to do but to look, as in the engine.
/// </summary>
internal static class SustainedImportFigures
{
    /// <param name="rows">so many enrolments: 5,000,000 are the promise, fewer show the rate sooner</param>
    public static Measurement Of(int rows) => new("import.sustained", bench => Run(bench, rows));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int rows)
    {
        var others = Enumerable.Range(1, 4).Select(i => Samples.Register with { Table = $"others_{i}", StreamTypes = [$"other_{i}"] });
        IReadModel[] models = [Samples.Register, .. others];
        await using var engine = await BenchEngine.Open(bench, Samples.Types, models);
        await engine.Start();
        // The daemon begins some time after the process: it must be there before the clock runs.
        var nobody = Guid.CreateVersion7();
        await engine.CatchUp(await engine.Append(Decision.Begin<MemberState>(nobody, Registered(nobody))));
        var watch = new ImportWatch(rows);
        var state = await engine.Get<Importer>().Run("bench", Rows(rows).ToAsyncEnumerable(), progress: watch);
        var stored = watch.Clock.Elapsed;
        if (state.Events != 2L * rows || state.Rejected > 0) throw new InvalidOperationException($"{state} was stored");
        if (!await engine.Storage.Upkeep.WaitFor(state.Position, TimeSpan.FromMinutes(10)))
            throw new TimeoutException("the register does not catch up");
        var all = watch.Clock.Elapsed;
        watch.Look();
        System.Console.Error.WriteLine(
            $"{rows} enrolments: events stored after {stored.TotalSeconds:0.0} s, read models up to date after {all.TotalSeconds:0.0} s");
        await engine.Database.MustBe(rows, "SELECT count(*) FROM read.covers");
        await engine.Database.MustBe(3L * rows, "SELECT count(*) FROM claims.unique_keys");
        await engine.Database.MustBe(rows, "SELECT taken FROM claims.places");
        return
        [
            new Figure("import.sustained", rows / all.TotalSeconds, "enrolments/s"),
            new Figure("import.sustained.tail", watch.Tail(all), "of the rate at the start"),
            new Figure("import.sustained.memory", watch.Memory, "MiB"),
        ];
    }

    private static MemberRegistered Registered(Guid member) => new(member, "李样例", "620602199001010027", null, "620602", "wang");

    private static IEnumerable<ImportRow> Rows(int count)
    {
        var random = new Random(1);
        var digest = new byte[32];
        for (var i = 1; i <= count; i++)
        {
            var (member, cover) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            random.NextBytes(digest);
            var number = $"E62-20250101-{random.NextInt64(1L << 40):X10}";
            var registered = new NewEvent(Guid.CreateVersion7(), Registered(member), Samples.By);
            yield return new ImportRow(i,
                [
                    new StreamWrite(member, MemberState.StreamType, typeof(MemberState), 0, [registered]),
                    Samples.Write(cover, 0, Samples.Started(member, number)),
                ],
                [
                    new KeyChange(new UniqueKey("identity", Convert.ToHexStringLower(digest)), member, true),
                    new KeyChange(new UniqueKey("certificate-number", number), cover, true),
                    new KeyChange(new UniqueKey("cover", $"gansu-2025-new-employment/{member}"), cover, true),
                ],
                [new PlaceChange("gansu-2025/620602", 1, count)]);
        }
    }
}
