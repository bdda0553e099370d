namespace ClaimsEngine.Console.Words;

/// <summary>
/// Chinese words for API names on the pages of this part, which no exported table has. Assumed, as no public text gives them. The kinds of
/// papers are called here as the seeded notices call them.
/// </summary>
internal static class ClaimTexts
{
    public static readonly Dictionary<string, string> Words = new()
    {
        // kinds of papers that the seeded plans ask for
        ["accountHolderProof"] = "他人账户收款理由证明", ["accountProof"] = "银行账户证明", ["applicationForm"] = "申领表",
        ["deathCertificate"] = "死亡证明", ["diagnosisCertificate"] = "诊断证明", ["disabilityCertificate"] = "伤残鉴定书",
        ["dischargeSummary"] = "出院小结", ["employerCertificate"] = "单位证明", ["enrolmentProof"] = "参保凭证",
        ["eventStatement"] = "事故情况说明", ["examinationReports"] = "检查报告", ["identityDocument"] = "身份证件",
        ["insuranceSettlement"] = "医保结算单", ["medicalRecords"] = "病历", ["pathologyReport"] = "病理报告",
        ["receipts"] = "医疗费收据", ["registrationCancellation"] = "户籍注销证明", ["relationProof"] = "关系证明",

        // papers of applications for relief
        ["hardshipRecord"] = "困难职工档案", ["unemploymentProof"] = "失业证明", ["incomeProof"] = "收入证明",
        ["disasterProof"] = "受灾证明", ["schoolingProof"] = "在读证明",

        // Relation
        ["sibling"] = "兄弟姐妹", ["otherRelative"] = "其他亲属", ["legalHeir"] = "其他法定继承人", ["namedBeneficiary"] = "指定受益人",

        // ApplicantKind
        ["member"] = "参保人本人", ["relative"] = "亲属或受益人", ["agent"] = "单位代办员", ["officer"] = "经办人代为申请",

        // Severity
        ["inSitu"] = "原位癌", ["mild"] = "轻症", ["severe"] = "重症",

        // ClaimFlags
        ["incident-before-enrolment"] = "事故早于参保登记", ["likely-duplicate"] = "疑似重复申领", ["four-eyes-exempt"] = "未经双人经办",

        // SuspicionKind
        ["falsePapers"] = "材料虚假", ["impersonation"] = "冒名申领", ["doubleClaim"] = "重复申领", ["collusion"] = "内外串通",
        ["diversion"] = "截留、挪用",

        // AppealOutcome, ReviewFinding, SecondLookFinding
        ["upheld"] = "维持原决定", ["reversed"] = "撤销原决定", ["agree"] = "同意核定", ["object"] = "不同意核定",
        ["confirmed"] = "确认无误", ["questioned"] = "存在疑问",

        // ReopeningCause, RevocationCause
        ["latePapers"] = "材料逾期补到", ["newEvidence"] = "有新证据", ["officeError"] = "经办差错", ["claimantAsks"] = "申领人要求恢复",
        ["suspicion"] = "疑点属实", ["objection"] = "公示异议成立",

        // ContactWay
        ["phone"] = "电话", ["inPerson"] = "当面", ["letter"] = "信函", ["message"] = "短信",

        // ObjectionOutcome has "upheld" as well: the page of a public notice says it in its own words
        ["dismissed"] = "异议不成立",

        // DeliveryStatus
        ["pending"] = "待发送", ["delivered"] = "已送达", ["dead"] = "发送失败", ["cancelled"] = "已取消", ["unsent"] = "待人工告知",
        ["noAddress"] = "无联系电话", ["told"] = "已人工告知",

        // NoticeKind
        ["received"] = "已受理", ["receivedIncomplete"] = "已收到，材料不齐", ["papersRequested"] = "通知补正", ["approved"] = "已批准",
        ["approvedWithoutPayment"] = "已核准，本次不付款", ["refusalUpheld"] = "复议维持", ["refusalReversed"] = "复议撤销",
        ["expired"] = "逾期结案", ["paid"] = "已到账", ["transferReturned"] = "付款退回", ["refundPaid"] = "退费已到账",
        ["refundReturned"] = "退费退回",

        // the feed of settlements
        ["routed"] = "转人工办理", ["known"] = "已有申领", ["differs"] = "与已有申领不一致", ["rejected"] = "无法读取",
    };
}
