using System.Collections.Frozen;

namespace ClaimsEngine.Host.Auth;

/// <summary>Roles as tokens write them: <c>officer</c>, <c>approver</c>, <c>finance</c>, <c>auditor</c>, <c>plan-admin</c>, <c>operator</c>.</summary>
public static class RoleNames
{
    private static readonly FrozenDictionary<Role, string> Names = Enum.GetValues<Role>().ToFrozenDictionary(role => role, role => role switch
    {
        Role.PlanAdmin => "plan-admin",
        _ => role.ToString().ToLowerInvariant(),
    });

    // An identity provider that allows no hyphen writes planAdmin.
    private static readonly FrozenDictionary<string, Role> Roles = Names.Select(pair => (Name: pair.Value, Role: pair.Key))
        .Append((Name: "planAdmin", Role: Role.PlanAdmin))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Role);

    public static string Name(this Role role) => Names[role];

    /// <summary>Reads <c>plan-admin</c> or <c>planAdmin</c>; upper and lower case matter.</summary>
    public static bool TryParse(string text, out Role role) => Roles.TryGetValue(text, out role);

    /// <summary>All names, for messages that say what is allowed.</summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<Role>().Select(Name));
}
