using System.Diagnostics;
using ClaimsEngine.Host.Queries;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// A what-if over 1,000,000 decided hospital claims of 250,000 members, on the engine's own events and read models: seconds for all of
/// them, and how much more memory is in use at most than before.
/// </summary>
internal static class WhatIfFigures
{
    private const int ClaimsPerMember = 4;

    public static IEnumerable<Measurement> All => [new("whatif", bench => Run(bench, bench.Size(250_000)))];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int members)
    {
        await using var engine = await BenchEngine.Open(bench);
        var watch = Stopwatch.StartNew();
        var end = await engine.Fill(CaseBook.Rows(CaseBook.Cases(CaseStage.Decided, members), CommandFigures.IdentityHash(engine)));
        await System.Console.Error.WriteLineAsync($"{members * ClaimsPerMember:N0} claims stored in {watch.Elapsed.TotalSeconds:N0} s");
        await engine.Start();
        await engine.CatchUp(end);
        await System.Console.Error.WriteLineAsync($"and projected after {watch.Elapsed.TotalSeconds:N0} s");

        var claims = new DecidedClaims(CaseBook.PlanCode, new LocalDate(2000, 1, 1), new LocalDate(2099, 12, 31), RegionCode.National);
        var height = 0L;
        var figure = await Measurement.Compare(bench, "whatif", "s", async _ =>
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            watch.Restart();
            var result = await WhatIfRun.Over(claims, CaseBook.Card(75), "sha256:bench", [], engine.Storage, Stream.Null, (done, _) =>
            {
                // Only what is alive counts, and not garbage that has not been collected yet.
                if (done > 0 && done % 200_000 == 0) height = Math.Max(height, GC.GetTotalMemory(forceFullCollection: true) - before);
            }, CancellationToken.None);
            var seconds = watch.Elapsed.TotalSeconds;
            if (result.Totals.Claims != members * ClaimsPerMember || result.Totals.Unanswered != 0 || result.Totals.Changed == 0)
                throw new InvalidOperationException($"the what-if found {result.Totals}");
            return seconds;
        });
        return [figure, new Figure("whatif.memory", height / 1048576.0, "MiB")];
    }
}
