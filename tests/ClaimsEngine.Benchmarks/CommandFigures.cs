using ClaimsEngine.Host.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// Commands a second. The command is <c>ApproveClaim</c> with an Idempotency-Key: it loads the claim, the enrolment, the member's account
/// and the plan, decides, appends to four streams (the payout is new), takes one key and remembers one answer. It is the use case that is
/// nearest to the promise: no use case also takes a place. Our daemon keeps all read models up to date meanwhile. The peers have none.
/// </summary>
internal static class CommandFigures
{
    public static IEnumerable<Measurement> All =>
        [Of("command.single", 1, 1_000), Of("command.concurrent8", 8, 4_000), Of("command.concurrent64", 64, 8_000)];

    private static Measurement Of(string name, int callers, int approvals) => new(name, async bench =>
    {
        var (warm, each) = (Math.Max(callers, bench.Size(approvals) / 5), bench.Size(approvals));
        var all = bench.Rounds * (warm + each);

        // each side has cases of its own
        var (ours, peers, raws) = (Cases(all), Cases(all), Cases(all));
        await using var engine = await BenchEngine.Open(bench);
        var end = await engine.Fill(CaseBook.Rows(ours, IdentityHash(engine)));
        await engine.Start();
        await engine.CatchUp(end);
        await using var plain = await PlainHost.Start(bench, peers);
        await using var idle = await BenchEngine.Open(bench);   // its tables alone: its daemon does not run
        await idle.Fill(CaseBook.Rows(raws, IdentityHash(idle)));
        await idle.Database.Execute("ANALYZE");
        await using var raw = new RawApproval(idle.Database);

        var commands = new OurCommands(engine.Get<CommandDesk>());
        // PostgreSQL allows a hundred connections by default, and those that one side keeps are missing on the other. Each round opens its
        // own before it is timed.
        Func<int, Task<double>> Round(PreparedCase[] cases, Func<PreparedCase, Task> approve, Action disconnect) => async round =>
        {
            var first = round * (warm + each);
            await Load.Run(callers, warm, i => approve(cases[first + i]));
            var (rate, _) = await Load.Run(callers, each, i => approve(cases[first + warm + i]));
            disconnect();
            return rate;
        };
        var figure = await Measurement.Compare(bench, name, "cmd/s",
            Round(ours, commands.Approve, engine.Storage.Sessions.Application.Clear),
            Round(peers, plain.Approve, plain.Disconnect),
            Round(raws, raw.Approve, raw.Disconnect));
        await engine.CatchUp(await engine.Database.Number("SELECT max(seq_id) FROM claims.mt_events"));
        await engine.Database.MustBe(all, "SELECT count(*) FROM read.claims WHERE status = 'approved' AND recorded_to = 'infinity'");
        await MustHaveApproved(engine.Database, all);
        await plain.MustHaveApproved(all);
        await MustHaveApproved(idle.Database, all);
        return [figure];
    });

    public static Func<IdentityNumber, string> IdentityHash(BenchEngine engine) =>
        engine.Get<RecordRoom>().For(new Actor("bench", [], RegionCode.National)).IdentityHash;

    /// <summary>As many payouts, keys and answers as approvals; every approved claim one version on.</summary>
    public static async Task MustHaveApproved(BenchDatabase database, int count)
    {
        await database.MustBe(count, "SELECT count(*) FROM claims.mt_events WHERE type = 'payout_ordered'");
        await database.MustBe(count, "SELECT count(*) FROM claims.mt_streams WHERE version = 5");
        await database.MustBe(count, "SELECT count(*) FROM claims.unique_keys WHERE scope <> 'person'");
        await database.MustBe(count, "SELECT count(*) FROM claims.requests");
    }

    private static PreparedCase[] Cases(int count) => [.. CaseBook.Cases(CaseStage.Assessed, count)];
}
