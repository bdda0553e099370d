using System.Globalization;
using ClaimsEngine.Claims;

namespace ClaimsEngine.Host.Auth;

/// <summary>
/// What an office may approve: the limit of its union level in the handling rules of its organiser on that day. A deployment may set
/// another limit for a level, <c>Approval:District</c>, <c>City</c> or <c>Province</c> in yuan (<c>"50000.00"</c>), for all its organisers.
/// </summary>
public sealed class OfficeLimits
{
    private readonly Money? district, city, province;

    /// <param name="approval">the section <c>Approval</c></param>
    /// <exception cref="InvalidOperationException">A limit is no amount or not above zero.</exception>
    public OfficeLimits(IConfiguration approval) =>
        (district, city, province) = (Read(approval, "District"), Read(approval, "City"), Read(approval, "Province"));

    /// <returns>null is without limit: the national office</returns>
    public Money? For(RegionCode office, LocalDate day)
    {
        var rules = HandlingRules.For(office, day).Limits;
        return new ApprovalLimits(district ?? rules.District, city ?? rules.City, province ?? rules.Province).For(office);
    }

    private static Money? Read(IConfiguration approval, string level)
    {
        if (approval[level] is not { Length: > 0 } text) return null;
        return Money.TryParse(text, out var limit, out var error) && limit.IsPositive
            ? limit
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"Approval:{level} is '{text}': {error}, above zero."));
    }
}
