using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

public enum PayoutStatus { Ordered, Authorised, Sent, Settled, Returned }

/// <summary>One payment of one benefit: ordered → authorised → sent → settled or returned.</summary>
public sealed record Payout(
    PayoutId Id, ClaimId Claim, string ClaimNumber, EnrolmentId Enrolment, string Plan, string? Programme, RegionCode Region, IncidentKind Benefit,
    Money Amount, PersonId Payee, AccountId Account, LocalDate OrderedOn, PayoutStatus Status, string ApprovedBy, string? AuthorisedBy,
    PaymentBatchId? Batch, string? BankReference, string? ReturnReason, PayoutId? Reissues, string? ReissuedBy, PayoutId? ReissuedAs) : IAggregate<Payout>
{
    public static string StreamType => "payout";

    public Guid StreamId => Id.Value;
    public RegionCode? Scope => Region;

    /// <summary>One live payout for one benefit of a claim (promise P3); a reissue hands the key on.</summary>
    public static UniqueKey LiveKey(ClaimId claim, IncidentKind benefit) => new("live-payout", $"{claim}/{benefit}");

    public static Payout? Evolve(Payout? state, object @event) => @event switch
    {
        PayoutOrdered e => new Payout(e.Payout, e.Claim, e.ClaimNumber, e.Enrolment, e.Plan, e.Programme, e.Region, e.Benefit, e.Amount, e.Payee, e.Account,
            e.OrderedOn, PayoutStatus.Ordered, e.ApprovedBy, null, null, null, null, e.Reissues, e.ReissuedBy, null),
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
