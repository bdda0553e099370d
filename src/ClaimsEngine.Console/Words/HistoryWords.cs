using System.Text.Json;

namespace ClaimsEngine.Console.Words;

/// <summary>What happened, in words: the names of event types. No public text gives the Chinese ones; they are assumed.</summary>
public static class HistoryWords
{
    /// <summary>Members of an event's data that say how much and why, in the order in which they are told.</summary>
    private static readonly (string Member, string Zh, string En)[] Told =
    [
        ("amount", "金额", "amount"), ("kind", "类别", "kind"), ("finding", "结论", "finding"), ("clause", "条款", "clause"),
        ("reason", "理由", "reason"),
    ];

    private static readonly Dictionary<string, string> Chinese = new()
    {
        ["absence_ended"] = "提前结束缺勤",
        ["absence_noted"] = "登记缺勤",
        ["account_registered"] = "登记收款账户",
        ["agent_named"] = "登记代办人",
        ["appeal_withdrawn"] = "撤回复议申请",
        ["approval_revoked"] = "撤销批准",
        ["bank_statement_recorded"] = "录入银行对账单",
        ["bar_confirmed"] = "确认参保申领限制",
        ["bar_lifted"] = "解除或否决参保申领限制",
        ["bar_proposed"] = "提议限制参保申领",
        ["benefit_claimed"] = "申领计入给付账户",
        ["benefit_counted"] = "给付计入给付账户",
        ["benefit_returned"] = "退回已计给付额度",
        ["benefit_uncounted"] = "申领从给付账户移出",
        ["benefit_used"] = "使用给付额度",
        ["budget_raised"] = "追加预算",
        ["call_lines_listed"] = "列明缴费通知明细",
        ["claim_appealed"] = "申请复议",
        ["claim_approved"] = "批准申领",
        ["claim_assessed"] = "核定申领",
        ["claim_closed"] = "凭证项下申领办结",
        ["claim_expired"] = "申领逾期终止",
        ["claim_opened"] = "凭证项下申领立案",
        ["claim_reclassified"] = "更正事故类别",
        ["claim_refused"] = "决定不予给付",
        ["claim_reopened"] = "重新受理申领",
        ["claim_reviewed"] = "复核核定结果",
        ["claim_sampled"] = "抽中复查",
        ["claim_submitted"] = "提交申领",
        ["claim_withdrawn"] = "撤回申领",
        ["claimant_informed"] = "告知申领人",
        ["contribution_call_closed"] = "关闭缴费通知",
        ["contribution_called"] = "发出缴费通知",
        ["contribution_paid"] = "登记缴费到账",
        ["contribution_returned"] = "登记缴费退回",
        ["contributions_earned"] = "确认当月已赚互助费",
        ["cover_took_effect"] = "保障生效",
        ["deadline_passed"] = "办理期限已过",
        ["delegation_ended"] = "终止授权",
        ["document_filed"] = "登记文件名",
        ["document_received"] = "收到材料",
        ["duty_delegated"] = "授权代办",
        ["enrolment_cancelled"] = "退出参保",
        ["enrolment_lapsed"] = "参保失效",
        ["enrolment_started"] = "办理参保",
        ["enrolment_voided"] = "参保作废",
        ["hold_placed"] = "暂缓付款",
        ["hold_released"] = "解除暂缓付款",
        ["identity_opened"] = "查阅完整证件号码",
        ["instalments_agreed"] = "约定分期偿还",
        ["objection_dismissed"] = "驳回公示异议",
        ["objection_raised"] = "提出公示异议",
        ["objection_upheld"] = "公示异议成立",
        ["occurrence_reported"] = "报告一次事故的多项申领",
        ["original_checked"] = "核对材料原件",
        ["paper_downloaded"] = "下载材料",
        ["payer_account_confirmed"] = "确认付款单位账户",
        ["payer_account_proposed"] = "提交付款单位账户",
        ["payer_account_rejected"] = "否决付款单位账户",
        ["payer_registered"] = "登记付款单位",
        ["payment_batch_assembled"] = "组成付款批次",
        ["payment_batch_dissolved"] = "撤销付款批次",
        ["payment_batch_released"] = "放行付款批次",
        ["payment_results_recorded"] = "录入银行付款结果",
        ["payment_schedule_ended"] = "终止定时组批",
        ["payment_schedule_followed"] = "按计划定时组批",
        ["payment_schedule_opened"] = "设定定时组批",
        ["payout_account_reviewed"] = "审核他人收款账户",
        ["payout_authorised"] = "授权付款",
        ["payout_batched"] = "付款编入批次",
        ["payout_cancelled"] = "取消付款",
        ["payout_co_authorised"] = "第一人授权付款（须双人）",
        ["payout_ordered"] = "下达给付付款",
        ["payout_reclaimed"] = "要求追回付款",
        ["payout_reconciled"] = "付款与银行对账单相符",
        ["payout_recovered"] = "付款已追回",
        ["payout_reissued"] = "重新下达付款",
        ["payout_returned"] = "银行退汇",
        ["payout_sent"] = "付款送交银行",
        ["payout_settled"] = "付款到账",
        ["payout_unbatched"] = "付款移出批次",
        ["period_closed"] = "月度结账",
        ["period_reopened"] = "反结账",
        ["person_barred"] = "人员被限制参保申领",
        ["person_corrected"] = "更正姓名或电话",
        ["person_registered"] = "登记人员",
        ["person_unbarred"] = "解除人员限制",
        ["phone_changed"] = "变更电话",
        ["places_allocated"] = "分配名额",
        ["plan_version_proposed"] = "提交计划新版本",
        ["plan_version_published"] = "发布计划版本",
        ["plan_version_rejected"] = "否决计划新版本",
        ["plan_year_closed"] = "计划年度结转",
        ["programme_opened"] = "开办项目",
        ["public_notice_opened"] = "开始公示",
        ["ratio_reached"] = "单位参保比例达到要求",
        ["recovery_cancelled"] = "取消追回",
        ["recovery_confirmed"] = "确认追回",
        ["recovery_opened"] = "提出追回",
        ["refund_ordered"] = "下达退费",
        ["refund_payout_ordered"] = "下达退费付款",
        ["refusal_reversed"] = "复议改为给付",
        ["refusal_upheld"] = "复议维持不予给付",
        ["relief_application_checked"] = "核查帮扶申请",
        ["relief_application_recorded"] = "登记帮扶申请",
        ["relief_application_withdrawn"] = "撤回帮扶申请",
        ["relief_fund_closed"] = "关闭帮扶资金",
        ["relief_fund_opened"] = "设立帮扶资金",
        ["relief_granted"] = "批准帮扶",
        ["relief_money_allocated"] = "下拨帮扶资金",
        ["relief_money_returned"] = "交回帮扶资金",
        ["relief_payout_ordered"] = "下达帮扶付款",
        ["relief_refused"] = "不予帮扶",
        ["reopening_proposed"] = "申请反结账",
        ["repayment_received"] = "收到还款",
        ["second_look_completed"] = "完成复查",
        ["staff_counted"] = "登记职工人数",
        ["statement_line_explained"] = "说明对账单明细",
        ["supplement_requested"] = "通知补正材料",
        ["suspicion_cleared"] = "排除疑点",
        ["suspicion_raised"] = "提出疑点",
        ["unit_changed"] = "变更单位",
        ["unit_covered"] = "单位参保",
        ["unit_registered"] = "登记单位",
        ["webhook_paused"] = "暂停消息推送",
        ["webhook_registered"] = "登记消息推送",
        ["webhook_removed"] = "移除消息推送",
        ["webhook_resumed"] = "恢复消息推送",
        ["webhook_secret_rotated"] = "更换推送密钥",
        ["write_off_approved"] = "批准核销",
        ["write_off_proposed"] = "提议核销",
    };

    /// <summary>All types that have words.</summary>
    public static IReadOnlyCollection<string> Types => Chinese.Keys;

    /// <param name="type">as in the log: <c>claim_submitted</c></param>
    public static string Of(string type, Language language) =>
        language == Language.Chinese && Chinese.TryGetValue(type, out var words) ? words : Show.Spaced(type);

    /// <summary>What happened with what was said about it: <c>批准申领，金额48,000.00元，理由：伤残七级，材料齐全</c>.</summary>
    /// <param name="data">of the event</param>
    public static string Sentence(string type, JsonElement data, Language language)
    {
        var sentence = Of(type, language);
        if (data.ValueKind != JsonValueKind.Object) return sentence;
        foreach (var (member, zh, en) in Told)
            if (data.TryGetProperty(member, out var value) && value is { ValueKind: JsonValueKind.String } && value.GetString() is { } text)
                sentence += member switch
                {
                    "amount" => language.Of($"，{zh}{Show.Money(text)}元", $", {en} {Show.Money(text)} yuan"),
                    "reason" or "clause" => language.Of($"，{zh}：{text}", $", {en}: {text}"),
                    _ => language.Of($"，{zh}：{Texts.Chinese(text) ?? text}", $", {en}: {Show.Spaced(text)}"),
                };
        return sentence;
    }
}
