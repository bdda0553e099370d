using System.Text.RegularExpressions;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>
/// What is wrong with a card that is being written, in Chinese. The rules say it in English; what is not known here is shown
/// in English.
/// </summary>
public static class CardFaultWords
{
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["0 to 120 months"] = "0至120个月",
        ["0 to 366 days"] = "0至366天",
        ["0 to 3660 days"] = "0至3660天",
        ["1 to 3660 days"] = "1至3660天",
        ["1 to 10000000 people"] = "1至10000000人",
        ["1 to 100 per cent take part"] = "参保比例为1%至100%",
        ["a benefit is more than 0.00"] = "给付金额须大于0",
        ["a cap is more than 0.00"] = "限额须大于0",
        ["a card cites where its numbers were published"] = "须注明数字的公布来源",
        ["a code has 1 to 60 characters"] = "代码为1至60个字符",
        ["a deductible is more than 0.00"] = "起付额须大于0",
        ["a group is named in 1 to 60 characters"] = "组名为1至60个字符",
        ["a hospital's grade is 1 to 3"] = "医院等级为1至3级",
        ["a kind stands in one group only"] = "一种事故只能写在一组中",
        ["a person may hold 1 to 100 units"] = "每人可参保1至100份",
        ["a plan has at least one benefit"] = "计划至少有一项保障",
        ["a ratio is 1 to 100 per cent"] = "比例为1%至100%",
        ["a share is more than 0.00"] = "分担金额须大于0",
        ["a tier ends above its beginning"] = "一档的上限须高于下限",
        ["a tier is named in 1 to 40 characters"] = "档次名为1至40个字符",
        ["an age is 0 to 150"] = "年龄为0至150",
        ["cover lasts 1 to 120 months"] = "保障期为1至120个月",
        ["document kinds are named once, in 1 to 60 characters, and are not 'other'"] = "材料种类只写一次，1至60个字符，且不能是 other",
        ["every line but the last has a limit"] = "除最后一行外，每行都要有限额",
        ["has one of lumpSum, byGrade, illness, medical and allowance"] = "lumpSum、byGrade、illness、medical、allowance 中只能有一种",
        ["has one of tiers, percent and byAdmission"] = "tiers、percent、byAdmission 中须有且只有一种",
        ["higher amounts are not decided further down"] = "金额越高，审批层级不能越低",
        ["is absent, and notPublished does not name benefits.disability"] = "没有填写，notPublished 中也没有列出 benefits.disability",
        ["is absent, and notPublished does not name it"] = "没有填写，notPublished 中也没有列出",
        ["is excluded by the same benefit"] = "与同一保障的除外规定矛盾",
        ["is no class of the catalogue"] = "病种目录中没有此类别",
        ["is no tier of the card"] = "规则卡中没有此档次",
        ["is none of the cover's terms"] = "不是规则卡中的保障期限",
        ["lies above perPeriod"] = "高于 perPeriod",
        ["lies above perLifetime"] = "高于 perLifetime",
        ["lies below from"] = "低于 from",
        ["is never reached: an earlier line holds whenever it does"] = "不会用到：前面的一行已经包含它",
        ["names a kind twice"] = "同一种类写了两次",
        ["names benefits of the plan, or is absent"] = "须写计划中的保障，或者不填",
        ["names document kinds once, or is absent"] = "材料种类只写一次，或者不填",
        ["names from, to or both"] = "须填写 from、to 或两者",
        ["names one age rule at least, or is absent"] = "至少一条年龄规定，或者不填",
        ["names one kind of incident at least"] = "至少一种事故",
        ["names one occupation at least, or is absent"] = "至少一种职业，或者不填",
        ["names one price at least, or is absent and named in notPublished"] = "至少一个价格，或者不填并列入 notPublished",
        ["names one region at least, or is absent"] = "至少一个地区，或者不填",
        ["names one tier at least"] = "至少一档",
        ["names one tier at least, or is absent"] = "至少一档，或者不填",
        ["names sources in 1 to 60 characters, or is absent"] = "来源为1至60个字符，或者不填",
        ["names the ratio of the first admission at least"] = "至少填写第一次住院的比例",
        ["names two kinds at least"] = "至少两种",
        ["names who decides, or is absent"] = "须填写由谁审批，或者不填",
        ["names who may pay"] = "须填写由谁缴费",
        ["no day is ever paid: the stay's first paid day lies beyond"] = "永远不会给付：给付首日已超过最多天数",
        ["no price line is refunded"] = "没有一个价格注明期满返还",
        ["only admissions have a hospital"] = "只有住院才有医院等级",
        ["only the last tier has no end"] = "只有最后一档没有上限",
        ["only units above maxUnits can be void"] = "有份数上限才谈得上超出部分无效",
        ["ratios by admission are per admission"] = "按住院次数的比例须按次计算",
        ["says where the plan's text has it, in 1 to 400 characters"] = "须注明条款依据，1至400个字符",
        ["the card's refund is not atExpiry"] = "规则卡的返还方式不是期满返还",
        ["the contribution is more than 0.00"] = "互助金须大于0",
        ["the first paid day is 1 to 366"] = "给付首日为1至366",
        ["the limits rise"] = "限额须逐级提高",
        ["rules are named without their form: benefits.hospitalisation.percent"] = "规则不写给付方式：benefits.hospitalisation.percent",
        ["there is no such waiting period"] = "没有这个等待期",
        ["this term stands twice"] = "同一期限写了两次",
    };

    private static readonly (Regex English, string Chinese)[] Patterns =
    [
        .. new[]
        {
            ("an amount of a card is at most (.+) yuan", "规则卡中的金额最多{0}元"),
            ("has at most (.+) entries", "最多{0}项"),
            ("says nothing of what is paid, and notPublished does not name (.+)", "没有写给付多少，notPublished 中也没有列出{0}"),
            ("this form does not fit (.+)", "这种给付方式不适用于{0}"),
            ("the plan has no benefit for '(.*)'; benefits are named by their kind", "计划没有“{0}”的保障；保障按种类写"),
            ("the plan has no benefit for (.+)", "计划没有{0}的保障"),
            ("no documents are named for (.+)", "没有写{0}需要哪些材料"),
            ("documents are named for (.+), which has no benefit", "写了{0}的材料，但计划没有这项保障"),
            ("no claim asks for (.+)", "没有一种申领需要{0}"),
            ("two benefits for (.+)", "{0}的保障写了两项"),
            ("tier '(.*)' stands twice", "档次“{0}”写了两次"),
            ("'(.*)' stands twice", "“{0}”写了两次"),
            ("there is no illness catalogue '(.*)'", "没有病种目录“{0}”"),
            ("there is no grade table '(.*)'", "没有伤残等级表“{0}”"),
            ("is empty, and notPublished does not name (.+)", "没有填写，notPublished 中也没有列出{0}"),
            ("is absent, and so is byCoverTier; name (.+) in notPublished instead of the form",
                "此项和 byCoverTier 都没有填写；请改为把{0}列入 notPublished"),
            ("the cap lies below the deductible of (.+)", "限额低于起付额{0}"),
            ("lies below the deductible of (.+)", "低于起付额{0}"),
            ("overlaps the tier before it, which ends at (.+)", "与前一档重叠，前一档到{0}为止"),
            ("the first tier begins at (.+)", "第一档从{0}起"),
            ("leaves a gap after (.+)", "{0}之后有空档"),
            ("is never reached: line (.+) holds whenever it does", "不会用到：第{0}行已经包含它"),
            ("the shares for (.+) add up to (.+), not to (.+)", "{0}各方分担合计{1}，应为{2}"),
            ("(.+) stands in the card", "{0}已写在规则卡中，不能列为未公布"),
            ("'(.*)' is no part of a card", "规则卡没有“{0}”这一部分"),
            ("'(.*)' is no kind of benefit", "“{0}”不是保障种类"),
            ("(.+) has two waiting periods", "{0}有两个等待期"),
            ("1 to ([0-9]+) months", "1至{0}个月"),
        }.Select(pair => (new Regex($"^{pair.Item1}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), pair.Item2)),
    ];

    /// <summary>The English text itself where the reader reads English, or where no Chinese is known.</summary>
    public static string Of(string text, Language language)
    {
        if (language == Language.English) return text;
        if (Whole.TryGetValue(text, out var zh)) return zh;
        foreach (var (english, chinese) in Patterns)
            if (english.Match(text) is { Success: true } match)
                return string.Format(System.Globalization.CultureInfo.InvariantCulture, chinese,
                    [.. match.Groups.Values.Skip(1).Select(group => (object)group.Value)]);
        return FaultWords.Of(text, language);
    }
}
