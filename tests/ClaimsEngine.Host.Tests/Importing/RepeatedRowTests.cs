using ClaimsEngine.Host.Cli;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.Rosters;
using ClaimsEngine.Rosters;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Importing;

/// <summary><c>import</c>: a row of somebody who holds a certificate already.</summary>
public sealed class RepeatedRowTests(ApiFixture api) : ApiTest(api), IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("imports-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("refused", 2, "身份证号：该人员已参保")]   // more units than the certificate holds are no units of it
    [InlineData("void", 2, "身份证号：该人员已参保")]
    [InlineData("void", 1, null)]
    public async Task A_row_of_more_units_than_are_held_is_rejected_as_a_single_entry_is(string excess, int units, string? reason)
    {
        var programme = await OpenProgramme(plan: await PlanOf(excess, maxUnits: 2));
        var person = new SyntheticRoster(70_000 + excess.Length * 10 + units, RegionCode.Of("620602"), new LocalDate(2024, 1, 1),
            [Occupation.Of("courier")], units: 1).Person(0);
        Assert.Equal(0, await Import("first.csv", person, programme, 1));
        var before = await Api.Ledger();
        Assert.Equal(reason is null ? 0 : 1, await Import("second.csv", person, programme, units));
        Assert.Equal(before, await Api.Ledger());
        if (reason is not null) Assert.Equal(reason, await Reason("second.rejected.csv"));

        (await Officer.Post("/api/enrolments", new
        {
            programme, units = 2,
            person = new { name = person.Person.Name, idNumber = person.Person.IdNumber.Value, occupation = "courier", region = "620602" },
        })).IsProblemOf(409, "already-enrolled", "person.idNumber");
    }

    [Fact]
    public async Task A_row_of_more_units_than_count_is_the_certificate_of_those_that_count()
    {
        var programme = await OpenProgramme(plan: await PlanOf("void", maxUnits: 2));
        var person = new SyntheticRoster(70_100, RegionCode.Of("620602"), new LocalDate(2024, 1, 1),
            [Occupation.Of("courier")], units: 1).Person(0);
        Assert.Equal(0, await Import("first.csv", person, programme, 5));
        var before = await Api.Ledger();
        Assert.Equal(0, await Import("second.csv", person, programme, 3));
        Assert.Equal(0, await Import("third.csv", person, programme, 2));
        Assert.Equal(before, await Api.Ledger());
    }

    private async Task<string> PlanOf(string excessUnits, int maxUnits)
    {
        var plan = Sample.NewCode("plan");
        var version = System.Text.Json.JsonSerializer.SerializeToNode(Cards.Version("2023-01-01", maxUnits: maxUnits))!;
        version["card"]!["eligibility"]!["excessUnits"] = excessUnits;
        await Publish(plan, version);
        return plan;
    }

    private Task<int> Import(string name, RosterDraft draft, string programme, int units)
    {
        var person = draft.Person;
        File.WriteAllBytes(Path.Combine(folder, name), Sheets.Csv("姓名,身份证号,职业,地区,项目代码,份数",
            $"{person.Name},{person.IdNumber},{person.Occupation.ChineseName},甘肃省武威市凉州区,{programme},{units}"));
        return CommandLine.Run(["import", Path.Combine(folder, name), "--user", "tester", "--ConnectionStrings:Claims",
            Api.Storage.Options.ConnectionString]);
    }

    private async Task<string> Reason(string name)
    {
        using var sheet = await Sheets.Opened(await File.ReadAllBytesAsync(Path.Combine(folder, name)),
            new RosterDefaults(Past: new PastCover(Programme: "sample")));
        return Assert.Single(sheet.Rows()).Cells[^1].Text;
    }
}
