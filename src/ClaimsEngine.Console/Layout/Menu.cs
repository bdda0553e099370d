namespace ClaimsEngine.Console.Layout;

/// <summary>The pages that a person finds in the menu, by the work they belong to.</summary>
public static class Menu
{
    /// <param name="Address">below the console's base</param>
    /// <param name="Roles">who finds it; empty for everybody</param>
    public sealed record Entry(string Address, string Zh, string En, params IReadOnlyList<Role> Roles);

    public sealed record Group(string Zh, string En, params IReadOnlyList<Entry> Entries);

    private static readonly Role[] CaseReaders = [Role.Officer, Role.Approver, Role.Auditor];
    private static readonly Role[] Money = [Role.Finance, Role.Auditor];

    public static readonly IReadOnlyList<Group> Groups =
    [
        new("工作台", "Work",
            new Entry("", "待办事项", "Worklists"),
            new Entry("search", "查找", "Search", Module.Readers),
            new Entry("works", "我的名册和后台任务", "My rosters and long work", Role.Officer, Role.Finance, Role.Auditor, Role.PlanAdmin),
            new Entry("delegations", "代办授权", "Delegations", Role.Approver, Role.Auditor),
            new Entry("guide", "演练案例", "Guided case")),
        new("参保", "Enrolment",
            new Entry("enrolments", "参保登记", "Certificates", Module.Readers),
            new Entry("enrolments/new", "个人参保", "Enrol one person", Role.Officer),
            new Entry("rosters/new", "名册参保", "Enrol a roster", Role.Officer),
            new Entry("employers", "单位", "Employers", Module.Readers)),
        new("申领", "Claims",
            new Entry("claims", "申领列表", "Claims", Module.Readers),
            new Entry("claims/new", "提交申领", "Submit a claim", Role.Officer),
            new Entry("settlements/new", "医保结算导入", "Settlement feed", Role.Officer),
            new Entry("notices", "告知记录", "Messages to claimants", CaseReaders),
            new Entry("approvals", "审批", "Approvals", Role.Approver),
            new Entry("public-notices", "公示", "Public notices", CaseReaders),
            new Entry("relief", "困难帮扶", "Relief", CaseReaders),
            new Entry("bars", "参保申领限制", "Bars", CaseReaders)),
        new("资金", "Money",
            new Entry("payouts", "付款", "Payouts", Module.Readers),
            new Entry("batches", "付款批次", "Payment batches", Money),
            new Entry("contributions", "缴费", "Contributions", Money),
            new Entry("relief-funds", "帮扶资金", "Relief funds"),
            new Entry("recoveries", "追回", "Recoveries", Module.Readers),
            new Entry("statements", "银行对账", "Bank statements", Money),
            new Entry("finance", "统计分析", "Totals and charts", Money),
            new Entry("books", "账簿", "Books", Money)),
        new("审计", "Audit",
            new Entry("audit/time-machine", "时光机", "Time machine", Role.Auditor),
            new Entry("audit/events", "事件查询", "Event search", Role.Auditor),
            new Entry("audit/replay", "决定重算", "Replay a decision", Role.Auditor),
            new Entry("audit/what-if", "规则推演", "What if", Role.Auditor, Role.PlanAdmin),
            new Entry("audit/openings", "查阅记录", "Read-access log", Role.Auditor),
            new Entry("audit/packs", "审计资料包", "Audit packs", Role.Finance, Role.Auditor)),
        new("计划", "Plans",
            new Entry("plans", "保障计划", "Plans"),
            new Entry("programmes", "项目", "Programmes")),
        new("运维", "Operations",
            new Entry("operations", "运行状况", "Health", Role.Operator),
            new Entry("operations/dead-letters", "失败事件", "Dead letters", Role.Operator),
            new Entry("operations/work", "长任务", "Long work", Role.Operator),
            new Entry("operations/webhooks", "消息推送", "Webhooks", Role.Operator, Role.Auditor)),
    ];

    /// <summary>What this person finds, without empty groups.</summary>
    public static IEnumerable<Group> For(People.Person person) => Groups
        .Select(group => group with
        {
            Entries = [.. group.Entries.Where(entry => entry.Roles.Count == 0 || entry.Roles.Any(role => person.Is(role)))],
        })
        .Where(group => group.Entries.Count > 0);
}
