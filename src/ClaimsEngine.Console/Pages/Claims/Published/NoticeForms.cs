using ClaimsEngine.Notices;

namespace ClaimsEngine.Console.Pages.Claims.Published;

/// <summary>What is published on a day, as the API answers <c>/api/public-notices</c>.</summary>
public sealed record PublicNotices(RegionCode Region, string RegionName, LocalDate On, IReadOnlyList<PublicNoticeLine> Items);

/// <param name="Name">of the member, masked</param>
/// <param name="To">last day of the notice, inclusive</param>
public sealed record PublicNoticeLine(
    string ClaimNumber, string Name, string Plan, string District, Money Amount, LocalDate From, LocalDate To);

/// <summary>A line with the notice behind it; null where it could not be read.</summary>
public sealed record ListedNotice(PublicNoticeLine Line, PublicNoticeView? Notice)
{
    public int Open => Notice?.Objections.Count(one => one.Outcome is null) ?? 0;
}
