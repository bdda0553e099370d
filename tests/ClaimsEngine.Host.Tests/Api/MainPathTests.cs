using System.Text;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A case from enrolment to the bank's answer, as api.md tells it, each step by another person.</summary>
public sealed class MainPathTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_case_goes_from_enrolment_to_a_settled_payout()
    {
        var person = Sample.NewPerson();

        var enrolled = (await Api.As("officer-a", "officer", "620602").Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan)))
            .IsCreated("/api/enrolments/");
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

        var submitted = (await Api.As("officer-b", "officer", "620602").Post("/api/claims", Sample.Claim(enrolled.Text("id"), person)))
            .IsCreated("/api/claims/");
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
            var received = (await Api.As("officer-c", "officer", "620602")
                .Post($"{claim}/documents", Sample.Document(Sample.DisabilityDocuments[sent]), etag)).Is(200);
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
        Assert.Equal(["benefits.disability", "benefits.disability.table", "caps.perPeriod", "payable"],
            steps.Select(step => (string)step!["rule"]!));
        Assert.All(steps, step =>
        {
            foreach (var member in (string[])["rule", "input", "output", "text", "textZh", "clause"])
                Assert.NotEmpty((string)step![member]!);
            Assert.True((bool)step!["assumed"]!);
        });
        Assert.Equal("120000.00", (string)steps[^1]!["output"]!);

        var approved = (await Api.As("approver-e", "approver", "6206")
            .Post($"{claim}/approval", new { amount = "120000.00", reason = "材料齐全" }, assessed.ETag)).Is(200);
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

        var batched = (await Api.As("finance-g", "finance", "62")
            .Post("/api/payment-batches", new { payouts = new[] { approved.Text("payoutId") } })).IsCreated("/api/payment-batches/");
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
        Assert.Equal(
            $"1,{approved.Text("payoutId")},{batched.Text("number")},{person.Name},{person.Card},样例银行凉州支行,120000.00,CNY,"
            + submitted.Text("number"), Assert.Single(lines[1..]));
        Assert.Equal(file.Body, (await Finance.Get($"{batched.Location}/file")).Is(200).Body);

        var result = Result(approved.Text("payoutId"), "settled", "BANK-77");
        var settled = (await Api.As("finance-h", "finance", "62").Post($"{batched.Location}/results", result, released.ETag)).Is(200);
        Assert.Equal("completed", settled.Text("status"));
        Assert.Equal("settled", (string)settled["lines"]![0]!["outcome"]!);
        var paid = (await Finance.Get(payout)).Is(200);
        Assert.Equal("settled", paid.Text("status"));
        Assert.Equal("BANK-77", paid.Text("bankReference"));

        var row = Assert.Single((await Finance.Get($"/api/payouts?claim={submitted.Text("id")}", settled.Position)).Is(200).Items)!;
        Assert.Equal("settled", (string)row["status"]!);
        Assert.Equal("120000.00", (string)row["amount"]!);
        var claimRows = (await Officer.Get($"/api/claims?number={submitted.Text("number")}", settled.Position)).Is(200).Items;
        var claimRow = Assert.Single(claimRows)!;
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
        var result = Result(made.Payout, "returned", "BANK-9", "账户已销户");
        var reply = (await Releaser.Do($"/api/payment-batches/{made.Batch}/results", result)).Is(200);
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
    public async Task A_disability_is_paid_by_its_grade(int grade, string amount) =>
        Assert.Equal(amount, (await Assessed(grade: grade)).Amount);

    [Fact]
    public async Task After_a_death_the_claimant_is_paid()
    {
        var made = await Enrolled();
        var heir = Sample.NewPerson(born: "19880105");
        var reply = (await Officer.Post("/api/claims",
            Sample.Claim(made.Enrolment, heir, grade: null, kind: "accidentDeath", relation: "spouse"))).Is(201);
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
        var no = (await Approver.Do($"/api/claims/{refused.Claim}/refusal",
            new { reason = "not within the cover", clause = "clause 5" })).Is(200);
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
        var allocation = programme["allocations"]![0]!;
        Assert.Equal(("6206", "武威市", 700), ((string)allocation["region"]!, (string)allocation["name"]!, (int)allocation["places"]!));

        var claims = await All(Auditor, $"/api/claims?programme={Sample.SeededPlan}");
        var seeded = claims.Last();   // newest first, and it was the first
        Assert.Equal(
            ("approved", "120000.00", "sample-approver-gansu"),
            ((string)seeded["status"]!, (string)seeded["approvedAmount"]!, (string)seeded["decidedBy"]!));
        var payout = (await Auditor.Get($"/api/payouts/{(string)seeded["payout"]!}")).Is(200);
        Assert.Equal(("settled", "SAMPLE-BANK-0001"), (payout.Text("status"), payout.Text("bankReference")));
    }
}
