using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Of an employer enough must take part.</summary>
public sealed class RosterParticipationTests(ApiFixture api) : RosterTest(api)
{
    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task Too_few_of_an_employer_are_refused_together_and_the_ratio_is_shown(string accept)
    {
        var employer = await RegisteredEmployer(staff: 20, women: 8);
        var query = $"plan={Measured}&employer={employer}&accept={accept}";
        var file = await Generated(14, "620602");
        var before = await Api.Events();
        var ended = await Ended((await Send(Officer, query, file)).Is(202));
        Assert.Equal(("refused", "participation-too-low"), (ended.Text("status"), (string)ended["problem"]!["code"]!));
        Assert.Equal((20, 14, 70m, 75), Participation(ended));
        Assert.Equal((14, 0, 0, 0), Counts(ended));
        Assert.Equal(before, await Api.Events());

        var enough = await Done(query, await Generated(15, "620602"));
        Assert.Equal(((15, 15, 0, 0), (20, 15, 75m, 75)), (Counts(enough), Participation(enough)));
        // who joins an employer that takes part already is measured with those who are there
        Assert.Equal((20, 16, 80m, 75), Participation(await Done(query, await Generated(1, "620602"))));
    }

    [Fact]
    public async Task In_a_small_employer_everyone_takes_part_and_rows_that_are_bad_do_not_count()
    {
        var employer = await RegisteredEmployer(staff: 10, women: 2);
        var people = People(10);
        var query = $"plan={Measured}&employer={employer}&accept=good-rows";
        string[] lines = [Header, .. people.Select(person => Line(person))];
        var bad = await Ended(await Send(Officer, query, Sheets.Csv([.. lines[..10], Line(people[9], units: "2")])));
        Assert.Equal(((10, 0, 1, 0), (10, 9, 90m, 100)), (Counts(bad), Participation(bad)));
        Assert.Equal([(11, "份数", "units-differ")], Errors(bad));
        var all = await Done(query, Sheets.Csv(lines));
        Assert.Equal(((10, 10, 0, 0), (10, 10, 100m, 100)), (Counts(all), Participation(all)));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task Where_the_part_of_the_women_is_measured_men_count_neither_among_those_who_could_nor_among_those_who_do(string accept)
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, OfWomen(womenOnly: false));
        var employer = await RegisteredEmployer(staff: 20, women: 5);
        var query = $"plan={plan}&employer={employer}&accept={accept}";
        var (women, men) = (Of(Sex.Female, 4), Of(Sex.Male, 12));
        var few =
            await Ended(await Send(Officer, query, Sheets.Csv([Header, .. women.Take(2).Concat(men).Select(person => Line(person))])));
        Assert.Equal(("refused", "participation-too-low"), (few.Text("status"), (string)few["problem"]!["code"]!));
        Assert.Equal(((14, 0, 0, 0), (5, 2, 40m, 60)), (Counts(few), Participation(few)));

        var enough = await Done(query, Sheets.Csv([Header, .. women.Take(3).Concat(men.Take(2)).Select(person => Line(person))]));
        Assert.Equal(((5, 5, 0, 0), (5, 3, 60m, 60)), (Counts(enough), Participation(enough)));
        // who joins later is measured with those who are there, whose sex their certificates tell
        var later = await Done(query, Sheets.Csv([Header, .. women.Skip(3).Concat(men.Skip(2)).Select(person => Line(person))]));
        Assert.Equal(((11, 11, 0, 0), (5, 4, 80m, 60)), (Counts(later), Participation(later)));
    }

    [Fact]
    public async Task Of_a_plan_for_women_rows_of_men_are_bad_and_the_ratio_is_that_of_the_women()
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, OfWomen(womenOnly: true));
        var employer = await RegisteredEmployer(staff: 20, women: 5);
        var file = Sheets.Csv([Header, .. Of(Sex.Female, 3).Concat(Of(Sex.Male, 2)).Select(person => Line(person))]);
        var done = await Done($"plan={plan}&employer={employer}&accept=good-rows", file);
        Assert.Equal(((5, 3, 2, 0), (5, 3, 60m, 60)), (Counts(done), Participation(done)));
        Assert.Equal([(5, "身份证号", "sex-not-covered"), (6, "身份证号", "sex-not-covered")], Errors(done));
    }

    private static List<Sample.Person> Of(Sex sex, int count) => [.. Enumerable.Range(0, count).Select(_ => Sample.NewPerson(sex: sex))];

    /// <summary>A card of which 60 per cent of an employer's women take part.</summary>
    private static JsonNode OfWomen(bool womenOnly)
    {
        var version = JsonSerializer.SerializeToNode(Cards.Version(start: "nextDay"))!;
        var eligibility = version["card"]!["eligibility"]!;
        eligibility["participation"] = new JsonObject { ["percent"] = 60, ["of"] = "women" };
        if (womenOnly) eligibility["ages"] = new JsonArray(new JsonObject { ["from"] = 16, ["to"] = 60, ["sex"] = "female" });
        return version;
    }

    private static (int Of, int Enrolled, decimal Percent, int Required) Participation(Reply ended)
    {
        var part = ended["participation"]!;
        return ((int)part["of"]!, (int)part["enrolled"]!, (decimal)part["percent"]!, (int)part["required"]!);
    }
}
