using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>P14: whatever is sent to any use case, the answer is a 4xx problem that names what is wrong, and nothing is stored.</summary>
public sealed class FuzzTests(ApiFixture api) : ReliefTest(api)
{
    /// <summary>A body that each use case would take, by the name of its command.</summary>
    private async Task<Dictionary<string, (string Path, JsonObject Body)>> Good()
    {
        var made = await Released();
        var (open, assessed, approved, batched) = (await Submitted(), await Assessed(), await Approved(), await Batched());
        var (refused, appealed) = (await Appealable(), await Appealable());
        (await Officer.Do($"/api/claims/{appealed}/appeal", new { reason = "r" })).Is(200);
        var suspected = await Submitted();
        (await Officer.Do($"/api/claims/{suspected.Claim}/suspicion", new { kind = "other", reason = "r" })).Is(200);
        var (settled, toHold, onHold) = (await Settled(), await Approved(), await Approved());
        (await Finance.Do($"/api/payouts/{onHold.Payout}/hold", new { reason = "r" })).Is(200);
        var (opened, owed, toWriteOff) = (await OpenedRecovery(), await ConfirmedRecovery(), await ConfirmedRecovery());
        (await Finance.Do($"/api/recoveries/{toWriteOff}/write-off", new { reason = "r" })).Is(200);
        var bar = await ProposedBar(open);
        var published = (await Published()).Claim;
        (await Api.As("wang", "officer", "6207").Do($"/api/public-notices/{published}/objections", new { reason = "s" })).Is(200);
        var (programme, proposed) = (await OpenProgramme(), Sample.NewCode("plan"));
        (await PlanAdmin.Put($"/api/plans/{proposed}/versions/1", Cards.Version())).Is(201);
        var pending = (await Enrolled(await OpenSharedProgramme())).Enrolment;
        var (webhook, payer, employer) = (await IdleWebhook(), await RegisteredPayer(), await RegisteredEmployer());
        var (refunded, budgeted, books) = (await Refunding(), Sample.NewCode("budget"), await ClosedBooks());
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(budgeted, budget: "80.00"))).Is(201);
        // An empty region is the whole country, and no fault. That it is told already makes it one.
        var told = (await Operator.Post("/api/webhooks",
            new { url = "https://platform.invalid/fuzz", events = new[] { "claim.expired" }, region = "" })).Is(201).Text("id");
        (await Operator.Do($"/api/webhooks/{told}/pause", new { reason = "nobody is there" })).Is(200);
        var member = (string)(await Officer.Get($"/api/enrolments/{open.Enrolment}")).Is(200)["member"]!["id"]!;
        var delegation = (await Approver.Post("/api/delegations", Sample.Delegation(Sample.NewCode("stand-in")))).Is(201).Text("id");
        var absence = (await Api.As(Sample.NewCode("away"), "approver", "62").Post("/api/absences", Sample.Absence())).Is(201).Text("id");
        var fund = await FundOfLiangzhou();
        var (applied, relief) = (await Applied(fund), await Checked(fund));
        var application = Json(Application(fund, Sample.NewPerson(), with: Sample.NewPerson()));
        application["unit"] = await RegisteredEmployer();
        return new()
        {
            ["OpenReliefFund"] = ("/api/relief-funds", Json(Fund(Sample.NewCode("never")))),
            ["AllocateReliefMoney"] = ($"/api/relief-funds/{fund}/allocations", Json(new { region = "6206", amount = "1.00" })),
            ["ReturnReliefMoney"] = ($"/api/relief-funds/{fund}/returns", Json(new { region = "6206", amount = "1.00" })),
            ["CloseReliefFund"] = ($"/api/relief-funds/{fund}/closure", Json(new { reason = "r" })),
            ["ApplyForRelief"] = ("/api/relief-applications", application),
            ["CheckReliefApplication"] = ($"/api/relief-applications/{applied}/check", Json(new { finding = "f" })),
            ["GrantRelief"] = ($"/api/relief-applications/{relief}/grant", Json(new { amount = "1.00", reason = "r" })),
            ["RefuseRelief"] = ($"/api/relief-applications/{relief}/refusal", Json(new { reason = "r" })),
            ["WithdrawReliefApplication"] = ($"/api/relief-applications/{applied}/withdrawal", Json(new { reason = "r" })),
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
            ["ReturnContribution"] = ($"/api/enrolments/{pending}/contributions/return",
                Json(new { payer = Sample.Employer, reference = "T-1", returnedOn = "2025-03-05", reason = "r" })),
            ["CallContributions"] = ("/api/contribution-calls", Json(new
            {
                programme, payer = "Sample sponsor", dueOn = "2199-12-31", employer,
            })),
            ["CloseContributionCall"] = ($"{(await Called()).Call}/closure", Json(new { reason = "r" })),
            // a certificate that stands: nothing that is left out makes the request a good one
            ["OrderRefunds"] = ($"/api/enrolments/{open.Enrolment}/refunds", Json(new
            {
                payer = Sample.Employer, account = new { bank = "b", number = refunded.Person.Card, holder = refunded.Person.Name },
            })),
            ["ReissueRefund"] = ($"/api/payouts/{refunded.Payout}/refund-reissue", Json(new { reason = "r" })),
            ["RegisterPayer"] = ("/api/payers", PayerOf(employer, Sample.NewCode("never"))),
            ["ProposePayerAccount"] = ($"/api/payers/{payer}/account",
                Json(new { account = Sample.Account(payer, "620000000000026"), reason = "r" })),
            ["ConfirmPayerAccount"] = ($"/api/payers/{payer}/account/confirmation", Json(new { number = Sample.PayerAccount })),
            ["RejectPayerAccount"] = ($"/api/payers/{payer}/account/rejection", Json(new { reason = "r" })),
            ["RaiseBudget"] = ($"/api/programmes/{budgeted}/budget",
                Json(new { amount = "1.00", reference = "r", reason = "r" })),
            ["LapseEnrolment"] = ($"/api/enrolments/{pending}/lapse", Json(new { reason = "r" })),
            ["ChangeEmployer"] = ($"/api/enrolments/{pending}/employer", Json(new { employer = await RegisteredEmployer() })),
            ["ConfirmParticipation"] = ($"/api/enrolments/{pending}/participation", []),
            ["VoidClaimedEnrolment"] = ($"/api/enrolments/{pending}/voidance/approval",
                Json(new { reason = "r", duplicateOf = open.Enrolment })),
            ["SubmitClaim"] = ("/api/claims", ClaimOfHeirs(open)),
            ["SubmitAssistedClaim"] = ("/api/assisted-claims", AssistedClaim(open)),
            ["ReportOccurrence"] = ("/api/occurrences", Occurrence(open)),
            ["AddDocument"] = ($"/api/claims/{open.Claim}/documents", Json(Sample.Document("other"))),
            ["AnswerSupplement"] = ($"/api/claims/{open.Claim}/supplements", Json(Sample.Documents("other", "accountProof"))),
            ["CheckOriginal"] = ($"/api/claims/{open.Claim}/documents/{Guid.NewGuid()}/original", []),
            ["ReclassifyClaim"] = ($"/api/claims/{open.Claim}/reclassification", new JsonObject
            {
                ["incident"] = ClaimWithEveryFact(open)["incident"]!.DeepClone(), ["reason"] = "r",
            }),
            ["AppealRefusal"] = ($"/api/claims/{refused}/appeal", Json(new { reason = "r" })),
            ["DecideAppeal"] = ($"/api/claims/{appealed}/appeal/decision", Json(new { outcome = "upheld", reason = "r", clause = "c" })),
            ["WithdrawAppeal"] = ($"/api/claims/{appealed}/appeal/withdrawal", Json(new { reason = "r" })),
            ["ReopenClaim"] = ($"/api/claims/{refused}/reopening", Json(new { cause = "newEvidence", reason = "r" })),
            ["RaiseObjection"] = ($"/api/public-notices/{published}/objections", Json(new { reason = "r" })),
            ["DecideObjection"] = ($"/api/public-notices/{published}/objections/decision",
                Json(new { number = 1, outcome = "upheld", reason = "r" })),
            ["AssessClaim"] = ($"/api/claims/{assessed.Claim}/assessment", []),
            ["ApproveClaim"] = ($"/api/claims/{assessed.Claim}/approval", Json(new { amount = assessed.Amount, reason = "r" })),
            ["RefuseClaim"] = ($"/api/claims/{assessed.Claim}/refusal", Json(new { reason = "r", clause = "c" })),
            ["RequestSupplement"] = ($"/api/claims/{open.Claim}/supplement-requests",
                Json(new { kinds = new[] { "disabilityCertificate" }, text = "t" })),
            ["PassDeadline"] = ($"/api/claims/{open.Claim}/deadline", []),
            ["ReviewClaim"] = ($"/api/claims/{assessed.Claim}/review", Json(new { finding = "agree", reason = "r" })),
            ["CompleteSecondLook"] = ($"/api/claims/{approved.Claim}/second-look", Json(new { finding = "confirmed", reason = "r" })),
            ["DelegateDuty"] = ("/api/delegations", Json(Sample.Delegation(Sample.NewCode("stand-in")))),
            ["NoteAbsence"] = ("/api/absences", Json(Sample.Absence())),
            ["EndAbsence"] = ($"/api/absences/{absence}/end", []),
            ["EndDelegation"] = ($"/api/delegations/{delegation}/end", []),
            ["WithdrawClaim"] = ($"/api/claims/{open.Claim}/withdrawal", Json(new { reason = "r" })),
            ["RaiseSuspicion"] = ($"/api/claims/{open.Claim}/suspicion", Json(new { kind = "falsePapers", reason = "r" })),
            ["ClearSuspicion"] = ($"/api/claims/{suspected.Claim}/suspicion/clearance", Json(new { kind = "other", reason = "r" })),
            ["HoldPayout"] = ($"/api/payouts/{toHold.Payout}/hold", Json(new { reason = "r" })),
            ["ReleaseHold"] = ($"/api/payouts/{onHold.Payout}/hold/release", Json(new { reason = "r" })),
            ["OpenRecovery"] = ($"/api/payouts/{settled.Payout}/recovery", Json(new { amount = "1.00", cause = "other", reason = "r" })),
            ["ConfirmRecovery"] = ($"/api/recoveries/{opened}/confirmation", []),
            ["CancelRecovery"] = ($"/api/recoveries/{opened}/cancellation", Json(new { reason = "r" })),
            ["AgreeInstalments"] = ($"/api/recoveries/{owed}/instalments", Json(Sample.Instalments(("2199-01-31", "2000.00")))),
            ["RecordRepayment"] = ($"/api/recoveries/{owed}/repayments", Json(Sample.Repayment("1.00", "FUZZ-1"))),
            ["ClosePeriod"] = ($"/api/finance/periods/{books}/2000-01/close", []),
            ["ProposeReopening"] = ($"/api/finance/periods/{books}/2000-01/reopening", Json(new { reason = "r" })),
            ["ConfirmReopening"] = ($"/api/finance/periods/{books}/2000-01/reopening/confirmation", []),
            ["ClosePlanYear"] = ($"/api/finance/plan-years/{books}/2025/close", []),
            ["ProposeWriteOff"] = ($"/api/recoveries/{owed}/write-off", Json(new { reason = "r" })),
            ["ApproveWriteOff"] = ($"/api/recoveries/{toWriteOff}/write-off/approval", Json(new { reason = "r" })),
            ["ProposeBar"] = ("/api/bars", Json(new
            {
                enrolmentId = open.Enrolment, scope = "claim", from = "2025-01-01", to = "2025-12-31", reason = "r",
            })),
            ["ConfirmBar"] = ($"/api/bars/{bar}/confirmation", []),
            ["LiftBar"] = ($"/api/bars/{bar}/lifting", Json(new { reason = "r" })),
            ["ReissuePayout"] = ($"/api/payouts/{approved.Payout}/reissue", Json(Sample.ReissueToAnother(approved.Person))),
            ["ReviewPayoutAccount"] = ($"/api/payouts/{approved.Payout}/account-review", Json(new { finding = "accepted", reason = "r" })),
            ["AuthorisePayout"] = ($"/api/payouts/{approved.Payout}/authorisation", []),
            ["AssemblePaymentBatch"] = ("/api/payment-batches", Json(new { payouts = new[] { approved.Payout } })),
            ["OpenPaymentSchedule"] = ("/api/payment-schedules",
                Json(new { name = "n", filter = new { region = NobodysRegion }, time = "09:30", days = new[] { "monday" }, most = 5 })),
            ["RecordBankStatement"] = ("/api/bank-statements", Json(Statement("FUZZ"))),
            ["ExplainStatementLine"] = ($"/api/bank-statements/{await RecordedStatement()}/explanation",
                Json(new { line = 2, reason = "r" })),
            ["EndPaymentSchedule"] = ($"/api/payment-schedules/{await OpenedSchedule()}/end", Json(new { reason = "r" })),
            ["DissolvePaymentBatch"] = ($"/api/payment-batches/{batched.Batch}/dissolution", Json(new { reason = "r" })),
            ["RevokeApproval"] = ($"/api/claims/{approved.Claim}/revocation",
                Json(new { cause = "officeError", reason = "r", clause = "c" })),
            ["ReleasePaymentBatch"] = ($"/api/payment-batches/{batched.Batch}/release", Json(new { withoutHeld = false })),
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

    private static JsonObject PayerOf(string employer, string code)
    {
        var body = Json(Sample.Payer(code, code));
        body["employer"] = employer;
        return body;
    }

    private static JsonObject AssistedClaim(Case made)
    {
        var body = ClaimWithEveryFact(made);
        body.Remove("enrolmentId");
        body.Remove("settlement");
        (body["certificateNumber"], body["member"]) = ("E620602-20250301-7K3F9QTN", Json(new
        {
            name = made.Person.Name, idNumber = made.Person.IdNumber,
        }));
        return body;
    }

    /// <summary>A disability and a death, with two heirs.</summary>
    private static JsonObject Occurrence(Case made)
    {
        var (alive, dead) = (ClaimWithEveryFact(made), ClaimOfHeirs(made));
        return new JsonObject
        {
            ["claimant"] = dead["claimant"]!.DeepClone(), ["heirs"] = dead["heirs"]!.DeepClone(),
            ["memberAccount"] = alive["claimant"]!["account"]!.DeepClone(),
            ["applicant"] = Json(new { kind = "agent", name = "王样例", phone = "000-0000-0009" }),
            ["benefits"] = new JsonArray([.. ((JsonObject[])[alive, dead]).Select(claim => (JsonNode)new JsonObject
            {
                ["enrolmentId"] = made.Enrolment, ["incident"] = claim["incident"]!.DeepClone(), ["receipts"] = new JsonArray("R-1"),
            })]),
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
        body["receipts"] = new JsonArray("FUZZ-1", "FUZZ-2");
        body["applicant"] = Json(new { kind = "agent", name = "王样例", phone = "000-0000-0009" });
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
        var useCases = Engine.Modules.SelectMany(module => module.UseCases).Where(useCase => !useCase.IsInside).ToList();
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
                if (!StillGood(path, wrong) && !(path is ["region"] && wrong == "\"\"" && good.ContainsKey("budget"))) yield return text;
            }
            var without = JsonNode.Parse(good.ToJsonString())!.AsObject();
            if (Remove(without, path) && !Optional(path)) yield return without.ToJsonString();
        }
    }

    /// <summary>What the card or the request allows after all.</summary>
    private static bool StillGood(object[] path, string wrong) =>
        path is ["card", "benefits", _, "clause"] or ["card", "documents", "disability", _] && wrong == "\"  \""
        || path is ["card", "eligibility" or "caps"] && wrong == "{}"
        || path is ["withoutHeld"] && wrong == "true"
        || path is ["filter"] && wrong == "{}" || path is ["filter", "region"] && wrong == "\"\""
        || path is ["name"] && wrong is "\"\"" or "\"  \""
        || path is ["clause"] && wrong is "\"\"" or "\"  \""
        || path is ["text"] && wrong is "\"\"" or "\"  \""
        || path is ["region"] && wrong == "\"\""
        || path is ["person", "occupation"] && wrong == "\"worker\""
        || path is ["incident", "circumstances" or "otherPayments"] or ["kinds", _, "evidence"] or ["household", "others"]
            && wrong == "[]"
        || path is ["incident", "circumstances", _] or ["incident", "otherPayments", _, "source"] && wrong == "\"  \"";

    private static bool Optional(object[] path) =>
        path is ["name"] or ["days"] or ["employer"] or ["most"] or ["filter", ..]
            or ["clause"] or ["upTo"] or ["withoutHeld"] or ["heirs"] or ["kinds"] or ["text"] or ["duplicateOf"] or ["phone"]
            or ["units"] or ["unit"]
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
