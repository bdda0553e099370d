using ClaimsEngine.Host.Cli;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary><c>roster generate</c> and <c>roster send</c>: from nothing to a filled programme by two commands.</summary>
public sealed class RosterVerbTests(ApiFixture api) : ApiTest(api), IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rosters-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_generated_roster_fills_a_programme_and_sent_again_changes_nothing(string format)
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var file = Path.Combine(folder, $"roster.{format}");
        Assert.Equal(0, await Generate(format == "csv" ? 91 : 92, format, file));
        Assert.Equal(0, await Send(programme, file, "all-or-nothing", employer));
        var rows = (await Officer.Get($"/api/enrolments?programme={programme}&limit=200", await LastPosition())).Is(200).Items;
        Assert.Equal(40, rows.Count);
        Assert.All(rows, row => Assert.Equal(employer, (string)row!["employer"]!));
        var stored = (await Auditor.Get($"/api/audit/streams/{(string)rows[0]!["id"]!}")).Is(200)["events"]!.AsArray();
        Assert.Contains("tester", Assert.Single(stored)!.ToJsonString());

        var events = await Api.Events();
        Assert.Equal(0, await Send(programme, file, "good-rows", employer));
        Assert.Equal(events, await Api.Events());
    }

    [Fact]
    public async Task A_roster_with_errors_leaves_a_corrected_sheet_and_says_so_by_its_exit_code()
    {
        var programme = await OpenProgramme(quota: 30);
        var file = Path.Combine(folder, "roster.csv");
        Assert.Equal(0, await Generate(93, "csv", file));
        Assert.Equal(1, await Send(programme, file, "good-rows"));
        using var sheet = await Sheets.Opened(
            await File.ReadAllBytesAsync(Path.Combine(folder, "roster.corrected.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(10, sheet.Rows().Count(row => row[sheet.Headings.Count - 1].Text == "名额已满"));
        Assert.Equal(2, await Send("no-such-programme", file, "good-rows"));
        Assert.Equal(2, await Send(programme, Path.Combine(folder, "none.csv"), "good-rows"));
    }

    private static Task<int> Generate(int seed, string format, string file) => CommandLine.Run(
        ["roster", "generate", "--seed", $"{seed}", "--region", "620602", "--rows", "40", "--format", format, "--out", file, "--units",
            "1", "--occupation", "courier", "truckDriver"]);

    private Task<int> Send(string programme, string file, string accept, string? employer = null) => CommandLine.Run(
        ["roster", "send", "--programme", programme, .. employer is null ? (string[])[] : ["--employer", employer], "--file", file,
            "--accept", accept, "--user", "tester", "--region", "6206",
            "--ConnectionStrings:Claims", Api.Storage.Options.ConnectionString]);
}
