using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A case from enrolment to the bank's answer, as api.md tells it, each step by another person.</summary>
public sealed partial class MainPathTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_case_goes_from_enrolment_to_a_settled_payout()
    {
        var person = Sample.NewPerson();

        var enrolled = (await Api.As("officer-a", "officer", "620602").Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan))).Is(201);
        AssertCreated(enrolled, "/api/enrolments/");
        Assert.Matches("^E62-[0-9]{8}-[0-9A-Z]{8}$", enrolled.Text("certificateNumber"));
        Assert.Equal("2025-01-01", enrolled.Text("coverFrom"));
        Assert.Equal("2025-12-31", enrolled.Text("coverTo"));
        Assert.Equal("120.00", enrolled.Text("contribution"));
        var share = Assert.Single(enrolled["funding"]!.AsArray())!;
        Assert.Equal("120.00", (string)share["amount"]!);
        Assert.Contains("甘肃省总工会", (string)share["payer"]!);
        Assert.Equal(1, (int)enrolled["planVersion"]!);
        Assert.Equal("凉州区", enrolled.Text("regionName"));
        Assert.Equal("0.00", enrolled.Text("benefitUsed"));
        Assert.Equal((person.IdNumber[16] - '0') % 2 == 1 ? "male" : "female", (string)enrolled["member"]!["sex"]!);
        Assert.Equal(person.Name, (string)enrolled["member"]!["name"]!);

        var submitted = (await Api.As("officer-b", "officer", "620602").Post("/api/claims", Sample.Claim(enrolled.Text("id"), person))).Is(201);
        AssertCreated(submitted, "/api/claims/");
        Assert.Matches("^C62-[0-9]{8}-[0-9A-Z]{8}$", submitted.Text("number"));
        Assert.Equal("submitted", submitted.Text("status"));
        Assert.Equal(Sample.DisabilityDocuments, submitted["missingDocuments"]!.AsArray().Select(kind => (string)kind!));
        Assert.Equal("officer-b", submitted.Text("submittedBy"));
        Assert.EndsWith(person.Card[^4..], (string)submitted["account"]!["number"]!);
        Assert.DoesNotContain(person.Card, submitted.Body);
        var claim = submitted.Location!;

        var etag = submitted.ETag!;
        for (var sent = 0; sent < 4; sent++)
        {
            var received = (await Api.As("officer-c", "officer", "620602").Post($"{claim}/documents", Sample.Document(Sample.DisabilityDocuments[sent]), etag)).Is(200);
            Assert.NotEqual(etag, received.ETag);
            Assert.Equal(Sample.DisabilityDocuments[(sent + 1)..], received["missingDocuments"]!.AsArray().Select(kind => (string)kind!));
            Assert.Equal(sent + 1, received["documents"]!.AsArray().Count);
            Assert.Equal($"{Sample.DisabilityDocuments[sent]}.pdf", (string)received["documents"]![sent]!["fileName"]!);
            etag = received.ETag!;
        }

        var assessed = (await Api.As("officer-d", "officer", "6206").Post($"{claim}/assessment", null, etag)).Is(200);
        Assert.Equal("assessed", assessed.Text("status"));
        Assert.Equal("120000.00", assessed.Text("assessedAmount"));
        Assert.Equal(1, (int)assessed["planVersion"]!);
        Assert.Matches("^sha256:[0-9a-f]{64}$", assessed.Text("ruleHash"));
        var steps = assessed["steps"]!.AsArray();
        Assert.Equal(["benefits.disability", "benefits.disability.table", "caps.perPeriod", "payable"], steps.Select(step => (string)step!["rule"]!));
        Assert.All(steps, step =>
        {
            foreach (var member in (string[])["rule", "input", "output", "text", "textZh", "clause"]) Assert.NotEmpty((string)step![member]!);
            Assert.True((bool)step!["assumed"]!);
        });
        Assert.Equal("120000.00", (string)steps[^1]!["output"]!);

        var approved = (await Api.As("approver-e", "approver", "6206").Post($"{claim}/approval", new { amount = "120000.00", reason = "材料齐全" }, assessed.ETag)).Is(200);
        Assert.Equal("approved", approved.Text("status"));
        Assert.Equal("120000.00", approved.Text("approvedAmount"));
        Assert.Equal("approver-e", approved.Text("decidedBy"));
        Assert.Equal("材料齐全", approved.Text("decisionReason"));
        var payout = $"/api/payouts/{approved.Text("payoutId")}";

        var ordered = (await Api.As("finance-f", "finance", "62").Get(payout)).Is(200);
        Assert.Equal("ordered", ordered.Text("status"));
        Assert.Equal("120000.00", ordered.Text("amount"));
        Assert.Equal(person.Name, ordered.Text("payee"));
        Assert.Equal(submitted.Text("number"), ordered.Text("claimNumber"));
        Assert.Equal("120000.00", (await Officer.Get(enrolled.Location!)).Is(200).Text("benefitUsed"));

        var authorised = (await Api.As("finance-f", "finance", "62").Post($"{payout}/authorisation", null, ordered.ETag)).Is(200);
        Assert.Equal("authorised", authorised.Text("status"));
        Assert.Equal("finance-f", authorised.Text("authorisedBy"));

        var batched = (await Api.As("finance-g", "finance", "62").Post("/api/payment-batches", new { payouts = new[] { approved.Text("payoutId") } })).Is(201);
        AssertCreated(batched, "/api/payment-batches/");
        Assert.Equal("assembled", batched.Text("status"));
        Assert.Equal("120000.00", batched.Text("total"));
        Assert.Equal("620602", batched.Text("region"));
        await Refused(() => Finance.Get($"{batched.Location}/file?format=csv"), 409, "batch-not-released");

        var released = (await Api.As("finance-h", "finance", "62").Post($"{batched.Location}/release", null, batched.ETag)).Is(200);
        Assert.Equal("released", released.Text("status"));
        Assert.Equal("finance-h", released.Text("releasedBy"));
        Assert.Equal("sent", (await Finance.Get(payout)).Is(200).Text("status"));

        var file = (await Finance.Get($"{batched.Location}/file?format=csv")).Is(200);
        Assert.Equal("text/csv", file.MediaType);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), file.Bytes[..3]);
        var lines = file.Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("序号,付款编号,批次号,收款人户名,收款账号,开户行,金额,币种,附言", lines[0]);
        Assert.Equal($"1,{approved.Text("payoutId")},{batched.Text("number")},{person.Name},{person.Card},样例银行凉州支行,120000.00,CNY,{submitted.Text("number")}", Assert.Single(lines[1..]));
        Assert.Equal(file.Body, (await Finance.Get($"{batched.Location}/file")).Is(200).Body);

        var settled = (await Api.As("finance-h", "finance", "62").Post($"{batched.Location}/results", Result(approved.Text("payoutId"), "settled", "BANK-77"), released.ETag)).Is(200);
        Assert.Equal("completed", settled.Text("status"));
        Assert.Equal("settled", (string)settled["lines"]![0]!["outcome"]!);
        var paid = (await Finance.Get(payout)).Is(200);
        Assert.Equal("settled", paid.Text("status"));
        Assert.Equal("BANK-77", paid.Text("bankReference"));

        var row = Assert.Single((await Finance.Get($"/api/payouts?claim={submitted.Text("id")}", settled.Position)).Is(200).Items)!;
        Assert.Equal("settled", (string)row["status"]!);
        Assert.Equal("120000.00", (string)row["amount"]!);
        var claimRow = Assert.Single((await Officer.Get($"/api/claims?number={submitted.Text("number")}", settled.Position)).Is(200).Items)!;
        Assert.Equal("approved", (string)claimRow["status"]!);
        Assert.Equal(0, (int)claimRow["missingDocuments"]!);

        var replay = (await Auditor.Get($"/api/audit/claims/{submitted.Text("id")}/replay")).Is(200);
        Assert.True((bool)replay["identical"]!);
        Assert.Equal(replay["recorded"]!.ToJsonString(), replay["recomputed"]!.ToJsonString());
        Assert.Equal(assessed.Text("ruleHash"), replay.Text("ruleHash"));
    }

    [Fact]
    public async Task A_payout_that_the_bank_returns_says_why()
    {
        var made = await Released();
        var reply = (await Releaser.Do($"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "returned", "BANK-9", "账户已销户"))).Is(200);
        Assert.Equal("completed", reply.Text("status"));
        var payout = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        Assert.Equal("returned", payout.Text("status"));
        Assert.Equal("账户已销户", payout.Text("returnReason"));
        var row = Assert.Single((await Finance.Get($"/api/payment-batches?limit=1", reply.Position)).Is(200).Items)!;
        Assert.Equal((1, 0), ((int)row["returned"]!, (int)row["settled"]!));
    }

    [Theory]
    [InlineData(1, "120000.00")]
    [InlineData(4, "84000.00")]
    [InlineData(10, "12000.00")]
    public async Task A_disability_is_paid_by_its_grade(int grade, string amount) => Assert.Equal(amount, (await Assessed(grade: grade)).Amount);

    [Fact]
    public async Task After_a_death_the_claimant_is_paid()
    {
        var made = await Enrolled();
        var heir = Sample.NewPerson(born: "19880105");
        var reply = (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, heir, grade: null, kind: "accidentDeath", relation: "spouse"))).Is(201);
        Assert.Equal(heir.Name, (string)reply["account"]!["holder"]!);
        Assert.Equal(heir.Name, (string)reply["claimant"]!["person"]!["name"]!);
        Assert.Equal("spouse", (string)reply["claimant"]!["relation"]!);
        Assert.Equal(made.Person.Name, (string)reply["member"]!["name"]!);
        Assert.Equal(6, reply["missingDocuments"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_claim_can_be_refused_with_its_clause_or_taken_back()
    {
        var refused = await Submitted();
        var no = (await Approver.Do($"/api/claims/{refused.Claim}/refusal", new { reason = "not within the cover", clause = "clause 5" })).Is(200);
        Assert.Equal(("refused", "clause 5", "li"), (no.Text("status"), no.Text("decisionClause"), no.Text("decidedBy")));

        var withdrawn = await Submitted();
        var back = (await Officer.Do($"/api/claims/{withdrawn.Claim}/withdrawal", new { reason = "asked by the member" })).Is(200);
        Assert.Equal("withdrawn", back.Text("status"));
        (await Officer.Post("/api/claims", Sample.Claim(withdrawn.Enrolment, withdrawn.Person))).Is(201);   // the incident is free again
    }

    [Fact]
    public async Task The_seeded_case_is_there_at_the_first_request()
    {
        var programme = (await Officer.Get($"/api/programmes/{Sample.SeededPlan}")).Is(200);
        Assert.Equal(10000, (int)programme["quota"]!);
        Assert.Equal("1200000.00", programme.Text("budget"));
        Assert.Equal(("6206", "武威市", 700), ((string)programme["allocations"]![0]!["region"]!, (string)programme["allocations"]![0]!["name"]!, (int)programme["allocations"]![0]!["places"]!));

        var claims = await All(Auditor, $"/api/claims?programme={Sample.SeededPlan}");
        var seeded = claims.Last();   // newest first, and it was the first
        Assert.Equal(("approved", "120000.00", "sample-approver-gansu"), ((string)seeded["status"]!, (string)seeded["approvedAmount"]!, (string)seeded["decidedBy"]!));
        var payout = (await Auditor.Get($"/api/payouts/{(string)seeded["payout"]!}")).Is(200);
        Assert.Equal(("settled", "SAMPLE-BANK-0001"), (payout.Text("status"), payout.Text("bankReference")));
    }

    [Fact]
    public async Task A_plan_shows_what_it_assumes()
    {
        var row = (await All(Officer, "/api/plans")).Single(item => (string)item["code"]! == Sample.SeededPlan);
        Assert.True((bool)row["assumed"]!);
        var plan = (await Officer.Get($"/api/plans/{Sample.SeededPlan}")).Is(200);
        Assert.Equal(1, (int)plan["latestVersion"]!);
        var version = (await Officer.Get($"/api/plans/{Sample.SeededPlan}/versions/1")).Is(200);
        Assert.Equal(["benefits", "caps", "eligibility", "documents"], version["assumed"]!.AsArray().Select(part => (string)part!["path"]!));
        Assert.All(version["assumed"]!.AsArray(), part => Assert.NotEmpty((string)part!["because"]!));
        Assert.Equal("120000.00", (string)version["card"]!["caps"]!["perPeriod"]!);
        Assert.Equal((string)row["ruleHash"]!, version.Text("ruleHash"));
        (await Officer.Get($"/api/plans/{Sample.SeededPlan}/versions/2")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task A_programme_is_opened_and_its_places_are_allocated()
    {
        var code = Sample.NewCode("sample");
        var opened = (await PlanAdmin.Post("/api/programmes", Sample.Programme(code, 100))).Is(201);
        AssertCreated(opened, "/api/programmes/");
        Assert.Equal("12000.00", opened.Text("budget"));
        var allocated = (await PlanAdmin.Post($"/api/programmes/{code}/allocations", new { region = "6206", places = 40 }, opened.ETag)).Is(200);
        Assert.Equal(40, (int)allocated["allocations"]![0]!["places"]!);
        var row = (await All(Officer, $"/api/programmes?plan={Sample.SeededPlan}", minPosition: allocated.Position)).Single(item => (string)item["code"]! == code);
        Assert.Equal((100, 40, "62"), ((int)row["quota"]!, (int)row["allocated"]!, (string)row["region"]!));
    }

    [Fact]
    public async Task A_plan_version_is_published_once_and_binds_later_programmes()
    {
        var code = Sample.NewCode("plan");
        var first = (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        AssertCreated(first, "/api/plans/");
        await ChangesNothing(() => PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version()));
        (await SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/confirmation")).Is(200);
        await ChangesNothing(() => PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version()));
        var second = await Publish(code, Cards.Version("2025-06-01", "60000.00"), 2);
        Assert.Equal(2, (int)second["latestVersion"]!);

        var programme = await OpenProgramme(plan: code);   // begins before version 2 does
        var made = await Assessed(programme);
        Assert.Equal("50000.00", made.Amount);
        Assert.Equal(1, (int)(await Officer.Get($"/api/claims/{made.Claim}")).Is(200)["planVersion"]!);
    }

    [Fact]
    public async Task A_person_enrols_directly_under_a_plan_whose_cover_starts_the_next_day()
    {
        var code = Sample.NewCode("plan");
        await Publish(code, Cards.Version(start: "nextDay"));
        var person = Sample.NewPerson();
        var body = new { plan = code, person = new { name = person.Name, idNumber = person.IdNumber, occupation = "货车司机", region = "620600", phone = person.Phone } };
        var enrolled = (await Api.As("wang", "officer", "6206").Post("/api/enrolments", body)).Is(201);
        Assert.Equal(("truckDriver", "6206"), (enrolled.Text("occupation"), enrolled.Text("region")));
        Assert.Equal("member", (string)enrolled["funding"]![0]!["payer"]!);
        Assert.True(string.CompareOrdinal(enrolled.Text("coverFrom"), enrolled.Text("coverTo")) < 0);
        Assert.Null(enrolled["programme"]);
    }

    [Fact]
    public async Task Every_event_is_told_as_a_cloud_event_in_feed_order()
    {
        var made = await Settled();
        var seen = new List<JsonNode>();
        for (var after = "0.0.0"; ;)
        {
            var page = (await Auditor.Get($"/api/audit/events?after={after}&limit=37")).Is(200);
            seen.AddRange(page["events"]!.AsArray().Select(item => item!));
            if (page["next"] is null) break;
            after = page.Text("next");
        }
        Assert.Equal(await Api.Events(), seen.Count);
        Assert.Equal(seen.Count, seen.Select(item => (string)item["id"]!).Distinct().Count());
        var positions = seen.Select(item => Ports.FeedPosition.TryParse((string)item["position"]!, out var position, out _) ? position : default).ToList();
        Assert.Equal(positions.Order(), positions);
        Assert.All(seen, item =>
        {
            Assert.Equal("1.0", (string)item["specversion"]!);
            foreach (var member in (string[])["id", "source", "type", "subject", "time", "datacontenttype", "user", "causation", "correlation", "role"])
                Assert.NotEmpty((string)item[member]!);
            Assert.Matches("^[a-z0-9]+$", string.Concat(item.AsObject().Select(member => member.Key)));   // CloudEvents 1.0: names are lower-case letters and digits
            Assert.IsType<JsonObject>(item["data"]);
            Assert.Matches(InstantText(), (string)item["time"]!);
        });
        Assert.Equal(
            ["claim_submitted", "document_received", "document_received", "document_received", "document_received", "claim_assessed", "claim_approved"],
            seen.Where(item => (string)item["subject"]! == made.Claim).Select(item => (string)item["type"]!));
    }

    [Fact]
    public async Task The_log_is_narrowed_by_stream_type_user_and_time()
    {
        var made = await Assessed();
        var stream = (await Auditor.Get($"/api/audit/events?stream={made.Claim}")).Is(200)["events"]!.AsArray();
        Assert.Equal(6, stream.Count);
        Assert.Equal(["claim_assessed"], (await Auditor.Get($"/api/audit/events?stream={made.Claim}&user=chen")).Is(200)["events"]!.AsArray().Select(item => (string)item!["type"]!));
        Assert.Equal(4, (await Auditor.Get($"/api/audit/events?stream={made.Claim}&type=document_received")).Is(200)["events"]!.AsArray().Count);
        var last = (string)stream[^1]!["time"]!;
        Assert.Equal("claim_assessed", (string)Assert.Single((await Auditor.Get($"/api/audit/events?stream={made.Claim}&from={last}")).Is(200)["events"]!.AsArray())!["type"]!);
        Assert.Equal(5, (await Auditor.Get($"/api/audit/events?stream={made.Claim}&to={last}")).Is(200)["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_stream_tells_who_did_what_when_and_why()
    {
        var made = await Assessed();
        var reply = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200);
        Assert.Equal(("claim", 6, "\"6\""), (reply.Text("streamType"), (int)reply["version"]!, reply.ETag));
        var events = reply["events"]!.AsArray();
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Select(item => (int)item!["version"]!));
        Assert.Equal(("wang", "SubmitClaim", "officer", "620602"),
            ((string)events[0]!["user"]!, (string)events[0]!["causation"]!, (string)events[0]!["role"]!, (string)events[0]!["region"]!));
        Assert.Equal(("chen", "AssessClaim"), ((string)events[5]!["user"]!, (string)events[5]!["causation"]!));
        var before = (await Auditor.Get($"/api/audit/streams/{made.Claim}?asOf={(string)events[4]!["time"]!}")).Is(200);
        Assert.Equal(5, (int)before["version"]!);
    }

    [Fact]
    public async Task A_claim_not_yet_assessed_has_nothing_to_replay()
    {
        var made = await Submitted();
        var reply = (await Auditor.Get($"/api/audit/claims/{made.Claim}/replay")).Is(200);
        Assert.True((bool)reply["identical"]!);
        Assert.Null(reply["recorded"]);
    }

    [Fact]
    public async Task Finance_counts_payouts_by_every_dimension_as_of_any_moment()
    {
        var programme = await OpenProgramme();
        var other = await Approved(programme, grade: 10, region: "620102");
        var made = await Approved(programme, grade: 4);
        var ordered = (await Auditor.Get($"/api/audit/streams/{made.Payout}")).Is(200)["events"]![0]!;
        var month = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("orderedOn")[..7];
        var position = (string)ordered["position"]!;
        Task<Reply> Ask(string query) => Finance.Get($"/api/finance/payouts?programme={programme}&{query}", position);

        var all = (await Ask("by=plan,programme,region,month,status,benefit")).Is(200);
        Assert.Equal(("2", "96000.00"), (all["total"]!["count"]!.ToJsonString(), (string)all["total"]!["amount"]!));
        Assert.NotNull(all["position"]);
        Assert.Matches(InstantText(), all.Text("asOf"));
        var row = all["rows"]!.AsArray().Single(item => (string)item!["region"]! == "620602")!;
        Assert.Equal(
            (Sample.SeededPlan, programme, month, "ordered", "disability", 1, "84000.00"),
            ((string)row["plan"]!, (string)row["programme"]!, (string)row["month"]!, (string)row["status"]!, (string)row["benefit"]!, (int)row["count"]!, (string)row["amount"]!));
        foreach (var dimension in (string[])["plan", "programme", "month", "status", "benefit"])
            Assert.Equal((2, "96000.00"), One((await Ask($"by={dimension}")).Is(200)));
        Assert.Equal(2, (await Ask("by=region")).Is(200)["rows"]!.AsArray().Count);
        Assert.Equal((2, "96000.00"), One((await Ask("")).Is(200)));
        Assert.Equal((1, "84000.00"), One((await Ask("region=6206")).Is(200)));
        Assert.Equal((1, "12000.00"), One((await Api.As("f", "finance", "6201").Get($"/api/finance/payouts?programme={programme}", position)).Is(200)));

        var today = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("orderedOn");
        Assert.Equal(2, Total(await Ask($"from={today}&to={today}")));
        Assert.Equal(0, Total(await Ask("to=2020-01-01")));
        Assert.Equal(0, Total(await Ask("from=2999-01-01")));

        var before = (string)(await Auditor.Get($"/api/audit/streams/{made.Enrolment}")).Is(200)["events"]![0]!["time"]!;
        var between = (string)ordered["time"]!;
        var authorised = (await Finance.Do($"/api/payouts/{made.Payout}/authorisation")).Is(200);
        position = authorised.Position!;
        Assert.Equal((1, 1), (Total(await Ask("status=authorised")), Total(await Ask("status=ordered"))));
        Assert.Equal((0, 2), (Total(await Ask($"status=authorised&asOf={between}")), Total(await Ask($"status=ordered&asOf={between}"))));
        Assert.Equal(1, Total(await Ask($"asOf={before}")));
        Assert.Equal(before, (await Ask($"asOf={before}")).Text("asOf"));
        Assert.NotEqual(other.Payout, made.Payout);

        (await Ask("by=plan,colour")).IsProblemOf(422, "invalid-request", "by");
        (await Ask("by=plan,plan")).IsProblemOf(422, "invalid-request", "by");
        (await Ask("status=lost")).IsProblemOf(422, "invalid-request", "status");
    }

    private static int Total(Reply reply) => (int)reply.Is(200)["total"]!["count"]!;

    private static (int, string) One(Reply reply) => ((int)reply["rows"]![0]!["count"]!, (string)reply["rows"]![0]!["amount"]!);

    private static void AssertCreated(Reply reply, string path)
    {
        Assert.StartsWith(path, reply.Location);
        Assert.Matches("^\"[1-9][0-9]*\"$", reply.ETag);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+$", reply.Position);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$")]
    private static partial Regex InstantText();
}

/// <summary>Plan cards for tests.</summary>
public static class Cards
{
    public static object Version(string effectiveFrom = "2025-01-01", string perUnit = "50000.00", string start = "programmePeriod", string price = "120.00", int maxUnits = 2) => new
    {
        effectiveFrom,
        card = new
        {
            format = 2,
            name = new { zh = "样例计划", en = "Sample plan" },
            organiser = "Sample organiser",
            sources = new[] { "made up for a test" },
            eligibility = new { maxUnits },
            prices = new[] { new { perUnit = price } },
            cover = new { start, months = 12 },
            benefits = new[] { new { kind = "disability", clause = "sample clause", byGrade = new { table = "jrt-0083-2013", perUnit } } },
            caps = new { perPeriod = perUnit },
            documents = new { disability = Sample.DisabilityDocuments },
        },
    };
}
