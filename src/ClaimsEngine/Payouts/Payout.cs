using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

public enum PayoutStatus
{
    Ordered,
    Authorised,
    Sent,
    Settled,
    Returned,

    /// <summary>All of it was paid back.</summary>
    Recovered,

    /// <summary>Its approval was taken back before it was paid, or its account was refused and another payout replaces it.</summary>
    Cancelled,
}

/// <summary>What statements of the organiser's account have shown of a payout.</summary>
public enum SeenByBank { Nothing, Left, CameBack }

/// <summary>Why a payout is held, and so who releases it.</summary>
public enum HoldGround
{
    /// <summary>An office holds it; another person releases it.</summary>
    Office,

    /// <summary>A suspicion on its claim is open; the clearance of the last one releases it.</summary>
    Suspicion,
}

/// <summary>A hold that is in force.</summary>
/// <param name="By">who set it, or raised the suspicion</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record Hold(HoldGround Ground, string Reason, string By, string? OnBehalfOf = null);

/// <summary>What a payout pays.</summary>
public enum PayoutKind
{
    /// <summary>The benefit of a claim.</summary>
    Benefit,

    /// <summary>A grant of hardship relief.</summary>
    Relief,

    /// <summary>What a payer gets back of a certificate that ended.</summary>
    Refund,
}

/// <summary>One payment of one benefit, of one grant of hardship relief, or of one payer's refund: ordered → authorised → sent → settled
/// or returned. What was settled by mistake or fraud is paid back under a recovery, and then recovered.</summary>
/// <param name="Claim">null for relief and refunds, as are its number and the benefit; relief has no enrolment and no plan either</param>
/// <param name="Payee">the person who is paid; null where it is an organisation</param>
public sealed record Payout(
    PayoutId Id, ClaimId? Claim, string? ClaimNumber, EnrolmentId? Enrolment, string? Plan, string? Programme, RegionCode Region,
    IncidentKind? Benefit, Money Amount, PersonId? Payee, AccountId Account, LocalDate OrderedOn, PayoutStatus Status, string ApprovedBy,
    string? AuthorisedBy, PaymentBatchId? Batch, string? BankReference, string? ReturnReason, PayoutId? Reissues, string? ReissuedBy,
    PayoutId? ReissuedAs) : AggregateState, IAggregate<Payout>
{
    public static string StreamType => "payout";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Which of several heirs it pays, the payee; null where the benefit has one payee.</summary>
    public PersonId? Heir { get; init; }

    /// <summary>Whose stand-in approved the claim, or granted the relief; null for nobody's.</summary>
    public string? ApprovedFor { get; init; }

    /// <summary>Until when it is to be sent to the bank; null where no limit was set, or kept.</summary>
    public PaymentDeadline? PayBy { get; init; }

    /// <summary>What finance counts it by; null for relief, and before it was kept.</summary>
    public PayoutBasis? Basis { get; init; }

    /// <summary>Whether this person approved the claim or granted the relief, himself or by a stand-in; of a refund, whether this person
    /// ordered it or ended the certificate.</summary>
    public bool WasApprovedBy(Actor by) =>
        by.ActsAs(ApprovedBy, ApprovedFor) || (Refund is { } refund && by.ActsAs(refund.EndedBy, refund.EndedFor));

    /// <summary>What <see cref="ApprovedBy"/> did, for the refusal that four eyes give.</summary>
    public string ApprovalWas => Kind switch
    {
        PayoutKind.Relief => "granted the relief",
        PayoutKind.Refund => "ordered the refund or ended the certificate",
        _ => "approved the claim",
    };

    /// <summary>What is asked beyond one authorisation; null for nothing.</summary>
    public PayoutControls? Controls { get; init; }

    /// <summary>What comes next while it is ordered; null afterwards.</summary>
    public PayoutWait? WaitsFor { get; init; }

    /// <summary>How another person's account was judged; null where it was not, or need not be.</summary>
    public PayoutAccountReviewed? AccountReview { get; init; }

    /// <summary>The first of two authorisations; null where one was enough, or nobody has authorised it.</summary>
    public PayoutCoAuthorised? CoAuthorised { get; init; }

    /// <summary>Whether this person authorised it, as the first, the second or the only one.</summary>
    public bool WasAuthorisedBy(Actor by) => by.ActsAs(AuthorisedBy) || by.ActsAs(CoAuthorised?.By, CoAuthorised?.OnBehalfOf);

    /// <summary>Why this person may not go on with it in finance, because he had a part in it before; null where he had none.</summary>
    /// <param name="then">what he wants to do</param>
    public Refusal? NotFor(Actor by, string then) =>
        WasApprovedBy(by) ? Refuse.SamePerson(by, ApprovalWas, then)
        : by.ActsAs(ReissuedBy) ? Refuse.SamePerson(by, "ordered the payout anew", then)
        : Controls?.WasRegisteredBy(by) == true ? Refuse.SamePerson(by, "registered the account", then)
        : null;
    /// <summary>Whose books it stands in: the year in which the cover or the fund begins; before that was kept, the year of the
    /// order.</summary>
    public int PlanYear => Basis?.PlanYear ?? Relief?.FundYear ?? Refund?.PlanYear ?? OrderedOn.Year;


    /// <summary>The holds in force: while there is one it is not authorised, batched, released or ordered anew.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>The last recovery that was opened; null for none.</summary>
    public RecoveryId? Recovery { get; init; }

    /// <summary>What statements of the account have shown.</summary>
    public SeenByBank Seen { get; init; }

    /// <summary>Whether it was given to the bank.</summary>
    public bool WentOut =>
        Status is PayoutStatus.Sent or PayoutStatus.Settled or PayoutStatus.Returned or PayoutStatus.Recovered || CameBack;

    /// <summary>Whether the bank has said that it came back, even if its approval was taken back since.</summary>
    public bool CameBack => ReturnReason is not null;

    /// <summary>What was paid back of it.</summary>
    public Money Recovered { get; init; } = Money.Zero;

    /// <summary>Whether money may still flow under it: not settled, and not replaced by another payout.</summary>
    public bool MayStillBePaid =>
        Status is not (PayoutStatus.Settled or PayoutStatus.Recovered or PayoutStatus.Cancelled) && ReissuedAs is null;

    /// <summary>Why it is not paid now; null where it is not held.</summary>
    /// <param name="field">of the request that names it; null where none does</param>
    public Refusal? OnHold(string? field = null) => Holds is [var hold, ..]
        ? new Refusal(Refuse.PayoutOnHold, $"payout {Id} is held: {hold.Reason}", field) : null;

    /// <summary>The relief that it pays; null for a benefit.</summary>
    public ReliefPaid? Relief { get; init; }

    /// <summary>The refund that it pays; null for a benefit and for relief.</summary>
    public RefundPaid? Refund { get; init; }

    /// <summary>The organisation that is paid; null where a person is.</summary>
    public PayerId? Organisation { get; init; }

    public PayoutKind Kind => Relief is not null ? PayoutKind.Relief : Refund is not null ? PayoutKind.Refund : PayoutKind.Benefit;

    /// <summary>Of the claim, of the application for relief or of the certificate: what the bank shows to the payee.</summary>
    public string Number => Relief?.Number ?? Refund?.CertificateNumber ?? ClaimNumber!;

    /// <summary>The unique key that this payout holds while it is live.</summary>
    public UniqueKey Key => Relief is { } relief ? LiveKey(relief.Application)
        : Refund is { } refund ? LiveKey(Enrolment!.Value, refund.Payer) : LiveKey(Claim!.Value, Benefit!.Value, Heir);

    /// <summary>A benefit of a claim has one live payout at most for each payee, whoever asks at once; a reissue hands the key
    /// on.</summary>
    /// <param name="heir">which of several heirs is paid; null where the benefit has one payee</param>
    public static UniqueKey LiveKey(ClaimId claim, IncidentKind benefit, PersonId? heir = null) =>
        new("live-payout", heir is null ? $"{claim}/{benefit}" : $"{claim}/{benefit}/{heir}");

    /// <summary>A grant of relief has one live payout at most.</summary>
    public static UniqueKey LiveKey(ReliefApplicationId relief) => new("live-payout", $"relief/{relief}");

    /// <summary>A payer gets back what it has paid for a certificate once.</summary>
    /// <param name="payer">word for word as in the certificate's funding</param>
    public static UniqueKey LiveKey(EnrolmentId enrolment, string payer) => new("live-payout", $"refund/{enrolment}/{payer}");

    /// <summary>Why it is not ordered anew; null where it may be.</summary>
    public Refusal? NotReplaceable() =>
        ReissuedAs is { } already ? new Refusal(Refuse.WrongState, $"the payout was ordered anew as {already}")
        : Status != PayoutStatus.Returned && WaitsFor != PayoutWait.OtherAccount ? Refuse.WrongStateOf("payout", Status, "returned")
        : OnHold();

    /// <summary>Another payout replaces this one. The key goes from the old to the new in the same transaction, so that there are never two
    /// live payments for the same.</summary>
    public Decision ReplacedBy(
        PayoutId anew, AccountId account, PayoutControls? controls, string reason, LocalDate today, Actor by) =>
        Decision.Begin<Payout>(anew.Value, OrderedAnew(anew, account, controls, today, by))
            .And(Decision.On(this, new PayoutReissued(anew, reason, by.Id)))
            .Releasing(Key, StreamId)
            .Taking(Key, anew.Value, new Refusal(Refuse.PayoutLive, "there is a live payout for this already"));

    /// <summary>The order that replaces this payout: the same money to the same payee.</summary>
    public object OrderedAnew(PayoutId anew, AccountId account, PayoutControls? controls, LocalDate today, Actor by) => this switch
    {
        { Relief: { } relief } => new ReliefPayoutOrdered(
            anew, relief.Application, relief.Number, relief.Fund, Region, Amount, Payee!.Value, account, today, ApprovedBy, Id, by.Id,
            ApprovedFor, PayBy?.Anew(today), controls, relief.FundYear),
        { Refund: { } refund } => new RefundPayoutOrdered(
            anew, Enrolment!.Value, refund.CertificateNumber, Plan!, Programme, Region, refund.Payer, Amount, refund.DueOn, Payee,
            Organisation, account, today, ApprovedBy, refund.EndedBy, Id, by.Id, ApprovedFor, controls,
            refund.PlanYear, refund.EndedFor, refund.EnteredIn),
        _ => new PayoutOrdered(
            anew, Claim!.Value, ClaimNumber!, Enrolment!.Value, Plan!, Programme, Region, Benefit!.Value, Amount, Payee!.Value, account,
            today, ApprovedBy, Id, by.Id, Heir, ApprovedFor, PayBy?.Anew(today), Basis, controls),
    };

    public static Payout? Evolve(Payout? state, object @event) => @event switch
    {
        PayoutOrdered e => new Payout(
            e.Payout, e.Claim, e.ClaimNumber, e.Enrolment, e.Plan, e.Programme, e.Region, e.Benefit, e.Amount, e.Payee, e.Account,
            e.OrderedOn, PayoutStatus.Ordered, e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            Heir = e.Heir, ApprovedFor = e.ApprovedFor, PayBy = e.PayBy, Basis = e.Basis, Controls = e.Controls,
            WaitsFor = FirstWait(e.Controls),
        },
        ReliefPayoutOrdered e => new Payout(
            e.Payout, null, null, null, null, null, e.Region, null, e.Amount, e.Payee, e.Account, e.OrderedOn, PayoutStatus.Ordered,
            e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            ApprovedFor = e.ApprovedFor, Relief = new ReliefPaid(e.Application, e.Number, e.Fund, e.FundYear), PayBy = e.PayBy,
            Controls = e.Controls, WaitsFor = FirstWait(e.Controls),
        },
        RefundPayoutOrdered e => new Payout(
            e.Payout, null, null, e.Enrolment, e.Plan, e.Programme, e.Region, null, e.Amount, e.Payee, e.Account, e.OrderedOn,
            PayoutStatus.Ordered, e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            ApprovedFor = e.ApprovedFor, Organisation = e.Organisation, Controls = e.Controls, WaitsFor = FirstWait(e.Controls),
            Refund = new RefundPaid(e.CertificateNumber, e.Payer, e.DueOn, e.EndedBy, e.PlanYear, e.EndedFor, e.EnteredIn),
        },
        _ when state is null => null,
        PayoutAccountReviewed e => state with { AccountReview = e, WaitsFor = WaitAfter(e.Finding) },
        PayoutCoAuthorised e => state with { CoAuthorised = e, WaitsFor = PayoutWait.SecondAuthorisation },
        PayoutAuthorised e => state with { Status = PayoutStatus.Authorised, AuthorisedBy = e.By, WaitsFor = null },
        PayoutBatched e => state with { Batch = e.Batch },
        PayoutSent => state with { Status = PayoutStatus.Sent },
        // money that the bank has paid is no longer held: what is wrong with it is a matter of a recovery
        PayoutSettled e => state with { Status = PayoutStatus.Settled, BankReference = e.BankReference, Holds = [] },
        PayoutReturned e => state with { Status = PayoutStatus.Returned, BankReference = e.BankReference, ReturnReason = e.Reason },
        PayoutReissued e => state with { ReissuedAs = e.As, Status = WhenReplaced(state.Status), WaitsFor = null },
        HoldPlaced e => state with
        {
            Holds = [.. state.Holds.Where(hold => hold.Ground != e.Ground), new Hold(e.Ground, e.Reason, e.By, e.OnBehalfOf)],
        },
        HoldReleased e => state with { Holds = [.. state.Holds.Where(hold => hold.Ground != e.Ground)] },
        PayoutUnbatched => state with { Batch = null },
        PayoutReclaimed e => state with { Recovery = e.Recovery },
        PayoutCancelled => state with { Status = PayoutStatus.Cancelled, Holds = [], WaitsFor = null },
        PayoutReconciled e => state with { Seen = e.CameBack ? SeenByBank.CameBack : SeenByBank.Left },
        PayoutRecovered e => state.With(state.Recovered + e.Amount),
        _ => state,
    };

    internal static PayoutWait FirstWait(PayoutControls? controls) =>
        controls?.OtherHolder is null ? PayoutWait.Authorisation : PayoutWait.AccountReview;

    internal static PayoutWait WaitAfter(AccountFinding finding) =>
        finding == AccountFinding.Accepted ? PayoutWait.Authorisation : PayoutWait.OtherAccount;

    /// <summary>What the bank returned stays returned; what was never given to it is cancelled.</summary>
    internal static PayoutStatus WhenReplaced(PayoutStatus before) =>
        before == PayoutStatus.Ordered ? PayoutStatus.Cancelled : before;

    private Payout With(Money recovered) =>
        this with { Recovered = recovered, Status = recovered == Amount ? PayoutStatus.Recovered : Status };
}

/// <param name="Number">of the application</param>
/// <param name="Fund">code of the fund whose money it is</param>
/// <param name="FundYear">in which the fund begins; null before it was kept</param>
public sealed record ReliefPaid(ReliefApplicationId Application, string Number, string Fund, int? FundYear = null);

/// <param name="Payer">word for word as in the certificate's funding</param>
/// <param name="DueOn">first day on which it was to be paid back</param>
/// <param name="EndedBy">who ended the certificate</param>
/// <param name="PlanYear">calendar year in which the cover began, or would have begun</param>
/// <param name="EndedFor">whose stand-in ended it; null for nobody's</param>
/// <param name="EnteredIn">the office in whose books the certificate stands; null for that of the payout</param>
public sealed record RefundPaid(
    string CertificateNumber, string Payer, LocalDate DueOn, string EndedBy, int? PlanYear, string? EndedFor = null,
    RegionCode? EnteredIn = null);
