using ClaimsEngine.Host.AuditPacks;
using ClaimsEngine.Storage.Reading;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>What <c>audit-pack</c> is asked for.</summary>
/// <param name="Position">up to which the log is packed; null is everything</param>
/// <param name="Seed">of the draw; null is plan and year</param>
internal sealed record PackToMake(string Plan, int Year, FileInfo To, long? Position, string? Seed);

/// <summary>The verbs of the audit pack: make one without a server, and verify one without a database.</summary>
internal static class AuditPackVerbs
{
    public static async Task<int> Make(EngineProcess engine, PackToMake asked, CancellationToken cancellation)
    {
        if (asked.Seed is { } seed && !AuditPackRun.IsSeed(seed)) throw new UsageException($"--seed: {AuditPackRun.SeedRule}");
        var events = engine.Get<EventReader>();
        if ((await events.ReadStream(PlanId.Of(asked.Plan).Value, cancellation: cancellation)).Count == 0)
            throw new UsageException($"there is no plan {asked.Plan}");
        if (asked.Position is { } position && position > await events.HighWaterMark(cancellation))
            throw new UsageException($"--position: the log ends before {position}");
        await engine.Start(cancellation);   // the read models say which streams there are

        // Nobody takes a pack for whole that broke off: the file has its name when it is closed.
        var unfinished = $"{asked.To.FullName}.part";
        try
        {
            AuditPackResult? made = null;
            Refusal? refusal = null;
            await using (var file = File.Create(unfinished))
                await AnsiConsole.Status().StartAsync("packing", async status =>
                    (made, refusal) = await engine.Get<AuditPackRun>().Write(
                        asked.Plan, asked.Year, asked.Position, asked.Seed, file, done => status.Status($"packing: {done:N0} events"),
                        cancellation));
            if (made is null) throw new UsageException(refusal!.Detail);
            File.Move(unfinished, asked.To.FullName, overwrite: true);
            var totals = made.Totals;
            System.Console.WriteLine($"{asked.To.FullName}");
            System.Console.WriteLine($"{made.Plan} {made.Year} up to position {made.Position}: {totals.Events:N0} events, "
                + $"{totals.Claims:N0} claims, {totals.Settled.Count:N0} payouts of {totals.Settled.Sum} yuan paid by the bank, "
                + $"{totals.Sampled:N0} decisions sampled.");
            System.Console.WriteLine($"Hash of its list of files: {made.Sha256}");
            return 0;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <returns>0 when everything holds, 1 otherwise</returns>
    /// <param name="sha256">of the list of files, as the office gave it; null where nobody told it</param>
    public static int Verify(FileInfo pack, string? sha256, CancellationToken cancellation)
    {
        if (!pack.Exists) throw new UsageException($"there is no file {pack.FullName}");
        using var file = pack.OpenRead();
        try
        {
            var verdict = PackVerification.Of(file, sha256, cancellation);
            if (verdict.Order is { } order)
                System.Console.WriteLine($"Audit pack of {order.Plan}, plan year {order.Year}, up to position {order.Position}.");
            foreach (var check in verdict.Checks)
            {
                System.Console.WriteLine(check.Holds ? $"holds   {check.Name}: {check.Words}" : $"WRONG   {check.Name}:");
                foreach (var fault in check.Faults) System.Console.WriteLine($"        {fault}");
            }
            if (verdict.Holds && sha256 is null)
                System.Console.WriteLine(
                "Compare the hash of the list with the one that the office gave you: nobody told it to this program.");
            System.Console.WriteLine(verdict.Holds ? "The pack holds." : "The pack does NOT hold.");
            return verdict.Holds ? 0 : 1;
        }
        catch (PackRefusedException refused)
        {
            System.Console.WriteLine($"WRONG   {pack.Name} is refused: {refused.Message}");
            return 1;
        }
    }
}
