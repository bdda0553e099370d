using System.Globalization;
using ClaimsEngine.Plans;
using static ClaimsEngine.Console.Pages.Plans.CardWords;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>What a card pays for one kind of incident.</summary>
internal static class BenefitSentences
{
    /// <param name="place">of the benefit in the card's list</param>
    public static void Of(PlanCard card, Benefit benefit, int place, CardWriter to)
    {
        var (rule, at) = ($"benefits.{Code(benefit.Kind)}", $"benefits.{place}");
        if (benefit.CoverTiers is { } tiers)
        {
            var names = List(tiers, tier => card.TierOf(tier)?.Name ?? new LocalName(tier, tier));
            to.Say($"{rule}.coverTiers", $"仅下列档次有此项保障：{names.Zh}。", $"Only these tiers have it: {names.En}.",
                JoiningSentences.Items($"{at}.coverTiers", tiers.Count));
        }
        if (benefit.LumpSum is { } sum) LumpSum(card, sum, rule, $"{at}.lumpSum", to);
        if (benefit.ByGrade is { } graded) ByGrade(card, graded, rule, $"{at}.byGrade", to);
        if (benefit.Illness is { } illness) Illness(illness, card.IsUnpublished($"{rule}.amounts"), rule, $"{at}.illness", to);
        if (benefit.Medical is { } medical) Medical(medical, rule, $"{at}.medical", to);
        if (benefit.Allowance is { } allowance) Allowance(allowance, CardRemarks.IsReadOtherwise(card, $"{rule}.days"), rule,
            $"{at}.allowance", to);
        if (benefit.Forms == 0 && !card.IsUnpublished(rule))
            to.No(rule, "规则卡没有此项的给付标准。", "The card says that this benefit exists, and nothing about what is paid.");
        if (benefit.MinHospitalGrade is { } grade)
        {
            var name = HospitalGrade(grade);
            to.Say($"{rule}.minHospitalGrade", $"只计{name.Zh}及以上医院的治疗。", $"Only hospitals of {name.En} or better count.",
                $"{at}.minHospitalGrade");
        }
        if (benefit.Once) to.Say($"{rule}.once", "保障期内限付一次。", "It is paid once in the cover period.", $"{at}.once");
        if (benefit.Cap?.PerClaim is { } claim)
            to.Say($"{rule}.cap.perClaim", $"本项每次申领最高{Yuan(claim)}元。", $"At most {Yuan(claim)} yuan is paid for this benefit in one claim.",
                $"{at}.cap.perClaim");
        if (benefit.Cap?.PerPeriod is { } period)
            to.Say($"{rule}.cap.perPeriod", $"本项在一个保障期内最高{Yuan(period)}元。",
                $"At most {Yuan(period)} yuan is paid for this benefit in the cover period.", $"{at}.cap.perPeriod");
        if (benefit.Cap is { PerClaim: null, PerPeriod: null })
            to.No($"{rule}.cap", "本项没有单独限额。", "This benefit has no cap of its own.");
    }

    private static void LumpSum(PlanCard card, LumpSumRule rule, string path, string at, CardWriter to)
    {
        if (rule.PerUnit is { } each)
            to.Say($"{path}.perUnit", $"每份一次性给付{Yuan(each)}元。", $"{Yuan(each)} yuan is paid for each unit held.", $"{at}.perUnit");
        ByTier(card, rule.ByCoverTier, path, at, to, (tier, amount) => new(
            $"“{tier.Zh}”档每份给付{amount}元。", $"In the tier “{tier.En}” {amount} yuan is paid for each unit."));
        if (rule.Funeral is { } funeral)
            to.Say($"{path}.funeral", $"另付丧葬费{Yuan(funeral)}元，不按份数计。",
                $"{Yuan(funeral)} yuan for the funeral comes on top, once and not by units.",
                $"{at}.funeral");
    }

    private static void ByGrade(PlanCard card, GradeRule rule, string path, string at, CardWriter to)
    {
        if (rule.PerUnit is { } each)
            to.Say($"{path}.perUnit", $"每份以{Yuan(each)}元为基数，按伤残等级的比例给付。",
                $"For each unit, {Yuan(each)} yuan is the sum of which the grade's share is paid.", $"{at}.perUnit");
        ByTier(card, rule.ByCoverTier, path, at, to, (tier, amount) => new(
            $"“{tier.Zh}”档每份以{amount}元为基数。", $"In the tier “{tier.En}” the sum is {amount} yuan a unit."));
        var (zh, en) = ("", "");
        if (GradeTable.Find(rule.Table) is { } table)
        {
            var grades = table.Percent.OrderBy(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture)).ToArray();
            zh = $"：{string.Join("、", grades.Select(pair => $"{pair.Key}级{pair.Value}%"))}";
            en = $": {string.Join(", ", grades.Select(pair => $"grade {pair.Key} {pair.Value} %"))}";
            if (table.Combining == CombiningRule.WorstEqualsRaiseByOne)
            {
                zh += "；多处伤残按最重的一处，最重者不止一处的晋升一级（最高1级），同一部位只计一次";
                en += "; of several injuries the worst counts, one grade higher if several are the worst (never above 1), a body part once";
            }
        }
        to.Say($"{path}.table", $"等级比例按“{rule.Table}”表{zh}。", $"The shares are those of the table “{rule.Table}”{en}.", $"{at}.table");
    }

    private static void ByTier(PlanCard card, IReadOnlyDictionary<string, Kernel.Money>? amounts, string path, string at, CardWriter to,
        Func<LocalName, string, LocalName> words)
    {
        foreach (var (code, amount) in amounts ?? new Dictionary<string, Kernel.Money>())
        {
            var text = words(card.CoverTiers?.FirstOrDefault(tier => tier.Code == code)?.Name ?? new(code, code), Yuan(amount));
            to.Say($"{path}.byCoverTier.{code}", text.Zh, text.En, $"{at}.byCoverTier.{code}");
        }
    }

    private static void Illness(IllnessRule rule, bool isUnpublished, string path, string at, CardWriter to)
    {
        var catalogue = rule.Catalogue is null ? null : IllnessCatalogue.Find(rule.Catalogue);
        for (var i = 0; i < rule.Amounts.Count; i++)
        {
            var amount = rule.Amounts[i];
            var known = amount.Class is null ? null : catalogue?.Class(amount.Class)?.Name ?? new LocalName(amount.Class, amount.Class);
            var (zh, en) = (known?.Zh ?? "任一病种", known?.En ?? "every class of illness");
            if (amount.Severity is { } severity) (zh, en) = ($"{zh}（{CardWords.Of(severity).Zh}）", $"{en}, {CardWords.Of(severity).En}");
            to.Say($"{path}.amounts.{i}", $"{zh}：每份给付{Yuan(amount.PerUnit)}元。",
                $"For {en}, {Yuan(amount.PerUnit)} yuan is paid for each unit.",
                $"{at}.amounts.{i}.perUnit", $"{at}.amounts.{i}.class", $"{at}.amounts.{i}.severity");
        }
        if (rule.Amounts.Count == 0 && !isUnpublished)
            to.Say($"{path}.amounts", "规则卡没有写给付金额。", "The card names no sum.", $"{at}.amounts");
        if (rule.Catalogue is { } code)
        {
            var names = List(catalogue?.Classes ?? [], one => one.Name);
            var (zh, en) = catalogue switch
            {
                { Classes.Count: 0 } => ($"共{catalogue.Count}类，各类名称未公布", $"{catalogue.Count} classes, whose names are not published"),
                { IsComplete: true } => ($"共{catalogue.Count}类：{names.Zh}", $"{catalogue.Count} classes: {names.En}"),
                not null => ($"共{catalogue.Count}类，来源只区分：{names.Zh}", $"{catalogue.Count} classes; the source tells apart only {names.En}"),
                _ => ("", ""),
            };
            to.Say($"{path}.catalogue", $"病种按名录“{code}”，{zh}。", $"The illnesses are those of the list “{code}”: {en}.", $"{at}.catalogue");
        }
        if (rule.Excluded is { Count: > 0 } excluded)
        {
            var names = List(excluded, CardWords.Of);
            to.Say($"{path}.excluded", $"{names.Zh}不予给付。", $"Nothing is paid for an illness {names.En}.",
                JoiningSentences.Items($"{at}.excluded", excluded.Count));
        }
        if (rule.DiagnosedInCover)
            to.Say($"{path}.diagnosedInCover", "只给付保障开始后首次确诊的疾病。", "Only what is first diagnosed after cover began is paid.",
                $"{at}.diagnosedInCover");
        else
            to.No($"{path}.diagnosedInCover", "未限定须在保障开始后首次确诊。",
                "It is not asked whether the illness was first diagnosed after cover began.");
    }

    private static void Medical(MedicalRule rule, string path, string at, CardWriter to)
    {
        var (cost, per) = (CardWords.Of(rule.Base), CardWords.Of(rule.Per));
        to.Say($"{path}.base", $"以{cost.Zh}为计算基数。", $"A share is paid of {cost.En}.", $"{at}.base");
        to.Say($"{path}.per", $"起付线和分段按{per.Zh}计算。", $"The deductible and the bands are reckoned over {per.En}.", $"{at}.per");
        if (rule.Deductible is { } first)
            to.Say($"{path}.deductible", $"起付线{Yuan(first)}元，起付线以下不计。", $"The first {Yuan(first)} yuan are not counted.",
                $"{at}.deductible");
        else to.No($"{path}.deductible", "没有起付线。", "There is no deductible.");
        for (var i = 0; i < (rule.Tiers?.Count ?? 0); i++)
        {
            var tier = rule.Tiers![i];
            var (zh, en) = tier.To is { } until
                ? ($"{Yuan(tier.From)}元以上至{Yuan(until)}元的部分", $"from {Yuan(tier.From)} to {Yuan(until)} yuan")
                : ($"{Yuan(tier.From)}元以上的部分", $"above {Yuan(tier.From)} yuan");
            to.Say($"{path}.tiers.{i}", $"{zh}按{tier.Percent}%给付。", $"Of the part {en}, {tier.Percent} % is paid.",
                $"{at}.tiers.{i}.from", $"{at}.tiers.{i}.to", $"{at}.tiers.{i}.percent");
        }
        if (rule.Percent is { } all)
            to.Say($"{path}.percent", $"计入的费用按{all}%给付。", $"{all} % of what is counted is paid.", $"{at}.percent");
        for (var i = 0; i < (rule.ByAdmission?.Count ?? 0); i++)
            to.Say($"{path}.byAdmission.{i}", $"保障期内第{i + 1}次住院按{rule.ByAdmission![i]}%给付。",
                $"For admission {i + 1} of the cover period, {rule.ByAdmission[i]} % is paid.", $"{at}.byAdmission.{i}");
    }

    private static void Allowance(AllowanceRule rule, bool asOnTheForm, string path, string at, CardWriter to)
    {
        to.Say($"{path}.perDay", $"每份每天给付{Yuan(rule.PerDay)}元。", $"{Yuan(rule.PerDay)} yuan a day is paid for each unit.", $"{at}.perDay");
        to.Say($"{path}.firstPaidDay", $"每次住院自第{rule.FirstPaidDay}天起给付。", $"Each stay is paid from day {rule.FirstPaidDay} on.",
            $"{at}.firstPaidDay");
        var (zh, en) = rule.Counting switch
        {
            DayCounting.Inclusive => ("入院日和出院日都计入天数", "The day of admission and the day of discharge both count"),
            DayCounting.Exclusive => ("入院日计入、出院日不计入天数", "The day of admission counts and the day of discharge does not"),
            _ => ("条款未写明天数算法，入院日与出院日合计为一天", "The text does not say how days are counted: the days of admission and discharge count as one"),
        };
        if (asOnTheForm && rule.Counting is not null)
            (zh, en) = ($"规则卡写为{zh}；因条款未写明，现按国家住院病案首页的填写说明，入院日与出院日合计为一天",
                $"The card has it so: {Lower(en)}. As the text does not say it, both count as one day now, as on the national form");
        to.Say($"{path}.days", $"{zh}。", $"{en}.", $"{at}.counting");
        if (rule.MaxDays is { } most)
            to.Say($"{path}.maxDays", rule.MaxDaysCount == DaysCounted.Paid ? $"一个保障期内最多给付{most}天。" : $"一个保障期内最多计{most}个住院日。",
                rule.MaxDaysCount == DaysCounted.Paid ? $"At most {most} days are paid in the cover period."
                    : $"At most {most} days of stay are counted in the cover period.", $"{at}.maxDays", $"{at}.maxDaysCount");
        else
            to.Say($"{path}.maxDays", "不限给付天数。", "There is no most number of days.", $"{at}.maxDaysCount");
    }
}
