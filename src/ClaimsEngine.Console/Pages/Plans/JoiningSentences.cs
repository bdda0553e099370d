using ClaimsEngine.Plans;
using static ClaimsEngine.Console.Pages.Plans.CardWords;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>Who may join, for how long, what it costs and who pays: a card's parts up to the beginning of cover.</summary>
internal static class JoiningSentences
{
    public static void About(PlanCard card, CardWriter to)
    {
        to.Say("name", $"本计划名为“{card.Name.Zh}”。", $"The plan is called “{card.Name.En}”.", "name.zh", "name.en");
        var organiser = InBothLanguages(card.Organiser);
        to.Say("organiser", $"主办机构：{organiser.Zh}。", $"Organiser: {organiser.En}.", "organiser");
        to.Say("format", $"规则卡按格式{card.Format}书写。", $"The card is written in format {card.Format}.", "format");
    }

    public static void Eligibility(PlanCard card, CardWriter to)
    {
        var rule = card.Eligibility;
        for (var i = 0; i < (rule.Ages?.Count ?? 0); i++) Age(rule.Ages![i], i, to);
        if (rule.Ages is { Count: > 1 })
            to.Say("eligibility.ages", "以上年龄条件符合其一即可；年龄按保障首日的周岁计算。",
                "One of these age rules has to hold. Age is counted in whole years on the first day of cover.");
        if (rule.Ages is null && !card.IsUnpublished("eligibility.ages"))
            to.No("eligibility.ages", "不限年龄。", "No age is asked for.");

        if (rule.Occupations is { } occupations)
        {
            var names = List(occupations, Of);
            to.Say("eligibility.occupations", $"限下列职业参保：{names.Zh}。", $"It is for these occupations: {names.En}.",
                Items("eligibility.occupations", occupations.Count));
        }
        else if (!card.IsUnpublished("eligibility.occupations"))
            to.No("eligibility.occupations", "不限职业。", "Every occupation may join.");

        if (rule.Regions is { } regions)
        {
            var names = List(regions, Of);
            to.Say("eligibility.regions", $"限下列地区参保：{names.Zh}。", $"It is for people of {names.En}.",
                Items("eligibility.regions", regions.Count));
        }
        else if (!card.IsUnpublished("eligibility.regions"))
            to.No("eligibility.regions", "规则卡未限定地区。", "The card names no region: people of every place may join.");

        if (rule.Insurance is { } insurance)
            to.Say("eligibility.insurance", $"须已参加{insurance.Zh}。", $"A member must have {insurance.En}.",
                "eligibility.insurance.zh", "eligibility.insurance.en");
        else to.No("eligibility.insurance", "不要求已有基本保险。", "No basic insurance is asked for.");

        if (rule.Participation is { } part) Participation(part, to);
        else to.No("eligibility.participation", "对单位参保率没有要求。", "No share of an employer's people has to take part.");
        Units(card, to);
        Entry(rule.Entry, to);
    }

    private static void Age(AgeRule rule, int place, CardWriter to)
    {
        var at = $"eligibility.ages.{place}";
        var (whoZh, who) = rule.Sex is { } sex ? (Of(sex).Zh, Upper(Of(sex).En)) : ("参保人", "Members");
        if (rule.SeniorRank is { } senior)
            (whoZh, who) = senior ? ($"有相应职级或高级职称的{whoZh}", $"{who} of section-head grade or senior title")
                : ($"无相应职级或高级职称的{whoZh}", $"{who} without section-head grade or senior title");
        if (rule.Entry is { } entry)
            (whoZh, who) = entry == EntryKind.New ? ($"新参保的{whoZh}", $"{who} who enter anew")
                : ($"连续续保的{whoZh}", $"{who} who renew without a gap");
        var (zh, en) = (rule.From, rule.To) switch
        {
            ({ } from, { } until) => ($"年龄为{from}至{until}周岁", $"are {from} to {until} years old"),
            ({ } from, null) => ($"年满{from}周岁", $"are {from} years old or more"),
            (null, { } until) => ($"年龄不超过{until}周岁", $"are at most {until} years old"),
            _ => ("不限年龄", "may be of any age"),
        };
        var (bothZh, both) = rule is { From: not null, To: not null } ? ("（首尾均含）", ", both ends included") : ("", "");
        to.Say(at, $"{whoZh}{zh}{bothZh}。", $"{who} {en}{both}.",
            [$"{at}.from", $"{at}.to", $"{at}.sex", $"{at}.seniorRank", $"{at}.entry"]);
    }

    private static void Participation(Participation rule, CardWriter to)
    {
        var (ofZh, of) = rule.Of == ParticipationBase.Women ? ("女职工", "women") : ("职工", "staff");
        var small = rule.EveryoneBelow is { } below
            ? new LocalName($"；{ofZh}不足{below}人的单位须全员参保", $"; an employer with fewer than {below} enrols everyone") : new("", "");
        to.Say("eligibility.participation", $"单位{ofZh}参保率须达到{rule.Percent}%{small.Zh}。",
            $"Of an employer's {of} {rule.Percent} % must take part{small.En}.",
            "eligibility.participation.percent", "eligibility.participation.of", "eligibility.participation.everyoneBelow");
    }

    private static void Units(PlanCard card, CardWriter to)
    {
        var rule = card.Eligibility;
        if (rule.MaxUnits is { } most)
        {
            var (zh, en) = rule.ExcessUnits == ExcessUnits.Void ? ("，超出的份数无效", "; what is above that is void and counts for nothing")
                : ("，超出的不予受理", "; more is refused");
            to.Say("eligibility.maxUnits", $"每人最多参加{most}份{zh}。", $"A person holds at most {most} unit(s){en}.",
                "eligibility.maxUnits", "eligibility.excessUnits");
        }
        else
        {
            to.No("eligibility.maxUnits", "来源未写明份数，每人一份。", "The source names no number of units: a person holds one.");
            if (rule.ExcessUnits == ExcessUnits.Void)
                to.Say("eligibility.excessUnits", "超出的份数无效。", "Units above the limit are void.", "eligibility.excessUnits");
        }
        if (rule.SameUnitsPerEmployer)
            to.Say("eligibility.sameUnitsPerEmployer", "同一单位的参保人份数须一致。", "Every member of one employer holds the same number of units.",
                "eligibility.sameUnitsPerEmployer");
        else to.No("eligibility.sameUnitsPerEmployer", "同一单位的参保人份数可以不同。", "Members of one employer may hold different numbers of units.");
    }

    private static void Entry(EntryWindow? rule, CardWriter to)
    {
        if (rule is null)
        {
            to.No("eligibility.entry", "参保时间不限，个人参保也不限制。", "One may join at any time, with or without an employer.");
            return;
        }
        if (rule.LateJoinerDays is { } days)
            to.Say("eligibility.entry.lateJoinerDays", $"起保后{days}天内，其他人员仍可补报参保。",
                $"Others may still join within {days} days after the start.", "eligibility.entry.lateJoinerDays");
        if (rule.NewHireMonths is { } months)
            to.Say("eligibility.entry.newHireMonths", $"新入职人员可在{months}个月内补报参保。", $"New hires may join within {months} month(s).",
                "eligibility.entry.newHireMonths");
        if (rule.Individual is { } alone)
            to.Say("eligibility.entry.individual", alone ? "可以不经单位、以个人身份参保。" : "须由单位组织参保，不接受个人参保。",
                alone ? "A person may join without an employer." : "One joins through an employer only.", "eligibility.entry.individual");
    }

    public static void Tiers(PlanCard card, CardWriter to)
    {
        if (card.CoverTiers is not { } tiers)
        {
            to.No("coverTiers", "本计划不分档次。", "There is one cover for everybody, without tiers to choose from.");
            return;
        }
        for (var i = 0; i < tiers.Count; i++)
        {
            var (zh, en) = tiers[i].Months is { } months ? ($"，保障期{months}个月", $", covered for {months} months") : ("", "");
            to.Say($"coverTiers.{i}", $"第{i + 1}档：{tiers[i].Name.Zh}（代码“{tiers[i].Code}”）{zh}。",
                $"Tier {i + 1}: {tiers[i].Name.En} (code “{tiers[i].Code}”){en}.",
                $"coverTiers.{i}.code", $"coverTiers.{i}.name.zh", $"coverTiers.{i}.name.en", $"coverTiers.{i}.months");
        }
        if (tiers.Count > 1)
            to.Say("coverTiers", "参保时未指明档次的，按第1档。", "Who names no tier when joining has the first.");
    }

    public static void Prices(PlanCard card, CardWriter to)
    {
        if (card.Prices is not { } lines)
        {
            if (!card.IsUnpublished("prices")) to.No("prices", "规则卡没有缴费标准。", "The card has no price.");
            return;
        }
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var at = $"prices.{i}";
            var when = Conditions(card, line.CoverTier, line.HighRisk, line.UnionCard, line.Renewing, line.EmployerKind, line.Sex,
                line.Months);
            var (backZh, back) = line.Refunded ? ("，期满返还", "; it is paid back at expiry") : ("", "");
            to.Say(at, $"{when.Zh}每份缴费{Yuan(line.PerUnit)}元{backZh}。",
                $"{Start(when.En, "One unit")} costs {Yuan(line.PerUnit)} yuan{back}.",
                $"{at}.perUnit", $"{at}.coverTier", $"{at}.highRisk", $"{at}.unionCard", $"{at}.renewing", $"{at}.employer", $"{at}.sex",
                $"{at}.months", $"{at}.refunded");
        }
        if (lines.Count > 1)
            to.Say("prices", "自上而下，条件全部符合的第一行即为缴费标准。", "From the top, the first line whose conditions all hold is the price.");
    }

    public static void Funding(PlanCard card, CardWriter to)
    {
        if (card.Funding is not { } rule)
        {
            if (!card.IsUnpublished("funding")) to.No("funding", "规则卡未写明由谁出资。", "The card does not say who pays.");
            return;
        }
        var kinds = List(rule.Kinds, Of);
        to.Say("funding.kinds", $"互助金由{kinds.Zh}承担。", $"The contribution is paid by {kinds.En}.", Items("funding.kinds", rule.Kinds.Count));
        for (var i = 0; i < (rule.Shares?.Count ?? 0); i++)
        {
            var share = rule.Shares![i];
            var at = $"funding.shares.{i}";
            var when = Conditions(card, null, null, share.UnionCard, null, null, share.Sex, share.Months);
            to.Say(at, $"{when.Zh}每份由{share.Payer.Zh}出{Yuan(share.Amount)}元。",
                $"{Start(when.En, Upper(share.Payer.En))} pays {Yuan(share.Amount)} yuan of each unit.",
                $"{at}.payer.zh", $"{at}.payer.en", $"{at}.amount", $"{at}.unionCard", $"{at}.sex", $"{at}.months");
        }
    }

    public static void Cover(PlanCard card, CardWriter to)
    {
        if (card.Cover is not { } rule)
        {
            if (!card.IsUnpublished("cover")) to.No("cover", "规则卡没有保障期限。", "The card has no rule for the term of cover.");
            return;
        }
        to.Say("cover.start", rule.Start == CoverStart.ProgrammePeriod
                ? "保障期与项目期一致，项目内所有人相同。" : "保障自参保次日零时（北京时间）起。",
            rule.Start == CoverStart.ProgrammePeriod ? "Cover has the programme's period, for everybody in it."
                : "Cover begins the day after enrolment, at 00:00 in Shanghai.", "cover.start");
        to.Say("cover.months", $"保障期为{rule.Months}个月。", $"Cover lasts {rule.Months} months.", "cover.months");
        if (rule.OtherMonths is { } others)
        {
            var names = List(others, months => new LocalName($"{months}个月", $"{months}"), "或", " or ");
            to.Say("cover.otherMonths", $"也可选择{names.Zh}。", $"A term of {names.En} months may be chosen instead.",
                Items("cover.otherMonths", others.Count));
        }
        if (rule.Renewal is { } renewal)
            to.Say("cover.renewal", $"期满后{renewal.GraceDays}天内续保的，视为保障不中断，不再计免责期。",
                $"A renewal within {renewal.GraceDays} days after expiry continues the earlier period: waiting is over.",
                    "cover.renewal.graceDays");
        else to.No("cover.renewal", "规则卡没有续保宽限期。", "The card has no days of grace for a renewal.");
    }

    /// <summary>For whom a price or a share is; ends where the sentence goes on.</summary>
    private static LocalName Conditions(
        PlanCard card, string? tier, bool? highRisk, bool? unionCard, bool? renewing, EmployerKind? employer, Sex? sex, int? months)
    {
        var all = new List<LocalName>();
        if (tier is not null) all.Add(card.TierOf(tier)?.Name is { } name ? new($"“{name.Zh}”档", $"tier “{name.En}”")
            : new($"“{tier}”档", $"tier “{tier}”"));
        if (highRisk is { } risk) all.Add(risk ? new("高风险职业", "high-risk work") : new("非高风险职业", "work that is not of high risk"));
        if (unionCard is { } card1) all.Add(card1 ? new("持工会会员卡", "holders of the union card")
            : new("未持工会会员卡", "people without the union card"));
        if (renewing is { } again) all.Add(again ? new("续保", "renewals") : new("新参保", "new entries"));
        if (employer is { } kind) all.Add(Of(kind));
        if (sex is { } one) all.Add(Of(one));
        if (months is { } term) all.Add(new($"保障期{term}个月", $"a term of {term} months"));
        return all.Count == 0 ? new("", "")
            : new(string.Join("、", all.Select(one => one.Zh)) + "：", $"For {string.Join(", ", all.Select(one => one.En))}: ");
    }

    private static string Start(string when, string first) => when.Length == 0 ? first : when + Lower(first);

    internal static IEnumerable<string> Items(string at, int count) => count == 0 ? [at]
        : Enumerable.Range(0, count).Select(i => $"{at}.{i}");
}
