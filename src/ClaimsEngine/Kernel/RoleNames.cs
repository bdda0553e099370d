using System.Collections.Frozen;

namespace ClaimsEngine.Kernel;

/// <summary>Roles as tokens write them: in lower case, <c>plan-admin</c> with a hyphen.</summary>
public static class RoleNames
{
    private static readonly FrozenDictionary<Role, string> Names = Enum.GetValues<Role>()
        .ToFrozenDictionary(role => role, role => role == Role.PlanAdmin ? "plan-admin" : role.ToString().ToLowerInvariant());

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
