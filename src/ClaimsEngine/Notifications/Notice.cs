using ClaimsEngine.Claims;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Notifications;

public enum NoticeKind
{
    /// <summary>The claim came in, and its papers are complete.</summary>
    Received,

    /// <summary>The claim came in, and papers are missing.</summary>
    ReceivedIncomplete,
    PapersRequested,
    Approved,

    /// <summary>Approved, and nothing is paid: it counts toward a deductible.</summary>
    ApprovedWithoutPayment,
    Refused,
    RefusalUpheld,
    RefusalReversed,
    Expired,
    Paid,

    /// <summary>The bank returned the transfer: another account is asked for.</summary>
    TransferReturned,

    /// <summary>The member's own share of a contribution was paid back.</summary>
    RefundPaid,

    /// <summary>The bank returned the transfer of a refund: another account is asked for.</summary>
    RefundReturned,
}

/// <summary>What a person is told of an event. It holds no personal data: name and phone number are read when the text is made.</summary>
/// <param name="To">the claimant; of a payout its payee</param>
/// <param name="Values">placeholder of the text → what stands there; papers by their kinds</param>
/// <param name="Papers">kinds of papers that the text names</param>
public sealed record Notice(
    NoticeKind Kind, PersonId To, RegionCode Region, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Papers)
{
    /// <summary>Events of which a person is told. A claim on a settlement came without an application, and the settlement may stand for its
    /// papers: its member is told when it is decided, or when papers are asked for.</summary>
    public static bool IsTold(object @event) => @event is ClaimSubmitted { Settlement: null } or SupplementRequested or ClaimApproved
        or ClaimRefused or RefusalUpheld or RefusalReversed or ClaimExpired or PayoutSettled or PayoutReturned;

    /// <param name="after">the claim or the payout with this event as its last</param>
    /// <returns>null for an event of which nobody is told, and for a payout to an organisation</returns>
    public static Notice? Of(object @event, AggregateState after) => (@event, after) switch
    {
        (ClaimSubmitted { Settlement: null }, Claim { MissingDocuments.Count: 0 } claim) => About(claim, NoticeKind.Received),
        (ClaimSubmitted { Settlement: null }, Claim claim) => About(claim, NoticeKind.ReceivedIncomplete, claim.MissingDocuments),
        (SupplementRequested e, Claim claim) => About(claim, NoticeKind.PapersRequested, e.Kinds,
            ("dueOn", Day(e.Deadline.DueOn)), ("note", e.Text)),
        (ClaimApproved { Amount.Fen: 0 }, Claim claim) => About(claim, NoticeKind.ApprovedWithoutPayment),
        (ClaimApproved e, Claim claim) => About(claim, NoticeKind.Approved, [], ("amount", $"{e.Amount}")),
        (ClaimRefused e, Claim claim) => About(claim, NoticeKind.Refused, [],
            ("grounds", Grounds(e.Clause, e.Reason)), ("dueOn", Day(e.AppealableUntil))),
        (RefusalUpheld e, Claim claim) => About(claim, NoticeKind.RefusalUpheld, [], ("grounds", Grounds(e.Clause, e.Reason))),
        (RefusalReversed, Claim claim) => About(claim, NoticeKind.RefusalReversed),
        (ClaimExpired e, Claim claim) => About(claim, NoticeKind.Expired, e.Missing, ("dueOn", Day(e.DueOn))),
        (PayoutSettled, Payout payout) => About(payout, payout.Refund is null ? NoticeKind.Paid : NoticeKind.RefundPaid),
        (PayoutReturned, Payout payout) =>
            About(payout, payout.Refund is null ? NoticeKind.TransferReturned : NoticeKind.RefundReturned),
        _ => null,
    };

    private static Notice About(
        Claim claim, NoticeKind kind, IReadOnlyList<string>? papers = null, params (string Name, string? Value)[] values) =>
        new(kind, claim.Claimant, claim.Region, Filled([("number", claim.Number), .. values]), papers ?? []);

    /// <summary>Null where an organisation is paid: it reads its account, and nobody's telephone is its own.</summary>
    private static Notice? About(Payout payout, NoticeKind kind) => payout.Payee is not { } payee ? null : new Notice(
        kind, payee, payout.Region, Filled([("number", payout.Number), ("amount", $"{payout.Amount}")]), []);

    private static Dictionary<string, string> Filled((string Name, string? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value ?? "");

    private static string Grounds(string? clause, string reason) => clause is null ? reason : $"{clause}, {reason}";

    private static string? Day(LocalDate? day) => day?.ToString("uuuu-MM-dd", null);
}
