using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.People;

/// <summary>What the roles are called on screens.</summary>
public static class RoleWords
{
    public static string Of(Role role, Language language) => role switch
    {
        Role.Officer => language.Of("经办人", "Officer"),
        Role.Approver => language.Of("审批人", "Approver"),
        Role.Finance => language.Of("财务", "Finance"),
        Role.Auditor => language.Of("审计", "Auditor"),
        Role.PlanAdmin => language.Of("计划管理员", "Plan administrator"),
        _ => language.Of("运维", "Operator"),
    };
}
