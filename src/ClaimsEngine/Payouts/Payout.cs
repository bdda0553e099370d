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

    /// <summary>Its approval was taken back before it was paid.</summary>
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

/// <summary>One payment of one benefit, or of one grant of hardship relief: ordered → authorised → sent → settled or returned. What was
/// settled by mistake or fraud is paid back under a recovery, and then recovered.</summary>
/// <param name="Claim">null for relief, as are its number, the enrolment, the plan and the benefit</param>
public sealed record Payout(
    PayoutId Id, ClaimId? Claim, string? ClaimNumber, EnrolmentId? Enrolment, string? Plan, string? Programme, RegionCode Region,
    IncidentKind? Benefit, Money Amount, PersonId Payee, AccountId Account, LocalDate OrderedOn, PayoutStatus Status, string ApprovedBy,
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

    /// <summary>Whether this person approved the claim or granted the relief, himself or by a stand-in.</summary>
    public bool WasApprovedBy(Actor by) => by.ActsAs(ApprovedBy, ApprovedFor);

    /// <summary>The holds in force: while there is one it is not authorised, batched, released or ordered anew.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>The last recovery that was opened; null for none.</summary>
    public RecoveryId? Recovery { get; init; }

    /// <summary>What statements of the account have shown.</summary>
    public SeenByBank Seen { get; init; }

    /// <summary>Whether it was given to the bank.</summary>
    public bool WentOut => Status is PayoutStatus.Sent or PayoutStatus.Settled or PayoutStatus.Returned or PayoutStatus.Recovered;

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

    /// <summary>Of the claim or of the application for relief: what the bank shows to the payee.</summary>
    public string Number => Relief?.Number ?? ClaimNumber!;

    /// <summary>The unique key that this payout holds while it is live.</summary>
    public UniqueKey Key => Relief is { } relief ? LiveKey(relief.Application) : LiveKey(Claim!.Value, Benefit!.Value, Heir);

    /// <summary>A benefit of a claim has one live payout at most for each payee, whoever asks at once; a reissue hands the key
    /// on.</summary>
    /// <param name="heir">which of several heirs is paid; null where the benefit has one payee</param>
    public static UniqueKey LiveKey(ClaimId claim, IncidentKind benefit, PersonId? heir = null) =>
        new("live-payout", heir is null ? $"{claim}/{benefit}" : $"{claim}/{benefit}/{heir}");

    /// <summary>A grant of relief has one live payout at most.</summary>
    public static UniqueKey LiveKey(ReliefApplicationId relief) => new("live-payout", $"relief/{relief}");

    /// <summary>The order that replaces this payout: the same money to the same payee.</summary>
    public object OrderedAnew(PayoutId anew, AccountId account, LocalDate today, Actor by) => Relief is { } relief
        ? new ReliefPayoutOrdered(
            anew, relief.Application, relief.Number, relief.Fund, Region, Amount, Payee, account, today, ApprovedBy, Id, by.Id,
            ApprovedFor, PayBy?.Anew(today))
        : new PayoutOrdered(
            anew, Claim!.Value, ClaimNumber!, Enrolment!.Value, Plan!, Programme, Region, Benefit!.Value, Amount, Payee, account, today,
            ApprovedBy, Id, by.Id, Heir, ApprovedFor, PayBy?.Anew(today), Basis);

    public static Payout? Evolve(Payout? state, object @event) => @event switch
    {
        PayoutOrdered e => new Payout(
            e.Payout, e.Claim, e.ClaimNumber, e.Enrolment, e.Plan, e.Programme, e.Region, e.Benefit, e.Amount, e.Payee, e.Account,
            e.OrderedOn, PayoutStatus.Ordered, e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            Heir = e.Heir, ApprovedFor = e.ApprovedFor, PayBy = e.PayBy, Basis = e.Basis,
        },
        ReliefPayoutOrdered e => new Payout(
            e.Payout, null, null, null, null, null, e.Region, null, e.Amount, e.Payee, e.Account, e.OrderedOn, PayoutStatus.Ordered,
            e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            ApprovedFor = e.ApprovedFor, Relief = new ReliefPaid(e.Application, e.Number, e.Fund), PayBy = e.PayBy,
        },
        _ when state is null => null,
        PayoutAuthorised e => state with { Status = PayoutStatus.Authorised, AuthorisedBy = e.By },
        PayoutBatched e => state with { Batch = e.Batch },
        PayoutSent => state with { Status = PayoutStatus.Sent },
        // money that the bank has paid is no longer held: what is wrong with it is a matter of a recovery
        PayoutSettled e => state with { Status = PayoutStatus.Settled, BankReference = e.BankReference, Holds = [] },
        PayoutReturned e => state with { Status = PayoutStatus.Returned, BankReference = e.BankReference, ReturnReason = e.Reason },
        PayoutReissued e => state with { ReissuedAs = e.As },
        HoldPlaced e => state with
        {
            Holds = [.. state.Holds.Where(hold => hold.Ground != e.Ground), new Hold(e.Ground, e.Reason, e.By, e.OnBehalfOf)],
        },
        HoldReleased e => state with { Holds = [.. state.Holds.Where(hold => hold.Ground != e.Ground)] },
        PayoutUnbatched => state with { Batch = null },
        PayoutReclaimed e => state with { Recovery = e.Recovery },
        PayoutReconciled e => state with { Seen = e.CameBack ? SeenByBank.CameBack : SeenByBank.Left },
        PayoutCancelled => state with { Status = PayoutStatus.Cancelled, Holds = [] },
        PayoutRecovered e => state.With(state.Recovered + e.Amount),
        _ => state,
    };

    private Payout With(Money recovered) =>
        this with { Recovered = recovered, Status = recovered == Amount ? PayoutStatus.Recovered : Status };
}

/// <param name="Number">of the application</param>
/// <param name="Fund">code of the fund whose money it is</param>
public sealed record ReliefPaid(ReliefApplicationId Application, string Number, string Fund);
