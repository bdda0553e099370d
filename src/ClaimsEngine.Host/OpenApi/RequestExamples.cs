using System.Text.Json.Nodes;
using ClaimsEngine.Bars;
using ClaimsEngine.Claims;
using ClaimsEngine.Contributions;
using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Notices;
using ClaimsEngine.Notifications;
using ClaimsEngine.Offices;
using ClaimsEngine.Payers;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Books;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Refunds;
using ClaimsEngine.Relief;
using ClaimsEngine.Statements;

namespace ClaimsEngine.Host.OpenApi;

/// <summary>
/// A body of every operation that takes one, under the operation's name. The people are samples with valid check digits. A test sends each
/// of them with its own people and ids, so that an example that is no longer taken is noticed.
/// </summary>
internal static class RequestExamples
{
    private const string Person = """
        { "name": "李样例", "idNumber": "620602199001010027", "occupation": "courier", "region": "620602", "phone": "000-0000-0001" }
        """;

    private const string Account = """{ "bank": "样例银行", "number": "6217000000000000020", "holder": "李样例" }""";

    private const string Id = "0199f1b2-7c3d-7e44-9a10-3f5b6c7d8e9f";

    private const string Results = $$"""
        { "lines": [{ "payoutId": "{{Id}}", "outcome": "settled", "bankReference": "B-1" }] }
        """;

    private static readonly Dictionary<string, string> Bodies = new()
    {
        [nameof(ProposePlanVersion)] = """
            {
              "effectiveFrom": "2025-01-01",
              "card": {
                "format": 2, "name": { "zh": "样例计划", "en": "Sample plan" }, "organiser": "Sample organiser", "sources": ["made up"],
                "eligibility": { "maxUnits": 2 }, "prices": [{ "perUnit": "120.00" }],
                "cover": { "start": "programmePeriod", "months": 12 },
                "benefits": [{ "kind": "disability", "clause": "sample", "byGrade": { "table": "jrt-0083-2013", "perUnit": "50000.00" } }],
                "caps": { "perPeriod": "50000.00" },
                "documents": { "disability": ["eventStatement", "identityDocument", "disabilityCertificate", "accountProof"] }
              }
            }
            """,
        [nameof(ConfirmPlanVersion)] = """
            { "ruleHash": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
            """,
        [nameof(RejectPlanVersion)] = """{ "reason": "金额有误" }""",
        [nameof(OpenProgramme)] = """
            {
              "code": "sample-2025", "name": "样例项目", "plan": "gansu-2025-new-employment", "sponsor": "Sample sponsor", "quota": 1000,
              "from": "2025-01-01", "to": "2025-12-31", "regions": ["62"], "occupations": ["truckDriver", "courier"],
              "funding": [{ "payer": "Sample sponsor", "amount": "80.00" }, { "payer": "样例物流公司", "amount": "40.00", "due": true }]
            }
            """,
        [nameof(AllocatePlaces)] = """{ "region": "6206", "places": 100 }""",
        [nameof(CorrectPerson)] = """{ "reason": "姓名录入有误", "name": "李样本", "phone": "000-0000-0002" }""",
        [nameof(RegisterEmployer)] = """
            { "code": "LZ-001", "name": "样例快递凉州分公司", "region": "620602", "staff": 60, "women": 20 }
            """,
        [nameof(CountStaff)] = """{ "staff": 62, "women": 21 }""",
        [nameof(Enrol)] = $$"""{ "programme": "gansu-2025-new-employment", "units": 1, "person": {{Person}} }""",
        [nameof(RecordContribution)] = """
            { "payer": "样例物流公司", "amount": "40.00", "reference": "T-1", "paidOn": "2025-03-03" }
            """,
        [nameof(CancelEnrolment)] = """{ "reason": "会员申请退保" }""",
        [nameof(VoidEnrolment)] = """{ "reason": "职业填报不实" }""",
        [nameof(VoidClaimedEnrolment)] = """{ "reason": "职业填报不实，申领不予受理" }""",
        [nameof(CallContributions)] = """
            { "programme": "sample-2025", "payer": "样例物流公司", "dueOn": "2199-12-31" }
            """,
        [nameof(CloseContributionCall)] = """{ "reason": "已缴清" }""",
        [nameof(ReturnContribution)] = """
            { "payer": "样例物流公司", "reference": "T-1", "returnedOn": "2025-03-05", "reason": "代扣退回" }
            """,
        [nameof(RaiseBudget)] = """{ "amount": "12000.00", "reference": "甘工发〔2025〕18号", "reason": "追加名额" }""",
        [nameof(RegisterPayer)] = """
            {
              "code": "SAMPLE-PAYER-1", "name": "样例物流公司", "region": "620602",
              "account": { "bank": "样例银行武威分行", "number": "620000000000018", "holder": "样例物流公司" }
            }
            """,
        [nameof(ProposePayerAccount)] = """
            {
              "account": { "bank": "样例银行武威分行", "number": "620000000000026", "holder": "样例物流公司" },
              "reason": "账户已变更，附开户许可证"
            }
            """,
        [nameof(ConfirmPayerAccount)] = """{ "number": "620000000000018" }""",
        [nameof(RejectPayerAccount)] = """{ "reason": "开户许可证与户名不符" }""",
        [nameof(OrderRefunds)] = """{ "payer": "样例物流公司" }""",
        [nameof(ReissueRefund)] = """{ "reason": "账户已变更" }""",
        [nameof(LapseEnrolment)] = """{ "reason": "逾期未缴" }""",
        [nameof(ChangeEmployer)] = """{ "employer": "LZ-001" }""",
        [nameof(SubmitClaim)] = $$"""
            {
              "enrolmentId": "{{Id}}", "incident": { "kind": "disability", "date": "2025-10-20", "grade": 7 },
              "claimant": { "name": "李样例", "idNumber": "620602199001010027", "relation": "self", "account": {{Account}} }
            }
            """,
        [nameof(SubmitAssistedClaim)] = $$"""
            {
              "certificateNumber": "E620602-20250301-7K3F9QTN", "member": { "name": "李样例", "idNumber": "620602199001010027" },
              "incident": { "kind": "disability", "date": "2025-10-20", "grade": 7 }, "receipts": ["SAMPLE-0001"],
              "claimant": { "name": "李样例", "idNumber": "620602199001010027", "relation": "self", "account": {{Account}} },
              "applicant": { "kind": "agent", "name": "王样例", "phone": "000-0000-0009" }
            }
            """,
        [nameof(ReportOccurrence)] = $$"""
            {
              "claimant": { "name": "李样例", "idNumber": "620602199001010027", "relation": "self", "account": {{Account}} },
              "benefits": [
                { "enrolmentId": "{{Id}}", "incident": { "kind": "disability", "date": "2025-10-20", "grade": 7 } },
                { "enrolmentId": "{{Id}}", "incident": { "kind": "disability", "date": "2025-10-21", "grade": 9 } }
              ],
              "applicant": { "kind": "officer" }
            }
            """,
        [nameof(AddDocument)] = """
            {
              "kind": "disabilityCertificate", "fileName": "disabilityCertificate.pdf",
              "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            }
            """,
        [nameof(AnswerSupplement)] = """
            {
              "documents": [
                {
                  "kind": "disabilityCertificate", "fileName": "disabilityCertificate.pdf",
                  "sha256": "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447"
                },
                {
                  "kind": "accountProof", "fileName": "accountProof.pdf",
                  "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                }
              ]
            }
            """,
        [nameof(ApproveClaim)] = """{ "amount": "48000.00", "reason": "伤残七级，材料齐全" }""",
        [nameof(RefuseClaim)] = """{ "reason": "不属保障责任" }""",
        [nameof(RequestSupplement)] = """{ "kinds": ["disabilityCertificate"], "text": "伤残鉴定书不清楚，请重新提交" }""",
        [nameof(TellClaimant)] = """{ "how": "phone" }""",
        [nameof(RegisterWebhook)] = """
            { "url": "https://platform.example/claims", "events": ["claim.*", "payout.settled"], "region": "62" }
            """,
        [nameof(PauseWebhook)] = """{ "reason": "平台升级" }""",
        [nameof(ReclassifyClaim)] = """
            { "incident": { "kind": "disability", "date": "2025-10-20", "grade": 6 }, "reason": "鉴定结论为六级" }
            """,
        [nameof(AppealRefusal)] = """{ "reason": "鉴定结论可以证明属保障责任" }""",
        [nameof(DecideAppeal)] = """{ "outcome": "reversed", "reason": "鉴定结论成立，属保障责任" }""",
        [nameof(ReviewClaim)] = """{ "finding": "agree", "reason": "材料与核定金额相符" }""",
        [nameof(CompleteSecondLook)] = """{ "finding": "confirmed", "reason": "抽查材料齐全，金额无误" }""",
        [nameof(DelegateDuty)] = """
            {
              "to": "sun", "region": "620602", "from": "2099-01-01", "until": "2099-12-31", "reason": "外出培训", "upTo": "50000.00"
            }
            """,
        [nameof(NoteAbsence)] = """{ "from": "2099-01-01", "until": "2099-12-31" }""",
        [nameof(WithdrawAppeal)] = """{ "reason": "申领人撤回复议申请" }""",
        [nameof(ReopenClaim)] = """{ "cause": "newEvidence", "reason": "补交病理报告" }""",
        [nameof(RaiseObjection)] = """{ "reason": "反映该会员已离职" }""",
        [nameof(DecideObjection)] = """{ "number": 1, "outcome": "dismissed", "reason": "经核实在职" }""",
        [nameof(WithdrawClaim)] = """{ "reason": "重复提交" }""",
        [nameof(ReissuePayout)] = $$"""{ "account": {{Account}}, "reason": "户名已更正" }""",
        [nameof(RaiseSuspicion)] = """{ "kind": "falsePapers", "reason": "伤残鉴定书编号不存在" }""",
        [nameof(ClearSuspicion)] = """{ "kind": "falsePapers", "reason": "鉴定机构已函复确认" }""",
        [nameof(ReviewPayoutAccount)] = """{ "finding": "accepted", "reason": "监护关系证明已核对" }""",
        [nameof(HoldPayout)] = """{ "reason": "账户待核实" }""",
        [nameof(ReleaseHold)] = """{ "reason": "账户已核实" }""",
        [nameof(DissolvePaymentBatch)] = """{ "reason": "一笔付款已暂缓" }""",
        [nameof(RevokeApproval)] = """{ "cause": "officeError", "reason": "鉴定书非本人", "clause": "第八条" }""",
        [nameof(ReleasePaymentBatch)] = """{ "withoutHeld": true }""",
        [nameof(OpenRecovery)] = """{ "amount": "2000.00", "cause": "overpayment", "reason": "复核发现多付" }""",
        [nameof(CancelRecovery)] = """{ "reason": "金额有误，另行立案" }""",
        [nameof(AgreeInstalments)] = """
            { "instalments": [{ "dueOn": "2199-01-31", "amount": "1200.00" }, { "dueOn": "2199-02-28", "amount": "800.00" }] }
            """,
        [nameof(RecordRepayment)] = """{ "amount": "1200.00", "receivedOn": "2026-01-30", "bankReference": "B-2" }""",
        [nameof(ProposeReopening)] = """{ "reason": "一笔付款入账有误" }""",
        [nameof(ProposeWriteOff)] = """{ "reason": "当事人已故，无遗产" }""",
        [nameof(ApproveWriteOff)] = """{ "reason": "同意核销" }""",
        [nameof(ProposeBar)] = $$"""
            { "enrolmentId": "{{Id}}", "scope": "both", "from": "2026-01-01", "to": "2027-12-31", "reason": "冒名申领已查实" }
            """,
        [nameof(LiftBar)] = """{ "reason": "已退还全部款项" }""",
        ["AuthorisePayouts"] = $$"""{ "payouts": ["{{Id}}"] }""",
        [nameof(AssemblePaymentBatch)] = $$"""{ "payouts": ["{{Id}}"] }""",
        [nameof(RecordPaymentResults)] = Results,
        ["CheckPaymentResults"] = Results,
        [nameof(RecordBankStatement)] = $$"""
            {
              "account": "00000000000000000000", "number": "2025-11-20", "from": "2025-11-20", "to": "2025-11-20",
              "opening": "500000.00", "closing": "380001.00",
              "lines": [
                { "bookedOn": "2025-11-20", "amount": "-120000.00", "endToEndId": "{{Id}}", "bankReference": "B-1" },
                { "bookedOn": "2025-11-20", "amount": "1.00", "bankReference": "B-2" }
              ]
            }
            """,
        [nameof(ExplainStatementLine)] = """{ "line": 2, "reason": "活期利息" }""",
        [nameof(OpenPaymentSchedule)] = """
            { "name": "每日付款", "filter": { "region": "62" }, "time": "09:30", "days": ["monday", "thursday"], "most": 5000 }
            """,
        [nameof(EndPaymentSchedule)] = """{ "reason": "改为人工组批" }""",
        [nameof(OpenReliefFund)] = """
            {
              "code": "sample-relief-2026", "name": "样例送温暖资金", "region": "62", "budget": "1000000.00",
              "from": "2025-12-01", "to": "2026-03-31",
              "kinds": [{ "code": "low-income", "name": "家庭收入低", "most": "3000.00", "evidence": ["incomeProof"] }]
            }
            """,
        [nameof(AllocateReliefMoney)] = """{ "region": "6206", "amount": "100000.00" }""",
        [nameof(ReturnReliefMoney)] = """{ "region": "6206", "amount": "500.00" }""",
        [nameof(CloseReliefFund)] = """{ "reason": "送温暖活动结束" }""",
        [nameof(ApplyForRelief)] = $$"""
            {
              "fund": "sample-relief-2026", "kind": "low-income", "amount": "2000.00", "facts": "一人务工，两人患慢性病，收入低于当地低保标准",
              "person": { "name": "李样例", "idNumber": "620602199001010027", "region": "620602", "account": {{Account}} },
              "household": { "monthlyIncome": "1800.00", "others": [] },
              "evidence": [{ "kind": "incomeProof", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }]
            }
            """,
        [nameof(CheckReliefApplication)] = """{ "finding": "入户走访，情况属实" }""",
        [nameof(GrantRelief)] = """{ "amount": "2000.00", "reason": "符合条件，同意发放" }""",
        [nameof(RefuseRelief)] = """{ "reason": "收入高于标准" }""",
        [nameof(WithdrawReliefApplication)] = """{ "reason": "申请人撤回" }""",
        [nameof(QuoteBenefit)] = """
            {
              "enrolment": { "units": 1, "coverFrom": "2014-01-01", "coverTo": "2014-12-31" },
              "incident": {
                "kind": "hospitalisation", "date": "2014-03-01",
                "admissions": [{
                  "admitted": "2014-03-01", "discharged": "2014-03-19", "hospitalGrade": 3, "total": "31000.00", "inScope": "24000.00",
                  "ownShare": "7333.33"
                }]
              },
              "used": { "amount": "48000.00" }
            }
            """,
        ["OpenIdentity"] = """{ "reason": "核对申领人身份证" }""",
        [nameof(FindMember)] = """{ "idNumber": "620602199001010027" }""",
        ["StartAuditPack"] = """{ "plan": "gansu-2025-new-employment", "year": 2025 }""",
        ["StartWhatIf"] = """{ "plan": "gansu-2025-new-employment", "version": 1, "from": "2025-01-01", "to": "2025-12-31" }""",
        ["IssueDevelopmentToken"] = """{ "user": "wang", "roles": ["officer"], "region": "620602" }""",
    };

    public static JsonNode? Json(string operation) => Bodies.TryGetValue(operation, out var body) ? JsonNode.Parse(body) : null;

    public static string? Csv(string operation) => operation switch
    {
        "SendRoster" => "姓名,身份证号,职业,地区\r\n李样例,620602199001010027,快递员,620602\r\n",
        "SendSettlements" => "经办机构,结算单号,身份证号,姓名,入院日期,出院日期,医院等级,总费用,政策范围内费用,个人自付\r\n"
            + "样例市医保中心,SAMPLE-0001,620602199001010027,李样例,2025-09-08,2025-09-21,三级,9210.55,8006.20,2873.46\r\n",
        "SendContributionPayments" => "凭证号,实缴金额,缴费凭据号,缴费日期\r\nE62-20251120-7K3F9QTN,40.00,T-1,2025-11-20\r\n",
        _ => null,
    };

    public static string? JsonLines(string operation) =>
        operation == "SendContributionPayments"
            ? """{"certificateNumber":"all","amount":"40.00","reference":"T-1","paidOn":"2025-11-20"}""" + "\n"
        : operation != "SendSettlements" ? null
        : """{"source":"样例市医保中心","settlementNumber":"SAMPLE-0001","idNumber":"620602199001010027","name":"李样例","""
        + """ "admitted":"2025-09-08","discharged":"2025-09-21","hospitalGrade":3,"total":"9210.55","inScope":"8006.20","""
        + """ "ownShare":"2873.46"}""" + "\n";
}
