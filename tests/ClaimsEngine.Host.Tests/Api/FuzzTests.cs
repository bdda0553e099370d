using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>P14: whatever is sent to any use case, the answer is a 4xx problem that names what is wrong, and nothing is stored.</summary>
public sealed class FuzzTests(ApiFixture api) : ApiTest(api)
{
    /// <summary>A body that each use case would take, by the name of its command.</summary>
    private async Task<Dictionary<string, (string Path, JsonObject Body)>> Good()
    {
        var made = await Released();
        var (open, assessed, approved, batched) = (await Submitted(), await Assessed(), await Approved(), await Batched());
        var (refused, appealed) = (await Appealable(), await Appealable());
        (await Officer.Do($"/api/claims/{appealed}/appeal", new { reason = "r" })).Is(200);
        var (programme, proposed) = (await OpenProgramme(), Sample.NewCode("plan"));
        (await PlanAdmin.Put($"/api/plans/{proposed}/versions/1", Cards.Version())).Is(201);
        var pending = (await Enrolled(await OpenSharedProgramme())).Enrolment;
        var webhook = await IdleWebhook();
        // An empty region is the whole country, and no fault. That it is told already makes it one.
        (await Operator.Post("/api/webhooks",
            new { url = "https://platform.invalid/fuzz", events = new[] { "claim.expired" }, region = "" })).Is(201);
        var member = (string)(await Officer.Get($"/api/enrolments/{open.Enrolment}")).Is(200)["member"]!["id"]!;
        return new()
        {
            ["ProposePlanVersion"] = ($"/api/plans/{Sample.NewCode("plan")}/versions/1", Json(Cards.Version())),
            ["ConfirmPlanVersion"] = ($"/api/plans/{proposed}/versions/1/confirmation", []),
            ["RejectPlanVersion"] = ($"/api/plans/{proposed}/versions/1/rejection", Json(new { reason = "r" })),
            ["OpenProgramme"] = ("/api/programmes", Json(Sample.Programme(Sample.NewCode("never")))),
            ["AllocatePlaces"] = ($"/api/programmes/{programme}/allocations", Json(new { region = "6206", places = 1 })),
            ["RegisterEmployer"] = ("/api/employers", Json(Sample.AnEmployer(Sample.NewCode("employer")))),
            ["CountStaff"] = ($"/api/employers/{await RegisteredEmployer()}/staff", Json(new { staff = 7, women = 3 })),
            ["Enrol"] = ("/api/enrolments", Json(Sample.Enrolment(Sample.NewPerson(), programme))),
            ["CorrectPerson"] = ($"/api/members/{member}/correction", Json(new { name = "样例人新", phone = "000-0000-8888", reason = "r" })),
            ["RecordContribution"] = ($"/api/enrolments/{pending}/contributions", Json(Sample.Contribution())),
            ["CancelEnrolment"] = ($"/api/enrolments/{pending}/cancellation", Json(new { reason = "r" })),
            ["VoidEnrolment"] = ($"/api/enrolments/{pending}/voidance", Json(new { reason = "r", duplicateOf = open.Enrolment })),
            ["LapseEnrolment"] = ($"/api/enrolments/{pending}/lapse", Json(new { reason = "r" })),
            ["ChangeEmployer"] = ($"/api/enrolments/{pending}/employer", Json(new { employer = await RegisteredEmployer() })),
            ["ConfirmParticipation"] = ($"/api/enrolments/{pending}/participation", []),
            ["VoidClaimedEnrolment"] = ($"/api/enrolments/{pending}/voidance/approval",
                Json(new { reason = "r", duplicateOf = open.Enrolment })),
            ["SubmitClaim"] = ("/api/claims", ClaimOfHeirs(open)),
            ["AddDocument"] = ($"/api/claims/{open.Claim}/documents", Json(Sample.Document("other"))),
            ["ReclassifyClaim"] = ($"/api/claims/{open.Claim}/reclassification", new JsonObject
            {
                ["incident"] = ClaimWithEveryFact(open)["incident"]!.DeepClone(), ["reason"] = "r",
            }),
            ["AppealRefusal"] = ($"/api/claims/{refused}/appeal", Json(new { reason = "r" })),
            ["DecideAppeal"] = ($"/api/claims/{appealed}/appeal/decision", Json(new { outcome = "upheld", reason = "r", clause = "c" })),
            ["AssessClaim"] = ($"/api/claims/{assessed.Claim}/assessment", []),
            ["ApproveClaim"] = ($"/api/claims/{assessed.Claim}/approval", Json(new { amount = assessed.Amount, reason = "r" })),
            ["RefuseClaim"] = ($"/api/claims/{assessed.Claim}/refusal", Json(new { reason = "r", clause = "c" })),
            ["RequestSupplement"] = ($"/api/claims/{open.Claim}/supplement-requests",
                Json(new { kinds = new[] { "disabilityCertificate" }, text = "t" })),
            ["PassDeadline"] = ($"/api/claims/{open.Claim}/deadline", []),
            ["WithdrawClaim"] = ($"/api/claims/{open.Claim}/withdrawal", Json(new { reason = "r" })),
            ["ReissuePayout"] = ($"/api/payouts/{approved.Payout}/reissue", Json(Sample.Reissue(approved.Person))),
            ["AuthorisePayout"] = ($"/api/payouts/{approved.Payout}/authorisation", []),
            ["AssemblePaymentBatch"] = ("/api/payment-batches", Json(new { payouts = new[] { approved.Payout } })),
            ["ReleasePaymentBatch"] = ($"/api/payment-batches/{batched.Batch}/release", []),
            ["TellClaimant"] = ($"/api/claims/{open.Claim}/notices/{await NoticeOf(open.Claim)}/told", Json(new { how = "phone" })),
            ["RegisterWebhook"] = ("/api/webhooks",
                Json(new { url = "https://platform.invalid/fuzz", events = new[] { "claim.*" }, region = NobodysRegion })),
            ["RotateWebhookSecret"] = ($"/api/webhooks/{webhook}/secret", []),
            ["PauseWebhook"] = ($"/api/webhooks/{webhook}/pause", Json(new { reason = "r" })),
            ["ResumeWebhook"] = ($"/api/webhooks/{webhook}/resumption", []),
            ["RemoveWebhook"] = ($"/api/webhooks/{webhook}/removal", []),
            ["RecordPaymentResults"] = ($"/api/payment-batches/{made.Batch}/results", Json(Result(made.Payout, "settled"))),
        };
    }

    private async Task<string> Appealable()
    {
        var made = await Submitted();
        (await Approver.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" })).Is(200);
        return made.Claim;
    }

    private static JsonObject ClaimWithEveryFact(Case made)
    {
        var body = Json(Sample.Claim(made.Enrolment, made.Person, "2025-11-01"));
        body["incident"]!["admissions"] = new JsonArray(Json(new
        {
            admitted = "2025-11-01", discharged = "2025-11-03", hospitalGrade = 3, total = "100.00", inScope = "80.00", ownShare = "20.00",
        }));
        body["incident"]!["circumstances"] = new JsonArray("drunkDriving");
        body["settlement"] = Json(new { source = "样例市医保中心", number = "FUZZ-1" });
        body["incident"]!["otherPayments"] = new JsonArray(Json(new { source = "criticalRelief", amount = "1.00" }));
        return body;
    }

    /// <summary>The same facts of a death, with two heirs, of whom one claims.</summary>
    private static JsonObject ClaimOfHeirs(Case made)
    {
        var (body, heirs) = (ClaimWithEveryFact(made), new[] { Sample.NewPerson(), Sample.NewPerson() });
        body["incident"]!["kind"] = "accidentDeath";
        body["incident"]!.AsObject().Remove("grade");
        body["claimant"] = Json(Sample.Claimant(heirs[0]));
        body["heirs"] = new JsonArray([.. heirs.Select(heir => (JsonNode)Json(Sample.Heir(heir, 1, 2)))]);
        return body;
    }

    [Fact]
    public async Task P14_a_malformed_body_is_a_4xx_problem_on_every_route()
    {
        var good = await Good();
        var useCases = Engine.Modules.SelectMany(module => module.UseCases).ToList();
        Assert.Equal(useCases.Select(useCase => useCase.CommandType.Name).Order(), good.Keys.Order());
        var sent = 0;
        foreach (var useCase in useCases)
        {
            var (path, body) = good[useCase.CommandType.Name];
            var by = Api.As("fuzz", RoleNames.Name(useCase.Role), "");
            var before = await Api.Ledger();
            foreach (var bad in Malformed(body).Concat(Mutated(body)))
            {
                var key = sent % 2 == 0 ? null : $"fuzz-{sent}";
                var reply = await by.Send(by.Command(new HttpMethod(useCase.Method), path, bad, "*", key));
                var shown = $"{(bad is byte[] bytes ? Encoding.Latin1.GetString(bytes) : bad)}";
                Assert.True(reply.Status is >= 400 and < 500 && reply.IsProblem, $"{shown[..Math.Min(300, shown.Length)]}\n{reply}");
                Assert.True(reply.Status != 422 || reply.Fields.Count > 0,
                    $"no field is named: {shown[..Math.Min(300, shown.Length)]}\n{reply}");
                sent++;
            }
            Assert.Equal(before, await Api.Ledger());
        }
        Assert.True(sent > 1000, $"{sent} bodies");
    }

    [Fact]
    public async Task P14_amounts_too_large_to_reckon_with_are_refused()
    {
        var code = Sample.NewCode("plan");
        var card = Json(Cards.Version(perUnit: "9999999999999.99", price: "9999999999999.99"));
        card["card"]!["eligibility"]!["maxUnits"] = 100;
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/1", card), 422, "invalid-plan-card", "card.prices.0.perUnit");

        // the largest card there is, with the most places: all that is reckoned with is still money
        var largest = Json(Cards.Version(perUnit: "999999999.99", price: "999999999.99"));
        largest["card"]!["eligibility"]!["maxUnits"] = 100;
        await Publish(code, largest);
        var programme = Json(Sample.Programme(Sample.NewCode("largest"), 10_000_000, code));
        programme["funding"] = new JsonArray(new JsonObject { ["payer"] = "p", ["amount"] = "9999999999999.99" });
        await Refused(() => PlanAdmin.Post("/api/programmes", programme), 422, "funding-mismatch", "funding");
        programme["funding"] = new JsonArray([.. Enumerable.Range(0, 12_000).Select(payer =>
            (JsonNode)new JsonObject { ["payer"] = $"p{payer}", ["amount"] = "9999999999999.99" })]);
        await Refused(() => PlanAdmin.Post("/api/programmes", programme), 422, "invalid-request", "funding");
        programme["funding"] = new JsonArray(new JsonObject { ["payer"] = "p", ["amount"] = "999999999.99" });
        (await PlanAdmin.Post("/api/programmes", programme)).Is(201);
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2025-12-31T23:59:59.123456789Z")]
    [InlineData("2025-12-31T23:59:59%2B14:00")]
    public async Task Any_instant_is_a_moment_to_look_back_from(string asOf)
    {
        var reader = Api.As("reader", "officer,finance,auditor", "");
        foreach (var path in (string[])["/api/plans", "/api/claims", "/api/finance/payouts"])
            (await reader.Get($"{path}?asOf={asOf}")).Is(200);
        (await reader.Get($"/api/audit/events?limit=1&from={asOf}&to={asOf}")).Is(200);
    }

    private static IEnumerable<object> Malformed(JsonObject good)
    {
        foreach (var text in (string[])["{", "}", "[]", "7", "null", "true", "\"\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{'a':1}",
            "{} x", "NaN", "{\"a\":01}", "{\"\":1}", "<a/>", "a=1", "\uFEFF{}x"])
            yield return text;
        yield return new string('[', 10_000);
        yield return string.Concat(Enumerable.Repeat("{\"a\":", 5_000));
        yield return "{\"a\":" + new string('9', 100_000) + "}";
        yield return "{\"\\u0000\":1}";
        yield return "{\"\\ud800\":1}";
        yield return (byte[])[0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D];   // {"..":1} that is not UTF-8
        yield return Encoding.Unicode.GetBytes("{\"a\":1}");
        yield return (byte[])[0];
        var whole = good.ToJsonString();
        if (good.Count > 0) yield return whole[..^1];
        yield return whole + whole;
        yield return good.Count > 0 ? whole[..^1] + ",\"unknown\":1}" : "{\"unknown\":1}";
    }

    /// <summary>The good body with one member at a time made wrong, at any depth.</summary>
    private static IEnumerable<object> Mutated(JsonObject good)
    {
        foreach (var path in Paths(good, []))
        {
            foreach (var wrong in (string[])["\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "{}", "{\"unknown\":1}", "[]", "[[]]",
                "[null]", "true", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"  \""])
            {
                // the mark keeps its place in the text until the wrong value, which no JSON library would write, stands there
                var copy = JsonNode.Parse(good.ToJsonString())!.AsObject();
                Set(copy, path, "\u2407mark");
                var text = copy.ToJsonString(ClaimsJson.Options).Replace("\"\u2407mark\"", wrong);
                if (!StillGood(path, wrong)) yield return text;
            }
            var without = JsonNode.Parse(good.ToJsonString())!.AsObject();
            if (Remove(without, path) && !Optional(path)) yield return without.ToJsonString();
        }
    }

    /// <summary>What the card or the request allows after all.</summary>
    private static bool StillGood(object[] path, string wrong) =>
        path is ["card", "benefits", _, "clause"] or ["card", "documents", "disability", _] && wrong == "\"  \""
        || path is ["card", "eligibility" or "caps"] && wrong == "{}"
        || path is ["name"] && wrong is "\"\"" or "\"  \""
        || path is ["clause"] && wrong is "\"\"" or "\"  \""
        || path is ["text"] && wrong is "\"\"" or "\"  \""
        || path is ["person", "occupation"] && wrong == "\"worker\""
        || path is ["incident", "circumstances" or "otherPayments"] && wrong == "[]"
        || path is ["incident", "circumstances", _] or ["incident", "otherPayments", _, "source"] && wrong == "\"  \"";

    private static bool Optional(object[] path) =>
        path is ["name"] or ["clause"] or ["heirs"] or ["kinds"] or ["text"] or ["duplicateOf"] or ["phone"] or ["units"]
            or ["person", "phone"] or ["card", "eligibility", "maxUnits"] or ["card", "caps", ..]
            or ["incident", "admissions" or "circumstances" or "otherPayments"] or ["incident", "admissions", _,
                "hospitalGrade" or "total" or "inScope" or "ownShare"]
        || path[^1] is int;

    private static IEnumerable<object[]> Paths(JsonNode node, object[] at)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    yield return [.. at, name];
                    if (value is JsonObject or JsonArray)
                        foreach (var below in Paths(value, [.. at, name])) yield return below;
                }
                break;
            case JsonArray items:
                for (var i = 0; i < Math.Min(items.Count, 1); i++)
                {
                    yield return [.. at, i];
                    if (items[i] is JsonObject or JsonArray)
                        foreach (var below in Paths(items[i]!, [.. at, i])) yield return below;
                }
                break;
        }
    }

    private static JsonNode Parent(JsonObject root, object[] path)
    {
        JsonNode node = root;
        foreach (var part in path[..^1]) node = part is int index ? node[index]! : node[(string)part]!;
        return node;
    }

    private static void Set(JsonObject root, object[] path, string value)
    {
        var parent = Parent(root, path);
        if (path[^1] is int index) parent[index] = value;
        else parent[(string)path[^1]] = value;
    }

    private static bool Remove(JsonObject root, object[] path) => Parent(root, path) switch
    {
        JsonObject members => members.Remove((string)path[^1]),
        _ => false,
    };

    private static JsonObject Json(object value) => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web)!.AsObject();
}
