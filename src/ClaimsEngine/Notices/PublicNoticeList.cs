namespace ClaimsEngine.Notices;

/// <summary>All public notices. Holds no personal data: people are ids, and objections are counted only.</summary>
public sealed record PublicNoticeRow(
    ClaimId Claim,
    [property: Column("number of the claim that people read out")] string ClaimNumber,
    [property: Column("person, by id")] PersonId Member,
    [property: Column("code of the plan")] string Plan,
    int PlanVersion,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("approved, in fen")] Money Amount,
    [property: Column("first day of the notice, Asia/Shanghai")] LocalDate FirstDay,
    [property: Column("last day of the notice, inclusive, Asia/Shanghai")] LocalDate LastDay,
    [property: Column("objections that are not decided")] int OpenObjections,
    [property: Column("an objection was upheld: nothing is paid")] bool Stopped);

public static class PublicNoticeList
{
    public static readonly ReadModel<PublicNoticeRow> Model = new(
        "public_notices", "Approvals that are published before they are paid; no personal data", PublicNotice.StreamType, Evolve,
        "last_day, region", "region, id");

    public static PublicNoticeRow? Evolve(PublicNoticeRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        PublicNoticeOpened e => new PublicNoticeRow(
            e.Claim, e.ClaimNumber, e.Member, e.Plan, e.PlanVersion, e.Region, e.Amount, e.From, e.To, 0, false),
        _ when row is null => null,
        ObjectionRaised => row with { OpenObjections = row.OpenObjections + 1 },
        ObjectionDismissed => row with { OpenObjections = row.OpenObjections - 1 },
        ObjectionUpheld => row with { OpenObjections = row.OpenObjections - 1, Stopped = true },
        _ => row,
    };
}
