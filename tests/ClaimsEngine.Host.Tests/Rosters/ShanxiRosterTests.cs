using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.House;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Shanxi's drivers (facts.md F20): the industry union sends one list, and an accident of one of them is paid.</summary>
public sealed class ShanxiRosterTests(ApiFixture api) : RosterTest(api)
{
    private const string Plan = "shanxi-2026-drivers";

    [Fact]
    public async Task The_list_of_drivers_is_enrolled_and_an_accident_is_paid()
    {
        // the seeded programme under a code of this test, so that its places are this test's alone
        var seed = SeedFiles.Programmes.Single(seed => (string)seed.Programme["code"]! == Plan).Programme.DeepClone().AsObject();
        var programme = Sample.NewCode("drivers");
        seed["code"] = programme;
        (await PlanAdmin.Post("/api/programmes", seed)).Is(201);
        var sheet = await File.ReadAllBytesAsync(
            Path.Combine(ArrowTests.Root, "seeds", "rosters", "shanxi-2026-drivers.csv"), TestContext.Current.CancellationToken);
        var clerk = Api.As("clerk-of-shanxi", "officer", "14");
        Assert.Equal((6, 6, 0, 0), Counts(await Done($"programme={programme}&accept=all-or-nothing", sheet, by: clerk)));
        var places = (await clerk.Get($"/api/programmes/{programme}/places")).Is(200);
        Assert.Equal((2_494, "62350.00"), ((int)places["left"]!, (string)places["budget"]!["left"]!));
        var enrolled = await Enrolled(programme);
        Assert.All(enrolled, row => Assert.Equal(("rideHailingDriver", "2026-01-01"),
            ((string)row["occupation"]!, (string)row["coverFrom"]!)));

        var certificate = enrolled.Single(row => (string)row["region"]! == "140213");
        var member = (await clerk.Get($"/api/enrolments/{(string)certificate["id"]!}")).Is(200)["member"]!;
        var claim = (await clerk.Post("/api/claims", Sample.Claim(
            (string)certificate["id"]!, new Sample.Person((string)member["name"]!, (string)member["idNumber"]!, "", Sample.NewCard()),
            "2026-02-10", grade: 9))).Is(201).Text("id");
        foreach (var kind in Sample.DisabilityDocuments)
            (await clerk.Do($"/api/claims/{claim}/documents", Sample.Document(kind))).Is(200);
        Assert.Equal("8000.00",
            (await Api.As("assessor-of-shanxi", "officer", "14").Do($"/api/claims/{claim}/assessment")).Is(200).Text("assessedAmount"));
        var payout = (await Api.As("approver-of-shanxi", "approver", "14").Do($"/api/claims/{claim}/approval", Approval("8000.00")))
            .Is(200).Text("payoutId");
        var (first, second) = (Api.As("finance-of-shanxi", "finance", "14"), Api.As("releaser-of-shanxi", "finance", "14"));
        (await first.Do($"/api/payouts/{payout}/authorisation")).Is(200);
        var batch = (await first.Post("/api/payment-batches", new { payouts = new[] { payout } })).Is(201).Text("id");
        (await second.Do($"/api/payment-batches/{batch}/release")).Is(200);
        (await second.Do($"/api/payment-batches/{batch}/results", Result(payout, "settled"))).Is(200);
        Assert.Equal("settled", (await first.Get($"/api/payouts/{payout}")).Is(200).Text("status"));
    }
}
