using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.Rosters;

namespace ClaimsEngine.Host.Tests.OpenApi;

/// <summary>A client made from the description alone calls every operation, and every answer is as declared.</summary>
public sealed class GeneratedClientTests(ApiFixture api) : ApiTest(api)
{
    private readonly SortedSet<string> called = new(StringComparer.Ordinal);
    private Contract contract = null!;
    private GeneratedClient client = null!;

    [Fact]
    public async Task A_client_that_is_generated_from_the_description_calls_every_operation()
    {
        contract = await Contract.Of(Api);
        client = await GeneratedClient.From(contract.Json);

        // Plans: one is published, another proposal is rejected.
        var (plan, other) = (Sample.NewCode("contract"), Sample.NewCode("contract"));
        foreach (var code in (string[])[plan, other])
            await Call(PlanAdmin, "ProposePlanVersion", new() { ["plan"] = code, ["version"] = 1 });
        var proposed = await Call(Officer, "GetPlanVersion", new() { ["plan"] = plan, ["version"] = 1 });
        await Call(SecondPlanAdmin, "ConfirmPlanVersion", new() { ["plan"] = plan, ["version"] = 1, ["If-Match"] = "*" },
            body => body["ruleHash"] = (string)proposed["ruleHash"]!);
        await Call(SecondPlanAdmin, "RejectPlanVersion", new() { ["plan"] = other, ["version"] = 1, ["If-Match"] = "*" });
        await Call(Officer, "GetPlan", new() { ["plan"] = plan, ["version"] = 1 });
        await Call(Officer, "ListPlans", new() { ["limit"] = 200 });
        await Call(Officer, "GetCardSchema");
        await Call(Officer, "QuoteBenefit", new() { ["plan"] = "zhangjiajie-2014-hospital" });

        // A programme of that plan, an employer, people.
        var programme = Sample.NewCode("contract");
        await Call(PlanAdmin, "OpenProgramme", body: body => (body["code"], body["plan"], body["from"], body["to"]) =
            (programme, plan, Sample.DayFromToday(-100), Sample.DayFromToday(100)));   // nobody pays for a period that has ended
        await Call(PlanAdmin, "AllocatePlaces", new() { ["programme"] = programme, ["If-Match"] = "*" });
        var budgeted = Sample.NewCode("contract");
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(budgeted, budget: "80.00"))).Is(201);
        await Call(PlanAdmin, "RaiseBudget", new() { ["programme"] = budgeted, ["If-Match"] = "*" });
        await Call(Officer, "GetProgramme", new() { ["programme"] = programme });
        await Call(Officer, "ListProgrammes", new() { ["region"] = "62", ["limit"] = 1 });
        await Call(Officer, "GetProgrammePlaces", new() { ["programme"] = programme });
        var employer = Sample.NewCode("contract");
        await Call(Officer, "RegisterEmployer", body: body => body["code"] = employer);
        await Call(Officer, "CountStaff", new() { ["employer"] = employer, ["If-Match"] = "*" });
        await Call(Officer, "GetEmployer", new() { ["employer"] = employer });
        await Call(Officer, "ListEmployers", new() { ["code"] = employer });

        var (pending, _) = await NewEnrolment(programme);
        await Call(Finance, "RecordContribution", On("enrolment", pending));
        await Call(Finance, "ReturnContribution", On("enrolment", pending), body => body["returnedOn"] = Sample.DayFromToday(0));
        await Call(Officer, "GetEnrolment", new() { ["enrolment"] = pending, ["version"] = 1 });
        await Call(Officer, "ChangeEmployer", On("enrolment", pending), body => body["employer"] = employer);
        await Call(Officer, "ConfirmParticipation", On("enrolment", pending));
        await Call(Officer, "CancelEnrolment", On("enrolment", (await NewEnrolment(programme)).Id));
        await Call(Finance, "LapseEnrolment", On("enrolment", (await NewEnrolment(programme)).Id));
        await Call(Officer, "VoidEnrolment", On("enrolment", (await NewEnrolment(programme)).Id));
        var position = await LastPosition();
        await Call(Officer, "GetProgrammeCounts", new() { ["programme"] = programme, ["Min-Position"] = long.Parse(position) });
        await Call(Officer, "ListEnrolments",
            new() { ["programme"] = programme, ["status"] = "cancelled", ["Min-Position"] = long.Parse(position) });

        // One case from the enrolment to the settled payout, and others that end before.
        var (enrolment, person) = await NewEnrolment(Sample.SeededPlan);
        await Call(Officer, "GetCertificate", new() { ["enrolment"] = enrolment });
        await Call(Officer, "MakeCertificateLink", new() { ["enrolment"] = enrolment });
        await Call(Officer, "FindMember", new() { ["Min-Position"] = long.Parse(await LastPosition()) },
            body => body["idNumber"] = person.IdNumber);
        var member = (string)(await Officer.Get($"/api/enrolments/{enrolment}")).Is(200)["member"]!["id"]!;
        await Call(Officer, "GetMemberCover", new() { ["person"] = member, ["on"] = "2025-10-20" });
        await Call(Officer, "GetPerson", new() { ["person"] = member });
        await Call(Officer, "OpenIdentity", new() { ["person"] = member });
        await Call(Auditor, "ListIdentityOpenings", new() { ["person"] = member });

        var (claimed, holder) = await NewEnrolment(Sample.SeededPlan);
        await NewClaim(claimed, holder);
        await Call(Approver, "VoidClaimedEnrolment", On("enrolment", claimed));

        var number = (await Officer.Get($"/api/enrolments/{claimed}")).Is(200).Text("certificateNumber");
        await Call(Officer, "SubmitAssistedClaim", body: body =>
        {
            body["certificateNumber"] = number;
            (body["member"]!["name"], body["member"]!["idNumber"]) = (holder.Name, holder.IdNumber);
            Claims(body, holder);
        }, status: 409);   // the certificate is void
        await Call(Officer, "ListAssistedClaims", new() { ["status"] = "approved", ["limit"] = 5 });
        var (reported, victim) = await NewEnrolment(Sample.SeededPlan);
        var occurrence = await Call(Officer, "ReportOccurrence", body: body =>
        {
            foreach (var benefit in body["benefits"]!.AsArray()) benefit!["enrolmentId"] = reported;
            Claims(body, victim);
        });
        await Call(Officer, "GetOccurrence", new() { ["occurrence"] = (string)occurrence["id"]! });

        var withdrawn = await NewClaim(enrolment, person);
        await Call(Officer, "WithdrawClaim", On("claim", withdrawn));
        await Call(Approver, "ReopenClaim", On("claim", withdrawn));
        await Call(Officer, "WithdrawClaim", On("claim", withdrawn));
        var claim = await NewClaim(enrolment, person);
        await Call(Officer, "RequestSupplement", On("claim", claim));
        await Call(Officer, "PassDeadline", On("claim", claim), status: 409);   // the claimant may still answer
        foreach (var kind in Sample.DisabilityDocuments[..2])
            await Call(Officer, "AddDocument", On("claim", claim), body => body["kind"] = kind);
        await Call(Officer, "AnswerSupplement", On("claim", claim));
        await Upload(claim);
        using (var form = new MultipartFormDataContent { { new ByteArrayContent(Sample.Jpeg()), "other", "other.jpg" } })
        {
            Assert.All((string[])["AddDocument", "AnswerSupplement"], name =>
                Assert.NotNull(Assert.Single(contract.Operations, operation => operation.Id == name).Body("multipart/form-data")));
            (await Officer.Do($"/api/claims/{claim}/documents", form)).Is(200);
        }
        var papers = (await Officer.Get($"/api/claims/{claim}")).Is(200)["documents"]!.AsArray();
        var paper = new Dictionary<string, object?> { ["claim"] = claim, ["document"] = (string)papers[^1]!["id"]! };
        await Call(Officer, "GetDocumentContent", paper);
        await Call(Auditor, "ListDocumentDownloads", paper);
        await Call(Officer, "CheckOriginal", new(paper) { ["If-Match"] = "*" });
        await Call(Api.As("chen", "officer", "620602"), "AssessClaim", On("claim", claim));
        await Call(Api.As("reviewer", "approver", "62"), "ReviewClaim", On("claim", claim));
        await Call(Approver, "ApproveClaim", On("claim", claim));
        await Call(Auditor, "RepeatDraw", new() { ["claim"] = claim });
        await Call(Api.As("looker", "approver", "62"), "CompleteSecondLook", On("claim", claim), status: 409);   // it was not drawn
        var delegation = (string)(await Call(Approver, "DelegateDuty", body: body => (body["to"], body["from"], body["until"]) =
            (Sample.NewCode("stand-in"), Sample.DayFromToday(0), Sample.DayFromToday(7))))["id"]!;
        await Call(Approver, "GetDelegation", new() { ["delegation"] = delegation });
        await Call(Approver, "ListDelegations", new() { ["ended"] = false, ["limit"] = 5 });
        await Call(Approver, "EndDelegation", On("delegation", delegation));
        var away = Api.As(Sample.NewCode("away"), "approver", "62");
        var absence = (string)(await Call(away, "NoteAbsence"))["id"]!;
        await Call(away, "GetAbsence", new() { ["absence"] = absence });
        await Call(away, "EndAbsence", On("absence", absence));
        await Call(Officer, "ReclassifyClaim", On("claim", (await Assessed()).Claim));
        var refused = (await Assessed()).Claim;
        await Call(Approver, "RefuseClaim", On("claim", refused));
        await Call(Officer, "AppealRefusal", On("claim", refused));
        await Call(Api.As("he-of-all", "approver", ""), "DecideAppeal", On("claim", refused));
        var takenBack = (await Assessed()).Claim;
        await Call(Approver, "RefuseClaim", On("claim", takenBack));
        await Call(Officer, "AppealRefusal", On("claim", takenBack));
        await Call(Officer, "WithdrawAppeal", On("claim", takenBack));
        await Call(Officer, "GetClaimLetter", new() { ["claim"] = refused, ["kind"] = "declined" });
        var published = (await Published()).Claim;
        await Call(Api.As("wang", "officer", "6207"), "RaiseObjection", On("claim", published));
        await Call(Api.As("he-of-all", "approver", ""), "DecideObjection", On("claim", published));
        await Call(Auditor, "GetPublicNotice", new() { ["claim"] = published });
        await Call(Finance, "ListPublicNotices", new() { ["region"] = "6207" });
        var shown = await Call(Officer, "GetClaim", new() { ["claim"] = claim });
        await Call(Officer, "GetWorklists");
        await Call(Officer, "GetClaimCase", new() { ["claim"] = claim });
        await Call(Officer, "ListClaims", new() { ["status"] = "approved", ["limit"] = 5 });

        var payout = (string)shown["payoutId"]!;
        await Call(Finance, "AuthorisePayout", On("payout", payout));
        await Call(Finance, "AuthorisePayouts", body: body => body["payouts"] = new JsonArray(payout));
        await Call(Finance, "GetPayout", new() { ["payout"] = payout });
        var batch = await NewBatch(payout);
        await Call(Releaser, "ReleasePaymentBatch", On("batch", batch));
        await Call(Finance, "GetPaymentBatch", new() { ["batch"] = batch });
        await Call(Finance, "GetBankDelivery", new() { ["batch"] = batch }, status: 404);   // no bank has a gateway here
        await Call(Finance, "ReplayBankDelivery", new() { ["batch"] = batch }, status: 404);
        await Call(Finance, "GetPaymentFile", new() { ["batch"] = batch, ["format"] = "csv" });
        void Returned(JsonNode body)
        {
            var line = body["lines"]![0]!;
            (line["payoutId"], line["outcome"], line["reason"]) = (payout, "returned", "户名不符");
        }
        await Call(Releaser, "CheckPaymentResults", new() { ["batch"] = batch }, Returned);
        await Call(Releaser, "RecordPaymentResults", On("batch", batch), Returned);
        var statement = (string)(await Call(Finance, "RecordBankStatement", body: body => body["number"] = Sample.NewCode("st")))["id"]!;
        await Call(Finance, "ExplainStatementLine", On("statement", statement));
        await Call(Finance, "GetBankStatement", new() { ["statement"] = statement });
        await Call(Finance, "ListBankStatements", new() { ["open"] = true, ["region"] = "62" });
        var schedule = (string)(await Call(Finance, "OpenPaymentSchedule", body: body =>
            (body["name"], body["filter"]!["region"]) = (Sample.NewCode("schedule"), NobodysRegion)))["id"]!;
        await Call(Finance, "GetPaymentSchedule", new() { ["schedule"] = schedule });
        await Call(Finance, "EndPaymentSchedule", On("schedule", schedule));
        await Call(Finance, "ListPaymentSchedules", new() { ["ended"] = true, ["region"] = NobodysRegion });
        var anew = (string)(await Call(Finance, "ReissuePayout", On("payout", payout), body =>
            body["account"] = System.Text.Json.JsonSerializer.SerializeToNode(Sample.GuardiansAccount(person))))["reissuedAs"]!;
        await Call(Releaser, "ReviewPayoutAccount", On("payout", anew));
        await Call(Officer, "CorrectPerson", On("person", member));
        await Call(Finance, "ListPayouts", new() { ["claim"] = claim });

        // An approval that is taken back, and a batch that is taken apart.
        await Call(SecondApprover, "RevokeApproval", On("claim", (await Approved()).Claim));
        await Call(Finance, "DissolvePaymentBatch", On("batch", (await Batched()).Batch));

        // Payers, and the refund of a certificate that was cancelled, which the bank returns.
        var payer = Sample.NewCode("contract");
        await Call(Finance, "RegisterPayer", body: body => (body["code"], body["name"]) = (payer, payer));
        await Call(Releaser, "ConfirmPayerAccount", On("payer", payer));
        await Call(Finance, "ProposePayerAccount", On("payer", payer));
        await Call(Releaser, "RejectPayerAccount", On("payer", payer));
        await Call(Finance, "GetPayer", new() { ["payer"] = payer });
        await Call(Finance, "ListPayers", new() { ["name"] = payer });
        var shared = await OpenSharedProgramme();
        await Enrolled(shared);
        var call = (string)(await Call(Finance, "CallContributions", body: body => body["programme"] = shared))["id"]!;
        await Call(Finance, "GetContributionCall", new() { ["call"] = call });
        await Call(Finance, "ListContributionCalls", new() { ["programme"] = shared });
        await Call(Finance, "ListContributions", new() { ["programme"] = shared, ["payer"] = Sample.Employer, ["owing"] = true });
        await Call(Finance, "GetContributionCallFile", new() { ["call"] = call });
        var payments = (string)(await Call(Finance, "SendContributionPayments", new() { ["call"] = call }))["id"]!;
        await Call(Finance, "GetContributionPayments", new() { ["call"] = call, ["payments"] = payments });
        await Call(Finance, "CloseContributionCall", On("call", call));
        var cancelled = await CancelledPaid();
        await PayerNamed(Sample.Employer);
        var refund = (string)(await Call(Finance, "OrderRefunds", On("enrolment", cancelled.Enrolment)))["refundOrders"]![0]!["payoutId"]!;
        await ReturnedByTheBank(refund);
        await Call(Finance, "ReissueRefund", On("payout", refund));

        // A suspicion, a hold, a bar, and recoveries with each of their ends.
        var doubtful = (await Submitted()).Claim;
        await Call(Officer, "RaiseSuspicion", On("claim", doubtful));
        await Call(Approver, "ClearSuspicion", On("claim", doubtful));
        var held = (await Approved()).Payout;
        await Call(Finance, "HoldPayout", On("payout", held));
        await Call(Releaser, "ReleaseHold", On("payout", held));
        var paid = (await Settled()).Payout;
        var first = (string)(await Call(Finance, "OpenRecovery", On("payout", paid)))["recoveryId"]!;
        await Call(Finance, "CancelRecovery", On("recovery", first));
        var recovery = (string)(await Call(Finance, "OpenRecovery", On("payout", paid)))["recoveryId"]!;
        await Call(Approver, "ConfirmRecovery", On("recovery", recovery));
        await Call(Finance, "AgreeInstalments", On("recovery", recovery));
        await Call(Finance, "RecordRepayment", On("recovery", recovery), body =>
            (body["receivedOn"], body["bankReference"]) = ("2025-11-20", Sample.NewCode("CONTRACT")));
        await Call(Finance, "ProposeWriteOff", On("recovery", recovery));
        await Call(SecondApprover, "ApproveWriteOff", On("recovery", recovery));
        await Call(Finance, "GetRecovery", new() { ["recovery"] = recovery });
        await Call(Finance, "ListRecoveries", new() { ["status"] = "writtenOff", ["overdue"] = "2026-01-01" });
        var bar = (string)(await Call(Officer, "ProposeBar", body: body => body["enrolmentId"] = claimed))["id"]!;
        await Call(Approver, "ConfirmBar", On("bar", bar));
        await Call(Approver, "LiftBar", On("bar", bar));
        await Call(Officer, "GetBar", new() { ["bar"] = bar });
        await Call(Officer, "ListBars", new() { ["status"] = "lifted" });
        await Call(Finance, "ListPaymentBatches", new() { ["status"] = "completed", ["region"] = "62" });
        await Call(Finance, "GetPayoutTotals",
            new() { ["by"] = "plan,programme,region,benefit,fund,month,status", ["from"] = "2025-01-01" });
        await Call(Finance, "GetPayoutTotals", new()
        {
            ["by"] = "planYear,province,city,district,payer", ["measures"] = "lossRatio", ["planYear"] = 2025, ["region"] = "62",
        });
        await Call(Finance, "GetPayoutTotals", new()
        {
            ["by"] = "employer,occupation", ["measures"] = "median,largest", ["occupation"] = "courier", ["month"] = "2025-10",
        });
        await Call(Finance, "GetContributionTotals", new() { ["by"] = "plan,planYear,programme,city,payer,employer,month,status" });
        await Call(Finance, "GetAgeing", new() { ["by"] = "plan,province,status", ["status"] = "ordered" });
        await Call(Finance, "GetThreeWay", new() { ["plan"] = Sample.SeededPlan, ["planYear"] = 2025, ["region"] = "62" });
        await Call(Finance, "GetTriangle", new() { ["grain"] = "quarter", ["plan"] = Sample.SeededPlan });
        await Call(Finance, "GetOutstanding", new() { ["grain"] = "year" });
        await Call(Finance, "GetSolvency", new() { ["by"] = "programme" });
        await Call(Finance, "GetSolvency");
        await Call(Finance, "GetDistribution", new() { ["bands"] = "5000.00,10000.00" });

        // The books of the plan: questions, closings, and a month that is opened again.
        await Call(Finance, "GetAccounts", new() { ["plan"] = Sample.SeededPlan, ["account"] = "bank", ["planYear"] = 2025 });
        await Call(Finance, "GetTrialBalance", new() { ["plan"] = Sample.SeededPlan, ["period"] = "2025-11" });
        await Call(Finance, "ListEntries", new() { ["plan"] = Sample.SeededPlan, ["event"] = "payout_ordered", ["limit"] = 2 });
        var month = On("plan", await ClosedBooks());
        month["month"] = "2000-02";
        await Call(BookKeeper, "ClosePeriod", new() { ["plan"] = Sample.SeededPlan, ["month"] = "2000-02" });
        await Call(BookKeeper, "ProposeReopening", month);
        await Call(SecondBookKeeper, "ConfirmReopening", month);
        await Call(BookKeeper, "GetPlanBooks", new() { ["plan"] = Sample.SeededPlan });
        await Call(BookKeeper, "ListPeriods", new() { ["plan"] = Sample.SeededPlan });

        // Relief from the fund to the payout, and applications that end before.
        var fund = Sample.NewCode("contract");
        await Call(PlanAdmin, "OpenReliefFund", body: body => (body["code"], body["from"], body["to"]) =
            (fund, Sample.DayFromToday(-10), Sample.DayFromToday(10)));
        await Call(Finance, "AllocateReliefMoney", On("fund", fund));
        await Call(Finance, "ReturnReliefMoney", On("fund", fund));
        await Call(Finance, "GetReliefBalances", new() { ["fund"] = fund });
        var relief = await NewApplication(fund);
        await Call(Api.As("chen", "officer", "620602"), "CheckReliefApplication", On("application", relief));
        await Call(Approver, "GrantRelief", On("application", relief));
        await Call(Approver, "RefuseRelief", On("application", await NewApplication(fund)));
        await Call(Officer, "WithdrawReliefApplication", On("application", await NewApplication(fund)));
        await Call(Officer, "GetReliefApplication", new() { ["application"] = relief });
        await Call(Officer, "ListReliefApplications",
            new() { ["fund"] = fund, ["status"] = "granted", ["Min-Position"] = long.Parse(await LastPosition()) });
        await Call(Officer, "ListReliefFunds", new() { ["region"] = "62" });
        await Call(PlanAdmin, "CloseReliefFund", On("fund", fund));
        await Call(Officer, "GetReliefFund", new() { ["fund"] = fund });
        await Call(BookKeeper, "ClosePlanYear", new()
        {
            ["plan"] = fund, ["year"] = int.Parse(Sample.DayFromToday(-10)[..4], System.Globalization.CultureInfo.InvariantCulture),
        });

        // The auditor, long work, the operator, everybody.
        await Call(Auditor, "ListEvents", new() { ["limit"] = 200, ["after"] = 0 });
        await Call(Auditor, "GetStream", new() { ["stream"] = claim });
        await Call(Auditor, "ReplayAssessment", new() { ["claim"] = claim });
        var whatIf = await Call(Auditor, "StartWhatIf");
        await Auditor.Ended($"/api/audit/what-ifs/{whatIf["id"]}");
        await Call(Auditor, "GetWhatIf", new() { ["whatIf"] = (string)whatIf["id"]! });
        var pack = await Call(Auditor, "StartAuditPack");
        await Auditor.Ended($"/api/finance/audit-packs/{pack["id"]}");
        await Call(Auditor, "GetAuditPack", new() { ["auditPack"] = (string)pack["id"]! });
        await Call(Auditor, "GetAuditPackFile", new() { ["auditPack"] = (string)pack["id"]! });
        var roster = await Call(Officer, "SendRoster", new() { ["programme"] = Sample.SeededPlan, ["accept"] = "good-rows" });
        await Officer.Ended($"/api/rosters/{roster["id"]}");
        await Call(Officer, "GetRoster", new() { ["roster"] = (string)roster["id"]! });
        var faulty = (await Officer.Post($"/api/rosters?programme={Sample.SeededPlan}&accept=good-rows", new StringContent(
            $"{Sheets.Header}\r\n李样例,1,快递员,620602\r\n", System.Text.Encoding.UTF8, "text/csv"))).Is(202);
        await Officer.Ended(faulty);
        await Call(Officer, "GetCorrectedRoster", new() { ["roster"] = faulty.Text("id") });
        var settlements = await Call(Officer, "SendSettlements", new() { ["plan"] = Sample.SeededPlan });
        await Officer.Ended($"/api/settlements/{settlements["id"]}");
        await Call(Officer, "GetSettlements", new() { ["settlements"] = (string)settlements["id"]! });

        // What is told outside.
        var webhook = (string)(await Call(Operator, "RegisterWebhook", body: body => body["region"] = NobodysRegion))["id"]!;
        await Call(Operator, "GetWebhook", new() { ["webhook"] = webhook });
        await Call(Operator, "ListWebhooks", new() { ["region"] = NobodysRegion, ["limit"] = 5 });
        await Call(Operator, "RotateWebhookSecret", On("webhook", webhook));
        await Call(Operator, "PauseWebhook", On("webhook", webhook));
        await Call(Operator, "ResumeWebhook", On("webhook", webhook));
        await Call(Operator, "ListDeliveries", new() { ["webhook"] = webhook, ["status"] = "dead" });
        await Call(Operator, "ReplayDeliveries", new() { ["webhook"] = webhook });
        await Call(Operator, "ReplayDelivery", new() { ["webhook"] = webhook, ["delivery"] = Guid.NewGuid() }, status: 404);
        await Call(Operator, "RemoveWebhook", On("webhook", webhook));
        var notice = await NoticeOf(claim);
        await Call(Officer, "GetClaimNotices", new() { ["claim"] = claim, ["language"] = "en" });
        await Call(Officer, "ListNotices", new() { ["status"] = "unsent", ["limit"] = 2 });
        await Call(Officer, "ReplayNotice", new() { ["claim"] = claim, ["notice"] = notice }, status: 409);
        await Call(Officer, "TellClaimant", new() { ["claim"] = claim, ["notice"] = notice, ["If-Match"] = "*" });
        await Call(Operator, "GetActor");
        await Call(Operator, "ListWorks", new() { ["kind"] = "roster" });
        await Call(Operator, "ListProjections");
        await Call(Operator, "ListDeadLetters");
        await Call(Operator, "GetHealth");
        await Call(Operator, "ReplayDeadLetter", new() { ["readModel"] = "claims", ["stream"] = Guid.NewGuid() }, status: 404);
        await Call(Api.Anonymous, "GetLiveness");
        await Call(Api.Anonymous, "GetReadiness");
        await Call(Api.Anonymous, "ListProblems");
        await Call(Api.Anonymous, "GetProblem", new() { ["code"] = "four-eyes" });
        await Call(Api.Anonymous, "IssueDevelopmentToken");

        Assert.Equal(contract.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal), called);
        Assert.Superset(called, client.Operations.ToHashSet());
    }

    private async Task<(string Id, Sample.Person Person)> NewEnrolment(string programme)
    {
        var person = Sample.NewPerson();
        var made = await Call(Officer, "Enrol", body: body =>
        {
            body["programme"] = programme;
            (body["person"]!["name"], body["person"]!["idNumber"]) = (person.Name, person.IdNumber);
        });
        return ((string)made["id"]!, person);
    }

    private async Task<string> NewClaim(string enrolment, Sample.Person person)
    {
        var made = await Call(Officer, "SubmitClaim", body: body =>
        {
            body["enrolmentId"] = enrolment;
            Claims(body, person);
        });
        return (string)made["id"]!;
    }

    private static void Claims(JsonNode body, Sample.Person person)
    {
        var claimant = body["claimant"]!;
        (claimant["name"], claimant["idNumber"]) = (person.Name, person.IdNumber);
        (claimant["account"]!["number"], claimant["account"]!["holder"]) = (person.Card, person.Name);
    }

    private async Task<string> NewApplication(string fund)
    {
        var person = Sample.NewPerson();
        var made = await Call(Officer, "ApplyForRelief", body: body =>
        {
            body["fund"] = fund;
            var applicant = body["person"]!;
            (applicant["name"], applicant["idNumber"]) = (person.Name, person.IdNumber);
            (applicant["account"]!["number"], applicant["account"]!["holder"]) = (person.Card, person.Name);
        });
        return (string)made["id"]!;
    }

    /// <summary>One file by the tus protocol. Its own clients speak it, so the generated client only has to know the operations.</summary>
    private async Task Upload(string claim)
    {
        var pdf = Sample.Pdf();
        var route = $"/api/claims/{claim}/uploads";
        string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
        await Tus("AskUploads", HttpMethod.Options, route);
        async Task<string> Begun() => (await Tus("BeginUpload", HttpMethod.Post, route, null, ("Upload-Length", $"{pdf.Length}"),
            ("Upload-Metadata", $"filename {Base64("a.pdf")},kind {Base64("other")}"))).Location!;
        var upload = await Begun();
        await Tus("GetUpload", HttpMethod.Head, upload);
        await Tus("ContinueUpload", HttpMethod.Patch, upload, pdf, ("Upload-Offset", "0"));
        await Tus("EndUpload", HttpMethod.Delete, await Begun());
    }

    private async Task<Reply> Tus(
        string operation, HttpMethod method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var described = Assert.Single(contract.Operations, candidate => candidate.Id == operation);
        Assert.All(headers, header => Assert.Contains(described.Parameters, given => (string)given["name"]! == header.Name));
        var content = body is null ? null : new ByteArrayContent(body);
        if (content is not null) content.Headers.ContentType = new("application/offset+octet-stream");
        var answer = await Officer.Send(Officer.Request(method, path, content, message =>
        {
            message.Headers.Add("Tus-Resumable", "1.0.0");
            foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        }));
        Assert.InRange(answer.Status, 200, 204);
        Assert.Null(contract.FaultOf(described, answer.Status, answer.MediaType, answer.Body));
        called.Add(operation);
        return answer;
    }

    private async Task<string> NewBatch(string payout) =>
        (string)(await Call(Finance, "AssemblePaymentBatch", body: body => body["payouts"] = new JsonArray(payout)))["id"]!;

    private static Dictionary<string, object?> On(string name, string id) => new() { [name] = id, ["If-Match"] = "*" };

    /// <summary>
    /// Sends the description's own example, changed where it must name something of this test, through the generated client. The answer is
    /// a success, or of the status that is asked for, and as declared.
    /// </summary>
    private async Task<JsonNode> Call(
        Caller by, string operation, Dictionary<string, object?>? given = null, Action<JsonNode>? body = null, int? status = null)
    {
        var described = Assert.Single(contract.Operations, candidate => candidate.Id == operation);
        var example = (described.Body() ?? described.Body("text/csv"))?["example"]?.DeepClone();
        body?.Invoke(example!);
        using var watched = new Watched(by);
        try
        {
            await client.Call(watched.Http, operation, given ?? [], example);
        }
        catch (Exception thrown) when (status is not null && thrown.GetType().Name.StartsWith("ApiException", StringComparison.Ordinal))
        {
            // the client says by this that the answer is no success
        }
        catch (Exception thrown) when (thrown.GetType().Name.StartsWith("ApiException", StringComparison.Ordinal))
        {
            Assert.Fail($"{operation}: {thrown.Message} {thrown.InnerException?.Message} {watched.Sent} {watched.Answer}");
        }
        called.Add(operation);
        var answer = watched.Answer!;
        Assert.True(status is null ? answer.Status is 200 or 201 or 202 : answer.Status == status, $"{operation} → {answer}");
        var fault = contract.FaultOf(described, answer.Status, answer.MediaType, answer.Body);
        Assert.True(fault is null, fault);
        return answer.Json ?? JsonValue.Create(answer.Body);
    }
}
