using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using System.Diagnostics;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>What <c>import</c> is asked for.</summary>
/// <param name="Employers">CSV of employers that are registered first</param>
/// <param name="Enrolments">CSV or XLSX of past enrolments</param>
/// <param name="Defaults">what the rows need not say</param>
/// <param name="Rejected">where rejected rows go with their reasons; null is beside the file</param>
/// <param name="By">under whose name the events are recorded</param>
internal sealed record ImportOrder(FileInfo? Employers, FileInfo? Enrolments, PastCover Defaults, FileInfo? Rejected, Actor By);

/// <summary>The verbs that load many enrolments at full speed, without a server or beside one: <c>import</c>, <c>population</c>.</summary>
internal static class ImportVerbs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <returns>0 when nothing was rejected, 1 otherwise</returns>
    public static async Task<int> Import(EngineProcess engine, ImportOrder order, CancellationToken cancellation)
    {
        FileInfo[] files = [.. ((FileInfo?[])[order.Employers, order.Enrolments]).OfType<FileInfo>()];
        if (files.Length == 0) throw new UsageException("name a file of enrolments, or --employers, or both");
        if (files.FirstOrDefault(file => !file.Exists) is { } none) throw new UsageException($"there is no file {none.FullName}");
        await engine.Start(cancellation);
        var rejected = 0L;
        ProgressColumn[] columns =
            [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
        await AnsiConsole.Progress().Columns(columns).StartAsync(async progress =>
        {
            if (order.Employers is { } employers) rejected += await Employers(engine, employers, order.By, progress, cancellation);
            if (order.Enrolments is { } enrolments) rejected += await Enrolments(engine, enrolments, order, progress, cancellation);
        });
        return rejected == 0 ? 0 : 1;
    }

    /// <summary>Generates a population and enrols it: publishes the reference data, imports the employers, then the members.</summary>
    public static async Task<int> Populate(EngineProcess engine, Population population, DirectoryInfo? keep, CancellationToken cancellation)
    {
        await engine.Start(cancellation);
        await engine.Get<SeedPlayer>().Play(SeedLevel.Reference, new Progress<string>(), cancellation);
        var folder = keep ?? Directory.CreateTempSubdirectory("claims-population-");
        folder.Create();
        var clean = false;
        try
        {
            var employers = new FileInfo(Path.Combine(folder.FullName, "employers.csv"));
            var members = new FileInfo(Path.Combine(folder.FullName, "members.csv"));
            await using (var file = employers.Create()) await population.WriteEmployers(file, cancellation);
            await using (var file = members.Create()) await population.WriteMembers(file, cancellation);
            var by = new Actor("population", [Role.Officer], RegionCode.National);
            var order = new ImportOrder(population.Employers().Any() ? employers : null, members, new PastCover(), null, by);
            var code = await Import(engine, order, cancellation);
            clean = code == 0;
            return code;
        }
        finally
        {
            if (keep is null && clean) folder.Delete(recursive: true);   // else the rejected rows lie there
        }
    }

    private static async Task<long> Employers(
        EngineProcess engine, FileInfo from, Actor by, ProgressContext progress, CancellationToken cancellation)
    {
        var task = progress.AddTask(Markup.Escape(from.Name)).IsIndeterminate();
        await using var file = from.OpenRead();
        var import = new EmployerImport(engine.Get<Importer>(), engine.Get<EventReader>(), by);
        try
        {
            var (end, rejected) = await import.Over(file, rows => task.Value = rows, cancellation);
            (task.IsIndeterminate, task.MaxValue, task.Value) = (false, Math.Max(1, end.Rows), Math.Max(1, end.Rows));
            AnsiConsole.WriteLine(Words(from, end));
            foreach (var row in rejected.Take(20)) AnsiConsole.WriteLine($"row {row.Row} {row.Subject}: {row.Detail}");
            return end.Rejected;
        }
        catch (UnreadableException unreadable)
        {
            throw new UsageException($"the file of employers: {unreadable.Fault}");
        }
    }

    private static async Task<long> Enrolments(
        EngineProcess engine, FileInfo from, ImportOrder order, ProgressContext progress, CancellationToken cancellation)
    {
        var task = progress.AddTask(Markup.Escape(from.Name));
        var clock = Stopwatch.StartNew();
        var (resumed, reached) = (-1L, 0L);
        var sheet = order.Rejected ?? new FileInfo(Path.ChangeExtension(from.FullName, $".rejected{from.Extension}"));
        FileStream? written = null;
        await using var file = from.OpenRead();
        try
        {
            var import = new EnrolmentImport(
                engine.Get<Importer>(), engine.Get<RecordRoom>(), SystemClock.Instance, order.Defaults, order.By);
            var (end, fault) = await import.Over(file, () => written = sheet.Create(), (done, all) =>
            {
                if (resumed < 0) resumed = done;   // the first batch is not counted: what an earlier run has done is in it
                (task.MaxValue, task.Value, reached) = (Math.Max(1, all), done, done);
            }, cancellation);
            if (fault is not null) throw new UsageException($"{from.Name}: {fault}");
            var stored = clock.Elapsed;
            if (end!.Events > 0 && !await engine.Database.Storage.Upkeep.WaitFor(end.Position, Patience, cancellation))
                throw new UsageException("the read models do not get to what was stored");
            (task.MaxValue, task.Value) = (Math.Max(1, end.Rows), Math.Max(1, end.Rows));
            AnsiConsole.WriteLine(Words(from, end));
            var seconds = clock.Elapsed.TotalSeconds;
            if (reached > 0)
                AnsiConsole.WriteLine($"Stored in {stored.TotalSeconds:N1} s, read models up to date after {seconds:N1} s: "
                    + $"{(reached - resumed) / seconds:N0} rows/s.");
            if (written is not null) AnsiConsole.WriteLine($"Rejected rows with their reasons: {sheet.FullName}");
            return end.Rejected;
        }
        finally
        {
            if (written is not null) await written.DisposeAsync();
        }
    }

    private static string Words(FileInfo from, ImportEnd end) =>
        $"{from.Name}: {end.Rows:N0} rows, {end.Rejected:N0} rejected, {end.Earlier:N0} dealt with by an earlier run, "
        + $"{end.Unchanged:N0} recorded before; {end.Events:N0} events stored now.";
}
