using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>
/// How a settlement becomes a claim that nobody has to touch, and when it must not. Every refusal here sends the case to a person; nothing
/// is ever declined without one.
/// </summary>
public static class StraightThrough
{
    /// <summary>Who assesses the claims of a feed, and who approves them: the engine itself. Who sent the feed submits them.</summary>
    public const string Assessor = EngineActors.SettlementFeed, Approver = EngineActors.OneClick;

    /// <param name="Card">of the plan version that binds the certificate</param>
    public sealed record Held(Enrolment Enrolment, PlanCard Card);

    /// <summary>The one certificate that covers the stay, or why there is not exactly one.</summary>
    /// <param name="plan">only certificates of this plan; null for any</param>
    /// <param name="held">the person's certificates</param>
    public static (Enrolment? Cover, Refusal? No) CoverFor(SettlementLine line, string? plan, IEnumerable<Held> held)
    {
        Enrolment[] covers = [.. held
            .Where(one => (plan is null || one.Enrolment.Plan == plan) && one.Enrolment.Covers(line.Admitted)
                && one.Card.BenefitFor(IncidentKind.Hospitalisation) is not null)
            .Select(one => one.Enrolment)];
        return covers switch
        {
            [var only] => (only, null),
            [] => (null, new Refusal(Refuse.NoHospitalCover, "no certificate with a hospital benefit covers the day of admission")),
            _ => (null, new Refusal(Refuse.SeveralCovers,
                $"{covers.Length} certificates cover the stay: {string.Join(", ", covers.Select(cover => cover.CertificateNumber))}")),
        };
    }

    /// <summary>The account to pay to: the newest one on record, if it is the member's own. Whether a reason for another person's account
    /// still holds is asked by a person who takes the claim in.</summary>
    public static (Account? Account, Refusal? No) AccountOf(Person member) => member.Accounts switch
    {
        [.., { OtherHolder: null } newest] => (newest, null),
        [] => (null, new Refusal(Refuse.NoAccountOnRecord, "the member has no account on record")),
        _ => (null, new Refusal(Refuse.AccountNotOwn, "the newest account on record is another person's")),
    };

    /// <summary>Whether a claim with this settlement tells something else than the line: another person, another stay, other
    /// amounts.</summary>
    public static bool Differs(SettlementLine line, Claim claim, Person member) =>
        member.IdNumber.Value != line.IdNumber.Value
        || !(claim.Reclassifications is [var first, ..] ? first.Before : claim.Incident).SameAs(line.ToIncident());

    /// <summary>Why a person has to look at a claim of the feed before it may be assessed; null for nothing.</summary>
    /// <param name="rules">of the organiser; null where it has none</param>
    public static Refusal? BeforeAssessment(OneClick? rules) => rules is null
        ? new Refusal(Refuse.NoStraightThrough, "by the organiser's rules a person handles every claim") : null;

    /// <summary>Why a person has to decide an assessed claim; null where it is approved straight through.</summary>
    /// <param name="cover">the claim's certificate; null leaves every flag to a person</param>
    public static Refusal? BeforeApproval(Claim claim, OneClick? rules, Enrolment? cover = null)
    {
        if (BeforeAssessment(rules) is { } none) return none;
        if (claim is not { Status: ClaimStatus.Assessed, Assessment.Amount: var amount })
            return Refuse.WrongStateOf("claim", claim.Status, "assessed");
        if (claim.UnderSuspicion() is { } suspected) return suspected;
        if (claim.Flags is { Count: > 0 } flags && !IsImportedCover(claim, rules!, cover))
            return new Refusal(Refuse.ClaimFlagged, $"an approver has to look at {string.Join(", ", flags)}");
        if (!amount.IsPositive) return new Refusal(Refuse.NothingToApprove, "nothing is payable; a person decides that");
        return amount > rules!.Limit
            ? new Refusal(Refuse.OverStraightThroughLimit, $"{amount} yuan was assessed; straight through at most {rules.Limit} yuan")
            : null;
    }

    /// <summary>Whether all that an approver would have to look at is that the certificate was imported later than it was entered for, and
    /// the organiser's rules answer that.</summary>
    private static bool IsImportedCover(Claim claim, OneClick rules, Enrolment? cover) =>
        rules.ImportedCover && claim.Flags is [ClaimFlags.IncidentBeforeEnrolment]
        && cover?.Id == claim.Enrolment && cover.EnteredFor <= claim.Incident.FirstDay;

    /// <summary>The reason of the approval, for whoever reads it later. It answers the one flag that the rules may allow.</summary>
    public static string Reason(SettlementLine line, HandlingRules rules, Claim claim)
    {
        var (zh, en) = claim.Flags is { Count: > 0 }
            ? ("参保名单早于住院、后导入系统", "the cover was entered before the stay and imported later") : ("无标记", "no flags");
        return $"依据医保结算单{line.SettlementNumber}直接给付（处理规则{rules.Name}，限额{rules.OneClick!.Limit}元，{zh}）; decided straight through "
            + $"on settlement {line.SettlementNumber} under handling rules {rules.Name}, at most {rules.OneClick.Limit} yuan, {en}";
    }
}
