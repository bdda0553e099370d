using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.House;
using Npgsql;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Feeds of hospital insurance over HTTP.</summary>
public sealed class SettlementTests(ApiFixture api) : ApiTest(api)
{
    private const string Region = "150123", Plan = "hohhot-2025-hospital";

    private static int numbers;

    private Caller Sender => Api.As("wang-of-the-feed", "officer", Region);

    private sealed record Stay(Sample.Person Person, string Number, string Admitted, string Discharged, string OwnShare)
    {
        public string Name { get; init; } = Person.Name;

        public string Json() => JsonSerializer.Serialize(new
        {
            source = "样例市医保中心", settlementNumber = Number, idNumber = Person.IdNumber, name = Name, admitted = Admitted,
            discharged = Discharged, hospitalGrade = 3, total = "20000.00", inScope = "18000.00", ownShare = OwnShare,
        });

        public string Csv() =>
            $"样例市医保中心,{Number},{Person.IdNumber},{Name},{Admitted},{Discharged},三级,20000.00,18000.00,{OwnShare}";
    }

    private static Stay NewStay(Sample.Person person, string ownShare = "1000.00", int admitted = 0, string? number = null) => new(
        person, number ?? $"SAMPLE-{Interlocked.Increment(ref numbers):00000}", Sample.DayFromToday(admitted), Sample.DayFromToday(0),
        ownShare);

    private static HttpContent JsonLines(params IEnumerable<string> lines) =>
        Content(string.Join('\n', lines) + "\n", "application/x-ndjson");

    private static HttpContent Csv(params IEnumerable<string> lines) => Content(
        "经办机构,结算单号,身份证号,姓名,入院日期,出院日期,医院等级,总费用,政策范围内费用,个人自付\r\n" + string.Join("\r\n", lines), "text/csv");

    private static HttpContent Content(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>A programme of a hospital plan whose period goes on.</summary>
    private async Task<string> Programme(string plan = Plan, string region = "15")
    {
        var code = Sample.NewCode("hospital");
        (await PlanAdmin.Post("/api/programmes", new
        {
            code, name = $"样例项目 {code}", plan, sponsor = "Sample sponsor", quota = 10_000, from = Sample.DayFromToday(-100),
            to = Sample.DayFromToday(100), regions = new[] { region }, occupations = new[] { "courier" },
            funding = new[] { new { payer = "Sample sponsor", amount = "60.00" } },
        })).Is(201);
        return code;
    }

    private async Task<Sample.Person> Insured(
        string programme, bool account = true, string region = Region, Sample.Person? known = null)
    {
        var person = known ?? Sample.NewPerson(district: region);
        await Enrol(programme, person, account, region);
        return person;
    }

    /// <returns>the id of the certificate</returns>
    private async Task<string> Enrol(string programme, Sample.Person person, bool account = true, string region = Region) =>
        (await Api.As($"he-of-{region}", "officer", region).Post("/api/enrolments", new
        {
            programme, units = 1,
            person = new
            {
                name = person.Name, idNumber = person.IdNumber, occupation = "courier", region, phone = person.Phone,
                account = account ? new { bank = "样例银行呼和浩特分行", number = person.Card, holder = person.Name } : null,
            },
        })).Is(201).Text("id");

    private async Task<Reply> Done(HttpContent feed, string query = "", Caller? by = null)
    {
        by ??= Sender;
        var ended = await by.Ended(await by.Post($"/api/settlements{query}", feed));
        Assert.True(ended.Text("status") == "done", ended.ToString());
        return ended;
    }

    private static (int Approved, int Routed, int Known, int Differs, int Rejected) Counts(Reply ended) => (
        (int)ended["approved"]!, (int)ended["routed"]!, (int)ended["known"]!, (int)ended["differs"]!, (int)ended["rejected"]!);

    private static List<(int Line, string Outcome, string? Code)> Outcomes(Reply ended) =>
    [
        .. ended["results"]!.AsArray().Select(one =>
            ((int)one!["line"]!, (string)one["outcome"]!, (string?)one["reasons"]!.AsArray().FirstOrDefault()?["code"])),
    ];

    private static string ClaimOf(Reply ended, int line) =>
        (string)ended["results"]!.AsArray().Single(one => (int)one!["line"]! == line)!["claimId"]!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_settlement_below_the_limit_is_submitted_assessed_and_approved_without_a_person(bool json)
    {
        var stay = NewStay(await Insured(await Programme()));
        var ended = await Done(json ? JsonLines(stay.Json()) : Csv(stay.Csv()));
        Assert.Equal((1, 0, 0, 0, 0), Counts(ended));
        Assert.Equal((1, "700.00"), ((int)ended["lines"]!, ended.Text("amount")));

        var claim = (await Sender.Get($"/api/claims/{ClaimOf(ended, json ? 1 : 2)}")).Is(200);
        Assert.Equal(("approved", "700.00", "wang-of-the-feed", "one-click"),
            (claim.Text("status"), claim.Text("approvedAmount"), claim.Text("submittedBy"), claim.Text("decidedBy")));
        Assert.Equal("settlement-feed", (string?)Assert.Single(claim["assessedBy"]!.AsArray()));
        Assert.Equal(("样例市医保中心", stay.Number), ((string)claim["settlement"]!["source"]!, (string)claim["settlement"]!["number"]!));
        Assert.Contains("15/1", claim.Text("decisionReason"), StringComparison.Ordinal);
        Assert.Contains("3000.00", claim.Text("decisionReason"), StringComparison.Ordinal);
        Assert.Equal(4, claim["documents"]!.AsArray().Count);
        Assert.All(claim["documents"]!.AsArray(), paper => Assert.Equal($"settlement-{stay.Number}.json", (string)paper!["fileName"]!));
        Assert.Equal("ordered", (await Api.As("zhao-of-15", "finance", "15").Get($"/api/payouts/{claim.Text("payoutId")}")).Is(200)
            .Text("status"));

        var events = (await Auditor.Get($"/api/audit/streams/{claim.Text("id")}")).Is(200).Body;
        Assert.Contains("\"one-click\"", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_decided_straight_through_is_drawn_for_a_second_look_that_another_person_takes()
    {
        var stay = NewStay(await Insured(await Programme()));
        var claim = ClaimOf(await Done(JsonLines(stay.Json())), 1);
        var shown = (await Sender.Get($"/api/claims/{claim}")).Is(200);
        Assert.Equal(["straight-through"], shown["secondLook"]!["drawnFor"]!.AsArray().Select(reason => (string)reason!));

        var looker = Api.As("looker-of-15", "approver", "15");
        async Task<bool> Waits() => (await All(looker, "/api/claims?secondLook=true", minPosition: await LastPosition()))
            .Any(row => (string)row["id"]! == claim);
        Assert.True(await Waits());
        var draw = (await Auditor.Get($"/api/audit/claims/{claim}/draw")).Is(200);
        Assert.True((bool)draw["drawn"]! && (bool)draw["agrees"]!);
        Assert.Equal(("15/1", 1000, (int)draw["recorded"]!["number"]!),
            ((string)draw["draw"]!["rules"]!, (int)draw["draw"]!["perMille"]!, (int)draw["draw"]!["number"]!));

        var look = $"/api/claims/{claim}/second-look";
        await Refused(() => Api.As("wang-of-the-feed", "approver", "15").Do(look, new { finding = "confirmed", reason = "r" }), 403,
            "four-eyes");
        Assert.Equal("questioned", (string)(await looker.Do(look, new { finding = "questioned", reason = "存疑" })).Is(200)
            ["secondLook"]!["finding"]!);
        Assert.False(await Waits());
    }

    [Fact]
    public async Task What_is_not_for_the_engine_to_decide_goes_to_a_person_with_the_reason()
    {
        var programme = await Programme();
        var (elsewhere, unknown) = (await Insured(await Programme(region: "62"), region: "620602"), Sample.NewPerson(district: Region));
        var (twice, named) = (await Insured(programme), await Insured(programme));
        Stay[] stays =
        [
            NewStay(await Insured(programme), ownShare: "10000.00"),
            NewStay(await Insured(programme), admitted: -1),
            NewStay(await Insured(programme), ownShare: "0.00"),
            NewStay(await Insured(programme, account: false)),
            NewStay(await Insured(programme), admitted: -200),
            NewStay(unknown), NewStay(elsewhere),
            NewStay(named) with { Name = unknown.Name },
            NewStay(twice), NewStay(twice),
        ];
        var ended = await Done(JsonLines(stays.Select(stay => stay.Json()).Append("{}")));
        Assert.Equal(
        [
            (1, "routed", "over-straight-through-limit"), (2, "routed", "claim-flagged"), (3, "routed", "nothing-to-approve"),
            (4, "routed", "no-account-on-record"), (5, "routed", "no-hospital-cover"), (6, "routed", "no-such-member"),
            (7, "routed", "no-such-member"), (8, "routed", "identity-mismatch"), (9, "approved", null), (10, "routed", "duplicate-claim"),
            (11, "rejected", "value-missing"),
        ], Outcomes(ended));
        Assert.Equal((1, 9, 0, 0, 1), Counts(ended));
        foreach (var line in (int[])[1, 2, 3])
        {
            var claim = (await Sender.Get($"/api/claims/{ClaimOf(ended, line)}")).Is(200);
            Assert.Equal("assessed", claim.Text("status"));
        }
        // the reasons say nothing of who is on record elsewhere
        var reasons = ended["results"]!.AsArray().Where(one => (int)one!["line"]! is 6 or 7).Select(one => one!["reasons"]!.ToJsonString());
        Assert.Single(reasons.Distinct());

        // a person goes on with what was routed
        var over = ClaimOf(ended, 1);
        (await Api.As("li-of-15", "approver", "15").Do($"/api/claims/{over}/approval", new { amount = "7000.00", reason = "r" })).Is(200);

        var sheet = (await Sender.Get(ended.Request.Split(' ')[1], accept: "text/csv")).Is(200).Body;
        Assert.Equal(12, sheet.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(stays, stay => Assert.DoesNotContain(stay.Person.IdNumber, sheet + ended.Body, StringComparison.Ordinal));
        Assert.All(stays, stay => Assert.DoesNotContain(stay.Person.Name, sheet + ended.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_is_sent_again_changes_nothing_and_other_figures_are_told()
    {
        var programme = await Programme();
        Stay[] stays = [NewStay(await Insured(programme)), NewStay(await Insured(programme), ownShare: "10000.00")];
        var feed = stays.Select(stay => stay.Json()).ToArray();
        var first = await Done(JsonLines([.. feed, feed[0]]));
        Assert.Equal([(1, "approved", null), (2, "routed", "over-straight-through-limit"), (3, "known", null)], Outcomes(first));
        Assert.Equal(ClaimOf(first, 1), ClaimOf(first, 3));

        var before = await Api.Ask("SELECT count(*) FROM claims.mt_events WHERE data ->> 'by' = 'wang-of-the-feed'");
        var again = await Done(Csv(stays.Select(stay => stay.Csv())));
        Assert.Equal([(2, "known", null), (3, "known", null)], Outcomes(again));
        Assert.Equal(ClaimOf(first, 1), ClaimOf(again, 2));
        Assert.Equal("0.00", again.Text("amount"));

        Stay[] others =
        [
            stays[0] with { OwnShare = "999.99" },
            NewStay(await Insured(programme), number: stays[1].Number),
        ];
        var changed = await Done(JsonLines(others.Select(stay => stay.Json())));
        Assert.Equal([(1, "differs", "settlement-differs"), (2, "differs", "settlement-differs")], Outcomes(changed));
        Assert.Equal(ClaimOf(first, 2), ClaimOf(changed, 2));
        Assert.Equal(before, await Api.Ask("SELECT count(*) FROM claims.mt_events WHERE data ->> 'by' = 'wang-of-the-feed'"));
        Assert.Equal("approved", (await Sender.Get($"/api/claims/{ClaimOf(first, 1)}")).Is(200).Text("status"));
    }

    [Fact]
    public async Task Papers_that_a_settlement_does_not_stand_for_and_several_certificates_are_for_a_person()
    {
        var card = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(ArrowTests.Root, "seeds", "plans", $"{Plan}.v1.json"), TestContext.Current.CancellationToken))!["card"]!;
        card["documents"]!["hospitalisation"] = new JsonArray("insuranceSettlement", "dischargeSummary");
        var plan = Sample.NewCode("papers");
        await Publish(plan, new { effectiveFrom = "2025-01-01", card });
        var person = await Insured(await Programme(plan));
        var stay = NewStay(person);
        var ended = await Done(JsonLines(stay.Json()), $"?plan={plan}");
        Assert.Equal([(1, "routed", "documents-missing")], Outcomes(ended));
        var claim = (await Sender.Get($"/api/claims/{ClaimOf(ended, 1)}")).Is(200);
        Assert.Equal("submitted", claim.Text("status"));
        Assert.Equal("dischargeSummary", (string?)Assert.Single(claim["missingDocuments"]!.AsArray()));

        await Insured(await Programme(), known: person);
        var next = NewStay(person);
        Assert.Equal([(1, "routed", "several-covers")], Outcomes(await Done(JsonLines(next.Json()))));
        Assert.Equal([(1, "routed", "no-hospital-cover")], Outcomes(await Done(JsonLines(next.Json()), $"?plan={Sample.SeededPlan}")));
        // the plan is named, but the claim under the other plan is for days of the same stay
        Assert.Equal([(1, "routed", "claim-flagged")], Outcomes(await Done(JsonLines(next.Json()), $"?plan={Plan}")));
    }

    [Fact]
    public async Task An_officer_may_name_a_settlement_and_another_claim_may_not_rest_on_it()
    {
        var person = Sample.NewPerson(district: Region);
        var enrolment = await Enrol(await Programme(), person);
        object Claim(int day, string number, string source = "样例市医保中心") => new
        {
            enrolmentId = enrolment,
            incident = new
            {
                kind = "hospitalisation", date = Sample.DayFromToday(day),
                admissions = new[]
                {
                    new { admitted = Sample.DayFromToday(day), discharged = Sample.DayFromToday(day), ownShare = "1.00" },
                },
            },
            claimant = new
            {
                name = person.Name, idNumber = person.IdNumber, relation = "self",
                account = new { bank = "样例银行呼和浩特分行", number = person.Card, holder = person.Name },
            },
            settlement = new { source, number },
        };
        var number = NewStay(person).Number;
        var made = (await Sender.Post("/api/claims", Claim(-5, number))).Is(201);
        await Refused(() => Sender.Post("/api/claims", Claim(-4, number)), 409, "settlement-claimed", "settlement.number");
        await Refused(() => Sender.Post("/api/claims", Claim(-4, "A/1")), 422, "invalid-request", "settlement.number");
        (await Sender.Do($"/api/claims/{made.Text("id")}/withdrawal", new { reason = "r" })).Is(200);
        await Refused(() => Sender.Post("/api/claims", Claim(-4, number)), 409, "settlement-claimed");
        (await Sender.Post("/api/claims", Claim(-4, number, "另一医保中心"))).Is(201);
        Assert.Equal([(1, "differs", "settlement-differs")], Outcomes(await Done(JsonLines(NewStay(person, number: number).Json()))));
    }

    [Fact]
    public async Task The_stay_of_a_member_who_is_barred_from_claims_goes_to_a_person()
    {
        var member = await Insured(await Programme());
        var bar = (await Sender.Post("/api/bars", new
        {
            idNumber = member.IdNumber, scope = "claim", from = "2020-01-01", to = "2199-12-31", reason = "冒名申领已查实",
        })).Is(201).Location;
        (await Api.As("li-of-the-feed", "approver", "15").Do($"{bar}/confirmation")).Is(200);
        Assert.Equal([(1, "routed", "barred")], Outcomes(await Done(JsonLines(NewStay(member).Json()))));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_read_is_refused_and_one_that_cannot_be_asked_for_is_not_begun()
    {
        var unreadable = await Sender.Ended(await Sender.Post("/api/settlements", Content("a,b\r\n1,2", "text/csv")));
        Assert.Equal(("refused", "settlements-unreadable"), (unreadable.Text("status"), (string)unreadable["problem"]!["code"]!));
        (await Sender.Post("/api/settlements?plan=none-of-ours", JsonLines("{}"))).IsProblemOf(422, "unknown-plan", "plan");
        (await Sender.Post("/api/settlements?accept=good-rows", JsonLines("{}"))).IsProblemOf(422, "invalid-request", "accept");
        (await Sender.Post("/api/settlements", Content("{}", "application/json"))).IsProblemOf(415, "unsupported-media-type");
        (await Approver.Post("/api/settlements", JsonLines("{}"))).IsProblemOf(403, "role-missing");

        var key = Sample.NewCode("feed");
        var accepted = (await Sender.Post("/api/settlements", JsonLines("{}"), key: key)).Is(202);
        var repeated = (await Sender.Post("/api/settlements", JsonLines("{}"), key: key)).Is(202);
        Assert.Equal((accepted.Location, true), (repeated.Location, repeated.Replayed));
        (await Sender.Post("/api/settlements", JsonLines("[]"), key: key)).IsProblemOf(422, "idempotency-key-reused");
        (await Officer.Get(accepted.Location!)).IsProblemOf(404, "not-found");   // of another region
        await Sender.Ended(accepted);
    }

    [Fact]
    public async Task A_feed_whose_host_is_killed_is_gone_on_with_by_another_and_nothing_happens_twice()
    {
        const int count = 60;
        var (programme, officer) = (await Programme(), Api.As("zhu-of-the-feed", "officer", Region));
        var stays = new List<Stay>();
        var last = "";
        for (var i = 0; i < count; i++)
        {
            var person = Sample.NewPerson(district: Region);
            last = await Enrol(programme, person);
            stays.Add(NewStay(person, ownShare: i % 10 == 9 ? "10000.00" : "1000.00"));
        }

        // The certificate of the last line is held, so the feed cannot end before the host does, however slowly this test is run.
        await using var holder = new NpgsqlConnection(Api.Storage.Options.ConnectionString);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var held = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("SELECT 1 FROM claims.mt_streams WHERE id = $1 FOR UPDATE", holder, held))
        {
            hold.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(last) });
            Assert.Equal(1, await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        string location;
        await using (var child = await HostProcess.Start(Api, $"{Api.Storage.Options.ConnectionString};Command Timeout=0"))
        {
            var there = officer.Through(child.Http);
            location = (await there.Post("/api/settlements", JsonLines(stays.Select(stay => stay.Json())))).Is(202).Location!;
            await Wait.Until(async () => await Events("claim_approved") > 2, "nothing is approved");
            await child.Kill();
        }
        Assert.InRange(await Events("claim_submitted"), 3, count - 1);
        await held.RollbackAsync(TestContext.Current.CancellationToken);
        await Api.Ask("UPDATE claims.long_work SET heartbeat = heartbeat - interval '31 seconds' WHERE id = $1",
            Guid.Parse(location.Split('/')[^1]));
        var ended = await officer.Ended(location);
        Assert.Equal((count - count / 10, count / 10, 0, 0, 0), Counts(ended));
        Assert.Equal("37800.00", ended.Text("amount"));
        Assert.Equal((count, count), ((int)ended["done"]!, (int)ended["total"]!));
        Assert.Equal((long)count, await Events("claim_submitted"));
        Assert.Equal((long)count, await Events("claim_assessed"));
        Assert.Equal((long)(count - count / 10), await Events("claim_approved"));
        Assert.Equal((long)count * 4, await Events("document_received"));
        Assert.Equal(count, Outcomes(ended).Count(one => one is (_, "approved", null) or (_, "routed", "over-straight-through-limit")));

        async Task<long> Events(string type) => (long)(await Api.Ask("""
            SELECT count(*) FROM claims.mt_events WHERE type = $1 AND stream_id IN
              (SELECT stream_id FROM claims.mt_events WHERE type = 'claim_submitted' AND data ->> 'by' = 'zhu-of-the-feed')
            """, type))!;
    }
}
