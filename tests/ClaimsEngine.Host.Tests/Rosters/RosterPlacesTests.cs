using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Rosters and the places and the budget of a programme.</summary>
public sealed class RosterPlacesTests(ApiFixture api) : RosterTest(api)
{
    [Fact]
    public async Task The_places_of_an_allocation_are_filled_to_the_last_and_the_next_is_refused()
    {
        // as the Gansu programme: 10,000 places, of which 700 for Wuwei
        var programme = await OpenProgramme(quota: 10_000);
        (await PlanAdmin.Do($"/api/programmes/{programme}/allocations", new { region = "6206", places = 700 })).Is(200);
        var wuwei = Api.As("officer-of-wuwei", "officer", "6206");
        Assert.Equal((700, 700, 0, 0),
            Counts(await Done($"programme={programme}&accept=all-or-nothing", await Generated(700, "6206"), by: wuwei)));
        var one = await Done($"programme={programme}&accept=good-rows", await Generated(1, "6206"), by: wuwei);
        Assert.Equal((1, 0, 1, 0), Counts(one));
        Assert.Equal([(2, null, "quota-exceeded")], Errors(one));
        Assert.Equal(700L, await Taken($"programme/{programme}/6206"));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task A_roster_of_more_rows_than_places_takes_every_place_or_none(string accept)
    {
        var programme = await OpenProgramme(quota: 1_300);
        var ended = await Ended(await Send(Officer, $"programme={programme}&accept={accept}", await Generated(1_500, "620602")));
        Assert.Equal(accept == "good-rows" ? (1_500, 1_300, 200, 0) : (1_500, 0, 200, 0), Counts(ended));
        Assert.All(Errors(ended), error => Assert.Equal("quota-exceeded", error.Code));
        Assert.Equal(1_302, Errors(ended)[0].Row);   // first come, first served
        Assert.Equal(accept == "good-rows" ? 1_300L : 0L, await Taken($"programme/{programme}"));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task A_budget_is_drawn_by_units_and_a_row_that_asks_too_much_leaves_it_to_the_next(string accept)
    {
        var (plan, programme) = (Sample.NewCode("plan"), Sample.NewCode("budget"));
        await Publish(plan, Cards.Version(maxUnits: 3));
        // 7 units at 80 yuan, and 39.99 beside; 4 places
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(programme, quota: 4, plan: plan, budget: "599.99"))).Is(201);
        int[] units = [3, 2, 3, 2, 1, 1];
        var people = People(units.Length);
        var file = Sheets.Csv([Header, .. people.Select((person, i) => Line(person, units: $"{units[i]}"))]);
        var ended = await Ended(await Send(Officer, $"programme={programme}&accept={accept}", file));
        Assert.Equal(accept == "good-rows" ? (6, 3, 3, 0) : (6, 0, 3, 0), Counts(ended));
        Assert.Equal([(4, null, "budget-exceeded"), (6, null, "budget-exceeded"), (7, null, "budget-exceeded")], Errors(ended));
        Assert.Equal(accept == "good-rows" ? 56_000L : 0L, await Taken($"programme/{programme}/budget"));
        Assert.Equal(accept == "good-rows" ? 3L : 0L, await Taken($"programme/{programme}"));
    }

    [Fact]
    public async Task Several_rosters_at_once_never_take_one_place_too_many()
    {
        var programme = await OpenProgramme(quota: 500);
        var files = new List<byte[]>();
        for (var i = 0; i < 6; i++) files.Add(await Generated(120 + 7 * i, "620602"));
        var works = await Task.WhenAll(files.Select(async (file, i) =>
            await Ended((await Send(Api.As($"officer-{i}", "officer", "620602"), $"programme={programme}&accept=good-rows",
                file)).Is(202))));
        Assert.Equal(500, works.Sum(work => Counts(work).Accepted));
        Assert.All(works, work => Assert.Equal(Counts(work).Rows, Counts(work).Accepted + Counts(work).Rejected));
        Assert.Equal(500L, await Taken($"programme/{programme}"));
        Assert.Equal(500, (await Enrolled(programme)).Count);
    }

    [Fact]
    public async Task The_same_roster_twice_at_once_enrols_everybody_once()
    {
        var (programme, employer) = (await OpenProgramme(quota: 5_000), await RegisteredEmployer(staff: 2_000));
        var file = await Generated(1_200, "620602");
        var works = await Task.WhenAll(Enumerable.Range(0, 2).Select(async i =>
            await Ended((await Send(Api.As($"officer-{i}", "officer", "620602"),
                $"programme={programme}&employer={employer}&accept=good-rows", file)).Is(202))));
        Assert.Equal(1_200, works.Sum(work => Counts(work).Accepted));
        Assert.Equal(1_200, works.Sum(work => Counts(work).Unchanged));
        Assert.Equal(1_200L, await Taken($"programme/{programme}"));
        Assert.Single((await Officer.Get($"/api/employers/{employer}")).Is(200)["covers"]!.AsArray());
    }
}
