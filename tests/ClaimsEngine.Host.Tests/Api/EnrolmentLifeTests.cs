using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A certificate's life over HTTP: who has paid what, and how it ends.</summary>
public sealed class EnrolmentLifeTests(ApiFixture api) : ApiTest(api)
{
    // who has paid what

    [Fact]
    public async Task A_certificate_with_a_due_share_covers_once_it_is_paid()
    {
        var made = await Enrolled(await OpenDueGift());
        var path = $"/api/enrolments/{made.Enrolment}";
        var pending = (await Officer.Get(path)).Is(200);
        Assert.Equal(("pending", "payment"), (pending.Text("status"), (string)Assert.Single(pending["waitsFor"]!.AsArray())!));
        Assert.Equal([("120.00", "0.00", "due")], Shares(pending));
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person)), 409, "not-in-force", "enrolmentId");

        var half = (await Finance.Post($"{path}/contributions", Sample.Contribution("15.00", payer: Sample.Sponsor), pending.ETag)).Is(200);
        Assert.Equal([("120.00", "15.00", "due")], Shares(half));
        Assert.Equal("pending", half.Text("status"));
        var whole = (await Finance.Post($"{path}/contributions", Sample.Contribution("105.00", "T-2", payer: Sample.Sponsor),
            half.ETag)).Is(200);
        Assert.Equal([("120.00", "120.00", "paid")], Shares(whole));
        Assert.Empty(whole["waitsFor"]!.AsArray());
        Assert.Equal(("inForce", "2025-01-01", "2025-12-31"), (whole.Text("status"), whole.Text("coverFrom"), whole.Text("coverTo")));
        Assert.Equal(["T-1", "T-2"], whole["contributions"]!.AsArray().Select(paid => (string)paid!["reference"]!));

        var query = $"status=inForce&member={(string)whole["member"]!["id"]!}";
        var row = Assert.Single((await Officer.Get($"/api/enrolments?{query}", whole.Position)).Is(200).Items)!;
        Assert.Equal(made.Enrolment, (string)row["id"]!);
        (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person))).Is(201);
        Assert.Equal(
            ["enrolment_started", "contribution_paid", "contribution_paid", "cover_took_effect", "claim_opened"],
            await Api.Column("SELECT type FROM claims.mt_events WHERE stream_id = $1 ORDER BY version", Guid.Parse(made.Enrolment)));
    }

    [Fact]
    public async Task A_guaranteed_share_does_not_hold_cover_up_and_may_be_paid_later()
    {
        var made = await Enrolled(await OpenProgramme());
        var paid = (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
            Sample.Contribution("120.00", payer: "Sample sponsor"))).Is(200);
        Assert.Equal("inForce", paid.Text("status"));
        Assert.Equal([("120.00", "120.00", "paid")], Shares(paid));
    }

    [Fact]
    public async Task The_same_payment_again_changes_nothing_and_what_cannot_be_is_refused()
    {
        var made = await Enrolled(await OpenSharedProgramme());
        var path = $"/api/enrolments/{made.Enrolment}/contributions";
        (await Finance.Do(path, Sample.Contribution("15.00"))).Is(200);
        await ChangesNothing(() => Releaser.Do(path, Sample.Contribution("15.00")));
        await Refused(() => Finance.Do(path, Sample.Contribution("16.00")), 409, "payment-contradicts", "reference");
        await Refused(() => Finance.Do(path, Sample.Contribution("25.01", "T-2")), 409, "share-exceeded", "amount");
        await Refused(() => Finance.Do(path, Sample.Contribution(payer: "别的公司")), 422, "unknown-payer", "payer");
        await Refused(() => Finance.Do(path, Sample.Contribution(reference: "T-2", paidOn: "2999-01-01")),
            422, "invalid-request", "paidOn");
        foreach (var amount in (string[])["0.00", "-1.00", "1.001"])
            await Refused(() => Finance.Do(path, Sample.Contribution(amount, "T-2")), 422, "invalid-request", "amount");
    }

    [Fact]
    public async Task Two_payments_at_once_are_both_recorded_and_cover_takes_effect_once()
    {
        var programme = await OpenSharedProgramme();
        for (var round = 0; round < 5; round++)
        {
            var made = await Enrolled(programme);
            var path = $"/api/enrolments/{made.Enrolment}/contributions";
            // eight of 10.00 for a share of 40.00, each under a reference of its own
            var replies = await Task.WhenAll(Enumerable.Range(0, 8)
                .Select(i => Api.As($"finance-{i}", "finance", "62").Do(path, Sample.Contribution("10.00", $"T-{i}"))));
            Assert.Equal(4, replies.Count(reply => reply.Status == 200));
            Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.IsProblemOf(409, "share-exceeded", "amount"));
            var shown = (await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200);
            Assert.Equal(("inForce", ("40.00", "40.00", "paid")), (shown.Text("status"), Shares(shown)[1]));
            Assert.Equal(["4", "1"], await Api.Column("""
                SELECT count(*) FROM claims.mt_events WHERE stream_id = $1 AND type IN ('contribution_paid', 'cover_took_effect')
                GROUP BY type ORDER BY type
                """, Guid.Parse(made.Enrolment)));
        }
    }

    [Fact]
    public async Task Cover_of_the_next_day_begins_after_the_payment()
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, Cards.Version(start: "nextDay"));
        var programme = await OpenSharedProgramme(plan: plan, year: Today.Year + 1);
        var made = await Enrolled(programme);
        var paid = (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
            Sample.Contribution(paidOn: $"{Today:yyyy-MM-dd}"))).Is(200);
        Assert.Equal(
            ("inForce", $"{Today.Year + 1}-01-01", $"{Today.Year + 1}-12-31"),
            (paid.Text("status"), paid.Text("coverFrom"), paid.Text("coverTo")));   // not before the programme

        made = await Enrolled(await OpenSharedProgramme(plan: plan));
        paid = (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
            Sample.Contribution(paidOn: $"{Today:yyyy-MM-dd}"))).Is(200);
        Assert.Equal(($"{Today.AddDays(1):yyyy-MM-dd}", $"{Today.AddDays(100):yyyy-MM-dd}"),
            (paid.Text("coverFrom"), paid.Text("coverTo")));
    }

    [Fact]
    public async Task A_payer_has_one_share_of_a_programme()
    {
        var programme = Json(Sample.SharedProgramme(Sample.NewCode("never")));
        programme["funding"]![1]!["payer"] = "Sample sponsor";
        await Refused(() => PlanAdmin.Post("/api/programmes", programme), 422, "invalid-request", "funding");
    }

    // how it ends

    [Fact]
    public async Task A_place_given_up_is_free_for_another_and_the_person_may_come_again()
    {
        var programme = await OpenSharedProgramme(quota: 1);
        var made = await Enrolled(programme);
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme)),
            409, "quota-exceeded", "programme");
        var lapsed = (await Finance.Do($"/api/enrolments/{made.Enrolment}/lapse", new { reason = "逾期未缴费" })).Is(200);
        Assert.Equal(("lapsed", "逾期未缴费"), (lapsed.Text("status"), (string)lapsed["end"]!["reason"]!));
        await ChangesNothing(() => Finance.Do($"/api/enrolments/{made.Enrolment}/lapse", new { reason = "again" }));
        await Refused(() => Finance.Do($"/api/enrolments/{made.Enrolment}/contributions", Sample.Contribution()), 409, "wrong-state");
        await Refused(() => Officer.Do($"/api/enrolments/{made.Enrolment}/employer", new { employer = "LZ-1" }), 409, "wrong-state");

        var again = await Enrolled(programme, made.Person);
        var cancelled = (await Officer.Do($"/api/enrolments/{again.Enrolment}/cancellation", new { reason = "申请退出" })).Is(200);
        Assert.Equal("cancelled", cancelled.Text("status"));
        await ChangesNothing(() => Officer.Do($"/api/enrolments/{again.Enrolment}/cancellation", new { reason = "again" }));
        await Refused(() => Officer.Do($"/api/enrolments/{again.Enrolment}/voidance", new { reason = "r" }), 409, "wrong-state");

        var third = await Enrolled(programme, made.Person);
        Assert.Equal("1", Assert.Single(await Api.Column("SELECT taken FROM claims.places WHERE pool = $1", $"programme/{programme}")));
        var rows = await All(Officer, $"/api/enrolments?programme={programme}", minPosition: await LastPosition());
        Assert.Equal([(third.Enrolment, "pending"), (again.Enrolment, "cancelled"), (made.Enrolment, "lapsed")],
            rows.Select(row => ((string)row["id"]!, (string)row["status"]!)));
    }

    [Fact]
    public async Task Once_cover_has_begun_a_plan_that_pays_nothing_back_has_no_exit()
    {
        var plan = Sample.NewCode("plan");
        var card = Json(Cards.Version());
        card["card"]!["refund"] = "none";
        await Publish(plan, card);
        var begun = await Enrolled(await OpenProgramme(plan: plan));
        var ahead = await Enrolled(await OpenSharedProgramme(plan: plan, year: Today.Year + 1));
        await Refused(() => Officer.Do($"/api/enrolments/{begun.Enrolment}/cancellation", new { reason = "r" }), 409, "no-exit");
        (await Finance.Do($"/api/enrolments/{ahead.Enrolment}/contributions", Sample.Contribution())).Is(200);
        var cancelled = (await Officer.Do($"/api/enrolments/{ahead.Enrolment}/cancellation", new { reason = "r" })).Is(200);
        Assert.Equal("cancelled", cancelled.Text("status"));

        // what came in goes back to whom it came from, today
        var refund = Assert.Single(cancelled["end"]!["refunds"]!.AsArray())!;
        Assert.Equal(
            (Sample.Employer, "40.00", $"{Today:yyyy-MM-dd}"),
            ((string)refund["payer"]!, (string)refund["amount"]!, (string)refund["dueOn"]!));
        Assert.Contains("应退缴费方", (await Officer.Get($"/api/enrolments/{ahead.Enrolment}/certificate")).Is(200).Body);
    }

    [Fact]
    public async Task Within_the_term_of_another_plan_cover_ends_today()
    {
        var code = Sample.NewCode("sample");
        var programme = Json(Sample.Programme(code));
        (programme["from"], programme["to"]) = ($"{Today.AddDays(-100):yyyy-MM-dd}", $"{Today.AddDays(100):yyyy-MM-dd}");
        (await PlanAdmin.Post("/api/programmes", programme)).Is(201);
        var made = await Enrolled(code);
        var cancelled = (await Officer.Do($"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" })).Is(200);
        Assert.Equal(($"{Today:yyyy-MM-dd}", $"{Today:yyyy-MM-dd}"), (cancelled.Text("coverTo"), (string)cancelled["end"]!["lastDay"]!));
        // what happened before stays covered
        (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, $"{Today.AddDays(-5):yyyy-MM-dd}"))).Is(201);
    }

    [Fact]
    public async Task A_duplicate_is_void_with_the_certificate_that_stands()
    {
        var made = await Enrolled();
        var twice = await Enrolled(await OpenProgramme(), made.Person);
        var stranger = await Enrolled();
        var path = $"/api/enrolments/{twice.Enrolment}/voidance";
        await Refused(() => Officer.Do(path, new { reason = "r", duplicateOf = twice.Enrolment }), 422, "invalid-request", "duplicateOf");
        await Refused(() => Officer.Do(path, new { reason = "r", duplicateOf = stranger.Enrolment }),
            422, "unknown-enrolment", "duplicateOf");
        await Refused(() => Officer.Do(path, new { reason = "r", duplicateOf = Guid.NewGuid() }), 422, "unknown-enrolment", "duplicateOf");
        var reply = (await Officer.Do(path, new { reason = "两单位重复参保", duplicateOf = made.Enrolment })).Is(200);
        Assert.Equal(("void", made.Enrolment), (reply.Text("status"), (string)reply["end"]!["duplicateOf"]!));
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(twice.Enrolment, twice.Person)), 409, "not-in-force", "enrolmentId");
    }

    [Fact]
    public async Task After_a_benefit_a_certificate_is_neither_cancelled_nor_void()
    {
        var made = await Approved(grade: 10);
        await Refused(() => Officer.Do($"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" }), 409, "benefit-drawn");
        await Refused(() => Officer.Do($"/api/enrolments/{made.Enrolment}/voidance", new { reason = "r" }), 409, "benefit-drawn");
    }

    [Fact]
    public async Task A_voidance_beside_an_approval_lets_one_of_them_through()
    {
        for (var round = 0; round < 6; round++)
        {
            var made = await Assessed(grade: 10);
            var replies = await Task.WhenAll(
                Approver.Do($"/api/claims/{made.Claim}/approval", new { amount = made.Amount, reason = "r" }),
                Api.As("ma", "approver", "62").Do($"/api/enrolments/{made.Enrolment}/voidance/approval", new { reason = "r" }));
            var (approval, voidance) = (replies[0], replies[1]);
            if (approval.Status == 200) voidance.IsProblemOf(409, "benefit-drawn");
            else
            {
                approval.IsProblemOf(409, "not-in-force");
                voidance.Is(200);
                await Refused(() => Officer.Do($"/api/claims/{made.Claim}/assessment"), 409, "not-in-force");
            }
        }
    }

    [Fact]
    public async Task A_cancellation_beside_an_approval_never_cancels_what_has_paid()
    {
        var code = Sample.NewCode("sample");
        var programme = Json(Sample.Programme(code));
        (programme["from"], programme["to"]) = ($"{Today.AddDays(-100):yyyy-MM-dd}", $"{Today.AddDays(100):yyyy-MM-dd}");
        (await PlanAdmin.Post("/api/programmes", programme)).Is(201);
        for (var round = 0; round < 6; round++)
        {
            var made = await Assessed(code, grade: 10, date: $"{Today.AddDays(-5):yyyy-MM-dd}");
            var replies = await Task.WhenAll(
                Approver.Do($"/api/claims/{made.Claim}/approval", new { amount = made.Amount, reason = "r" }),
                Officer.Do($"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" }));
            var (approval, cancellation) = (replies[0], replies[1]);
            if (approval.Status == 200) cancellation.IsProblemOf(409, "benefit-drawn");
            else
            {
                // cover ends today, which the assessment did not know; what happened before is still covered
                approval.IsProblemOf(409, "assessment-outdated");
                cancellation.Is(200);
                (await Officer.Do($"/api/claims/{made.Claim}/assessment")).Is(200);
                (await Approver.Do($"/api/claims/{made.Claim}/approval", new { amount = made.Amount, reason = "r" })).Is(200);
            }
        }
    }

    [Fact]
    public async Task A_cancellation_beside_payments_leaves_one_end()
    {
        var programme = await OpenSharedProgramme(quota: 1, year: Today.Year + 1);
        for (var round = 0; round < 6; round++)
        {
            var made = await Enrolled(programme);
            await Task.WhenAll(
                Finance.Do($"/api/enrolments/{made.Enrolment}/contributions", Sample.Contribution()),
                Finance.Do($"/api/enrolments/{made.Enrolment}/lapse", new { reason = "r" }),
                Officer.Do($"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" }));
            Assert.Single(await Api.Column(
                "SELECT type FROM claims.mt_events WHERE stream_id = $1 AND type IN ('enrolment_cancelled', 'enrolment_lapsed')",
                Guid.Parse(made.Enrolment)));
            Assert.Equal("0", Assert.Single(await Api.Column("SELECT taken FROM claims.places WHERE pool = $1", $"programme/{programme}")));
        }
    }

    [Fact]
    public async Task A_certificate_goes_along_to_another_unit()
    {
        var made = await Enrolled();
        var path = $"/api/enrolments/{made.Enrolment}/employer";
        var target = await RegisteredEmployer();
        var moved = (await Officer.Do(path, new { employer = target })).Is(200);
        Assert.Equal(target, moved.Text("employer"));
        await ChangesNothing(() => Officer.Do(path, new { employer = target }));
        var rows = (await Officer.Get($"/api/enrolments?employer={target}", moved.Position)).Is(200).Items;
        Assert.Equal(made.Enrolment, (string)Assert.Single(rows)!["id"]!);
        foreach (var employer in (string[])["", "单位", "a b", new string('1', 41)])
            await Refused(() => Officer.Do(path, new { employer }), 422, "invalid-request", "employer");
    }

    [Fact]
    public async Task A_programme_within_the_grace_continues_the_one_before_even_when_two_enrol_at_once()
    {
        var plan = Sample.NewCode("plan");
        var card = Json(Cards.Version());
        card["card"]!["cover"]!["renewal"] = Json(new { graceDays = 30 });
        await Publish(plan, card);
        var (first, second, third) = (await OpenProgramme(plan: plan), Sample.NewCode("next"), Sample.NewCode("next"));
        foreach (var code in (string[])[second, third])
        {
            var next = Json(Sample.Programme(code, plan: plan));
            (next["from"], next["to"]) = ("2026-01-15", "2026-12-31");
            (await PlanAdmin.Post("/api/programmes", next)).Is(201);
        }
        var made = await Enrolled(first);
        var replies = await Task.WhenAll(
            Officer.Post("/api/enrolments", Sample.Enrolment(made.Person, second)),
            Officer.Post("/api/enrolments", Sample.Enrolment(made.Person, third)));
        Assert.All(replies, reply => Assert.Equal("2025-01-01", (string?)reply.Is(201)["firstCoverFrom"]));
        Assert.Single(await Api.Column("SELECT value FROM claims.unique_keys WHERE scope = 'newest-cover' AND value LIKE $1", $"{plan}/%"));
    }

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));

    private static List<(string Amount, string Paid, string Status)> Shares(Reply reply) =>
        [.. reply["funding"]!.AsArray().Select(share => ((string)share!["amount"]!, (string)share["paid"]!, (string)share["status"]!))];

    private static JsonObject Json(object value) => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web)!.AsObject();
}
