using System.CommandLine;
using BenchmarkDotNet.Running;
using ClaimsEngine.Benchmarks;

var connection = new Option<string?>("--connection")
{
    Description = "Npgsql connection string of a superuser of a server to measure on; without it a private PostgreSQL is made and removed",
};
var only = new Option<string?>("--only") { Description = "only this figure, or all figures whose names begin with it" };
var rounds = new Option<int>("--rounds")
{
    Description = "how often everything is measured; the value is the median",
    DefaultValueFactory = _ => 3,
};
var rows = new Option<int>("--rows")
{
    Description = "enrolments of the imports, lists and exports, payouts of the totals and of finance's questions, and claims beside "
        + "claim.path; the promises are of 5000000 and 1000000",
    DefaultValueFactory = _ => 300_000,
};
var part = new Option<double>("--part")
{
    Description = "part of the full size of all other figures; 0.01 shows quickly that everything runs",
    DefaultValueFactory = _ => 1,
};
var host = new Option<string?>("--host")
{
    Description = "published host for start.ready, a program or a dll; without it the one that was built with the benchmarks",
};
var pure = new Option<bool>("--pure")
{
    Description = "micro-benchmarks of pure code instead, by BenchmarkDotNet, which is given all other arguments",
};
var root = new RootCommand(
    "Measures the engine beside its peers. One JSON line per figure on standard output, everything else on standard error.")
{
    Options = { connection, only, rounds, rows, part, host, pure },
    TreatUnmatchedTokensAsErrors = false,
};
root.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(pure))
    {
        BenchmarkSwitcher.FromAssembly(typeof(Measurement).Assembly).Run([.. parsed.UnmatchedTokens]);
        return 0;
    }
    if (parsed.UnmatchedTokens is [var unknown, ..]) return await Complain($"'{unknown}' is no option; --help shows all");
    var enrolments = parsed.GetValue(rows);
    // A group of figures is one file, and adds its line here.
    Measurement[] all =
    [
        .. CommandFigures.All,
        .. HttpFigures.All,
        ConsoleFigures.Of(enrolments),
        ClaimPathFigures.Of(enrolments),
        .. ProjectionFigures.All,
        .. FeedLagFigures.All,
        .. FoldFigures.All,
        .. TotalsFigures.Of(enrolments),
        FinanceFigures.Of(enrolments),
        .. ImportFigures.All,
        SustainedImportFigures.Of(enrolments),
        EnrolmentImportFigures.Of(enrolments),
        EnrolmentImportFigures.Lists(enrolments),
        ExportFigures.Of(enrolments),
        .. RosterFigures.All,
        .. SettlementFigures.All,
        .. BatchFigures.All,
        .. WhatIfFigures.All,
        StartFigures.Of(parsed.GetValue(host)),
    ];
    var name = parsed.GetValue(only);
    // The import shows the lists as well, so they are asked for by name alone.
    var wanted = all.Where(measurement => name is null ? measurement.Name != "list" : measurement.IsWanted(name)).ToArray();
    if (wanted.Length == 0) return await Complain($"there is no such figure; there are {string.Join(", ", all.Select(one => one.Name))}");

    // Whatever libraries write to the console must not stand among the figures.
    var figures = System.Console.Out;
    System.Console.SetOut(System.Console.Error);
    await using var bench = await Workbench.Open(
        parsed.GetValue(connection), Math.Max(1, parsed.GetValue(rounds)), parsed.GetValue(part), cancellation);
    foreach (var measurement in wanted)
        foreach (var figure in await measurement.Measure(bench))
            figures.WriteLine(figure.Json);
    return 0;
});
return await root.Parse(args).InvokeAsync();

static async Task<int> Complain(string message)
{
    await System.Console.Error.WriteLineAsync(message);
    return 1;
}
