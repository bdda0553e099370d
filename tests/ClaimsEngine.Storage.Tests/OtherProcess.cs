using System.Diagnostics;
using System.Globalization;
using ClaimsEngine.Storage.Bulk;
using Xunit.Runner.InProc.SystemConsole;

namespace ClaimsEngine.Storage.Tests;

/// <summary>This program is the tests, or, started with other arguments, a process of the engine that works until it is done or
/// killed.</summary>
public static class OtherProcess
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["import", var connection, var rows] => await Import(connection, int.Parse(rows, CultureInfo.InvariantCulture)),
        ["node", var connection] => await Run(connection),
        ["rebuild", var connection] => await Rebuild(connection),
        _ => await ConsoleRunner.Run(args),
    };

    /// <summary>Imports rows; a line of its output tells of every batch.</summary>
    internal static Process Importing(string connection, int rows) => Start("import", connection, $"{rows}");

    /// <summary>A node whose daemon is going as soon as it has said so.</summary>
    internal static async Task<Process> Node(string connection)
    {
        var process = Start("node", connection);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return process;
    }

    /// <summary>A process that has begun a rebuild and never ends it.</summary>
    internal static async Task<Process> Rebuilding(string connection)
    {
        var process = Start("rebuild", connection);
        Assert.Equal("folding", await process.StandardOutput.ReadLineAsync());
        return process;
    }

    private static Process Start(params string[] args) =>
        Process.Start(new ProcessStartInfo(Path.ChangeExtension(typeof(OtherProcess).Assembly.Location, null),
            args) { RedirectStandardOutput = true })!;

    private static StorageOptions Options(string connection) => new(connection) { Connections = 24,
        NodeSilence = TimeSpan.FromSeconds(1.5) };

    private static async Task<int> Import(string connection, int rows)
    {
        await using var node = await Tests.Node.Open(Options(connection), [Samples.Model()]);
        await node.Importer.Run("file", ImportSamples.Async(ImportSamples.Rows(1, rows)), new ImportOptions { BatchEvents = 100,
            MaxLag = null }, new Teller());
        return 0;
    }

    private static async Task<int> Run(string connection)
    {
        await using var node = await Tests.Node.Open(Options(connection), [Samples.Model()]);
        await node.Start();
        System.Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> Rebuild(string connection)
    {
        await using var node = await Tests.Node.Open(Options(connection), [Samples.Model(() =>
        {
            System.Console.WriteLine("folding");
            Thread.Sleep(Timeout.Infinite);
            return true;
        })]);
        await node.Upkeep.Rebuild("samples");
        return 0;
    }

    private sealed class Teller : IProgress<ImportState>
    {
        public void Report(ImportState value) => System.Console.WriteLine(value.LastRow);
    }
}
