using System.Security.Claims;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.People;

/// <summary>Who looks at the console.</summary>
/// <param name="Name">the subject of the sign-in; empty for nobody</param>
/// <param name="Region">what this person sees and does lies in it</param>
/// <param name="Language">chosen, or as the browser asked when the person signed in</param>
/// <param name="For">the approver for whom this person acts; null for nobody</param>
public sealed record Person(string Name, IReadOnlyList<Role> Roles, RegionCode Region, Language Language, string? For)
{
    /// <summary>Claims of the console's cookie beside <c>sub</c>.</summary>
    public const string RoleClaim = "role", RegionClaim = "region", LanguageClaim = "language", ForClaim = "for", UntilClaim = "until",
        SessionClaim = "session";

    public static readonly Person Nobody = new("", [], RegionCode.National, Language.Chinese, null);

    public bool IsSignedIn => Name.Length > 0;

    public bool Is(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
            if (Roles.Contains(role)) return true;
        return false;
    }

    public bool SeesMedicalFacts => Module.CaseReaders.Any(role => Is(role));

    public static Person Of(ClaimsPrincipal user) => user.FindFirst("sub")?.Value is not { } name ? Nobody : new Person(
        name,
        [.. user.FindAll(RoleClaim).SelectMany<Claim, Role>(claim => RoleNames.TryParse(claim.Value, out var role) ? [role] : [])],
        RegionCode.TryParse(user.FindFirst(RegionClaim)?.Value ?? "", out var region, out _) ? region : RegionCode.National,
        user.FindFirst(LanguageClaim)?.Value == Languages.EnglishCode ? Language.English : Language.Chinese,
        user.FindFirst(ForClaim)?.Value);
}
