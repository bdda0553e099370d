using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>After a death several heirs share the benefit, each with a payout.</summary>
public sealed class HeirsTests(ApiFixture api) : ApiTest(api)
{
    private const string Amount = "119999.99";   // a third of it is no whole fen

    [Fact]
    public async Task Three_heirs_are_paid_a_third_each_and_their_payouts_sum_to_the_benefit()
    {
        var programme = await OpenProgramme();
        var made = await Enrolled(programme);
        Sample.Person[] heirs = [Sample.NewPerson(), Sample.NewPerson(), Sample.NewPerson()];
        var body = Death(made, heirs[0], Thirds(heirs));
        var submitted = (await Officer.Post("/api/claims", body, key: $"heirs-{made.Enrolment}")).IsCreated("/api/claims/");
        Assert.Equal(submitted.Body, (await Officer.Post("/api/claims", body, key: $"heirs-{made.Enrolment}")).Is(201).Body);
        var claim = submitted.Location!;
        Assert.Null(submitted["account"]);
        Assert.Empty(submitted["payouts"]!.AsArray());
        Assert.Equal(heirs.Select(heir => (heir.Name, "child", 1, 3)), HeirsOf(submitted).Select(heir => ((string)heir["person"]!["name"]!,
            (string)heir["relation"]!, (int)heir["share"]!["numerator"]!, (int)heir["share"]!["denominator"]!)));
        foreach (var (heir, shown) in heirs.Zip(HeirsOf(submitted)))
        {
            Assert.EndsWith(heir.Card[^4..], (string)shown["account"]!["number"]!);
            Assert.DoesNotContain(heir.Card, submitted.Body);
            Assert.Null(shown["amount"]);
            Assert.Null(shown["payoutId"]);
        }
        (await Api.As("far", "officer", "11").Get(claim)).IsProblemOf(404, "not-found");

        await ToAssessment(claim);
        var approved = (await Approver.Do($"{claim}/approval", Consent(Amount))).Is(200);
        Assert.Equal(("approved", Amount), (approved.Text("status"), approved.Text("approvedAmount")));
        Assert.Null(approved["payoutId"]);
        Assert.Equal(["40000.00", "40000.00", "39999.99"], HeirsOf(approved).Select(heir => (string)heir["amount"]!));
        string[] payouts = [.. approved["payouts"]!.AsArray().Select(payout => (string)payout!)];
        Assert.Equal(payouts, HeirsOf(approved).Select(heir => (string)heir["payoutId"]!));
        Assert.Equal(3, payouts.Distinct().Count());
        await ChangesNothing(() => Approver.Do($"{claim}/approval", Consent(Amount)));
        Assert.Equal(Amount, (await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200).Text("benefitUsed"));
        Assert.Equal(3L, await LiveKeys(submitted.Text("id")));

        foreach (var (payout, heir) in payouts.Zip(heirs))
        {
            var ordered = (await Finance.Get($"/api/payouts/{payout}")).Is(200);
            Assert.Equal((heir.Name, submitted.Text("id")), (ordered.Text("payee"), ordered.Text("claimId")));
            Assert.EndsWith(heir.Card[^4..], (string)ordered["account"]!["number"]!);
            await Refused(() => Api.As("li", "finance", "62").Do($"/api/payouts/{payout}/authorisation"), 403, "four-eyes");
            (await Finance.Do($"/api/payouts/{payout}/authorisation")).Is(200);
        }
        var batch = (await Finance.Post("/api/payment-batches", new { payouts })).Is(201);
        Assert.Equal(Amount, batch.Text("total"));
        (await Releaser.Do($"{batch.Location}/release")).Is(200);
        var file = (await Finance.Get($"{batch.Location}/file?format=csv")).Is(200);
        Assert.Equal(heirs.Zip(["40000.00", "40000.00", "39999.99"]).Select(heir => $"{heir.First.Name},{heir.First.Card},{heir.Second}"),
            file.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(','))
                .Select(line => $"{line[3]},{line[4]},{line[6]}"));
        (await Releaser.Do($"{batch.Location}/results", new
        {
            lines = new object[]
            {
                new { payoutId = payouts[0], outcome = "settled", bankReference = "H-1" },
                new { payoutId = payouts[1], outcome = "returned", bankReference = "H-2", reason = "账户已销户" },
                new { payoutId = payouts[2], outcome = "settled", bankReference = "H-3" },
            },
        })).Is(200);

        // one heir's transfer came back: it alone is ordered anew, to an account of that heir's own
        await Refused(() => Finance.Do($"/api/payouts/{payouts[1]}/reissue", Sample.Reissue(heirs[0])), 422, "account-not-own",
            "account.holder");
        await Refused(() => Finance.Do($"/api/payouts/{payouts[0]}/reissue", Sample.Reissue(heirs[0])), 409, "wrong-state");
        var anew = (await Finance.Do($"/api/payouts/{payouts[1]}/reissue", Sample.Reissue(heirs[1]))).Is(200).Text("reissuedAs");
        Assert.Equal(3L, await LiveKeys(submitted.Text("id")));
        // the account has just been changed, so two people authorise it
        foreach (var by in (Caller[])[Releaser, Api.As("tang", "finance", "62")])
            (await by.Do($"/api/payouts/{anew}/authorisation")).Is(200);
        var second = (await Releaser.Post("/api/payment-batches", new { payouts = new[] { anew } })).Is(201).Location;
        (await Api.As("feng", "finance", "62").Do($"{second}/release")).Is(200);
        var last = (await Finance.Do($"{second}/results", Result(anew, "settled", "H-4"))).Is(200);

        var totals = (await Finance.Get($"/api/finance/payouts?programme={programme}&by=status", last.Position)).Is(200);
        Assert.Equal((3, Amount), ((int)totals["total"]!["count"]!, (string)totals["total"]!["amount"]!));
        Assert.Equal("settled", (string)Assert.Single(totals["rows"]!.AsArray())!["status"]!);
        var rows = await All(Finance, $"/api/payouts?claim={submitted.Text("id")}", minPosition: last.Position);
        Assert.Equal(4, rows.Count);
        Assert.Equal(3, rows.Count(row => (string)row["status"]! == "settled"));
        Assert.True((bool)(await Auditor.Get($"/api/audit/claims/{submitted.Text("id")}/replay")).Is(200)["identical"]!);
        foreach (var table in (string[])["claims", "payouts", "enrolments", "payment_batches"])
            Assert.True((await Api.Storage.Upkeep.Verify(table, cancellation: TestContext.Current.CancellationToken)).Equal, table);
        var told = (await Auditor.Get($"/api/audit/streams/{submitted.Text("id")}")).Is(200).Body;
        Assert.All(heirs, heir => Assert.DoesNotContain(heir.Name, told));
        Assert.All(heirs, heir => Assert.DoesNotContain(heir.IdNumber, told));
        Assert.All(heirs, heir => Assert.DoesNotContain(heir.Card, told));
    }

    [Fact]
    public async Task Approvers_who_approve_at_once_order_each_heirs_payout_once()
    {
        var (claim, _) = await AssessedWithHeirs();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number =>
            Api.As($"approver-{number}", "approver", "62").Do($"{claim}/approval", Consent(Amount))));
        Assert.Contains(answers, answer => answer.Status == 200);
        // who read before the others had approved meets their payouts; who read in between, their use of the cap
        Assert.All(answers, answer =>
            Assert.True(answer.Status == 200 || answer.Code is "payout-live" or "assessment-outdated", $"{answer}"));
        Assert.Single(answers.Where(answer => answer.Status == 200).Select(answer => answer["payouts"]!.ToJsonString()).Distinct());
        Assert.Equal(3L, await Api.Ask("SELECT count(*) FROM claims.mt_events WHERE type = 'payout_ordered' AND data->>'claim' = $1",
            claim.Split('/')[^1]));
    }

    [Fact]
    public async Task An_heir_whose_share_is_less_than_a_fen_has_no_payout()
    {
        var (claim, _) = await AssessedWithHeirs();
        var approved = (await Approver.Do($"{claim}/approval", Consent("0.02"))).Is(200);
        Assert.Equal(["0.01", "0.01", "0.00"], HeirsOf(approved).Select(heir => (string)heir["amount"]!));
        Assert.Equal(2, approved["payouts"]!.AsArray().Count);
        Assert.Null(HeirsOf(approved)[2]["payoutId"]);
    }

    [Fact]
    public async Task A_claimant_beside_the_heirs_is_not_paid_and_the_account_is_not_kept()
    {
        var made = await Enrolled();
        Sample.Person[] heirs = [Sample.NewPerson(), Sample.NewPerson()];
        var claimant = Sample.NewPerson();
        var submitted = (await Officer.Post("/api/claims", Death(made, claimant,
            [Sample.Heir(heirs[0], 2, 3, "spouse"), Sample.Heir(heirs[1], 1, 3)]))).Is(201);
        Assert.Equal(claimant.Name, (string)submitted["claimant"]!["person"]!["name"]!);
        Assert.Equal(heirs.Select(heir => heir.Name), HeirsOf(submitted).Select(heir => (string)heir["person"]!["name"]!));
        var person = (string)submitted["claimant"]!["person"]!["id"]!;
        Assert.Empty((await Officer.Get($"/api/members/{person}")).Is(200)["accounts"]!.AsArray());
        await ToAssessment(submitted.Location!);
        var approved = (await Approver.Do($"{submitted.Location}/approval", Consent(Amount))).Is(200);
        Assert.Equal(["79999.99", "40000.00"], HeirsOf(approved).Select(heir => (string)heir["amount"]!));
    }

    [Fact]
    public async Task A_reclassified_death_keeps_its_heirs()
    {
        var (claim, heirs) = await AssessedWithHeirs();
        var corrected = (await Officer.Do($"{claim}/reclassification",
            new { incident = new { kind = "accidentDeath", date = "2025-10-19" }, reason = "死亡证明日期更正" })).Is(200);
        Assert.Equal(heirs.Select(heir => heir.Name), HeirsOf(corrected).Select(heir => (string)heir["person"]!["name"]!));
    }

    [Fact]
    public async Task One_payee_is_shown_as_before_and_in_the_list_of_payouts()
    {
        var made = await Approved();
        var shown = (await Officer.Get($"/api/claims/{made.Claim}")).Is(200);
        Assert.Equal(made.Payout, (string)Assert.Single(shown["payouts"]!.AsArray())!);
        Assert.Null(shown["heirs"]);
        Assert.NotNull(shown["account"]);
    }

    [Fact]
    public async Task Every_refusal_names_its_field()
    {
        var (made, heirs) = (await Enrolled(), new[] { Sample.NewPerson(), Sample.NewPerson(), Sample.NewPerson() });
        await Enrolled(person: Sample.NewPerson() with { Name = "别名样例", IdNumber = heirs[2].IdNumber });
        async Task Asked(string code, string field, Action<JsonArray> change, int status = 422)
        {
            var body = JsonSerializer.SerializeToNode(Death(made, heirs[0], [Sample.Heir(heirs[0], 1, 2), Sample.Heir(heirs[1], 1, 2)]),
                JsonSerializerOptions.Web)!.AsObject();
            change(body["heirs"]!.AsArray());
            await Refused(() => Officer.Post("/api/claims", body.ToJsonString()), status, code, field);
        }
        await Asked("shares-not-whole", "heirs", all => all[0]!["share"]!["numerator"] = 2);
        await Asked("shares-not-whole", "heirs", all => all[0]!["share"]!["denominator"] = 3);
        await Asked("invalid-request", "heirs.0.share.numerator", all => all[0]!["share"]!["numerator"] = 0);
        await Asked("invalid-request", "heirs.1.share.numerator", all => all[1]!["share"]!["numerator"] = -1);
        await Asked("invalid-request", "heirs.0.share.numerator", all => all[0]!["share"]!["numerator"] = 1_001);
        await Asked("invalid-request", "heirs.0.share.denominator", all => all[0]!["share"]!["denominator"] = 0);
        await Asked("invalid-request", "heirs.0.share.denominator", all => all[0]!["share"]!["denominator"] = 1_001);
        await Asked("invalid-request", "heirs.0.share.denominator", all => all[0]!["share"]!["denominator"] = 0.5);
        await Asked("invalid-request", "heirs.0.share.denominator", all => all[0]!["share"]!["denominator"] = long.MaxValue);
        await Asked("invalid-request", "heirs.0.share", all => all[0]!["share"] = "1/2");
        await Asked("invalid-request", "heirs.0.share", all => all[0]!.AsObject().Remove("share"));
        await Asked("invalid-request", "heirs", all => all.Clear());
        await Asked("invalid-request", "heirs", all => all.RemoveAt(1));
        await Asked("invalid-request", "heirs", all =>
        {
            while (all.Count < 200) all.Add(all[0]!.DeepClone());
        });
        await Asked("invalid-request", "heirs.1.idNumber", all => all[1] = all[0]!.DeepClone());
        await Asked("invalid-request", "heirs.0.name", all => all[0]!["name"] = "别名");
        await Asked("invalid-request", "heirs.0.relation", all => all[0]!["relation"] = "spouse");
        await Asked("invalid-request", "heirs.0.account", all => all[0]!["account"]!["number"] = Sample.NewCard());
        await Asked("invalid-request", "heirs.1.account.number", all => all[1]!["account"]!["number"] = "1");
        await Asked("invalid-request", "heirs.1.idNumber", all => all[1]!["idNumber"] = "1");
        await Asked("account-not-own", "heirs.1.account.holder", all => all[1]!["account"]!["holder"] = heirs[0].Name);
        await Asked("relation-mismatch", "heirs.1.relation", all => all[1]!["relation"] = "self");
        await Asked("relation-mismatch", "heirs.1.idNumber", all =>
            (all[1]!["name"], all[1]!["idNumber"], all[1]!["account"]!["holder"]) =
                (made.Person.Name, made.Person.IdNumber, made.Person.Name));
        await Asked("identity-mismatch", "heirs.1.name", all => all[1]!["idNumber"] = heirs[2].IdNumber, 409);

        var disabled = JsonSerializer.SerializeToNode(Sample.Claim(made.Enrolment, made.Person), JsonSerializerOptions.Web)!;
        disabled["heirs"] = JsonSerializer.SerializeToNode(Thirds(heirs), JsonSerializerOptions.Web);
        await Refused(() => Officer.Post("/api/claims", disabled.ToJsonString()), 422, "invalid-request", "heirs");
        var beside = Death(made, Sample.NewPerson(), [Sample.Heir(heirs[0], 1, 2), Sample.Heir(heirs[1], 1, 2)]);
        var without = JsonSerializer.SerializeToNode(beside, JsonSerializerOptions.Web)!;
        without["claimant"]!.AsObject().Remove("account");
        await Refused(() => Officer.Post("/api/claims", without.ToJsonString()), 422, "invalid-request", "claimant.account");
        without["claimant"]!["account"] = without["heirs"]![0]!["account"]!.DeepClone();
        await Refused(() => Officer.Post("/api/claims", without.ToJsonString()), 422, "account-not-own", "claimant.account.holder");
    }

    private static object[] Thirds(IEnumerable<Sample.Person> heirs) => [.. heirs.Select(heir => Sample.Heir(heir, 1, 3))];

    private static object Death(Case made, Sample.Person claimant, object[] heirs) => new
    {
        enrolmentId = made.Enrolment, incident = new { kind = "accidentDeath", date = "2025-10-20" }, claimant = Sample.Claimant(claimant),
        heirs,
    };

    private static object Consent(string amount) => new { amount, reason = "材料齐全" };

    private static JsonNode[] HeirsOf(Reply claim) => [.. claim["heirs"]!.AsArray().Select(heir => heir!)];

    private async Task<(string Claim, Sample.Person[] Heirs)> AssessedWithHeirs()
    {
        Sample.Person[] heirs = [Sample.NewPerson(), Sample.NewPerson(), Sample.NewPerson()];
        var claim = (await Officer.Post("/api/claims", Death(await Enrolled(), heirs[0], Thirds(heirs)))).Is(201).Location!;
        await ToAssessment(claim);
        return (claim, heirs);
    }

    private async Task ToAssessment(string claim)
    {
        foreach (var kind in Sample.DeathDocuments) (await Officer.Do($"{claim}/documents", Sample.Document(kind))).Is(200);
        Assert.Equal("120000.00", (await Api.As("chen", "officer", "620602").Do($"{claim}/assessment")).Is(200).Text("assessedAmount"));
    }

    private async Task<object?> LiveKeys(string claim) =>
        await Api.Ask("SELECT count(*) FROM claims.unique_keys WHERE scope = 'live-payout' AND value LIKE $1 || '/%/%'", claim);
}
