namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Which office decides an amount, and who reviews it before.</summary>
public sealed class DecisionLevelTests(ApiFixture api) : ApiTest(api)
{
    private const string Region = "620423", City = "6204";   // Jingtai and its city Baiyin

    private Caller OfDistrict => Api.As("approver-of-jingtai", "approver", Region);
    private Caller OfCity => Api.As("approver-of-baiyin", "approver", City);

    [Fact]
    public async Task A_claim_above_the_districts_limit_goes_up_to_the_city()
    {
        var made = await Assessed(region: Region);   // 120,000 yuan
        Assert.Equal("city", (await OfDistrict.Get($"/api/claims/{made.Claim}")).Is(200).Text("decisionLevel"));
        var refused = await Refused(() => OfDistrict.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount)), 403,
            "over-approval-limit", "amount");
        Assert.Contains("the city union or above", refused.Text("detail"), StringComparison.Ordinal);

        Assert.Contains(made.Claim, await ToDecideHere(OfCity));
        Assert.DoesNotContain(made.Claim, await ToDecideHere(OfDistrict));
        (await OfCity.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount))).Is(200);
        Assert.DoesNotContain(made.Claim, await ToDecideHere(OfCity));
    }

    [Fact]
    public async Task A_claim_within_the_districts_limit_is_for_the_district()
    {
        var made = await Assessed(grade: 7, region: Region);
        Assert.Equal("district", (await OfDistrict.Get($"/api/claims/{made.Claim}")).Is(200).Text("decisionLevel"));
        Assert.Contains(made.Claim, await ToDecideHere(OfDistrict));
        (await OfDistrict.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount))).Is(200);
    }

    [Fact]
    public async Task Another_person_reviews_and_does_not_decide()
    {
        var made = await Assessed(region: Region);
        var review = $"/api/claims/{made.Claim}/review";
        await Refused(() => Api.As("chen", "approver", "62").Do(review, new { finding = "agree", reason = "r" }), 403, "four-eyes");
        var reviewed = (await Api.As("reviewer", "approver", City).Do(review, new { finding = "object", reason = "存疑" })).Is(200);
        Assert.Equal(("object", "reviewer"),
            ((string)reviewed["reviews"]![0]!["finding"]!, (string)reviewed["reviews"]![0]!["by"]!));
        await Refused(() => Api.As("reviewer", "approver", City).Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount)), 403,
            "four-eyes");
        (await OfCity.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount))).Is(200);
    }

    /// <summary>The claims behind the caller's own worklist, at the address that it names.</summary>
    private async Task<IEnumerable<string>> ToDecideHere(Caller by)
    {
        var lists = (await by.Get("/api/worklists", await LastPosition())).Is(200)["lists"]!.AsArray();
        var own = lists.Single(list => (string)list!["name"]! == "toDecideHere")!;
        return (await All(by, (string)own["address"]!, minPosition: await LastPosition())).Select(row => (string)row["id"]!);
    }
}
