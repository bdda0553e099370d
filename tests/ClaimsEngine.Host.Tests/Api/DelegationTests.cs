namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A stand-in acts on behalf of an approver while the delegation lasts, over HTTP and under his own name.</summary>
public sealed class DelegationTests(ApiFixture api) : ApiTest(api)
{
    private const string Region = "620423";

    private readonly string delegator = Sample.NewCode("delegator"), standIn = Sample.NewCode("stand-in");

    private Caller Delegator => Api.As(delegator, "approver", "62");
    private Caller StandIn => Api.As(standIn, "officer,approver", "620402");   // of another district

    [Fact]
    public async Task Who_stands_in_sees_and_approves_what_was_delegated_and_the_facts_say_so()
    {
        var made = await Assessed(region: Region);   // 120,000 yuan
        await Given();
        (await StandIn.Get($"/api/claims/{made.Claim}")).IsProblemOf(404, "not-found");
        (await For(HttpMethod.Get, $"/api/claims/{made.Claim}")).Is(200);
        var approved = (await For(HttpMethod.Post, $"/api/claims/{made.Claim}/approval", Approval(made.Amount))).Is(200);
        Assert.Equal((standIn, delegator), (approved.Text("decidedBy"), approved.Text("decidedFor")));

        var last = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray()[^1]!;
        Assert.Equal((standIn, delegator, "62"),
            ((string)last["user"]!, (string)last["onbehalfof"]!, (string)last["office"]!));
        // neither of the two names pays out
        var payout = $"/api/payouts/{approved.Text("payoutId")}/authorisation";
        foreach (var user in (string[])[standIn, delegator])
            await Refused(() => Api.As(user, "finance", "62").Do(payout), 403, "four-eyes");
    }

    [Fact]
    public async Task Four_eyes_count_both_names()
    {
        await Given();
        var made = await Documented(region: Region);
        (await Api.As(delegator, "officer", "62").Do($"/api/claims/{made.Claim}/assessment")).Is(200);
        await Refused(() => For(HttpMethod.Post, $"/api/claims/{made.Claim}/approval", Approval("1.00")), 403, "four-eyes");
    }

    [Fact]
    public async Task Outside_its_dates_and_after_its_end_nothing_is_delegated()
    {
        var made = await Assessed(region: Region);
        var path = $"/api/claims/{made.Claim}/approval";
        await Refused(() => For(HttpMethod.Post, path, Approval(made.Amount)), 403, "not-delegated");      // not yet given
        await Given(from: 10);
        await Refused(() => For(HttpMethod.Post, path, Approval(made.Amount)), 403, "not-delegated");      // in ten days
        await Ended();
        await Given();
        (await For(HttpMethod.Get, $"/api/claims/{made.Claim}")).Is(200);
        await Ended();
        await Refused(() => For(HttpMethod.Post, path, Approval(made.Amount)), 403, "not-delegated");
        (await Delegator.Post("/api/delegations", Sample.Delegation(standIn, from: -9, until: -2)))
            .IsProblemOf(422, "invalid-request", "until");
    }

    [Fact]
    public async Task A_stand_in_acts_as_an_approver_only_and_not_above_the_amount_and_delegates_no_further()
    {
        var made = await Assessed(region: Region);
        await Given(upTo: "1000.00");
        await Refused(() => For(HttpMethod.Post, $"/api/claims/{made.Claim}/approval", Approval(made.Amount)), 403,
            "over-approval-limit", "amount");
        await Refused(() => For(HttpMethod.Post, $"/api/claims/{made.Claim}/withdrawal", new { reason = "r" }), 403, "role-missing");
        await Refused(() => For(HttpMethod.Post, "/api/delegations", Sample.Delegation("another")), 403, "delegation-not-own");
        await Refused(() => StandIn.Do($"/api/delegations/{DelegationId.Of(delegator, standIn)}/end"), 404, "not-found");
        // who is no approver becomes none by a delegation
        var officer = Api.As(standIn, "officer", "620402");
        (await officer.Send(officer.Request(HttpMethod.Get, $"/api/claims/{made.Claim}", null,
            message => message.Headers.Add("X-On-Behalf-Of", delegator)))).IsProblemOf(403, "not-delegated");
    }

    [Fact]
    public async Task The_same_request_on_anothers_behalf_is_another_request_under_its_key()
    {
        await Given();
        var made = await Assessed(region: Region);
        var key = Sample.NewCode("key");
        var path = $"/api/claims/{made.Claim}/review";
        (await For(HttpMethod.Post, path, new { finding = "agree", reason = "r" }, key)).Is(200);
        Assert.True((await For(HttpMethod.Post, path, new { finding = "agree", reason = "r" }, key)).Is(200).Replayed);
        (await Api.As(standIn, "approver", "62").Do(path, new { finding = "agree", reason = "r" }, key))
            .IsProblemOf(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_standing_deputy_acts_only_while_the_delegator_is_absent()
    {
        var made = await Assessed(region: Region);
        (await Delegator.Post("/api/delegations", new
        {
            to = standIn, region = "62", from = Sample.DayFromToday(0), until = Sample.DayFromToday(300), reason = "sample",
            whenAbsent = true,
        })).Is(201);
        var claim = $"/api/claims/{made.Claim}";
        (await For(HttpMethod.Get, claim)).IsProblemOf(403, "not-delegated");
        (await Delegator.Post("/api/absences", Sample.Absence(from: 10))).Is(201);
        (await For(HttpMethod.Get, claim)).IsProblemOf(403, "not-delegated");
        (await Delegator.Post("/api/absences", Sample.Absence(from: 0))).Is(201);
        (await For(HttpMethod.Post, $"{claim}/approval", Approval(made.Amount))).Is(200);
        (await Delegator.Do($"/api/absences/{AbsenceId.Of(delegator)}/end")).Is(200);
        (await For(HttpMethod.Get, claim)).IsProblemOf(403, "not-delegated");
    }

    [Fact]
    public async Task The_list_shows_who_stands_in_for_whom()
    {
        await Given();
        var row = Assert.Single(await All(Delegator, $"/api/delegations?delegator={delegator}", minPosition: await LastPosition()));
        Assert.Equal((standIn, "62", "200000.00"), ((string)row["standIn"]!, (string)row["region"]!, (string)row["upTo"]!));
        await Ended();
        Assert.Empty(await All(Delegator, $"/api/delegations?delegator={delegator}&ended=false", minPosition: await LastPosition()));
    }

    private async Task Given(int from = 0, string upTo = "200000.00") =>
        (await Delegator.Post("/api/delegations", Sample.Delegation(standIn, from, from + 30, upTo))).Is(201);

    private async Task Ended() => (await Delegator.Do($"/api/delegations/{DelegationId.Of(delegator, standIn)}/end")).Is(200);

    /// <summary>Sends as the stand-in, on behalf of the delegator.</summary>
    private Task<Reply> For(HttpMethod method, string path, object? body = null, string? key = null) =>
        StandIn.Send(StandIn.Request(method, path, body, message =>
        {
            message.Headers.Add("X-On-Behalf-Of", delegator);
            if (method == HttpMethod.Post) message.Headers.TryAddWithoutValidation("If-Match", "*");
            if (key is not null) message.Headers.Add("Idempotency-Key", key);
        }));
}
