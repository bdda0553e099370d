namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What a command asks of the state of things: in any other it is refused, and nothing is stored.</summary>
public sealed class StateTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Every_command_needs_its_state()
    {
        var submitted = await Submitted();
        await Refused(() => Approver.Do($"/api/claims/{submitted.Claim}/approval", Approval("1.00")), 409, "wrong-state");

        var approved = await Approved();
        await Refused(() => Officer.Do($"/api/claims/{approved.Claim}/documents", Sample.Document("other")), 409, "wrong-state");
        await Refused(() => Officer.Do($"/api/claims/{approved.Claim}/assessment"), 409, "wrong-state");
        await Refused(() => Approver.Do($"/api/claims/{approved.Claim}/refusal", new { reason = "r" }), 409, "wrong-state");
        await Refused(() => Officer.Do($"/api/claims/{approved.Claim}/withdrawal", new { reason = "r" }), 409, "wrong-state");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { approved.Payout } }),
            409, "wrong-state", "payouts.0");

        foreach (var (ending, by) in ((string, Caller)[])[("refusal", Approver), ("withdrawal", Officer)])
        {
            var ended = await Assessed();
            (await by.Do($"/api/claims/{ended.Claim}/{ending}", new { reason = "r" })).Is(200);
            await ChangesNothing(() => by.Do($"/api/claims/{ended.Claim}/{ending}", new { reason = "again" }));
            await Refused(() => Officer.Do($"/api/claims/{ended.Claim}/documents", Sample.Document("other")), 409, "wrong-state");
            await Refused(() => Officer.Do($"/api/claims/{ended.Claim}/assessment"), 409, "wrong-state");
            await Refused(() => Approver.Do($"/api/claims/{ended.Claim}/approval", Approval("1.00")), 409, "wrong-state");
        }
    }

    [Fact]
    public async Task An_assessment_of_the_same_facts_changes_nothing()
    {
        var made = await Assessed();
        await ChangesNothing(() => Officer.Do($"/api/claims/{made.Claim}/assessment"));
    }

    [Fact]
    public async Task A_payout_goes_one_way()
    {
        var made = await Authorised();
        await ChangesNothing(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"));
        await Refused(() => Releaser.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "wrong-state");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout, made.Payout } }),
            422, "invalid-request", "payouts");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = Array.Empty<string>() }),
            422, "invalid-request", "payouts");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout, Guid.NewGuid().ToString() } }),
            422, "unknown-payout", "payouts.1");

        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } })).Is(201);
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } }), 409, "wrong-state", "payouts.0");
        await Refused(() => Releaser.Do($"{batch.Location}/results", Result(made.Payout, "settled")), 409, "wrong-state");
        (await Releaser.Do($"{batch.Location}/release")).Is(200);
        await ChangesNothing(() => Releaser.Do($"{batch.Location}/release"));
        await Refused(() => Api.As("third", "finance", "62").Do($"{batch.Location}/release"), 409, "wrong-state");
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "wrong-state");
    }

    [Fact]
    public async Task A_result_is_told_once_and_of_the_batch_alone()
    {
        var (made, other) = (await Released(), await Released());
        var path = $"/api/payment-batches/{made.Batch}/results";
        await Refused(() => Releaser.Do(path, Result(other.Payout, "settled")), 422, "payout-not-in-batch", "lines.0.payoutId");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "returned")), 422, "invalid-request", "lines.0.reason");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "settled", reason: "why")), 422, "invalid-request", "lines.0.reason");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "settled", bankReference: "")),
            422, "invalid-request", "lines.0.bankReference");
        await Refused(() => Releaser.Do(path, new { lines = Array.Empty<object>() }), 422, "invalid-request", "lines");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "lost")), 422, "invalid-request", "lines.0.outcome");
        (await Releaser.Do(path, Result(made.Payout, "settled"))).Is(200);
        await ChangesNothing(() => Releaser.Do(path, Result(made.Payout, "settled")));
        await Refused(() => Releaser.Do(path, Result(made.Payout, "settled", "OTHER")), 409, "result-contradicts", "lines.0");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "returned", reason: "why")), 409, "result-contradicts", "lines.0");
    }
}
