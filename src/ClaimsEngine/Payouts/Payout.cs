using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

public enum PayoutStatus { Ordered, Authorised, Sent, Settled, Returned }

/// <summary>One payment of one benefit: ordered → authorised → sent → settled or returned.</summary>
public sealed record Payout(
    PayoutId Id, ClaimId Claim, string ClaimNumber, EnrolmentId Enrolment, string Plan, string? Programme, RegionCode Region,
    IncidentKind Benefit, Money Amount, PersonId Payee, AccountId Account, LocalDate OrderedOn, PayoutStatus Status, string ApprovedBy,
    string? AuthorisedBy, PaymentBatchId? Batch, string? BankReference, string? ReturnReason, PayoutId? Reissues, string? ReissuedBy,
    PayoutId? ReissuedAs) : AggregateState, IAggregate<Payout>
{
    public static string StreamType => "payout";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Which of several heirs it pays, the payee; null where the benefit has one payee.</summary>
    public PersonId? Heir { get; init; }

    /// <summary>Whose stand-in approved the claim; null for nobody's.</summary>
    public string? ApprovedFor { get; init; }

    /// <summary>Whether this person approved the claim, himself or by a stand-in.</summary>
    public bool WasApprovedBy(Actor by) => by.ActsAs(ApprovedBy) || by.ActsAs(ApprovedFor);

    /// <summary>A benefit of a claim has one live payout at most for each payee, whoever asks at once; a reissue hands the key
    /// on.</summary>
    /// <param name="heir">which of several heirs is paid; null where the benefit has one payee</param>
    public static UniqueKey LiveKey(ClaimId claim, IncidentKind benefit, PersonId? heir = null) =>
        new("live-payout", heir is null ? $"{claim}/{benefit}" : $"{claim}/{benefit}/{heir}");

    public static Payout? Evolve(Payout? state, object @event) => @event switch
    {
        PayoutOrdered e => new Payout(
            e.Payout, e.Claim, e.ClaimNumber, e.Enrolment, e.Plan, e.Programme, e.Region, e.Benefit, e.Amount, e.Payee, e.Account,
            e.OrderedOn, PayoutStatus.Ordered, e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null)
        {
            Heir = e.Heir, ApprovedFor = e.ApprovedFor,
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
