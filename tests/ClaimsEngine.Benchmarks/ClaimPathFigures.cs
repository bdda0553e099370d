using System.Diagnostics;
using System.Text.Json;
using ClaimsEngine.Host.Commands;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// Claims from an enrolled member to the payout that is ordered: submit, two documents, assess, approve, each a command of its own, by
/// eight callers at once. All read models are kept up to date meanwhile, and other claims are there already.
/// </summary>
internal static class ClaimPathFigures
{
    private const int Callers = 8, Commands = 5;

    /// <param name="claims">so many decided claims are there before</param>
    public static Measurement Of(int claims) => new("claim.path", bench => Run(bench, claims));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int claims)
    {
        var (warm, each, decided) = (bench.Size(200), bench.Size(2_000), claims / 4);
        var all = warm + (bench.Rounds * each);
        PreparedCase[] cases = [.. CaseBook.Cases(CaseStage.Enrolled, all)];
        await using var engine = await BenchEngine.Open(bench);
        var there = cases.Concat(CaseBook.Cases(CaseStage.Decided, decided, first: all));
        var end = await engine.Fill(CaseBook.Rows(there, CommandFigures.IdentityHash(engine)));
        await engine.Start();
        await engine.CatchUp(end);

        var commands = new OurCommands(engine.Get<CommandDesk>());
        var times = new List<double>();
        async Task<double> Round(int first, int count)
        {
            var perCommand = new double[count * Commands];
            var (rate, _) = await Load.Run(Callers, count, i =>
                Path(commands, cases[first + i], first + i, perCommand.AsMemory(i * Commands, Commands)));
            lock (times) times.AddRange(perCommand);
            return rate;
        }
        await Round(0, warm);
        times.Clear();
        var figure = await Measurement.Compare(bench, "claim.path", "claims/s", round => Round(warm + (round * each), each));
        await engine.Database.MustBe(all, "SELECT count(*) FROM claims.mt_events WHERE type = 'payout_ordered'");
        await engine.Database.MustBe(all + decided * 4L,
            "SELECT count(*) FROM claims.mt_events WHERE type = 'claim_approved' AND version = 5");
        await engine.Database.MustBe(all * (long)Commands, "SELECT count(*) FROM claims.requests");
        return [figure, new Figure("claim.path.p99", Measurement.Percentile(times, 99), "ms, of any command")];
    }

    private static async Task Path(OurCommands commands, PreparedCase member, int nth, Memory<double> times)
    {
        var done = 0;
        async Task<JsonElement> Timed(Func<Task<string>> command)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await command();
            times.Span[done++] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return JsonDocument.Parse(answer).RootElement;
        }
        var submitted = await Timed(() => commands.Submit(member, CaseBook.Stay(CaseBook.From.PlusDays(nth % 300), nth)));
        var claim = new ClaimId(submitted.GetProperty("id").GetGuid());
        await Timed(() => commands.AddDocument(claim, "insuranceSettlement"));
        await Timed(() => commands.AddDocument(claim, "receipts"));
        var assessed = await Timed(() => commands.Assess(claim));
        await Timed(() => commands.Approve(claim, assessed.GetProperty("assessedAmount").GetString()!));
    }
}
