using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>One thing that happened to a claim, in words. It holds no personal data but what people wrote as reasons.</summary>
/// <param name="Version">of the claim after it</param>
/// <param name="Type">published name of the event</param>
/// <param name="Text">what happened, in English</param>
/// <param name="TextZh">the same in Chinese</param>
/// <param name="Reason">what the person gave as the reason; null for none</param>
public sealed record HistoryEntry(long Version, Instant At, string By, string Type, string Text, string TextZh, string? Reason);

/// <summary>The history of a claim as a list of sentences.</summary>
public static class ClaimHistory
{
    public static HistoryEntry Of(RecordedEvent recorded)
    {
        var (by, text, zh, reason) = Words(recorded.Data);
        return new HistoryEntry(recorded.Version, recorded.RecordedAt, by, recorded.Type, text, zh, reason);
    }

    /// <summary>The entry as this person may read it: without reasons, kinds of papers and incidents for who sees no
    /// medical facts.</summary>
    public static HistoryEntry For(Actor by, HistoryEntry entry)
    {
        if (by.SeesMedicalFacts) return entry;
        var (text, zh) = entry.Type switch
        {
            "document_received" => ("A paper came in.", "收到材料。"),
            "original_checked" => ("An original was seen.", "已核验原件。"),
            "supplement_requested" => ("Asked for papers.", "通知补正。"),
            "claim_expired" => ("Closed: papers did not come in time.", "逾期未补正，结案。"),
            "claim_reclassified" => ("The incident was corrected.", "事故认定已更正。"),
            "claim_refused" => ("Refused.", "不予给付。"),
            _ => (entry.Text, entry.TextZh),
        };
        return entry with { Text = text, TextZh = zh, Reason = null };
    }

    private static (string By, string Text, string Zh, string? Reason) Words(object @event) => @event switch
    {
        ClaimSubmitted e => (e.By, $"Claim {e.Number} is submitted.", $"提交申领 {e.Number}。", null),
        DocumentReceived e => (e.By, $"A paper came in: {e.Kind}.", $"收到材料：{e.Kind}。", null),
        OriginalChecked e => (e.By, $"The original was seen: {e.Kind}.", $"已核验原件：{e.Kind}。", null),
        SupplementRequested e => (e.By, $"Asked for papers until {Day(e.Deadline.DueOn)}: {List(e.Kinds)}.",
            $"通知补正，截止{Day(e.Deadline.DueOn)}：{List(e.Kinds)}。", e.Text),
        DeadlinePassed e => (e.By, $"The deadline of {Day(e.DueOn)} passed.", $"已超过{Day(e.DueOn)}的办理期限。", null),
        ClaimExpired e => (e.By, $"Closed: papers did not come by {Day(e.DueOn)}: {List(e.Missing)}.",
            $"逾期未补正，结案；截止{Day(e.DueOn)}，缺少：{List(e.Missing)}。", e.Reason),
        ClaimAssessed e => (e.By, $"Assessed at {e.Amount} yuan by version {e.PlanVersion} of the plan.",
            $"按计划第{e.PlanVersion}版核定{e.Amount}元。", null),
        ClaimReclassified e => (e.By, $"The incident was corrected from {Words(e.Before)} to {Words(e.After)}.",
            $"事故认定由{Words(e.Before)}更正为{Words(e.After)}。", e.Reason),
        ClaimApproved e => (e.By, $"Approved: {e.Amount} yuan.", $"批准给付{e.Amount}元。", e.Reason),
        ClaimReviewed { Finding: ReviewFinding.Agree } e => (e.By, "Reviewed; the reviewer agrees.", "复核同意。", e.Reason),
        ClaimReviewed e => (e.By, "Reviewed; the reviewer objects.", "复核提出异议。", e.Reason),
        ClaimSampled e => (e.By, $"Drawn for a second look: {List(e.Reasons)}.", $"被抽中复查：{List(e.Reasons)}。", null),
        SecondLookCompleted { Finding: SecondLookFinding.Confirmed } e =>
            (e.By, "The second look confirms the decision.", "复查确认原决定。", e.Reason),
        SecondLookCompleted e => (e.By, "The second look questions the decision.", "复查对原决定提出疑问。", e.Reason),
        ApprovalRevoked e => (e.By, $"The approval of {e.Amount} yuan is taken back ({English(e.Cause)}); nothing of it was paid.",
            $"撤销给付决定（{Chinese(e.Cause)}），{e.Amount}元未付。", null),
        ClaimRefused { Clause: { } clause } e => (e.By, $"Refused by {clause}.", $"依据{clause}不予给付。", e.Reason),
        ClaimRefused e => (e.By, "Refused.", "不予给付。", e.Reason),
        ClaimAppealed e => (e.By, $"The claimant appeals; to be decided by {Day(e.Deadline.DueOn)}.",
            $"申领人申请复议，应于{Day(e.Deadline.DueOn)}前决定。", e.Reason),
        RefusalUpheld e => (e.By, "The refusal stands.", "复议维持原决定。", e.Reason),
        RefusalReversed e => (e.By, "The refusal does not stand; the claim is open again.", "复议撤销原决定，重新办理。", e.Reason),
        SuspicionRaised e => (e.By, $"Suspected: {English(e.Kind)}.", $"提出疑点：{Chinese(e.Kind)}。", e.Reason),
        SuspicionCleared e => (e.By, $"The suspicion does not hold: {English(e.Kind)}.", $"疑点已澄清：{Chinese(e.Kind)}。", e.Reason),
        AppealWithdrawn e => (e.By, "The appeal is taken back; the refusal stands.", "撤回复议申请，维持原决定。", e.Reason),
        ClaimReopened e => (e.By, $"Open again ({English(e.Cause)}); the next step is to be done by {Day(e.Deadline.DueOn)}.",
            $"重新受理（{Chinese(e.Cause)}），下一步应于{Day(e.Deadline.DueOn)}前办理。", e.Reason),
        ClaimantInformed e => (e.By, $"The claimant was told: {English(e.How)}.", $"已告知申领人：{Zh(e.How)}。", null),
        ClaimWithdrawn e => (e.By, "Withdrawn.", "撤回申领。", e.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event.GetType().Name, "the history has no words for this event"),
    };

    private static string Zh(ContactWay how) => how switch
    {
        ContactWay.Phone => "电话", ContactWay.InPerson => "当面", ContactWay.Letter => "信函", _ => "短信",
    };

    private static string Words(Incident incident) => string.Join(' ', ((string?[])
    [
        English(incident.Kind), incident.Grade is { } grade ? $"grade {grade}" : null, incident.Illness,
        incident.Severity is { } severity ? English(severity) : null, Day(incident.Date),
    ]).OfType<string>());

    private static string Chinese(SuspicionKind kind) => kind switch
    {
        SuspicionKind.FalsePapers => "材料虚假",
        SuspicionKind.Impersonation => "冒名申领",
        SuspicionKind.DoubleClaim => "重复申领",
        SuspicionKind.Collusion => "内外串通",
        SuspicionKind.Diversion => "截留挪用",
        _ => "其他",
    };

    private static string Chinese(RevocationCause cause) => cause switch
    {
        RevocationCause.Suspicion => "疑点属实",
        RevocationCause.Objection => "公示异议成立",
        _ => "经办差错",
    };

    private static string Chinese(ReopeningCause cause) => cause switch
    {
        ReopeningCause.LatePapers => "材料逾期补交",
        ReopeningCause.NewEvidence => "有新证据",
        ReopeningCause.OfficeError => "经办差错",
        _ => "申领人请求",
    };

    private static string English(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    private static string List(IEnumerable<string> kinds) => string.Join(", ", kinds);

    private static string Day(LocalDate date) => $"{date:uuuu-MM-dd}";
}
