using ClaimsEngine.Claims;

namespace ClaimsEngine.Console.Pages.Claims.Feeds;

/// <summary>What became of a line of a feed of settlements.</summary>
public enum SettlementOutcome { Approved, Routed, Known, Differs, Rejected }

/// <summary>A feed of hospital insurance, as the API answers <c>/api/settlements/{id}</c>. What its lines came to is there at the
/// end.</summary>
/// <param name="Amount">what was approved, of all lines together</param>
/// <param name="Results">of the first 500 lines, in order</param>
/// <param name="Problem">why the feed was refused or broke off</param>
public sealed record SettlementFeed(
    Guid Id, FeedState Status, long Done, long? Total, Instant StartedAt, Instant? FinishedAt, string? Plan = null, int? Lines = null,
    int? Approved = null, int? Routed = null, int? Known = null, int? Differs = null, int? Rejected = null, Money? Amount = null,
    IReadOnlyList<SettlementLineResult>? Results = null, Doors.Problem? Problem = null);

public enum FeedState { Running, Done, Refused, Failed }

/// <param name="Line">from 1, as an editor or a spreadsheet program counts</param>
/// <param name="Amount">what was approved; null if nothing was</param>
/// <param name="Reasons">why it was not approved; empty for one that was, or is known</param>
public sealed record SettlementLineResult(
    int Line, string? SettlementNumber, SettlementOutcome Outcome, ClaimId? ClaimId, string? ClaimNumber, Money? Amount,
    IReadOnlyList<LineFault> Reasons);
