namespace ClaimsEngine.Console.Words;

/// <summary>
/// Chinese words for API names on the pages of this part, which no exported table has. Assumed, as no public text gives them.
/// </summary>
internal static class MoneyTexts
{
    public static readonly Dictionary<string, string> Words = new()
    {
        // columns and filters
        ["hasOpen"] = "有待说明行", ["bookedFrom"] = "记账起日", ["bookedTo"] = "记账止日", ["opening"] = "期初余额", ["closing"] = "期末余额",
        ["matched"] = "已对应", ["explained"] = "已说明", ["unexplained"] = "待说明", ["payable"] = "可付款", ["accountWaits"] = "账户待确认",
        ["calledOn"] = "发出日期",

        // how the bank was told of a batch
        ["delivery:refused"] = "银行拒收", ["delivery:timeout"] = "超时", ["delivery:no-connection"] = "无法连接",
        ["delivery:forbidden-address"] = "地址不允许", ["delivery:no-gateway"] = "未配置接口", ["delivery:has-results"] = "已有结果",
        ["delivery:too-late"] = "放行已超过一天",

        // what the journal's entries come from
        ["enrolment_started"] = "参保", ["claim_submitted"] = "提交申领", ["claim_approved"] = "批准申领", ["payout_ordered"] = "下达付款", ["payout_authorised"] = "授权付款",
        ["payout_batched"] = "编入批次", ["payout_sent"] = "送银行", ["payout_settled"] = "付款到账", ["payout_returned"] = "付款退汇",
        ["payout_reissued"] = "重新下达", ["payout_cancelled"] = "付款取消", ["payout_reclaimed"] = "立案追回", ["payout_recovered"] = "款项追回",
        ["payout_unbatched"] = "移出批次", ["payout_account_reviewed"] = "核准账户", ["payout_co_authorised"] = "第一人授权",
        ["payout_reconciled"] = "对账单核对", ["hold_placed"] = "暂缓付款", ["hold_released"] = "解除暂缓",
        ["claim_assessed"] = "核定申领", ["claim_refused"] = "不予给付", ["claim_withdrawn"] = "撤回申领", ["claim_expired"] = "申领逾期终止",
        ["claim_reopened"] = "重新受理申领", ["approval_revoked"] = "撤销批准", ["contribution_paid"] = "收到互助费",
        ["contribution_returned"] = "互助费退回", ["cover_took_effect"] = "保障生效", ["enrolment_lapsed"] = "参保失效",
        ["enrolment_cancelled"] = "退出参保", ["enrolment_voided"] = "参保无效", ["refund_ordered"] = "下达退费",
        ["repayment_received"] = "收到还款", ["write_off_approved"] = "批准核销", ["recovery_confirmed"] = "确认应还",
        ["contributions_earned"] = "结账：已赚互助费", ["plan_year_closed"] = "年度结转", ["period_closed"] = "结账",
        ["relief_granted"] = "批准帮扶", ["relief_fund_opened"] = "设立帮扶资金",
        ["relief_payout_ordered"] = "下达帮扶付款", ["refund_payout_ordered"] = "下达退费",
    };
}
