using ClaimsEngine.Members;
using ClaimsEngine.Payers;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

public static class PayoutsModule
{
    private static readonly Role[] BatchReaders = [Role.Finance, Role.Auditor];

    public static Module Create() => new Module("payouts")
        .Stores<Payout>(
            typeof(PayoutOrdered), typeof(PayoutAuthorised), typeof(PayoutBatched), typeof(PayoutSent), typeof(PayoutSettled),
            typeof(PayoutReturned), typeof(PayoutReissued), typeof(HoldPlaced), typeof(HoldReleased), typeof(PayoutUnbatched),
            typeof(PayoutReclaimed), typeof(PayoutRecovered), typeof(ReliefPayoutOrdered), typeof(PayoutCancelled),
            typeof(PayoutAccountReviewed), typeof(PayoutCoAuthorised), typeof(RefundPayoutOrdered), typeof(PayoutReconciled))
        .Stores<PaymentBatch>(typeof(PaymentBatchAssembled), typeof(PaymentBatchReleased), typeof(PaymentResultsRecorded),
            typeof(PaymentBatchDissolved))
        .Stores<PaymentSchedule>(typeof(PaymentScheduleOpened), typeof(PaymentScheduleFollowed), typeof(PaymentScheduleEnded))
        .On<AuthorisePayout, Payout>("/api/payouts/{payout}/authorisation", Role.Finance, c => c.Payout.Value,
            "Authorise a payout, not as its approver; where two people do, each of them")
        .On<ReviewPayoutAccount, Payout>("/api/payouts/{payout}/account-review", Role.Finance, c => c.Payout.Value,
            "Accept or refuse that a payout goes to another person's account")
        .On<ReissuePayout, Payout>("/api/payouts/{payout}/reissue", Role.Finance, c => c.Payout.Value,
            "Order a payout anew that was returned, or whose account was refused")
        .On<HoldPayout, Payout>("/api/payouts/{payout}/hold", Role.Finance, c => c.Payout.Value,
            "Hold a payout that is not yet sent", Role.Approver)
        .On<ReleaseHold, Payout>("/api/payouts/{payout}/hold/release", Role.Finance, c => c.Payout.Value,
            "Release the hold, as another person than who set it", Role.Approver)
        .Creates<AssemblePaymentBatch, PaymentBatch>("/api/payment-batches", Role.Finance,
            "Put authorised payouts into a batch, by list or by filter")
        .On<ReleasePaymentBatch, PaymentBatch>("/api/payment-batches/{batch}/release", Role.Finance, c => c.Batch.Value,
            "Release a batch to the bank, not as an authoriser")
        .On<DissolvePaymentBatch, PaymentBatch>("/api/payment-batches/{batch}/dissolution", Role.Finance, c => c.Batch.Value,
            "Take a batch apart that was not released")
        .On<RecordPaymentResults, PaymentBatch>("/api/payment-batches/{batch}/results", Role.Finance, c => c.Batch.Value,
            "Record the bank's results")
        .Creates<OpenPaymentSchedule, PaymentSchedule>("/api/payment-schedules", Role.Finance,
            "Say when batches are assembled without a person, and of what")
        .On<EndPaymentSchedule, PaymentSchedule>("/api/payment-schedules/{schedule}/end", Role.Finance, c => c.Schedule.Value,
            "End a schedule")
        .Inside<FollowPaymentSchedule, PaymentSchedule>("/api/payment-schedules/{schedule}", Role.Finance, c => c.Schedule.Value,
            "Assemble the batch of a schedule's day")
        .Shows<Payout, PayoutView>("/api/payouts/{payout}", Module.ById, payout => $"/api/payouts/{payout.Id}",
            PayoutView.Of, "A payout", Module.Readers)
        .Shows<PaymentBatch, PaymentBatchView>("/api/payment-batches/{batch}", Module.ById, batch => $"/api/payment-batches/{batch.Id}",
            PaymentBatchView.Of, "A payment batch", BatchReaders)
        .Shows<PaymentSchedule, PaymentScheduleView>("/api/payment-schedules/{schedule}", Module.ById,
            schedule => $"/api/payment-schedules/{schedule.Id}", PaymentScheduleView.Of, "A schedule of batches", BatchReaders)
        .Projects(PayoutLedger.Model)
        .Projects(PaymentScheduleList.Model)
        .Projects(PaymentBatchList.Model)
        .Offers(new ListRoute("/api/payouts", PayoutLedger.Model, nameof(PayoutRow.Region), "All payouts", Module.Readers,
            new ListFilter("status", nameof(PayoutRow.Status)),
            new ListFilter("region", nameof(PayoutRow.Region), ListMatch.RegionPrefix),
            new ListFilter("plan", nameof(PayoutRow.Plan)),
            new ListFilter("programme", nameof(PayoutRow.Programme)),
            new ListFilter("fund", nameof(PayoutRow.Fund)),
            new ListFilter("claim", nameof(PayoutRow.Claim)),
            new ListFilter("relief", nameof(PayoutRow.Relief)),
            new ListFilter("kind", nameof(PayoutRow.Kind)),
            new ListFilter("refundOf", nameof(PayoutRow.RefundOf)),
            new ListFilter("batch", nameof(PayoutRow.Batch)),
            new ListFilter("held", nameof(PayoutRow.Held)),
            new ListFilter("toPay", nameof(PayoutRow.ToPay)),
            new ListFilter("waitsFor", nameof(PayoutRow.WaitsFor)),
            new ListFilter("ready", nameof(PayoutRow.Ready)),
            new ListFilter("overdue", nameof(PayoutRow.DueOn), ListMatch.Before),
            new ListFilter("from", nameof(PayoutRow.OrderedOn), ListMatch.From),
            new ListFilter("to", nameof(PayoutRow.OrderedOn), ListMatch.To))
        {
            Person = new ListedPerson(nameof(PayoutRow.Payee), "payeeName", Module.Readers), Medical = [nameof(PayoutRow.OccurredIn)],
        })
        .Offers(new ListRoute(
            "/api/payment-batches", PaymentBatchList.Model, nameof(PaymentBatchRow.Region), "All payment batches", BatchReaders,
            new ListFilter("status", nameof(PaymentBatchRow.Status)),
            new ListFilter("region", nameof(PaymentBatchRow.Region), ListMatch.RegionPrefix)))
        .Offers(new ListRoute(
            "/api/payment-schedules", PaymentScheduleList.Model, nameof(PaymentScheduleRow.Region), "All schedules of batches",
            BatchReaders, new ListFilter("ended", nameof(PaymentScheduleRow.Ended)),
            new ListFilter("region", nameof(PaymentScheduleRow.Region), ListMatch.RegionPrefix)));
}

/// <param name="Holds">why it is not paid now; empty where it is not held</param>
/// <param name="RecoveryId">the last recovery of it; null for none</param>
/// <param name="Recovered">what was paid back of it</param>
/// <param name="ClaimId">null for relief and refunds, as are the claim's number and the benefit; relief has no enrolment and no plan
/// either</param>
/// <param name="Payee">name of the person or the organisation that is paid</param>
/// <param name="Account">of the person; null where an organisation is paid</param>
/// <param name="Relief">the relief that it pays; null for a benefit</param>
/// <param name="Refund">the refund that it pays; null for any other</param>
/// <param name="Payer">code and account of the organisation that is paid; null where a person is</param>
/// <param name="PayBy">until when it is to be sent to the bank; null where no limit was kept. While it is held it is not counted as late;
/// after the release the same day holds</param>
/// <param name="WaitsFor">what comes next while it is ordered; null afterwards</param>
/// <param name="Controls">what is asked beyond one authorisation, and why; null for nothing</param>
/// <param name="AccountReview">how another person's account was judged; null where it was not, or need not be</param>
/// <param name="CoAuthorisedBy">the first of two who authorised it; null where one was enough, or nobody did</param>
public sealed record PayoutView(
    PayoutId Id, PayoutStatus Status, Money Amount, ClaimId? ClaimId, string? ClaimNumber, EnrolmentId? EnrolmentId, string? Plan,
    string? Programme, RegionCode Region, IncidentKind? Benefit, string? Payee, AccountView? Account, LocalDate OrderedOn,
    PaymentBatchId? Batch, string? BankReference, string? ReturnReason, string ApprovedBy, string? AuthorisedBy, PayoutId? Reissues,
    string? ReissuedBy, PayoutId? ReissuedAs, IReadOnlyList<Hold> Holds, RecoveryId? RecoveryId, Money Recovered, ReliefPaid? Relief,
    PaymentDeadline? PayBy, PayoutWait? WaitsFor, PayoutControls? Controls, PayoutAccountReviewed? AccountReview, string? CoAuthorisedBy,
    PayoutKind Kind, RefundView? Refund, PaidOrganisation? Payer)
{
    public static async Task<PayoutView> Of(Payout payout, IRecords records)
    {
        var payee = payout.Payee is { } person ? await records.FindAnywhere<Person>(person.Value) : null;
        var payer = payout.Organisation is { } organisation ? await records.FindAnywhere<Payer>(organisation.Value) : null;
        return new PayoutView(
            payout.Id, payout.Status, payout.Amount, payout.Claim, payout.ClaimNumber, payout.Enrolment, payout.Plan, payout.Programme,
            payout.Region, payout.Benefit, payee?.Name ?? payer?.Name,
            payee?.AccountOf(payout.Account) is { } account ? AccountView.Of(account) : null,
            payout.OrderedOn, payout.Batch, payout.BankReference, payout.ReturnReason, payout.ApprovedBy, payout.AuthorisedBy,
            payout.Reissues, payout.ReissuedBy, payout.ReissuedAs, payout.Holds, payout.Recovery, payout.Recovered, payout.Relief,
            payout.PayBy, payout.WaitsFor, payout.Controls, payout.AccountReview, payout.CoAuthorised?.By, payout.Kind,
            payout.Refund is { } refund ? new RefundView(refund.CertificateNumber, refund.Payer, refund.DueOn) : null,
            payer?.AccountOf(payout.Account) is { } own ? new PaidOrganisation(payer.Code, PayerAccountView.Of(own)) : null);
    }
}

/// <param name="Payer">word for word as in the certificate's funding</param>
/// <param name="DueOn">first day on which it was to be paid back</param>
public sealed record RefundView(string CertificateNumber, string Payer, LocalDate DueOn);

/// <param name="Code">of the registered payer</param>
public sealed record PaidOrganisation(string Code, PayerAccountView Account);

/// <param name="Filter">of which it was made; null for a list of payouts</param>
/// <param name="LeftOut">payouts that fitted the filter and are not in it</param>
/// <param name="Schedule">that made it; null for a person</param>
/// <param name="Released">what was given to the bank; null before that, and of batches from before it was recorded</param>
public sealed record PaymentBatchView(
    PaymentBatchId Id, string Number, PaymentBatchStatus Status, RegionCode Region, Money Total, IReadOnlyList<PaymentLineView> Lines,
    string AssembledBy, string? ReleasedBy, PayoutFilter? Filter, LeftOut? LeftOut, PaymentScheduleId? Schedule, ReleasedContent? Released)
{
    public static Task<PaymentBatchView> Of(PaymentBatch batch, IRecords records) => Task.FromResult(new PaymentBatchView(
        batch.Id, batch.Number, batch.Status, batch.Region, batch.Total,
        [.. batch.Lines.Select(line => PaymentLineView.Of(line, batch.Results.GetValueOrDefault(line.Payout)))], batch.AssembledBy,
        batch.ReleasedBy, batch.Filter, batch.LeftOut, batch.Schedule, batch.Content));
}

/// <param name="Outcome">what the bank reported; absent until then</param>
/// <param name="ReasonCode">why it came back, as a code of ISO 20022's external code sets; absent where the bank gave none</param>
public sealed record PaymentLineView(
    PayoutId PayoutId, Money Amount, PaymentOutcome? Outcome, string? BankReference, string? Reason, string? ReasonCode)
{
    public static PaymentLineView Of(PaymentLine line, PaymentResult? result) =>
        new(line.Payout, line.Amount, result?.Outcome, result?.BankReference, result?.Reason, result?.ReasonCode);
}

/// <param name="LastDay">the last day on which it was followed; absent for none</param>
/// <param name="LastBatch">that was made then; absent where nothing could be batched</param>
public sealed record PaymentScheduleView(
    PaymentScheduleId Id, string Name, RegionCode Region, PayoutFilter Filter, IReadOnlyList<IsoDayOfWeek> Days, string Time, int Most,
    bool Ended, LocalDate? LastDay, PaymentBatchId? LastBatch, string OpenedBy)
{
    public static Task<PaymentScheduleView> Of(PaymentSchedule schedule, IRecords records) => Task.FromResult(new PaymentScheduleView(
        schedule.Id, schedule.Name, schedule.Region, schedule.Filter, schedule.Days, schedule.Time, schedule.Most, schedule.Ended,
        schedule.LastDay, schedule.LastBatch, schedule.By));
}
