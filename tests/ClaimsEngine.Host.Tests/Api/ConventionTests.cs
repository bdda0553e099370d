namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What holds for every resource: a change names the version that it rests on, and a resource is shown as it once was.</summary>
public sealed class ConventionTests(ApiFixture api) : ReliefTest(api)
{
    [Fact]
    public async Task A_command_without_If_Match_is_428_on_every_existing_resource()
    {
        var made = await Released();
        var (programme, published) = (await OpenProgramme(), (await Published()).Claim);
        var (fund, application) = await Asked();
        var (plan, employer) = (Sample.NewCode("plan"), await RegisteredEmployer());
        (await PlanAdmin.Put($"/api/plans/{plan}/versions/1", Cards.Version())).Is(201);
        var delegation = (await Approver.Post("/api/delegations", Sample.Delegation(Sample.NewCode("stand-in")))).Is(201).Text("id");
        var away = Api.As(Sample.NewCode("away"), "approver", "62");
        var absence = (await away.Post("/api/absences", Sample.Absence())).Is(201).Text("id");
        var (recovery, bar) = (await OpenedRecovery(), await ProposedBar(made));
        var (webhook, books) = (await IdleWebhook(), await ClosedBooks());
        var commands = new (Caller By, string Path, object? Body)[]
        {
            (SecondPlanAdmin, $"/api/plans/{plan}/versions/1/confirmation", null),
            (SecondPlanAdmin, $"/api/plans/{plan}/versions/1/rejection", new { reason = "r" }),
            (Officer, $"/api/members/{await MemberOf(made)}/correction", new { phone = "000-0000-8888", reason = "r" }),
            (Finance, $"/api/enrolments/{made.Enrolment}/contributions", Sample.Contribution()),
            (Officer, $"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" }),
            (Officer, $"/api/enrolments/{made.Enrolment}/voidance", new { reason = "r" }),
            (Finance, $"/api/enrolments/{made.Enrolment}/lapse", new { reason = "r" }),
            (Officer, $"/api/enrolments/{made.Enrolment}/employer", new { employer = "LZ-0001" }),
            (Officer, $"/api/enrolments/{made.Enrolment}/participation", null),
            (Approver, $"/api/enrolments/{made.Enrolment}/voidance/approval", new { reason = "r" }),
            (Officer, $"/api/claims/{made.Claim}/documents", Sample.Document("other")),
            (Officer, $"/api/claims/{made.Claim}/documents/{Guid.NewGuid()}/original", null),
            (Officer, $"/api/claims/{made.Claim}/supplement-requests", null),
            (Officer, $"/api/claims/{made.Claim}/supplements", Sample.Documents("other")),
            (Officer, $"/api/claims/{made.Claim}/deadline", null),
            (Officer, $"/api/claims/{made.Claim}/assessment", null),
            (Approver, $"/api/claims/{made.Claim}/approval", new { amount = "1.00", reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/refusal", new { reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/revocation", new { cause = "officeError", reason = "r" }),
            (Finance, $"/api/payment-batches/{made.Batch}/dissolution", new { reason = "r" }),
            (Officer, $"/api/claims/{made.Claim}/withdrawal", new { reason = "r" }),
            (Officer, $"/api/claims/{made.Claim}/reclassification",
                new { incident = new { kind = "disability", date = "2025-10-20", grade = 2 }, reason = "r" }),
            (Officer, $"/api/claims/{made.Claim}/appeal", new { reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/appeal/decision", new { outcome = "upheld", reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/review", new { finding = "agree", reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/second-look", new { finding = "confirmed", reason = "r" }),
            (Approver, $"/api/delegations/{delegation}/end", null),
            (away, $"/api/absences/{absence}/end", null),
            (Officer, $"/api/claims/{made.Claim}/appeal/withdrawal", new { reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/reopening", new { cause = "officeError", reason = "r" }),
            (Api.As("wang", "officer", "62"), $"/api/public-notices/{published}/objections", new { reason = "r" }),
            (Approver, $"/api/public-notices/{published}/objections/decision", new { number = 1, outcome = "upheld", reason = "r" }),
            (Officer, $"/api/claims/{made.Claim}/notices/{await NoticeOf(made.Claim)}/told", new { how = "phone" }),
            (Operator, $"/api/webhooks/{webhook}/secret", null),
            (Operator, $"/api/webhooks/{webhook}/pause", new { reason = "r" }),
            (Operator, $"/api/webhooks/{webhook}/resumption", null),
            (Operator, $"/api/webhooks/{webhook}/removal", null),
            (Finance, $"/api/payouts/{made.Payout}/authorisation", null),
            (Finance, $"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person)),
            (Releaser, $"/api/payment-batches/{made.Batch}/release", null),
            (Releaser, $"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "settled")),
            (Officer, $"/api/claims/{made.Claim}/suspicion", new { kind = "other", reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/suspicion/clearance", new { kind = "other", reason = "r" }),
            (Finance, $"/api/payouts/{made.Payout}/hold", new { reason = "r" }),
            (Finance, $"/api/payouts/{made.Payout}/hold/release", new { reason = "r" }),
            (Finance, $"/api/payouts/{made.Payout}/recovery", new { amount = "1.00", cause = "other", reason = "r" }),
            (BookKeeper, $"/api/finance/periods/{books}/2000-01/reopening", new { reason = "r" }),
            (BookKeeper, $"/api/finance/periods/{books}/2000-01/reopening/confirmation", null),
            (Approver, $"/api/recoveries/{recovery}/confirmation", null),
            (Finance, $"/api/recoveries/{recovery}/cancellation", new { reason = "r" }),
            (Finance, $"/api/recoveries/{recovery}/instalments", Sample.Instalments(("2199-01-31", "1.00"))),
            (Finance, $"/api/recoveries/{recovery}/repayments", Sample.Repayment("1.00", "CONVENTION-1")),
            (Finance, $"/api/recoveries/{recovery}/write-off", new { reason = "r" }),
            (Approver, $"/api/recoveries/{recovery}/write-off/approval", new { reason = "r" }),
            (Approver, $"/api/bars/{bar}/confirmation", null),
            (Approver, $"/api/bars/{bar}/lifting", new { reason = "r" }),
            (PlanAdmin, $"/api/programmes/{programme}/allocations", new { region = "6206", places = 1 }),
            (Officer, $"/api/employers/{employer}/staff", new { staff = 2, women = 1 }),
            (Finance, $"/api/relief-funds/{fund}/allocations", new { region = "6206", amount = "1.00" }),
            (Finance, $"/api/relief-funds/{fund}/returns", new { region = "6206", amount = "1.00" }),
            (PlanAdmin, $"/api/relief-funds/{fund}/closure", new { reason = "r" }),
            (Officer, $"/api/relief-applications/{application}/check", new { finding = "f" }),
            (Approver, $"/api/relief-applications/{application}/grant", new { amount = "1.00", reason = "r" }),
            (Approver, $"/api/relief-applications/{application}/refusal", new { reason = "r" }),
            (Officer, $"/api/relief-applications/{application}/withdrawal", new { reason = "r" }),
        };
        Assert.Equal(Engine.Modules.SelectMany(module => module.UseCases)
            .Count(useCase => useCase is { Creates: false, IsInside: false }), commands.Length);
        foreach (var (by, path, body) in commands)
        {
            await Refused(() => by.Post(path, body), 428, "if-match-required", "If-Match");
            await Refused(() => by.Post(path, body, "\"999\""), 412, "stale-version");
        }
    }

    /// <summary>A relief fund and an application for its money.</summary>
    private async Task<(string Fund, string Application)> Asked()
    {
        var fund = await FundOfLiangzhou();
        return (fund, await Applied(fund));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"\"")]
    [InlineData("\"one\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("\"+1\"")]
    [InlineData("\" 1 \"")]
    [InlineData("\"-1\"")]
    public async Task An_If_Match_that_is_no_ETag_of_ours_is_422(string ifMatch)
    {
        var made = await Submitted();
        await Refused(() => Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("other"), ifMatch),
            422, "invalid-request", "If-Match");
    }

    [Fact]
    public async Task An_ETag_is_good_for_one_change()
    {
        var made = await Submitted();
        var etag = (await Officer.Get($"/api/claims/{made.Claim}")).Is(200).ETag!;
        Assert.Equal("\"1\"", etag);
        var changed = (await Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("other"), etag)).Is(200);
        Assert.Equal("\"2\"", changed.ETag);
        await Refused(() => Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("eventStatement"), etag),
            412, "stale-version");
        Assert.Equal(changed.ETag, (await Officer.Get($"/api/claims/{made.Claim}")).Is(200).ETag);
    }

    [Fact]
    public async Task A_resource_refuses_what_it_does_not_understand()
    {
        var made = await Submitted();
        foreach (var query in (string[])["colour=red", "version=0", "version=x", "version=-1", "asOf=yesterday",
            "version=1&asOf=2025-01-01T00:00:00Z", "asOf=9999-12-31T23:59:59-18:00"])
            (await Officer.Get($"/api/claims/{made.Claim}?{query}")).IsProblemOf(422, "invalid-request");
        (await Officer.Post($"/api/claims?colour=red", Sample.Claim(made.Enrolment, made.Person)))
            .IsProblemOf(422, "invalid-request", "colour");
        (await Finance.Get($"/api/payment-batches/{Guid.NewGuid()}/file?format=pdf")).IsProblemOf(422, "invalid-request", "format");
    }

    [Fact]
    public async Task A_resource_is_shown_as_it_was_at_a_version_and_at_a_moment()
    {
        var made = await Settled();
        var events = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray();
        for (var version = 1; version <= events.Count; version++)
        {
            var status = version < 6 ? "submitted" : version < 7 ? "assessed" : "approved";
            var byVersion = (await Officer.Get($"/api/claims/{made.Claim}?version={version}")).Is(200);
            Assert.Equal((status, $"\"{version}\""), (byVersion.Text("status"), byVersion.ETag));
            var byMoment = (await Officer.Get($"/api/claims/{made.Claim}?asOf={(string)events[version - 1]!["time"]!}")).Is(200);
            Assert.Equal(byVersion.Body, byMoment.Body);
        }
        (await Officer.Get($"/api/claims/{made.Claim}?version={events.Count + 1}")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/claims/{made.Claim}?asOf=2020-01-01T00:00:00Z")).IsProblemOf(404, "not-found");
        Assert.Equal("ordered", (await Finance.Get($"/api/payouts/{made.Payout}?version=1")).Is(200).Text("status"));
        Assert.Equal("assembled", (await Finance.Get($"/api/payment-batches/{made.Batch}?version=1")).Is(200).Text("status"));
        Assert.Equal("0.00", (await Finance.Get($"/api/enrolments/{made.Enrolment}?version=1")).Is(200).Text("benefitUsed"));
    }
}
