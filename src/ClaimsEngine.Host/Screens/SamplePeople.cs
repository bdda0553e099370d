using ClaimsEngine.Console.People;

namespace ClaimsEngine.Host.Screens;

/// <summary>People who do not exist, to try the console in Development: one for each role and office of the seeded cases.</summary>
internal static class SamplePeople
{
    public static readonly IReadOnlyList<SamplePerson> All =
    [
        new("wang", Role.Officer, "620602", "凉州区工会经办人：参保、提交和核定申领", "Officer in Liangzhou: enrols, submits and assesses"),
        new("chen", Role.Officer, "620602", "凉州区工会经办人（第二人）", "Second officer in Liangzhou"),
        new("li", Role.Approver, "62", "甘肃省总工会审批人", "Approver of Gansu province"),
        new("zhou", Role.Approver, "6206", "武威市总工会审批人", "Approver of Wuwei city"),
        new("zhao", Role.Finance, "62", "甘肃省财务：授权付款、组批、对账", "Finance of Gansu: authorises, batches, reconciles"),
        new("qian", Role.Finance, "62", "甘肃省财务（第二人）：放行批次", "Second finance person of Gansu: releases batches"),
        new("sun", Role.Auditor, "62", "甘肃省审计", "Auditor of Gansu"),
        new("wu", Role.PlanAdmin, "62", "甘肃省计划管理员", "Plan administrator of Gansu"),
        new("zheng", Role.PlanAdmin, "62", "甘肃省计划管理员（第二人）", "Second plan administrator of Gansu"),
        new("ops", Role.Operator, "", "系统运维", "Operator"),
        new("bao", Role.Officer, "1501", "呼和浩特市经办人", "Officer of Hohhot"),
    ];
}
