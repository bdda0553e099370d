using System.Diagnostics;
using System.Globalization;
using ClaimsEngine.EventStore.Importing;
using Xunit.Runner.InProc.SystemConsole;

namespace ClaimsEngine.EventStore.Tests;

/// <summary>This program is the tests, or, started with other arguments, a process that imports rows until it is done or killed.</summary>
public static class ImportingProcess
{
    public static async Task<int> Main(string[] args) => args is ["import", var connection, var rows]
        ? await Import(connection, int.Parse(rows, CultureInfo.InvariantCulture)) : await ConsoleRunner.Run(args);

    /// <summary>Starts it; a line of its output tells of every batch.</summary>
    internal static Process Start(string connection, int rows) => Process.Start(
        new ProcessStartInfo(Path.ChangeExtension(typeof(ImportingProcess).Assembly.Location, null), ["import", connection, $"{rows}"]) { RedirectStandardOutput = true })!;

    private static async Task<int> Import(string connection, int rows)
    {
        await using var database = await ClaimsDatabase.Open(new EventStoreOptions(connection), Samples.Types, [Samples.Model()]);
        await database.Import("file", ImportTests.Async(ImportTests.Rows(1, rows)), new ImportOptions { BatchEvents = 100 }, new Teller());
        return 0;
    }

    private sealed class Teller : IProgress<ImportState>
    {
        public void Report(ImportState value) => Console.WriteLine(value.LastRow);
    }
}
