using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

public enum PayoutStatus { Ordered, Authorised, Sent, Settled, Returned }

/// <summary>One payment of one benefit, or of one grant of hardship relief: ordered → authorised → sent → settled or returned.</summary>
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
            anew, relief.Application, relief.Number, relief.Fund, Region, Amount, Payee, account, today, ApprovedBy, Id, by.Id)
        : new PayoutOrdered(
            anew, Claim!.Value, ClaimNumber!, Enrolment!.Value, Plan!, Programme, Region, Benefit!.Value, Amount, Payee, account, today,
            ApprovedBy, Id, by.Id, Heir);

    public static Payout? Evolve(Payout? state, object @event) => @event switch
    {
        PayoutOrdered e => new Payout(
            e.Payout, e.Claim, e.ClaimNumber, e.Enrolment, e.Plan, e.Programme, e.Region, e.Benefit, e.Amount, e.Payee, e.Account,
            e.OrderedOn, PayoutStatus.Ordered, e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            Heir = e.Heir,
        },
        ReliefPayoutOrdered e => new Payout(
            e.Payout, null, null, null, null, null, e.Region, null, e.Amount, e.Payee, e.Account, e.OrderedOn, PayoutStatus.Ordered,
            e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            Relief = new ReliefPaid(e.Application, e.Number, e.Fund),
        },
        _ when state is null => null,
        PayoutAuthorised e => state with { Status = PayoutStatus.Authorised, AuthorisedBy = e.By },
        PayoutBatched e => state with { Batch = e.Batch },
        PayoutSent => state with { Status = PayoutStatus.Sent },
        PayoutSettled e => state with { Status = PayoutStatus.Settled, BankReference = e.BankReference },
        PayoutReturned e => state with { Status = PayoutStatus.Returned, BankReference = e.BankReference, ReturnReason = e.Reason },
        PayoutReissued e => state with { ReissuedAs = e.As },
        _ => state,
    };
}

/// <param name="Number">of the application</param>
/// <param name="Fund">code of the fund whose money it is</param>
public sealed record ReliefPaid(ReliefApplicationId Application, string Number, string Fund);
