using ClaimsEngine.Members;

namespace ClaimsEngine.Notices;

public static class NoticesModule
{
    public static Module Create() => new Module("public-notices")
        .Stores<PublicNotice>(
            typeof(PublicNoticeOpened), typeof(ObjectionRaised), typeof(ObjectionDismissed), typeof(ObjectionUpheld))
        .On<RaiseObjection, PublicNotice>("/api/public-notices/{claim}/objections", Role.Officer, c => PublicNoticeId.Of(c.Claim).Value,
            "Object to a payment that is published")
        .On<DecideObjection, PublicNotice>("/api/public-notices/{claim}/objections/decision", Role.Approver,
            c => PublicNoticeId.Of(c.Claim).Value, "Dismiss or uphold an objection, as another person than who approved the claim")
        .Shows<PublicNotice, PublicNoticeView>("/api/public-notices/{claim}", OfClaim, notice => $"/api/public-notices/{notice.Claim}",
            PublicNoticeView.Of, "The public notice of a claim, with the objections to it", Role.Officer, Role.Approver, Role.Auditor)
        .Projects(PublicNoticeList.Model);

    private static Guid? OfClaim(string text) => Module.ById(text) is { } claim ? PublicNoticeId.Of(new ClaimId(claim)).Value : null;
}

/// <summary>A public notice as shown to those who handle it.</summary>
/// <param name="Name">of the member, as it is published</param>
/// <param name="To">last day, inclusive, Asia/Shanghai</param>
/// <param name="Rules">the organiser's rules that say so</param>
public sealed record PublicNoticeView(
    ClaimId ClaimId, string ClaimNumber, string Name, string Plan, RegionCode Region, string RegionName, Money Amount, LocalDate From,
    LocalDate To, string Rules, string ApprovedBy, IReadOnlyList<Objection> Objections)
{
    public static async Task<PublicNoticeView> Of(PublicNotice notice, IRecords records)
    {
        var member = await records.FindAnywhere<Person>(notice.Member.Value);
        return new PublicNoticeView(
            notice.Claim, notice.ClaimNumber, MaskedName.Of(member?.Name ?? ""), notice.Plan, notice.Region, notice.Region.Name,
            notice.Amount, notice.From, notice.To, notice.Rules, notice.ApprovedBy, notice.Objections);
    }
}
