namespace ClaimsEngine.Recoveries;

/// <summary>All recoveries with their state. Holds no personal data: the payee is an id.</summary>
public sealed record RecoveryRow(
    [property: Column("number that people read out")] string Number,
    [property: Column("opened, confirmed, inInstalments, closed, writtenOff or cancelled")] RecoveryStatus Status,
    [property: Column("the payout that is asked back")] PayoutId Payout,
    [property: Column("the claim that was paid; null for relief and refunds")] ClaimId? Claim,
    string? ClaimNumber,
    [property: Column("person who was paid, by id; null where an organisation was")] PersonId? Payee,
    [property: Column("code of the plan; null for relief")] string? Plan,
    [property: Column("code of the programme, null for direct entry")] string? Programme,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("fraud, overpayment, duplicate or other")] RecoveryCause Cause,
    [property: Column("owed, in fen")] Money Amount,
    [property: Column("came back, in fen")] Money Repaid,
    [property: Column("given up, in fen")] Money WrittenOff,
    [property: Column("neither came back nor was given up, in fen; 0 once cancelled")] Money Outstanding,
    [property: Column("business date, Asia/Shanghai")] LocalDate OpenedOn,
    [property: Column("day of the first instalment that has not come, Asia/Shanghai; null for none")] LocalDate? DueOn,
    [property: Column("the plan in force; null for none"), JsonColumn] IReadOnlyList<Instalment>? Instalments,
    [property: Column("came back before that plan, in fen")] Money RepaidBefore,
    [property: Column("the rest is proposed to be given up")] bool WriteOffProposed);

public static class RecoveryList
{
    public static readonly ReadModel<RecoveryRow> Model = new(
        "recoveries", "All recoveries of paid money with their state; no personal data", Recovery.StreamType, Evolve, "status, region, id",
        "payout", "due_on")
    {
        Totals =
        [
            new("recovery_work", "Recoveries by their state and the next instalment", ["Region", "Status", "DueOn"], [],
                TotalsOf.CurrentRows, NowOnly: true),
        ],
    };

    public static RecoveryRow? Evolve(RecoveryRow? row, RecordedEvent recorded) =>
        Fold(row, recorded) is { } next && !ReferenceEquals(next, row) ? next.Reckoned() : row;

    private static RecoveryRow? Fold(RecoveryRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        RecoveryOpened e => new RecoveryRow(
            e.Number, RecoveryStatus.Opened, e.Payout, e.Claim, e.ClaimNumber, e.Payee, e.Plan, e.Programme, e.Region, e.Cause, e.Amount,
            Money.Zero, Money.Zero, e.Amount, e.OpenedOn, null, null, Money.Zero, false),
        _ when row is null => null,
        RecoveryConfirmed => row with { Status = RecoveryStatus.Confirmed },
        RecoveryCancelled => row with { Status = RecoveryStatus.Cancelled },
        InstalmentsAgreed e => row with { Status = RecoveryStatus.InInstalments, Instalments = e.Instalments, RepaidBefore = e.Repaid },
        RepaymentReceived e => row with
        {
            Repaid = row.Repaid + e.Amount, Status = row.Outstanding == e.Amount ? RecoveryStatus.Closed : row.Status,
        },
        WriteOffProposed => row with { WriteOffProposed = true },
        WriteOffApproved e => row with { Status = RecoveryStatus.WrittenOff, WrittenOff = e.Amount },
        _ => row,
    };

    private static RecoveryRow Reckoned(this RecoveryRow row) => row with
    {
        Outstanding = row.Status == RecoveryStatus.Cancelled ? Money.Zero : row.Amount - row.Repaid - row.WrittenOff,
        DueOn = row is { Status: RecoveryStatus.InInstalments, Instalments: { } plan }
            ? Recovery.NextDue(plan, row.Repaid - row.RepaidBefore) : null,
        WriteOffProposed = row is { WriteOffProposed: true, Status: RecoveryStatus.Confirmed or RecoveryStatus.InInstalments },
    };
}
