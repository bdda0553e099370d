namespace ClaimsEngine.Console.Words;

/// <summary>Chinese words for API names on the pages of this part, which no exported table has. Assumed, as no public text gives them.</summary>
internal static class PlanTexts
{
    public static readonly Dictionary<string, string> Words = new()
    {
        // kinds of papers, as the letters write them
        ["accountHolderProof"] = "他人账户收款理由证明", ["accountProof"] = "银行账户证明", ["applicationForm"] = "申领表",
        ["deathCertificate"] = "死亡证明", ["diagnosisCertificate"] = "诊断证明", ["disabilityCertificate"] = "伤残鉴定书",
        ["dischargeSummary"] = "出院小结", ["employerCertificate"] = "单位证明", ["enrolmentProof"] = "参保证明", ["eventStatement"] = "情况说明",
        ["examinationReports"] = "检查报告", ["identityDocument"] = "身份证件", ["insuranceSettlement"] = "医保结算单",
        ["medicalRecords"] = "病历资料", ["pathologyReport"] = "病理报告", ["receipts"] = "费用票据", ["registrationCancellation"] = "户籍注销证明",
        ["relationProof"] = "关系证明",
        // who else pays
        ["criticalRelief"] = "大病救助", ["criticalInsurance"] = "大病保险", ["commercialInsurance"] = "商业保险",
        // versions of plans
        ["proposed"] = "待确认", ["published"] = "已发布", ["enterprise"] = "企业", ["institution"] = "机关事业单位",
    };
}
