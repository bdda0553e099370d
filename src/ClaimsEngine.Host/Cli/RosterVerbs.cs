using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Enrolling;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.Reading;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>What <c>roster send</c> is asked for.</summary>
/// <param name="Corrected">where the sheet with its reasons goes; null is beside the file</param>
/// <param name="By">under whose name the events are recorded</param>
internal sealed record RosterToSend(FileInfo File, RosterOrder Order, FileInfo? Corrected, Actor By);

/// <summary>The verbs of <c>roster</c>: make a sheet of people who do not exist, and enrol a sheet without a server.</summary>
internal static class RosterVerbs
{
    public static async Task<int> Generate(
        SyntheticRoster roster, int rows, SheetFormat format, FileInfo to, CancellationToken cancellation)
    {
        await using (var file = to.Create()) await roster.Write(file, format, rows, cancellation);
        AnsiConsole.WriteLine($"{rows:N0} made-up people in {to.FullName}");
        return 0;
    }

    /// <summary>The same code as <c>POST /api/rosters</c>, in this process.</summary>
    /// <returns>0 when nothing was rejected, 1 otherwise</returns>
    public static async Task<int> Send(EngineProcess engine, RosterToSend asked, CancellationToken cancellation)
    {
        if (!asked.File.Exists) throw new UsageException($"there is no file {asked.File.FullName}");
        await engine.Start(cancellation);   // participation is measured by the register of enrolments
        var records = engine.Get<RecordRoom>().For(asked.By, cancellation: cancellation);
        var (terms, refusal) = await asked.Order.Terms(records, SystemClock.Instance.GetCurrentInstant().Date());
        if (refusal is not null) throw new UsageException(refusal.ToString());

        await using var file = asked.File.OpenRead();
        var corrected = asked.Corrected ?? new FileInfo(Path.ChangeExtension(asked.File.FullName, $".corrected{asked.File.Extension}"));
        FileStream? written = null;
        RosterEnd end = null!;
        try
        {
            await AnsiConsole.Progress().StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(asked.File.Name), autoStart: true);
                var request = Guid.CreateVersion7().ToString();
                var job = new RosterJob(asked.Order, terms!, new RosterSender(asked.By, request, request));
                var shown = new UnrecordedProgress((done, total) =>
                {
                    if (total is { } all) task.MaxValue = Math.Max(1, all);
                    task.Value = done;
                });
                end = await engine.Get<RosterRun>().Over(job, file, () => written = corrected.Create(), shown, cancellation);
            });
        }
        finally
        {
            if (written is not null) await written.DisposeAsync();
        }
        Show(end, written is null ? null : corrected);
        return end.No is null && end.Result.Rejected == 0 ? 0 : 1;
    }

    private static void Show(RosterEnd end, FileInfo? corrected)
    {
        var result = end.Result;
        if (end.No is { } no) AnsiConsole.WriteLine($"Refused: {no.Rule.Code}: {no.Detail}");
        AnsiConsole.WriteLine($"{result.Rows:N0} rows: {result.Accepted:N0} accepted, {result.Unchanged:N0} unchanged, "
            + $"{result.Rejected:N0} rejected.");
        if (result.Participation is { } part)
            AnsiConsole.WriteLine($"{part.Enrolled:N0} of {part.Of:N0} take part: {part.Percent} %, of {part.Required} % "
                + "that the plan asks for.");
        foreach (var fault in result.Errors.Take(20)) AnsiConsole.WriteLine($"row {fault.Row} {fault.Column} {fault.Code}: {fault.TextZh}");
        if (corrected is not null) AnsiConsole.WriteLine($"The sheet with every reason: {corrected.FullName}");
    }
}
