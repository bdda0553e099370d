using ClaimsEngine.Plans;
using static ClaimsEngine.Console.Pages.Plans.CardWords;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>What holds for claims of every kind: waiting, caps, exclusions, what others pay, papers, times and who decides.</summary>
internal static class ClaimSentences
{
    public static void Waiting(PlanCard card, CardWriter to)
    {
        if (card.Waiting is not { } periods)
        {
            if (!card.IsUnpublished("waiting")) to.No("waiting", "没有免责期。", "There is no waiting period.");
            return;
        }
        for (var i = 0; i < periods.Count; i++)
        {
            var (rule, at) = (periods[i], $"waiting.{i}");
            var kinds = List(rule.Kinds, Of);
            to.Say($"{at}.kinds", $"{kinds.Zh}设有免责期：保障的前{rule.Days}天不予给付（第{rule.Days}天含在内）。",
                $"{Upper(kinds.En)} has a waiting period: up to and including day {rule.Days} of cover nothing is paid.",
                [.. JoiningSentences.Items($"{at}.kinds", rule.Kinds.Count), $"{at}.days"]);
            to.Say($"{at}.clause", $"条款出处：{RemarkWords.Of(rule.Clause).Zh}。", $"Where the text says so: {rule.Clause}.", $"{at}.clause");
            to.Say($"{at}.counting", rule.Counting == DayCounting.Inclusive ? "保障首日为第1天。" : "保障首日为第0天，次日为第1天。",
                rule.Counting == DayCounting.Inclusive ? "The first day of cover is day 1."
                    : "The first day of cover is day 0, the next one day 1.",
                $"{at}.counting");
            var compared = Of(rule.Trigger);
            to.Say($"{at}.trigger", $"以{compared.Zh}判断是否在免责期内。", $"What counts is {compared.En}.", $"{at}.trigger");
            foreach (var (illness, own) in rule.Triggers ?? new Dictionary<string, Trigger>())
            {
                var name = NameOf(card, rule.Kinds, illness);
                to.Say($"{at}.triggers.{illness}", $"其中{name.Zh}以{Of(own).Zh}判断。", $"For {name.En}, {Of(own).En} counts instead.",
                    $"{at}.triggers.{illness}");
            }
            if (rule.ReducedToDay is { } until)
            {
                var (zh, en) = rule.ReducedPercent is { } percent ? ($"，按{percent}%给付", $": {percent} % is paid then")
                    : ("", ", in which less is paid");
                to.Say($"{at}.reducedToDay", $"第{rule.Days + 1}天至第{until}天为减责期{zh}。",
                    $"Days {rule.Days + 1} to {until} are a reduced period{en}.", $"{at}.reducedToDay", $"{at}.reducedPercent");
            }
            else to.No($"{at}.reducedToDay", "没有减责期。", "There is no reduced period.");
            to.Say($"{at}.waivedOnRenewal", rule.WaivedOnRenewal ? "连续续保的，自最初的保障首日起算，不重新计免责期。" : "每次续保都重新计免责期。",
                rule.WaivedOnRenewal ? "It counts from the first of unbroken periods: who renews does not wait again."
                    : "It begins anew with each period, for those who renew too.", $"{at}.waivedOnRenewal");
        }
    }

    private static LocalName NameOf(PlanCard card, IReadOnlyList<IncidentKind> kinds, string illness) => kinds
        .Select(kind => card.BenefitFor(kind)?.Illness?.Catalogue).OfType<string>().Select(IllnessCatalogue.Find)
        .Select(catalogue => catalogue?.Class(illness)?.Name).FirstOrDefault(name => name is not null) ?? new(illness, illness);

    public static void Caps(PlanCard card, CardWriter to)
    {
        if (card.Caps is not { } caps)
        {
            if (!card.IsUnpublished("caps")) to.No("caps", "本计划没有总限额。", "The plan sets no cap on all benefits together.");
            return;
        }
        foreach (var (amount, name, zh, en) in new[]
        {
            (caps.PerClaim, "perClaim", "每次申领最高给付{0}元。", "At most {0} yuan is paid for one claim."),
            (caps.PerPeriod, "perPeriod", "一份参保登记在一个保障期内合计最高给付{0}元。",
                "At most {0} yuan is paid under one certificate in its cover period."),
            (caps.PerUnit, "perUnit", "一个保障期内，每份合计最高给付{0}元。", "At most {0} yuan is paid in the cover period for each unit held."),
            (caps.PerLifetime, "perLifetime", "参保人在本计划历次参保中合计最高给付{0}元。", "At most {0} yuan is ever paid to one member in this plan."),
        })
            if (amount is { } most) to.Say($"caps.{name}", zh.Replace("{0}", Yuan(most)), en.Replace("{0}", Yuan(most)), $"caps.{name}");
        if (caps.AcrossPlans is { } group)
        {
            var kinds = group.Kinds is { } some ? List(some, Of) : new LocalName("各项保障", "all benefits");
            to.Say("caps.acrossPlans", $"属“{group.Group}”组的各计划合计，{kinds.Zh}最高给付{Yuan(group.Amount)}元。",
                $"Under all plans of the group “{group.Group}” together, one member is paid "
                    + $"at most {Yuan(group.Amount)} yuan for {kinds.En}.",
                ["caps.acrossPlans.group", "caps.acrossPlans.amount",
                    .. JoiningSentences.Items("caps.acrossPlans.kinds", group.Kinds?.Count ?? 0)]);
        }
    }

    public static void NotBoth(PlanCard card, CardWriter to)
    {
        for (var i = 0; i < (card.NotBoth?.Count ?? 0); i++)
        {
            var group = card.NotBoth![i];
            var names = List(group, Of, "与");
            to.Say($"notBoth.{i}", $"{names.Zh}不兼得，只付较高的一项：已付其中一项的，从另一项中扣除。",
                $"Of {names.En} only the higher is paid: what was paid for one is taken off the other.",
                JoiningSentences.Items($"notBoth.{i}", group.Count));
        }
        if (card.NotBoth is null or { Count: 0 })
            to.No("notBoth", "各保障项目之间互不排斥。", "No benefit excludes another.");
    }

    public static void Exclusions(PlanCard card, CardWriter to)
    {
        for (var i = 0; i < (card.Exclusions?.Count ?? 0); i++)
        {
            var one = card.Exclusions![i];
            to.Say($"exclusions.{one.Code}", $"{one.Name.Zh}，不予给付（代码“{one.Code}”）。",
                $"Nothing is paid for {one.Name.En} (code “{one.Code}”).",
                $"exclusions.{i}.code", $"exclusions.{i}.name.zh", $"exclusions.{i}.name.en");
        }
        if (card.Exclusions is null or { Count: 0 } && !card.IsUnpublished("exclusions"))
            to.No("exclusions", "规则卡没有列出除外责任。", "The card names no exclusions.");
    }

    public static void Coordination(PlanCard card, CardWriter to)
    {
        if (card.Coordination?.Less is { Count: > 0 } less)
        {
            var names = List(less, Payer);
            to.Say("coordination.less", $"已从下列渠道得到的补助，从给付中扣除：{names.Zh}。", $"What these have paid is taken off the benefit: {names.En}.",
                JoiningSentences.Items("coordination.less", less.Count));
        }
        else if (!card.IsUnpublished("coordination"))
            to.No("coordination.less", "其他渠道的补助不从给付中扣除。", "What others have paid is not taken off.");
        if (card.Coordination?.WithinOwnShare == true)
            to.Say("coordination.withinOwnShare", "各项补助合计不超过个人自付费用。", "All payments together are never above the member's own share.",
                "coordination.withinOwnShare");
        else if (!card.IsUnpublished("coordination"))
            to.No("coordination.withinOwnShare", "未规定各项补助合计不得超过个人自付费用。", "Payments together are not held against the member's own share.");
    }

    public static void Documents(PlanCard card, CardWriter to)
    {
        foreach (var (kind, papers) in card.Documents)
        {
            var names = List(papers, Paper);
            to.Say($"documents.{Code(kind)}", $"申领{Of(kind).Zh}须提交：{names.Zh}。", $"A claim for {Of(kind).En} needs: {names.En}.",
                JoiningSentences.Items($"documents.{Code(kind)}", papers.Count));
        }
        if (card.Originals is not { } rule)
        {
            to.No("originals", "不论金额，扫描件均可，不要求核对原件。", "Scans do for every amount: no originals need to be seen.");
            return;
        }
        var which = rule.Kinds is { } some ? List(some, Paper) : new LocalName("全部申领材料", "every paper that the claim needs");
        to.Say("originals", $"核定金额达到{Yuan(rule.From)}元的，须由经办人核对下列材料的原件：{which.Zh}。",
            $"From an amount of {Yuan(rule.From)} yuan on, an officer must have seen the originals on paper of {which.En}.",
            ["originals.from", .. JoiningSentences.Items("originals.kinds", rule.Kinds?.Count ?? 0)]);
    }

    public static void Window(PlanCard card, CardWriter to)
    {
        if (card.ClaimWindow?.NoticeDays is { } days)
            to.Say("claimWindow.noticeDays", $"事故发生后{days}天内应向经办机构报案。",
                $"The office wants to be told within {days} days after the incident.",
                "claimWindow.noticeDays");
        else to.No("claimWindow.noticeDays", "没有规定报案期限。", "No time is set for telling the office of an incident.");
        if (card.ClaimWindow?.ApplicationMonths is { } months)
            to.Say("claimWindow.applicationMonths", $"自事故（或最后一次出院）起{months}个月内未申领的，视为放弃权利。",
                $"Who has not applied within {months} months after the incident, or the last discharge, gives up the right.",
                "claimWindow.applicationMonths");
        else to.No("claimWindow.applicationMonths", "没有规定申领期限，权利不因逾期丧失。",
            "No last day is set for applying: the right is not lost by time.");
    }

    public static void Review(PlanCard card, CardWriter to)
    {
        for (var i = 0; i < (card.Review?.Count ?? 0); i++)
        {
            var line = card.Review![i];
            var level = Of(line.Level);
            var (zh, en) = line.UpTo is { } most ? ($"{Yuan(most)}元及以下", $"up to {Yuan(most)} yuan") : ("更高金额", "above that");
            to.Say($"review.{i}", $"{zh}的申领由{level.Zh}或其上级审批。", $"Claims {en} are decided by {level.En}, or any level above it.",
                $"review.{i}.level", $"review.{i}.upTo");
        }
        if (card.Review is null) to.No("review", "本计划没有规定由哪一级工会审批，按各级的审批限额办理。",
            "The plan does not say which union level decides: the levels' own limits hold.");
    }

    public static void Refund(PlanCard card, CardWriter to)
    {
        if (card.Refund is { } refund)
            to.Say("refund", refund == RefundKind.None ? "缴费不返还，不论是否领取过给付。" : "标明“期满返还”的缴费在期满时返还。",
                refund == RefundKind.None ? "Nothing is paid back, benefit drawn or not."
                    : "Contributions of price lines that say so are paid back at expiry.", "refund");
        else to.No("refund", "规则卡未写明期满是否返还缴费，不返还。",
            "The card does not speak of paying contributions back: nothing is paid back at expiry.");
    }
}
