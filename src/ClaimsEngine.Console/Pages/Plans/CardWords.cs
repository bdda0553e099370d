using System.Globalization;
using System.Text.Json;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>The words that sentences on cards are made of. No public text gives them for all plans; they are assumed.</summary>
internal static class CardWords
{
    public static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static LocalName Of(IncidentKind kind) => kind switch
    {
        IncidentKind.Hospitalisation => new("住院医疗", "hospital cost"),
        IncidentKind.HospitalDays => new("住院津贴", "days in hospital"),
        IncidentKind.CriticalIllness => new("重大疾病", "critical illness"),
        IncidentKind.WomensIllness => new("女职工特殊疾病", "women's illness"),
        IncidentKind.AccidentMedical => new("意外医疗", "medical cost of an accident"),
        IncidentKind.Disability => new("意外伤残", "disability by accident"),
        IncidentKind.AccidentDeath => new("意外身故", "death by accident"),
        _ => new("疾病身故", "death by illness"),
    };

    public static LocalName Of(Severity severity) => severity switch
    {
        Severity.InSitu => new("原位癌", "in situ"),
        Severity.Mild => new("轻症", "mild"),
        _ => new("重症", "severe"),
    };

    public static LocalName Of(Sex sex) => sex == Sex.Male ? new("男性", "men") : new("女性", "women");

    public static LocalName Of(FundingKind kind) => kind switch
    {
        FundingKind.Gift => new("赠送方（参保人免费）", "a sponsor, as a gift"),
        FundingKind.Union => new("工会", "the union"),
        FundingKind.Employer => new("用人单位", "the employer"),
        _ => new("参保人本人", "the member"),
    };

    public static LocalName Of(Trigger trigger) => trigger switch
    {
        Trigger.PathologyReport => new("病理报告日期", "the date of the pathology report"),
        Trigger.Admission => new("入院日期", "the day of admission"),
        _ => new("事故日期", "the day of the incident"),
    };

    public static LocalName Of(UnionLevel level) => level switch
    {
        UnionLevel.National => new("全国总工会", "the national federation"),
        UnionLevel.Province => new("省级工会", "the province's union"),
        UnionLevel.City => new("市级工会", "the city's union"),
        _ => new("区县工会", "the district's union"),
    };

    public static LocalName Of(EmployerKind kind) =>
        kind == EmployerKind.Enterprise ? new("企业", "enterprises") : new("机关事业单位", "public institutions");

    public static LocalName Of(Per per) => per switch
    {
        Per.Admission => new("每次住院", "each admission"),
        Per.Accident => new("同一次意外的全部治疗", "all treatment after one accident together"),
        _ => new("保障期内累计", "all admissions of the cover period together"),
    };

    public static LocalName Of(CostBase cost) => cost switch
    {
        CostBase.OwnShare => new("基本医保报销后的个人自付费用", "what the member bore after basic insurance"),
        CostBase.InScopeOwnShare => new("基本医保报销后、医保范围内的个人自付费用",
            "what the member bore after basic insurance, and of that only what lies in the insurance's scope"),
        _ => new("医疗费用总额", "the insured cost in total"),
    };

    /// <summary>Grade of a hospital: 3 is the highest.</summary>
    public static LocalName HospitalGrade(int grade) =>
        new(grade switch { 1 => "一级", 2 => "二级", _ => "三级" }, $"grade {grade}");

    /// <summary>A kind of paper.</summary>
    public static LocalName Paper(string code) => new(Texts.Chinese(code) ?? code, Lower(Show.Spaced(code)));

    /// <summary>Who else has paid, by the card's code for it.</summary>
    public static LocalName Payer(string code) => new(Texts.Chinese(code) ?? code, Lower(Show.Spaced(code)));

    public static LocalName Of(Occupation occupation) => new(occupation.ChineseName, Lower(Show.Spaced(occupation.Code)));

    public static LocalName Of(RegionCode region) => new(Show.Region(region, Language.Chinese), Show.Region(region, Language.English));

    /// <summary>Yuan with thousands separators, without empty fen: <c>120,000</c>, <c>0.50</c>.</summary>
    public static string Yuan(Kernel.Money amount) => (amount.Fen / 100m).ToString(
        amount.Fen % 100 == 0 ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>Cards write organisers as <c>CCEIA (中国职工保险互助会)</c>: the part that a Chinese reader wants, and the whole.</summary>
    public static LocalName InBothLanguages(string text)
    {
        if (text.EndsWith(')') && text.LastIndexOf('(') is > 0 and var open && text[(open + 1)..^1] is var inner && inner.Any(IsHan))
            return new(text.StartsWith("not named", StringComparison.Ordinal)
                ? $"所查来源未写明（{string.Concat(inner.Where(IsHan))}）" : inner, text);
        return new(text, text);

        static bool IsHan(char letter) => letter is >= '\u4e00' and <= '\u9fff';
    }

    public static LocalName List<T>(IEnumerable<T> items, Func<T, LocalName> words, string zhJoin = "、", string enLast = " and ")
    {
        var all = items.Select(words).ToArray();
        var en = all.Select(word => word.En).ToArray();
        return new(string.Join(zhJoin, all.Select(word => word.Zh)), en.Length < 2 ? string.Concat(en)
            : string.Join(", ", en[..^1]) + enLast + en[^1]);
    }

    public static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    public static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The name of a place in a card, as remarks and differences give it: <c>benefits.hospitalisation.tiers.1</c>.</summary>
    /// <param name="below">the part that need not be named</param>
    public static LocalName Place(string path, string? below = null)
    {
        var parts = path.Split('.');
        var zh = new List<string>();
        var en = new List<string>();
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (i > 0 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                // remarks count admissions from 1; all other places are counted from 0
                var place = parts[i - 1] == "byAdmission" && parts is ["benefits", _, "byAdmission", _] ? number : number + 1;
                (zh[^1], en[^1]) = ($"{zh[^1]}第{place}项", $"{en[^1]} {place}");
                continue;
            }
            var word = parts[0] is "benefits" or "documents" or "notBoth" && Kind(part) is { } kind ? Of(kind)
                : parts[0] == "benefits" && part is "inSitu" or "mild" or "severe" ? Of(Enum.Parse<Severity>(part, ignoreCase: true))
                : Member(part);
            zh.Add(word.Zh);
            en.Add(word.En);
        }
        var named = below?.Split('.').Length ?? 0;
        return new(string.Join(" · ", zh[named..]), string.Join(" · ", en[named..]));
    }

    public static IncidentKind? Kind(string code) =>
        Enum.TryParse<IncidentKind>(code, ignoreCase: true, out var kind) && Code(kind) == code ? kind : null;

    /// <summary>The name of a member of the card's JSON.</summary>
    public static LocalName Member(string name) => new(
        Members.GetValueOrDefault(name) ?? Texts.Chinese(name) ?? name, name == "waiting" ? "waiting period" : Lower(Show.Spaced(name)));

    private static readonly Dictionary<string, string> Members = new()
    {
        ["format"] = "格式", ["name"] = "名称", ["zh"] = "中文", ["en"] = "英文", ["organiser"] = "主办机构", ["sources"] = "来源",
        ["eligibility"] = "参保条件", ["ages"] = "年龄", ["occupations"] = "职业", ["regions"] = "地区", ["insurance"] = "基本保险",
        ["participation"] = "参保率", ["maxUnits"] = "最多份数", ["sameUnitsPerEmployer"] = "同单位份数一致", ["excessUnits"] = "超出份数",
        ["entry"] = "参保时间", ["lateJoinerDays"] = "补报天数", ["newHireMonths"] = "新入职补报月数", ["individual"] = "个人参保",
        ["coverTiers"] = "保障档次", ["coverTier"] = "档次", ["code"] = "代码", ["months"] = "月数", ["prices"] = "缴费标准",
        ["perUnit"] = "每份金额", ["highRisk"] = "高风险职业", ["unionCard"] = "工会会员卡", ["renewing"] = "续保", ["employer"] = "单位类型",
        ["sex"] = "性别", ["refunded"] = "期满返还", ["funding"] = "缴费来源", ["kinds"] = "种类", ["shares"] = "各方出资",
        ["payer"] = "出资方", ["amount"] = "金额", ["cover"] = "保障期限", ["start"] = "起始", ["otherMonths"] = "其他期限",
        ["renewal"] = "续保", ["graceDays"] = "宽限天数", ["waiting"] = "免责期", ["clause"] = "条款", ["days"] = "天数",
        ["counting"] = "起算方式", ["trigger"] = "判断日期", ["triggers"] = "分类判断日期", ["reducedToDay"] = "减责期截止日",
        ["reducedPercent"] = "减责期给付比例", ["waivedOnRenewal"] = "续保免除", ["benefits"] = "保障项目", ["kind"] = "类别",
        ["lumpSum"] = "定额", ["byCoverTier"] = "分档金额", ["funeral"] = "丧葬费", ["byGrade"] = "按伤残等级", ["table"] = "等级表",
        ["illness"] = "疾病给付", ["amounts"] = "给付金额", ["class"] = "病种", ["severity"] = "程度", ["catalogue"] = "病种名录",
        ["excluded"] = "除外程度", ["diagnosedInCover"] = "保障期内确诊", ["medical"] = "费用补助", ["base"] = "计算基数", ["per"] = "计算单位",
        ["deductible"] = "起付线", ["tiers"] = "分段", ["from"] = "下限", ["to"] = "上限", ["percent"] = "比例",
        ["byAdmission"] = "按住院次数", ["allowance"] = "住院津贴", ["perDay"] = "每日金额", ["firstPaidDay"] = "起付日",
        ["maxDays"] = "最多天数", ["maxDaysCount"] = "天数口径", ["minHospitalGrade"] = "医院最低等级", ["once"] = "限付一次",
        ["cap"] = "本项限额", ["caps"] = "限额", ["perClaim"] = "每次限额", ["perPeriod"] = "保障期限额", ["perLifetime"] = "终身限额",
        ["acrossPlans"] = "跨计划限额", ["group"] = "计划组", ["notBoth"] = "不兼得", ["documents"] = "申领材料", ["exclusions"] = "除外责任",
        ["coordination"] = "与其他补助的关系", ["less"] = "扣减来源", ["withinOwnShare"] = "不超过自付", ["claimWindow"] = "申领时限",
        ["noticeDays"] = "报案天数", ["applicationMonths"] = "申领月数", ["review"] = "审核权限", ["upTo"] = "金额上限", ["level"] = "工会层级",
        ["refund"] = "期满返还", ["assumed"] = "推定", ["because"] = "理由", ["path"] = "位置", ["readings"] = "理解口径",
        ["notPublished"] = "未公布", ["originals"] = "核对原件", ["of"] = "统计口径", ["everyoneBelow"] = "全员参保人数",
        ["seniorRank"] = "职级职称", ["effectiveFrom"] = "生效日期", ["voucher"] = "凭证",
    };
}
