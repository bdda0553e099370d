namespace ClaimsEngine.Console.Words;

/// <summary>
/// Chinese words for API names on the pages of this part, which no exported table has. Assumed, as no public text gives them.
/// </summary>
internal static class EnrolmentTexts
{
    public static readonly Dictionary<string, string> Words = new()
    {
        // what happens to certificates, people and employers
        ["enrolment_started"] = "登记参保", ["contribution_paid"] = "登记缴费", ["contribution_returned"] = "缴费退回",
        ["cover_took_effect"] = "保障生效", ["ratio_reached"] = "参保比例达到要求", ["unit_changed"] = "变更单位",
        ["enrolment_cancelled"] = "退出参保", ["enrolment_voided"] = "凭证作废", ["enrolment_lapsed"] = "凭证失效",
        ["claim_opened"] = "凭证下提交申领", ["claim_closed"] = "凭证下申领办结", ["benefit_used"] = "给付计入凭证",
        ["benefit_returned"] = "给付从凭证冲回", ["refund_ordered"] = "下达退费", ["person_registered"] = "登记人员",
        ["person_corrected"] = "更正人员信息", ["phone_changed"] = "变更手机号", ["account_registered"] = "登记银行账户",
        ["person_barred"] = "限制生效", ["person_unbarred"] = "限制解除", ["unit_registered"] = "登记单位", ["staff_counted"] = "清点职工人数",
        ["unit_covered"] = "单位开始保障",
    };
}
