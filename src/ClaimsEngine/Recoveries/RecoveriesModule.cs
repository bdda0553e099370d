using ClaimsEngine.Members;
using ClaimsEngine.Payers;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Recoveries;

public static class RecoveriesModule
{
    public static Module Create() => new Module("recoveries")
        .Stores<Recovery>(
            typeof(RecoveryOpened), typeof(RecoveryConfirmed), typeof(RecoveryCancelled), typeof(InstalmentsAgreed),
            typeof(RepaymentReceived), typeof(WriteOffProposed), typeof(WriteOffApproved))
        .On<OpenRecovery, Payout>("/api/payouts/{payout}/recovery", Role.Finance, c => c.Payout.Value,
            "Ask paid money back; a second person confirms it", Role.Approver)
        .On<ConfirmRecovery, Recovery>("/api/recoveries/{recovery}/confirmation", Role.Approver, c => c.Recovery.Value,
            "Confirm that the amount is owed, as a second person")
        .On<CancelRecovery, Recovery>("/api/recoveries/{recovery}/cancellation", Role.Finance, c => c.Recovery.Value,
            "Take back a recovery that nobody has confirmed", Role.Approver)
        .On<AgreeInstalments, Recovery>("/api/recoveries/{recovery}/instalments", Role.Finance, c => c.Recovery.Value,
            "Note by when how much is to come back")
        .On<RecordRepayment, Recovery>("/api/recoveries/{recovery}/repayments", Role.Finance, c => c.Recovery.Value,
            "Record money that came back")
        .On<ProposeWriteOff, Recovery>("/api/recoveries/{recovery}/write-off", Role.Finance, c => c.Recovery.Value,
            "Propose to give up what is outstanding")
        .On<ApproveWriteOff, Recovery>("/api/recoveries/{recovery}/write-off/approval", Role.Approver, c => c.Recovery.Value,
            "Give up what is outstanding, as another person")
        .Shows<Recovery, RecoveryView>("/api/recoveries/{recovery}", Module.ById, recovery => $"/api/recoveries/{recovery.Id}",
            RecoveryView.Of, "A recovery", Module.Readers)
        .Projects(RecoveryList.Model)
        .Offers(new ListRoute("/api/recoveries", RecoveryList.Model, nameof(RecoveryRow.Region), "All recoveries", Module.Readers,
            new ListFilter("status", nameof(RecoveryRow.Status)),
            new ListFilter("region", nameof(RecoveryRow.Region), ListMatch.RegionPrefix),
            new ListFilter("plan", nameof(RecoveryRow.Plan)),
            new ListFilter("programme", nameof(RecoveryRow.Programme)),
            new ListFilter("payout", nameof(RecoveryRow.Payout)),
            new ListFilter("claim", nameof(RecoveryRow.Claim)),
            new ListFilter("cause", nameof(RecoveryRow.Cause)),
            new ListFilter("writeOffProposed", nameof(RecoveryRow.WriteOffProposed)),
            new ListFilter("overdue", nameof(RecoveryRow.DueOn), ListMatch.Before),
            new ListFilter("from", nameof(RecoveryRow.OpenedOn), ListMatch.From),
            new ListFilter("to", nameof(RecoveryRow.OpenedOn), ListMatch.To))
        {
            Person = new ListedPerson(nameof(RecoveryRow.Payee), "payeeName", Module.Readers),
        });
}

/// <summary>A recovery as shown to those who handle it in its region.</summary>
/// <param name="Payee">the name of the person or the organisation that was paid; null where it was erased</param>
/// <param name="Outstanding">neither came back nor was given up; 0.00 once it is cancelled</param>
/// <param name="DueOn">day of the first instalment that has not come; null for none</param>
/// <param name="WriteOff">the proposal to give the rest up; null for none</param>
/// <param name="End">how it ended without all of the money; null for any other</param>
public sealed record RecoveryView(
    RecoveryId Id, string Number, RecoveryStatus Status, PayoutId PayoutId, ClaimId? ClaimId, string? ClaimNumber, string? Payee,
    string? Plan,
    string? Programme, RegionCode Region, RecoveryCause Cause, string Reason, Money Amount, Money Repaid, Money WrittenOff,
    Money Outstanding, LocalDate OpenedOn, LocalDate? DueOn, IReadOnlyList<Instalment> Instalments,
    IReadOnlyList<RepaymentView> Repayments, WriteOffProposed? WriteOff, RecoveryEnd? End, string OpenedBy, string? ConfirmedBy)
{
    public static async Task<RecoveryView> Of(Recovery r, IRecords records) => new(
        r.Id, r.Number, r.Status, r.Payout, r.Claim, r.ClaimNumber, await NameOf(r, records), r.Plan,
        r.Programme, r.Region, r.Cause, r.Reason, r.Amount, r.Repaid, r.WrittenOff, r.Outstanding, r.OpenedOn, r.DueOn, r.Instalments,
        [.. r.Repayments.Select(one => new RepaymentView(one.Amount, one.ReceivedOn, one.BankReference, one.By))], r.Proposal, r.End,
        r.OpenedBy, r.ConfirmedBy);

    private static async Task<string?> NameOf(Recovery r, IRecords records) =>
        r.Payee is { } person ? (await records.FindAnywhere<Person>(person.Value))?.Name
        : (await records.FindAnywhere<Payer>(r.Organisation!.Value.Value))?.Name;
}

/// <summary>One transfer that came back.</summary>
public sealed record RepaymentView(Money Amount, LocalDate ReceivedOn, string BankReference, string RecordedBy);
