using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

/// <summary>All payouts with their state: what finance counts. Holds no personal data.</summary>
public sealed record PayoutRow(
    [property: Column("ordered, authorised, sent, settled, returned, recovered or cancelled")] PayoutStatus Status,
    [property: Column("in fen")] Money Amount,
    [property: Column("the claim that it pays; null for relief and refunds")] ClaimId? Claim,
    string? ClaimNumber,
    [property: Column("code of the plan; null for relief")] string? Plan,
    [property: Column("code of the programme, null for direct entry")] string? Programme,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("kind of benefit; null for relief and refunds")] IncidentKind? Benefit,
    [property: Column("person paid, by id; null where an organisation is paid")] PersonId? Payee,
    PaymentBatchId? Batch,
    [property: Column("business date of the order, Asia/Shanghai; finance's month")] LocalDate OrderedOn,
    [property: Column("business date the bank settled it, Asia/Shanghai")] LocalDate? SettledOn,
    string? BankReference,
    [property: Column("why the bank returned it")] string? ReturnReason,
    [property: Column("the returned payout that this one replaces")] PayoutId? Reissues,
    [property: Column("the payout that replaces this returned one")] PayoutId? ReissuedAs,
    [property: Column("held by an office: not paid until it is released")] bool HeldByOffice,
    [property: Column("held because a suspicion on its claim is open")] bool HeldBySuspicion,
    [property: Column("held by either: not paid until it is released")] bool Held,
    [property: Column("paid back of it, in fen")] Money Recovered,
    [property: Column("code of the relief fund; null for a benefit")] string? Fund = null,
    [property: Column("the application for relief that it pays; null for a benefit")] ReliefApplicationId? Relief = null,
    [property: Column("number of that application")] string? ReliefNumber = null,
    [property: Column("last day to send it to the bank, Asia/Shanghai; null where no limit was kept")] LocalDate? PayBy = null,
    [property: Column("neither held nor sent: to be authorised and sent")] bool ToPay = false,
    [property: Column("pay_by while it is to be paid: not of what is held, sent or returned")] LocalDate? DueOn = null,
    [property: Column("month of the order, yyyy-MM")] string Month = "",
    [property: Column("calendar year in which the cover or the relief fund begins; where it was not kept, the year of the order")]
        int PlanYear = 0,
    [property: Column("code of the employer; null for who entered alone, for relief, and where it was not kept")] string? Employer = null,
    [property: Column("occupation code; null for relief, and where it was not kept")] Occupation? Occupation = null,
    [property: Column("month of the incident, yyyy-MM; null for relief, and where it was not kept")] string? OccurredIn = null,
    [property: Column("what comes next while it is ordered: accountReview, otherAccount, authorisation or secondAuthorisation")]
    PayoutWait? WaitsFor = null,
    [property: Column("why the account is not the payee's own; null where it is")] HolderGround? OtherHolder = null,
    [property: Column("last day on which the account counts as just changed: until then two people authorise")]
    LocalDate? CoolingUntil = null,
    [property: Column("the amount is authorised by two people")] bool SecondByAmount = false,
    [property: Column("benefit, relief or refund")] PayoutKind Kind = PayoutKind.Benefit,
    [property: Column("the certificate whose contribution is paid back; null for any other")] EnrolmentId? RefundOf = null,
    [property: Column("number of that certificate")] string? Certificate = null,
    [property: Column("who gets the refund, as the certificate's funding names it; null for any other")] string? Payer = null,
    [property: Column("lowest amount that begins with the same two digits, in fen: a median is found from counts by it")]
        Money? AmountBand = null,
    [property: Column("day of the order while it is neither paid nor ended; null afterwards")] LocalDate? UnpaidSince = null,
    [property: Column("counts as a granted benefit: neither cancelled nor ordered anew")] bool Granted = false,
    [property: Column("authorised, not held and in no batch: may be put into one")] bool Ready = false,
    [property: Column("day on which a bank statement shows that the money left")] LocalDate? LeftOn = null,
    [property: Column("day on which a bank statement shows that it came back")] LocalDate? CameBackOn = null);

public static class PayoutLedger
{
    /// <summary>Counts by band of amounts, for medians: of whole provinces, so that there are few.</summary>
    private static readonly Totals Amounts = new(
        "payout_amounts", "Payouts by fund, province, benefit, month and band of amounts, for medians",
        [
            nameof(PayoutRow.Plan), nameof(PayoutRow.PlanYear), nameof(PayoutRow.Programme), "Region:2", nameof(PayoutRow.Benefit),
            nameof(PayoutRow.Fund), nameof(PayoutRow.Month), nameof(PayoutRow.AmountBand), nameof(PayoutRow.Granted),
            $"{nameof(PayoutRow.ReissuedAs)}?",
        ],
        [nameof(PayoutRow.Amount)], TotalsOf.CurrentRows);

    /// <summary>What was granted when, of incidents of which month.</summary>
    private static readonly Totals Developments = new(
        "payout_developments", "Payouts by fund, place, month of the incident and month of the order, for development triangles",
        [
            nameof(PayoutRow.Plan), nameof(PayoutRow.PlanYear), nameof(PayoutRow.Programme), nameof(PayoutRow.Region),
            nameof(PayoutRow.OccurredIn), nameof(PayoutRow.Month), nameof(PayoutRow.Granted),
        ],
        [nameof(PayoutRow.Amount)], TotalsOf.CurrentRows);

    /// <summary>Counts and amounts by employer.</summary>
    private static readonly Totals ByEmployer = new(
        "payout_employers", "Payouts by employer, place, fund, month and status",
        [
            nameof(PayoutRow.Employer), nameof(PayoutRow.Region), nameof(PayoutRow.Plan), nameof(PayoutRow.PlanYear),
            nameof(PayoutRow.Programme), nameof(PayoutRow.Month), nameof(PayoutRow.Status), $"{nameof(PayoutRow.ReissuedAs)}?",
        ],
        [nameof(PayoutRow.Amount)], TotalsOf.CurrentRows);

    /// <summary>What waits since when. All that is paid is one cell of a fund and place.</summary>
    private static readonly Totals Unpaid = new(
        "payout_ages", "Payouts by fund, place, status and the day since which they are unpaid",
        [
            nameof(PayoutRow.UnpaidSince), nameof(PayoutRow.Plan), nameof(PayoutRow.PlanYear), nameof(PayoutRow.Programme),
            nameof(PayoutRow.Region), nameof(PayoutRow.Benefit), nameof(PayoutRow.Status), nameof(PayoutRow.Held),
        ],
        [nameof(PayoutRow.Amount)], TotalsOf.CurrentRows);

    /// <summary>What finance has to do.</summary>
    private static readonly Totals Work = new(
        "payout_work", "Payouts by what is to be done with them and until when",
        [
            nameof(PayoutRow.Region), nameof(PayoutRow.ToPay), nameof(PayoutRow.WaitsFor), nameof(PayoutRow.DueOn),
            nameof(PayoutRow.Status), nameof(PayoutRow.Held),
        ],
        [], TotalsOf.CurrentRows, NowOnly: true);

    public static readonly ReadModel<PayoutRow> Model = new(
        "payouts", "All payouts with their state; no personal data", Payout.StreamType, Evolve, "status, id",
        "region, id", "plan, programme", "ordered_on", "claim", "held, id", "fund", "to_pay, region, id", "to_pay, id", "due_on",
        "waits_for, id", "refund_of", "amount_band", "ready, region, id", "ready, id")
    {
        // What was ordered anew stands in two rows, the returned one and the one that replaced it: "ReissuedAs?" tells them apart.
        Totals =
        [
            new("payout_totals_province", "Payouts of a province, counted and summed",
                ["Region:2", "Plan", "PlanYear", "Programme", "Benefit", "Fund", "Month", "Status", "ReissuedAs?"], ["Amount"],
                TotalsOf.CurrentRows),
            new("payout_totals", "Payouts counted and summed",
                ["Region", "Plan", "PlanYear", "Programme", "Benefit", "Fund", "Month", "Status", "ReissuedAs?"], ["Amount"],
                TotalsOf.CurrentRows),
            new("payout_totals_work", "Payouts of a province by occupation and month of the incident, counted and summed",
                ["Region:2", "Plan", "PlanYear", "Programme", "Occupation", "OccurredIn", "Month", "Status", "ReissuedAs?"], ["Amount"],
                TotalsOf.CurrentRows),
            Amounts, Developments, Unpaid, ByEmployer, Work,
        ],
    };

    public static PayoutRow? Evolve(PayoutRow? row, RecordedEvent recorded) =>
        Fold(row, recorded) is { } next && !ReferenceEquals(next, row) ? next.Waiting() : row;

    /// <summary>The office is not late with what it may not pay: a hold takes a payout out of its clock until it is released, and a refused
    /// account until there is another one.</summary>
    private static PayoutRow Waiting(this PayoutRow row)
    {
        var held = row.HeldByOffice || row.HeldBySuspicion;
        var toPay = !held && row.Status is (PayoutStatus.Ordered or PayoutStatus.Authorised) && row.WaitsFor != PayoutWait.OtherAccount;
        var unpaid = row is { Status: PayoutStatus.Ordered or PayoutStatus.Authorised or PayoutStatus.Sent or PayoutStatus.Returned,
            ReissuedAs: null };
        return row with
        {
            Held = held, ToPay = toPay, DueOn = toPay ? row.PayBy : null, AmountBand = Figures.AmountBand.Of(row.Amount),
            UnpaidSince = unpaid ? row.OrderedOn : null,
            Ready = toPay && row.Status == PayoutStatus.Authorised && row.Batch is null,
            Granted = row is { Benefit: not null, Status: not PayoutStatus.Cancelled, ReissuedAs: null },
        };
    }

    private static PayoutRow? Fold(PayoutRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        PayoutOrdered e => new PayoutRow(
            PayoutStatus.Ordered, e.Amount, e.Claim, e.ClaimNumber, e.Plan, e.Programme, e.Region, e.Benefit, e.Payee, null, e.OrderedOn,
            null, null, null, e.Reissues, null, false, false, false, Money.Zero, PayBy: e.PayBy?.DueOn,
            Month: PayoutBasis.Month(e.OrderedOn), PlanYear: e.Basis?.PlanYear ?? e.OrderedOn.Year, Employer: e.Basis?.Employer,
            Occupation: e.Basis?.Occupation, OccurredIn: e.Basis?.OccurredIn).With(e.Controls),
        ReliefPayoutOrdered e => new PayoutRow(
            PayoutStatus.Ordered, e.Amount, null, null, null, null, e.Region, null, e.Payee, null, e.OrderedOn, null, null, null,
            e.Reissues, null, false, false, false, Money.Zero, e.Fund, e.Application, e.Number,
            e.PayBy?.DueOn, Month: PayoutBasis.Month(e.OrderedOn), PlanYear: e.FundYear ?? e.OrderedOn.Year,
            Kind: PayoutKind.Relief)
            .With(e.Controls),
        RefundPayoutOrdered e => new PayoutRow(
            PayoutStatus.Ordered, e.Amount, null, null, e.Plan, e.Programme, e.Region, null, e.Payee, null, e.OrderedOn, null, null, null,
            e.Reissues, null, false, false, false, Money.Zero, Kind: PayoutKind.Refund, RefundOf: e.Enrolment,
            Certificate: e.CertificateNumber, Payer: e.Payer, Month: PayoutBasis.Month(e.OrderedOn),
            PlanYear: e.PlanYear ?? e.OrderedOn.Year)
            .With(e.Controls),
        _ when row is null => null,
        PayoutAccountReviewed e => row with { WaitsFor = Payout.WaitAfter(e.Finding) },
        PayoutCoAuthorised => row with { WaitsFor = PayoutWait.SecondAuthorisation },
        PayoutAuthorised => row with { Status = PayoutStatus.Authorised, WaitsFor = null },
        PayoutBatched e => row with { Batch = e.Batch },
        PayoutSent => row with { Status = PayoutStatus.Sent },
        PayoutSettled e =>
            row with
            {
                Status = PayoutStatus.Settled, BankReference = e.BankReference, SettledOn = recorded.RecordedAt.Date(),
                HeldByOffice = false, HeldBySuspicion = false,
            },
        PayoutReturned e => row with { Status = PayoutStatus.Returned, BankReference = e.BankReference, ReturnReason = e.Reason },
        PayoutReissued e => row with { ReissuedAs = e.As, Status = Payout.WhenReplaced(row.Status), WaitsFor = null },
        HoldPlaced e => row.On(e.Ground, held: true),
        HoldReleased e => row.On(e.Ground, held: false),
        PayoutUnbatched => row with { Batch = null },
        PayoutReconciled e => e.CameBack ? row with { CameBackOn = e.BookedOn } : row with { LeftOn = e.BookedOn },
        PayoutCancelled =>
            row with { Status = PayoutStatus.Cancelled, HeldByOffice = false, HeldBySuspicion = false, WaitsFor = null },
        PayoutRecovered e => row with
        {
            Recovered = row.Recovered + e.Amount, Status = row.Recovered + e.Amount == row.Amount ? PayoutStatus.Recovered : row.Status,
        },
        _ => row,
    };

    private static PayoutRow With(this PayoutRow row, PayoutControls? controls) => row with
    {
        WaitsFor = Payout.FirstWait(controls), OtherHolder = controls?.OtherHolder, CoolingUntil = controls?.CoolingUntil,
        SecondByAmount = controls?.SecondFrom is not null,
    };

    private static PayoutRow On(this PayoutRow row, HoldGround ground, bool held) =>
        ground == HoldGround.Office ? row with { HeldByOffice = held } : row with { HeldBySuspicion = held };
}
