using System.CommandLine;
using BenchmarkDotNet.Running;
using ClaimsEngine.Benchmarks;

var connection = new Option<string?>("--connection") { Description = "Npgsql connection string of a server to measure on; without it a private PostgreSQL is made and removed" };
var only = new Option<string?>("--only") { Description = "only this figure, or all whose names begin with it" };
var rounds = new Option<int>("--rounds") { Description = "so often everything is measured; the value is the median", DefaultValueFactory = _ => 3 };
var rows = new Option<int>("--rows") { Description = "enrolments of import.sustained and import.enrolments; the promise is about 5000000", DefaultValueFactory = _ => 300_000 };
var pure = new Option<bool>("--pure") { Description = "micro-benchmarks of pure code instead, by BenchmarkDotNet; what follows goes to its own command line" };
var root = new RootCommand("Measures the engine. One JSON line per figure on standard output, everything else on standard error.")
{
    Options = { connection, only, rounds, rows, pure }, TreatUnmatchedTokensAsErrors = false,
};
root.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(pure))
    {
        BenchmarkSwitcher.FromAssembly(typeof(Measurement).Assembly).Run([.. parsed.UnmatchedTokens]);
        return 0;
    }
    if (parsed.UnmatchedTokens is [var unknown, ..]) return await Complain($"'{unknown}' is no option; --help shows all");
    // A group of figures is one file, and adds its line here.
    Measurement[] all =
    [
        .. AppendFigures.All, .. FoldFigures.All, .. RebuildFigures.All, .. FeedLagFigures.All, .. WhatIfFigures.All,
        .. RosterFigures.All, .. ImportFigures.All, SustainedImportFigures.Of(parsed.GetValue(rows)), EnrolmentImportFigures.Of(parsed.GetValue(rows)),
    ];
    var wanted = all.Where(measurement => measurement.IsWanted(parsed.GetValue(only))).ToArray();
    if (wanted.Length == 0) return await Complain($"no such figure; there are {string.Join(", ", all.Select(measurement => measurement.Name))}");

    await using var bench = await Workbench.Open(parsed.GetValue(connection), Math.Max(1, parsed.GetValue(rounds)), cancellation);
    foreach (var measurement in wanted)
        foreach (var figure in await measurement.Measure(bench))
            Console.WriteLine(figure.Json);
    return 0;
});
return await root.Parse(args).InvokeAsync();

static async Task<int> Complain(string message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}
