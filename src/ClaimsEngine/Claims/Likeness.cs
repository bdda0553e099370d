using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>
/// Which claims of one member may be for the same: under another certificate, another employer or another programme, or for another kind
/// of benefit. That can be right, since plans pay beside each other, so it is a flag for the approver and no refusal. What is surely the
/// same is refused by unique keys (<see cref="Claim.Keys"/>).
/// </summary>
public static class Likeness
{
    private static readonly IncidentKind[] Treatments =
        [IncidentKind.Hospitalisation, IncidentKind.HospitalDays, IncidentKind.AccidentMedical];

    private static readonly IncidentKind[] Illnesses = [IncidentKind.CriticalIllness, IncidentKind.WomensIllness];

    /// <summary>The claims of a member, whatever the office that has them.</summary>
    public static async Task<IReadOnlyList<Claim>> ClaimsOf(BenefitAccount? account, IUseCaseContext context)
    {
        if (account is null) return [];
        Guid[] ids = [.. account.Claims.Union(account.Benefits.Select(benefit => benefit.Claim)).Select(claim => claim.Value)];
        await context.Look(ids);
        var claims = new List<Claim>(ids.Length);
        foreach (var id in ids)
            if (await context.FindAnywhere<Claim>(id) is { } claim) claims.Add(claim);
        return claims;
    }

    /// <summary>The claims that an incident resembles; null for none.</summary>
    /// <param name="self">the claim of the incident</param>
    /// <param name="occurrence">benefits that were reported together do not resemble each other</param>
    /// <param name="others">all claims of the member</param>
    public static IReadOnlyList<ClaimId>? Of(
        Incident incident, IReadOnlyList<string>? receipts, ClaimId self, OccurrenceId? occurrence, IEnumerable<Claim> others)
    {
        ClaimId[] alike = [.. others
            .Where(other => other.Id != self && MayPay(other) && (occurrence is null || other.Occurrence != occurrence)
                && (Resemble(incident, other.Incident)
                    || receipts?.Intersect(other.Receipts, StringComparer.OrdinalIgnoreCase).Any() == true))
            .Select(other => other.Id)];
        return alike.Length == 0 ? null : alike;
    }

    private static bool MayPay(Claim claim) =>
        claim.Status is ClaimStatus.Submitted or ClaimStatus.Assessed or ClaimStatus.Approved or ClaimStatus.Appealed;

    private static bool Resemble(Incident one, Incident other) =>
        one.IsDeath ? other.IsDeath
        : Illnesses.Contains(one.Kind) ? Illnesses.Contains(other.Kind) && (one.Illness == other.Illness || Overlap(one, other))
        : Treatments.Contains(one.Kind) ? Treatments.Contains(other.Kind) && Overlap(one, other)
        : one.Kind == other.Kind && one.Date == other.Date;

    private static bool Overlap(Incident one, Incident other) => one.FirstDay <= other.LastDay && other.FirstDay <= one.LastDay;
}
