using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Notices;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Recoveries;

namespace ClaimsEngine.Console.Pages.Claims;

/// <summary>A claim with all that belongs to it, as the API answers <c>/api/claims/{claim}/case</c>.</summary>
public sealed record Case(
    ClaimView Claim, EnrolmentView? Certificate, CasePlan Plan, IReadOnlyList<CasePaper> Papers, IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<PayoutView> Payouts, CaseOriginals? Originals = null, PublicNoticeView? PublicNotice = null,
    IReadOnlyList<RecoveryView>? Recoveries = null);

public sealed record CaseOriginals(Kernel.Money From, IReadOnlyList<string> Missing);

public sealed record CasePlan(string Code, int Version, LocalName Name, string RuleHash, string? Clause = null);

public sealed record CasePaper(string Kind, bool Required, bool Missing, IReadOnlyList<DocumentView> Files);
