using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The worklists of a region, in which no other test of this class' neighbours works.</summary>
public sealed class WorklistTests(ApiFixture api) : ApiTest(api)
{
    private const string Region = "620982";   // Dunhuang

    private Caller Clerk => Api.As("wang", "officer", Region);

    [Fact]
    public async Task What_is_to_be_done_in_a_region_is_counted_by_step_and_each_list_has_as_many()
    {
        var before = await Lists();
        await Submitted(region: Region);
        await Documented(region: Region);
        var assessed = await Assessed(region: Region);
        var asked = await Submitted(region: Region);
        (await Clerk.Do($"/api/claims/{asked.Claim}/supplement-requests")).Is(200);
        await Approved(region: Region);
        var after = await Lists();
        Assert.Equal([1, 1, 1, 1, 0, 4, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            after.Zip(before, (now, then) => (int)now["count"]! - (int)then["count"]!));
        Assert.Equal(["missingPapers", "waitingForPapers", "toAssess", "toDecide", "appeals", "mine", "toDecideHere", "secondLook",
                "payoutsToPay", "accountsToReview", "refusedAccounts", "secondAuthorisations", "returnedPayouts", "suspectedClaims",
                "heldPayouts", "recoveriesToConfirm", "overdueRecoveries", "barsToConfirm", "reliefToCheck", "reliefToDecide"],
            after.Select(list => (string)list["name"]!));
        var position = await LastPosition();
        foreach (var list in after)
        {
            var rows = await All(Clerk, (string)list["address"]!, minPosition: position);
            Assert.Equal((int)list["count"]!, rows.Count(row => ((string)row["region"]!).StartsWith(Region, StringComparison.Ordinal)));
        }
        var decide = after.Single(list => (string)list["name"]! == "toDecide");
        Assert.Equal(0, (int)decide["late"]!);
        Assert.Equal((string)(await Clerk.Get($"/api/claims/{assessed.Claim}")).Is(200)["deadline"]!["dueOn"]!, (string)decide["oldest"]!);
    }

    [Fact]
    public async Task They_are_shown_as_they_were_known_at_a_moment_and_only_of_ones_region()
    {
        await Submitted(region: Region);
        var shown = (await Clerk.Get("/api/worklists", await LastPosition())).Is(200);
        var then = shown.Text("asOf");
        await Submitted(region: Region);
        Assert.Equal(Counts(shown), Counts((await Clerk.Get($"/api/worklists?asOf={then}", await LastPosition())).Is(200)));
        Assert.NotEqual(Counts(shown), Counts((await Clerk.Get("/api/worklists", await LastPosition())).Is(200)));
        Assert.All(Counts((await Api.As("nobody", "officer", "650102").Get("/api/worklists")).Is(200)), count => Assert.Equal(0, count));
        (await Clerk.Get("/api/claims?open=yes")).IsProblemOf(422, "invalid-request", "open");
        (await PlanAdmin.Get("/api/worklists")).IsProblemOf(403, "role-missing");
        (await Clerk.Get("/api/worklists?day=1")).IsProblemOf(422, "invalid-request", "day");
    }

    private async Task<List<JsonNode>> Lists() =>
        [.. (await Clerk.Get("/api/worklists", await LastPosition())).Is(200)["lists"]!.AsArray().Select(list => list!)];

    private static int[] Counts(Reply shown) => [.. shown["lists"]!.AsArray().Select(list => (int)list!["count"]!)];
}
