using System.Diagnostics;
using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Importing;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Seeding;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>What <c>import</c> is asked for.</summary>
/// <param name="Units">CSV of units that are registered first</param>
/// <param name="Enrolments">CSV or XLSX of past enrolments</param>
/// <param name="Defaults">what the rows need not say</param>
/// <param name="Rejected">where rejected rows go with their reasons; null is beside the file</param>
/// <param name="User">under whose name the events are recorded</param>
internal sealed record ImportOrder(FileInfo? Units, FileInfo? Enrolments, PastCover Defaults, FileInfo? Rejected, string User, string Region);

/// <summary>The verbs that load many enrolments at full speed, without a server or beside one: <c>import</c> and <c>population</c>.</summary>
internal static class ImportVerbs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <returns>0 when nothing was rejected, 1 otherwise</returns>
    public static async Task<int> Import(Storage storage, ImportOrder order, CancellationToken cancellation)
    {
        var place = RegionCode.TryParse(order.Region, out var known, out var error) ? known : throw new InvalidOperationException($"--region: {error}");
        var by = new Actor(order.User, [Role.Officer], place);
        if (order.Units is null && order.Enrolments is null) throw new InvalidOperationException("name a file of enrolments, or --units, or both");
        foreach (var file in ((FileInfo?[])[order.Units, order.Enrolments]).OfType<FileInfo>())
            if (!file.Exists) throw new InvalidOperationException($"there is no file {file.FullName}");
        storage.Database.Projector.Start();
        var rejected = 0L;
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            if (order.Units is { } units) rejected += await Units(storage.Database, units, by, progress, cancellation);
            if (order.Enrolments is { } enrolments) rejected += await Enrolments(storage.Database, enrolments, order, by, progress, cancellation);
        });
        return rejected == 0 ? 0 : 1;
    }

    /// <summary>Generates a population and enrols it: the reference data is published first, then its units and members are imported.</summary>
    public static async Task<int> Populate(Storage storage, Population population, DirectoryInfo? keep, CancellationToken cancellation)
    {
        await new SeedPlayer(await ClaimsHost.PipelineFor(storage.Database, cancellation)).Play(SeedLevel.Reference, new Progress<string>(), cancellation);
        var folder = keep ?? Directory.CreateTempSubdirectory("claims-population-");
        folder.Create();
        var clean = false;
        try
        {
            var (units, members) = (new FileInfo(Path.Combine(folder.FullName, "units.csv")), new FileInfo(Path.Combine(folder.FullName, "members.csv")));
            await using (var file = units.Create()) await population.WriteUnits(file, cancellation);
            await using (var file = members.Create()) await population.WriteMembers(file, cancellation);
            var code = await Import(storage, new ImportOrder(population.Units().Any() ? units : null, members, new PastCover(), null, "population", ""), cancellation);
            clean = code == 0;
            return code;
        }
        finally
        {
            if (keep is null && clean) folder.Delete(recursive: true);   // else the rejected rows lie there
        }
    }

    private static async Task<long> Units(ClaimsDatabase database, FileInfo from, Actor by, ProgressContext progress, CancellationToken cancellation)
    {
        var task = progress.AddTask(Markup.Escape(from.Name)).IsIndeterminate();
        await using var file = from.OpenRead();
        var (end, rejected) = await new UnitImport(database, by).Over(file, rows => task.Value = rows, cancellation);
        (task.IsIndeterminate, task.MaxValue, task.Value) = (false, Math.Max(1, end.Rows), Math.Max(1, end.Rows));
        AnsiConsole.WriteLine($"{from.Name}: {end.Rows:N0} rows, {end.Rejected:N0} rejected.");
        foreach (var row in rejected.Take(20)) AnsiConsole.WriteLine($"row {row.Row} {row.Subject}: {row.Detail}");
        return end.Rejected;
    }

    private static async Task<long> Enrolments(ClaimsDatabase database, FileInfo from, ImportOrder order, Actor by, ProgressContext progress, CancellationToken cancellation)
    {
        var task = progress.AddTask(Markup.Escape(from.Name));
        var clock = Stopwatch.StartNew();
        var (resumed, reached) = (-1L, 0L);
        var sheet = order.Rejected ?? new FileInfo(Path.ChangeExtension(from.FullName, $".rejected{from.Extension}"));
        FileStream? written = null;
        await using var file = from.OpenRead();
        try
        {
            var import = new EnrolmentImport(database, await ClaimsHost.IdentityKeyFor(database, cancellation), SystemClock.Instance, order.Defaults, by);
            var (end, fault) = await import.Over(file, () => written = sheet.Create(), (done, all) =>
            {
                if (resumed < 0) resumed = done;   // the first batch is not counted: what an earlier run has done is in it
                (task.MaxValue, task.Value, reached) = (Math.Max(1, all), done, done);
            }, cancellation);
            if (fault is not null) throw new InvalidOperationException($"{from.Name}: {fault}");
            var stored = clock.Elapsed;
            if (end!.Events > 0 && !await database.Projector.WaitFor(EnrolmentRegister.Model.Table, end.Position, Patience)) throw new InvalidOperationException("the read models do not get to what was stored");
            (task.MaxValue, task.Value) = (Math.Max(1, end.Rows), Math.Max(1, end.Rows));
            AnsiConsole.WriteLine($"{from.Name}: {end.Rows:N0} rows, {end.Rejected:N0} rejected, {end.Unchanged:N0} recorded before; {end.Events:N0} events.");
            if (reached > 0) AnsiConsole.WriteLine($"Stored in {stored.TotalSeconds:N1} s, read models up to date after {clock.Elapsed.TotalSeconds:N1} s: {(reached - resumed) / clock.Elapsed.TotalSeconds:N0} rows/s.");
            if (written is not null) AnsiConsole.WriteLine($"Rejected rows with their reasons: {sheet.FullName}");
            return end.Rejected;
        }
        finally
        {
            if (written is not null) await written.DisposeAsync();
        }
    }
}
