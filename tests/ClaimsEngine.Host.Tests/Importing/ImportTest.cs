using System.Text.Json.Nodes;
using ClaimsEngine.Host.Cli;
using ClaimsEngine.Rosters;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.Rosters;
using NodaTime;
using Spectre.Console;

namespace ClaimsEngine.Host.Tests.Importing;

/// <summary>What a test of <c>import</c> has at hand: people, files in a directory of its own, the verb, and what it says and
/// stores.</summary>
public abstract class ImportTest(ApiFixture api) : ApiTest(api), IDisposable
{
    protected const string Header = "姓名,身份证号,职业,地区,手机号,项目代码";

    private static int seeds;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("imports-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>People of nobody else's file, in occupations that the sample programmes take.</summary>
    protected static RosterDraft[] People(int count)
    {
        var roster = new SyntheticRoster(50_000 + Interlocked.Increment(ref seeds), RegionCode.Of("620602"), new LocalDate(2024, 1, 1),
            [Occupation.Of("courier"), Occupation.Of("truckDriver")], units: 1);
        return [.. Enumerable.Range(0, count).Select(index => roster.Person(index))];
    }

    protected static string Line(RosterDraft draft) =>
        $"{draft.Person.Name},{draft.Person.IdNumber},{draft.Person.Occupation.ChineseName},甘肃省武威市凉州区,{draft.Person.Phone}";

    protected string Written(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, Sheets.Csv(lines));
        return path;
    }

    protected string[] Files() => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    protected Task<int> Import(string file, params string[] more) => Run([file, .. more]);

    protected Task<int> Run(params string[] args) =>
        CommandLine.Run(["import", .. args, "--user", "tester", "--ConnectionStrings:Claims", Api.Storage.Options.ConnectionString]);

    /// <summary>What the verb prints when it succeeds.</summary>
    protected static async Task<string> Told(string[] verb)
    {
        var (console, printed) = (AnsiConsole.Console, new StringWriter());
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(printed),
        });
        try
        {
            Assert.Equal(0, await CommandLine.Run(verb));
        }
        finally
        {
            AnsiConsole.Console = console;
        }
        // lines are broken where a narrow terminal ends
        return printed.ToString().ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal);
    }

    /// <summary>What the verb says when it can't begin.</summary>
    protected async Task<string> Failure(params string[] args)
    {
        var (console, printed) = (System.Console.Error, new StringWriter());
        System.Console.SetError(printed);
        try
        {
            Assert.Equal(2, await Run(args));
        }
        finally
        {
            System.Console.SetError(console);
        }
        return printed.ToString();
    }

    protected async Task<string> Opened(string plan, int year)
    {
        var code = Sample.NewCode("sample");
        (await PlanAdmin.Post("/api/programmes", new
        {
            code, name = $"样例项目 {code}", plan, sponsor = "Sample sponsor", quota = 100, from = $"{year}-01-01", to = $"{year}-12-31",
            regions = new[] { "62" }, occupations = new[] { "truckDriver", "courier" },
            funding = new[] { new { payer = "Sample sponsor", amount = "120.00" } },
        })).Is(201);
        return code;
    }

    protected async Task<List<JsonNode>> Enrolled(string query) =>
        await All(Officer, $"/api/enrolments?{query}", minPosition: await LastPosition());

    protected async Task<List<(string, string)>> Covers(string plan) =>
        [.. (await Enrolled($"plan={plan}")).Select(row => ((string)row["coverFrom"]!, (string)row["coverTo"]!)).Order()];

    protected async Task<string[]> Members(List<JsonNode> rows)
    {
        var members = new List<string>();
        foreach (var id in rows.Select(row => (string)row["id"]!))
            members.Add((string)(await Officer.Get($"/api/enrolments/{id}")).Is(200)["member"]!["id"]!);
        return [.. members.Order(StringComparer.Ordinal)];
    }

    protected async Task<List<string[]>> Rejected(string name)
    {
        using var sheet = await Sheets.Opened(await File.ReadAllBytesAsync(Path.Combine(Folder, name)),
            new RosterDefaults(Past: new PastCover(Programme: "sample")));
        Assert.Equal(RosterColumns.ReasonsHeading, sheet.Headings[^1].Text);
        return [.. sheet.Rows().Select(row => row.Cells.Select(cell => cell.Text).ToArray())];
    }

    protected async Task<string[]> Reasons(string name) => [.. (await Rejected(name)).Select(row => row[^1])];
}
