namespace ClaimsEngine.Relief;

/// <summary>All applications for relief with their state. Holds no personal data: people are ids.</summary>
public sealed record ReliefRow(
    [property: Column("number that people read out")] string Number,
    [property: Column("applied, checked, granted, refused or withdrawn")] ReliefStatus Status,
    [property: Column("code of the fund")] string Fund,
    [property: Column("code of the fund's kind of hardship")] string Kind,
    [property: Column("person, by id")] PersonId Applicant,
    [property: Column("where the applicant's union is, GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("code of the employer whose union recorded it")] string? Unit,
    [property: Column("asked for, in fen")] Money Asked,
    [property: Column("granted, in fen")] Money? Granted,
    [property: Column("region of the level whose money was granted")] RegionCode? Level,
    PayoutId? Payout,
    [property: Column("business date, Asia/Shanghai")] LocalDate AppliedOn,
    [property: Column("day of the grant, refusal or withdrawal, Asia/Shanghai")] LocalDate? DecidedOn,
    string RecordedBy,
    string? CheckedBy,
    string? DecidedBy);

public static class ReliefBoard
{
    public static readonly ReadModel<ReliefRow> Model = new(
        "relief_applications", "All applications for hardship relief with their state; no personal data", ReliefApplication.StreamType,
        Evolve, "status, region, id", "fund, id", "number");

    public static ReliefRow? Evolve(ReliefRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        ReliefApplicationRecorded e => new ReliefRow(
            e.Number, ReliefStatus.Applied, e.Fund, e.Kind, e.Applicant, e.Region, e.Unit, e.Asked, null, null, null, e.AppliedOn, null,
            e.By, null, null),
        _ when row is null => null,
        ReliefApplicationChecked e => row with { Status = ReliefStatus.Checked, CheckedBy = e.By },
        ReliefGranted e => row.Ended(ReliefStatus.Granted, recorded, e.By) with
        {
            Granted = e.Amount, Level = e.Level, Payout = e.Payout,
        },
        ReliefRefused e => row.Ended(ReliefStatus.Refused, recorded, e.By),
        ReliefApplicationWithdrawn e => row.Ended(ReliefStatus.Withdrawn, recorded, e.By),
        _ => row,
    };

    private static ReliefRow Ended(this ReliefRow row, ReliefStatus status, RecordedEvent recorded, string by) =>
        row with { Status = status, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = by };
}
