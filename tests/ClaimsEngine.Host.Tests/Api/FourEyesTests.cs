namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Four eyes on every pair of steps: status, code, and nothing is stored.</summary>
public sealed class FourEyesTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Who_submitted_a_claim_may_not_decide_it()
    {
        var made = await Assessed();
        var both = Api.As("wang", "officer,approver", "62");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount)), 403, "four-eyes");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" }), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_assessed_a_claim_may_not_decide_it()
    {
        var made = await Assessed();
        var both = Api.As("chen", "officer,approver", "62");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/approval", Approval("120000.00")), 403, "four-eyes");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" }), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_assessed_a_claim_once_may_not_decide_it_after_somebody_else_assessed_it_again()
    {
        var first = await Assessed(grade: 5);   // by chen
        var second = (await Officer.Post("/api/claims",
            Sample.Claim(first.Enrolment, first.Person, "2025-11-20", grade: 5))).Is(201).Text("id");
        foreach (var kind in Sample.DisabilityDocuments)
            (await Officer.Do($"/api/claims/{second}/documents", Sample.Document(kind))).Is(200);
        (await Officer.Do($"/api/claims/{second}/assessment")).Is(200);
        (await Approver.Do($"/api/claims/{second}/approval", Approval("72000.00"))).Is(200);
        (await Api.As("second", "officer", "620602").Do($"/api/claims/{first.Claim}/assessment")).Is(200);
        foreach (var user in (string[])["chen", "second"])
            await Refused(() => Api.As(user, "officer,approver", "62").Do($"/api/claims/{first.Claim}/approval", Approval("48000.00")),
                403, "four-eyes");
    }

    [Fact]
    public async Task Who_approved_a_claim_may_not_authorise_its_payout()
    {
        var made = await Approved();
        await Refused(() => Api.As("li", "approver,finance", "62").Do($"/api/payouts/{made.Payout}/authorisation"), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_authorised_a_payout_may_not_release_its_batch()
    {
        var (first, second) = (await Authorised(), await Approved());
        (await Api.As("another", "finance", "62").Do($"/api/payouts/{second.Payout}/authorisation")).Is(200);
        var batch = (await Api.As("third", "finance", "62")
            .Post("/api/payment-batches", new { payouts = new[] { first.Payout, second.Payout } })).Is(201).Location;
        await Refused(() => Finance.Do($"{batch}/release"), 403, "four-eyes");
        await Refused(() => Api.As("another", "finance", "62").Do($"{batch}/release"), 403, "four-eyes");
        await Refused(() => Api.As("third", "finance", "62").Do($"{batch}/release"), 403, "four-eyes");   // assembled it
        (await Api.As("fourth", "finance", "62").Do($"{batch}/release")).Is(200);
    }
}
