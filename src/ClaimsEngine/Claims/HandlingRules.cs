using System.Text.Json;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>
/// How an organiser's offices handle claims: the time that each step may take. Where no public rule text was found the limits are our
/// default, and the file says so under <c>assumed</c> (<c>seeds/handling</c>; sources: workflow.md, sections 3 and 4).
/// </summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="From">the first day on which a step that begins is under these rules</param>
/// <param name="Check">from the claim to complete papers, or to a request for what is missing</param>
/// <param name="Assessment">from complete papers to the assessment</param>
/// <param name="Decision">from the assessment to approval or refusal</param>
/// <param name="Supplement">from a request for papers to the answer; afterwards the claim is closed</param>
/// <param name="Appeal">from a refusal to an appeal</param>
/// <param name="AppealDecision">from an appeal to its decision</param>
/// <param name="Limits">the most that an office of each union level may approve</param>
/// <param name="OneClick">what is decided straight through; null for nothing</param>
/// <param name="Reviews">from which assessed amount on how many people review before the approval; null for none</param>
/// <param name="SubmitAssess">where submitting and assessing are two people's; null where one person may do both, since the engine
/// computes</param>
/// <param name="Sampling">which approved claims get a second look; null for none but those exempt from four eyes</param>
/// <param name="Reopening">from the end of a claim to its reopening; null where no claim is reopened</param>
/// <param name="PublicNotice">which approvals are published before they are paid; null for none</param>
/// <param name="Payment">from an approval, or a grant of relief, until its money is sent to the bank; null for no limit</param>
public sealed record HandlingRules(
    RegionCode Region, int Version, LocalDate From, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed,
    TimeLimit Check, TimeLimit Assessment, TimeLimit Decision, TimeLimit Supplement, TimeLimit Appeal, TimeLimit AppealDecision,
    ApprovalLimits Limits, OneClick? OneClick = null, IReadOnlyList<ReviewRule>? Reviews = null, StepsApart? SubmitAssess = null,
    Sampling? Sampling = null, TimeLimit? Reopening = null, PublicNoticeRule? PublicNotice = null,
    PaymentRule? Payment = null)
{
    /// <summary>All versions of all organisers.</summary>
    public static IReadOnlyList<HandlingRules> All { get; } = [.. EmbeddedData.Names("handling/")
        .Select(name => JsonSerializer.Deserialize<HandlingRules>(EmbeddedData.Text(name), ClaimsJson.Options)!)];

    /// <summary>The name under which a deadline cites them: <c>15/1</c>, <c>default/1</c>.</summary>
    public string Name => $"{(Region.Value.Length == 0 ? "default" : Region.Value)}/{Version}";

    /// <summary>The rules of the nearest organiser above a region, in the newest version of that day.</summary>
    public static HandlingRules For(RegionCode region, LocalDate day) =>
        All.Where(rules => rules.From <= day && region.Value.StartsWith(rules.Region.Value, StringComparison.Ordinal))
            .MaxBy(rules => (rules.Region.Value.Length, rules.Version))!;

    /// <summary>The lowest union level that may approve an amount; above it every level may.</summary>
    public UnionLevel LevelFor(Money amount) =>
        amount <= Limits.District ? UnionLevel.District
        : amount <= Limits.City ? UnionLevel.City
        : amount <= Limits.Province ? UnionLevel.Province : UnionLevel.National;

    /// <summary>How many people have to review an assessed amount before it is approved.</summary>
    public int ReviewsFor(Money assessed) =>
        (Reviews ?? []).Where(rule => assessed >= rule.From).Select(rule => rule.Count).DefaultIfEmpty(0).Max();

    /// <summary>Until when the money of an approval is to be sent. While the approval is published nothing may be paid, so the time begins
    /// after the notice. Null where there is no limit.</summary>
    /// <param name="approved">the whole amount</param>
    public PaymentDeadline? PayBy(IncidentKind kind, Money approved, LocalDate today) => Payment is { } rule
        ? PaymentDeadline.From(PublicNotice?.LastDay(kind, approved, today) ?? today, rule.For(kind), Name) : null;

    /// <summary>The same of a grant of relief, which is not published.</summary>
    public PaymentDeadline? PayReliefBy(LocalDate today) =>
        Payment is { } rule ? PaymentDeadline.From(today, rule.For(null), Name) : null;

    public TimeLimit LimitOf(ClaimStep step) => step switch
    {
        ClaimStep.Check => Check,
        ClaimStep.Supplement => Supplement,
        ClaimStep.Assessment => Assessment,
        ClaimStep.Decision => Decision,
        _ => AppealDecision,
    };
}

/// <summary>What is decided straight through when the settlements of hospital insurance come in.</summary>
/// <param name="Limit">the most that is approved of one claim without a person</param>
/// <param name="Replaces">the kinds of documents that a settlement stands for</param>
/// <param name="ImportedCover">whether a stay is decided that began before its certificate was recorded here, but not before the day by
/// whose rules it was entered. Those two days differ for what was imported from earlier records, never for what was entered by hand</param>
public sealed record OneClick(Money Limit, IReadOnlyList<string> Replaces, bool ImportedCover = false);

/// <param name="From">the assessed amount, inclusive</param>
/// <param name="Count">people who review and agree</param>
public sealed record ReviewRule(Money From, int Count);

/// <summary>Two steps are two people's, with the exception of an office that has not enough of them.</summary>
/// <param name="ExemptUpTo">up to this assessed amount one person may do both; the claim is flagged, and always gets a second look. Null
/// for no exception</param>
public sealed record StepsApart(Money? ExemptUpTo = null);

/// <summary>Approvals that are published before they are paid (公示), so that whoever knows better may object.</summary>
/// <param name="Days">after the day of the approval, in <paramref name="Unit"/>; nothing is paid before they are over</param>
/// <param name="Kinds">of incidents; null for all</param>
/// <param name="From">approved amounts from this on; null for all</param>
public sealed record PublicNoticeRule(
    int Days, DayUnit Unit, IReadOnlyList<IncidentKind>? Kinds = null, Money? From = null)
{
    /// <summary>The last day of the notice of an approval; null where it is not published. Nothing is published that pays
    /// nothing.</summary>
    public LocalDate? LastDay(IncidentKind kind, Money amount, LocalDate approvedOn) =>
        amount.IsPositive && Kinds?.Contains(kind) != false && !(amount < From) ? new TimeLimit(Days, Unit).EndsOn(approvedOn) : null;
}

/// <summary>The time from an approval, or a grant of relief, until its money is sent to the bank.</summary>
/// <param name="Days">after the day on which it may first be paid, in <paramref name="Unit"/></param>
/// <param name="Kinds">kinds of benefits that have another limit; null for none</param>
public sealed record PaymentRule(int Days, DayUnit Unit, IReadOnlyDictionary<IncidentKind, TimeLimit>? Kinds = null)
{
    /// <param name="kind">null for relief</param>
    public TimeLimit For(IncidentKind? kind) =>
        kind is { } benefit && Kinds?.TryGetValue(benefit, out var own) == true ? own : new TimeLimit(Days, Unit);
}
