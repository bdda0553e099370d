using System.Collections.Frozen;
using ClaimsEngine.Claims;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Notifications;

/// <summary>What platforms are told: ids, numbers, states, amounts, regions and dates. No name, no number of a person or account, no
/// diagnosis, no incident, no reason, and no plan, whose name may say what somebody suffers from.</summary>
/// <param name="Claim">null for a payout of hardship relief, as is the enrolment, and for a refund</param>
/// <param name="Number">of the claim, of the application for relief, or of the certificate whose contribution is paid back</param>
/// <param name="Amount">of a claim what was approved, else what was assessed; of a payout what is paid</param>
/// <param name="MissingDocuments">how many papers are missing now</param>
/// <param name="DueOn">last day of the step that the claim waits for, Asia/Shanghai</param>
/// <param name="Payouts">that the approval ordered</param>
/// <param name="ReissuedAs">the payout that replaces this returned one</param>
public sealed record PublicFacts(
    ClaimId? Claim, string Number, EnrolmentId? Enrolment, RegionCode Region, string Status, Money? Amount = null,
    int? MissingDocuments = null, LocalDate? DueOn = null, IReadOnlyList<PayoutId>? Payouts = null, PayoutId? Payout = null,
    LocalDate? OrderedOn = null, PayoutId? ReissuedAs = null);

/// <summary>The events of claims and payouts under their public names.</summary>
public static class PublicEvents
{
    private static readonly FrozenDictionary<Type, string> Known = new Dictionary<Type, string>
    {
        [typeof(ClaimSubmitted)] = "claim.submitted", [typeof(DocumentReceived)] = "claim.document_received",
        [typeof(SupplementRequested)] = "claim.supplement_requested", [typeof(ClaimAssessed)] = "claim.assessed",
        [typeof(ClaimReclassified)] = "claim.reclassified", [typeof(ClaimApproved)] = "claim.approved",
        [typeof(ClaimRefused)] = "claim.refused", [typeof(ClaimAppealed)] = "claim.appealed",
        [typeof(RefusalUpheld)] = "claim.refusal_upheld", [typeof(RefusalReversed)] = "claim.refusal_reversed",
        [typeof(ClaimWithdrawn)] = "claim.withdrawn", [typeof(ClaimExpired)] = "claim.expired",
        [typeof(AppealWithdrawn)] = "claim.appeal_withdrawn", [typeof(ClaimReopened)] = "claim.reopened",
        [typeof(ApprovalRevoked)] = "claim.approval_revoked", [typeof(PayoutCancelled)] = "payout.cancelled",
        [typeof(PayoutOrdered)] = "payout.ordered", [typeof(PayoutAuthorised)] = "payout.authorised",
        [typeof(PayoutSent)] = "payout.sent", [typeof(PayoutSettled)] = "payout.settled",
        [typeof(PayoutReturned)] = "payout.returned", [typeof(PayoutReissued)] = "payout.reissued",
        [typeof(PayoutRecovered)] = "payout.recovered", [typeof(ReliefPayoutOrdered)] = "payout.ordered",
        [typeof(RefundPayoutOrdered)] = "payout.ordered",
    }.ToFrozenDictionary();

    public static IReadOnlyList<string> Names { get; } = [.. Known.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The public name of an event; null for one that no platform is told.</summary>
    public static string? NameOf(object @event) => Known.GetValueOrDefault(@event.GetType());

    /// <summary>Whether it is a public name or a pattern of such.</summary>
    public static bool Knows(string pattern) => pattern is "*" or "claim.*" or "payout.*" || Names.Contains(pattern);

    /// <summary>What is told of an event.</summary>
    /// <param name="after">the claim or the payout with this event as its last</param>
    public static PublicFacts FactsOf(AggregateState after) => after switch
    {
        Claim claim => new PublicFacts(
            claim.Id, claim.Number, claim.Enrolment, claim.Region, Camel(claim.Status), claim.Outcome?.Amount ?? claim.Assessment?.Amount,
            claim.MissingDocuments.Count, claim.Deadline?.DueOn,
            claim.Outcome?.Ordered.ToArray() is { Length: > 0 } payouts ? payouts : null),
        Payout payout => new PublicFacts(
            payout.Claim, payout.Number, payout.Enrolment, payout.Region, Camel(payout.Status), payout.Amount, Payout: payout.Id,
            OrderedOn: payout.OrderedOn, ReissuedAs: payout.ReissuedAs),
        _ => throw new ArgumentOutOfRangeException(nameof(after), after.GetType().Name, "platforms are told of claims and payouts"),
    };

    private static string Camel(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
