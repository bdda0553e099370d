namespace ClaimsEngine.AuditPacks;

/// <summary>A kind of file in a pack. Files of many rows are cut into parts, <c>bank/payouts-1.csv</c>, so that a spreadsheet opens
/// each.</summary>
/// <param name="Stem">folder and name without the number of the part and without the extension</param>
/// <param name="Zh">what it holds, in Chinese</param>
/// <param name="En">the same in English</param>
/// <param name="Headings">of a sheet (CSV), in Chinese and English; null for lines of JSON</param>
public sealed record PackFile(string Stem, string Zh, string En, params IReadOnlyList<string>? Headings)
{
    /// <summary>One JSON document and no lines of them; it has no parts.</summary>
    public bool IsDocument { get; init; }

    public string Extension => Headings is not null ? "csv" : IsDocument ? "json" : "jsonl";

    /// <param name="part">from 1</param>
    public string Part(int part) => IsDocument ? $"{Stem}.{Extension}" : $"{Stem}-{part}.{Extension}";

    /// <summary>The log of the streams of one type, as CloudEvents, a stream after another.</summary>
    public static PackFile Events(string streamType) =>
        new($"events/{streamType}", $"事件日志：{streamType}（CloudEvents，每行一条）", $"events of {streamType} streams, as CloudEvents", null);

    public static readonly PackFile Certificates = new(
        "contributions/certificates", "参保凭证及缴费", "certificates and what was paid for them",
        "凭证编号 certificate", "地区 region", "项目 programme", "单位 employer", "职业 occupation", "份数 units", "保障起 cover from",
        "保障止 cover to", "应缴 contribution", "已缴 paid", "状态 status");

    public static readonly PackFile Claims = new(
        "decisions/claims", "全部申领及决定", "all claims with their decisions",
        "申领编号 claim", "申领标识 claim id", "凭证标识 certificate id", "地区 region", "项目 programme", "事故类型 kind",
        "受理日期 submitted on", "状态 status", "核定金额 assessed", "批准金额 approved", "决定日期 decided on", "核定人 assessed by",
        "决定人 decided by");

    public static readonly PackFile Sample = new(
        "decisions/sample", "抽样决定及重算结果", "sampled decisions, computed again",
        "申领编号 claim", "地区 region", "事故类型 kind", "入样原因 because", "抽样值 draw", "计划版本 plan version", "规则哈希 rule hash",
        "计算器 interpreter", "核定金额 assessed", "重算金额 recomputed", "一致 identical", "状态 status", "批准金额 approved",
        "核定人 assessed by", "决定人 decided by");

    public static readonly PackFile Steps = new(
        "decisions/steps", "抽样决定的计算步骤", "the steps of the sampled decisions",
        "申领编号 claim", "步骤 step", "规则 rule", "条款 clause", "算式 input", "结果 output", "说明 text");

    public static readonly PackFile SampleFacts = new(
        "decisions/sample", "抽样决定：事实、步骤与重算（每行一条）", "sampled decisions with their facts and steps", null);

    public static PackFile Card(int version) => new(
        $"decisions/card-v{version}", $"计划卡片第 {version} 版，发布原文", $"version {version} of the plan's card, as it was published", null)
    {
        IsDocument = true,
    };

    public static readonly PackFile Payouts = new(
        "bank/payouts", "全部付款", "all payouts",
        "付款标识 payout", "申领编号 claim", "申领标识 claim id", "地区 region", "项目 programme", "金额 amount", "下单日期 ordered on",
        "状态 status", "批次标识 batch id", "银行结果 outcome", "银行流水 bank reference", "退汇原因 reason", "到账日期 settled on",
        "替代 reissues", "被替代 reissued as", "已追回 recovered");

    public static readonly PackFile Batches = new(
        "bank/batches", "付款批次及控制总额", "payment batches with their control sums",
        "批次号 batch", "批次标识 batch id", "地区 region", "状态 status", "笔数 lines", "总额 total", "组批人 assembled by",
        "放行人 released by", "到账笔数 settled", "到账金额 settled sum", "退汇笔数 returned", "退汇金额 returned sum", "未回笔数 without result",
        "未回金额 sum without result");

    public static readonly PackFile Results = new(
        "bank/results", "银行回单逐笔", "the bank's results, line by line",
        "批次号 batch", "付款标识 payout", "金额 amount", "结果 outcome", "银行流水 bank reference", "原因 reason");

    public static readonly PackFile Journal = new(
        "books/journal", "日记账分录（每行一个科目）", "the journal, a line for each account of an entry",
        "凭证号（日志位置）entry", "业务日期 date", "月份 month", "事件 event", "流 stream", "参考编号 reference", "地区 region", "项目 programme",
        "单位 employer", "科目 account", "付款方 payer", "借方 debit", "贷方 credit");

    public static readonly PackFile JournalEntries = new(
        "books/journal", "日记账分录（每行一张凭证）", "the journal, an entry a line", null);

    public static readonly PackFile TrialBalance = new(
        "books/trial-balance", "试算平衡表", "trial balance",
        "科目代码 code", "科目名称 name", "科目 account", "类别 class", "借方发生额 debit", "贷方发生额 credit", "余额方向 side", "余额 balance");

    public static readonly PackFile AccountsByMonth = new(
        "books/accounts-by-month", "分月科目发生额（按业务月份）", "debits and credits of the accounts by business month",
        "月份 month", "科目代码 code", "科目名称 name", "科目 account", "借方 debit", "贷方 credit");

    public static readonly PackFile Recoveries = new(
        "bank/recoveries", "追回", "money asked back",
        "追回编号 recovery", "付款标识 payout", "申领编号 claim", "地区 region", "原因 cause", "应还 owed", "已还 repaid", "核销 written off",
        "未还 outstanding", "状态 status", "开立日期 opened on");
}
