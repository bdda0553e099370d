using System.Globalization;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Claims.Submitting;

/// <summary>What the fields of an incident are called.</summary>
internal static class ClaimFieldWords
{
    private static readonly Dictionary<string, string> Chinese = new()
    {
        ["date"] = "事故日期", ["grade"] = "伤残等级", ["illness"] = "病种", ["severity"] = "程度", ["diagnosedOn"] = "确诊日期",
        ["admitted"] = "入院日期", ["discharged"] = "出院日期", ["hospitalGrade"] = "医院等级", ["total"] = "总费用",
        ["inScope"] = "政策范围内费用", ["ownShare"] = "个人自付", ["part"] = "身体部位", ["source"] = "来源", ["amount"] = "金额",
        ["admissions"] = "住院或就诊", ["injuries"] = "各处伤残", ["circumstances"] = "除外情形",
    };

    /// <param name="path">as the API names it: <c>incident.admissions.0.admitted</c></param>
    public static string Of(string path, Language language)
    {
        var words = path.Split('.');
        var name = language == Language.Chinese ? Chinese.GetValueOrDefault(words[^1]) ?? words[^1] : Show.Spaced(words[^1]);
        if (words.LastOrDefault(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is not { } row)
            return name;
        var number = int.Parse(row, CultureInfo.InvariantCulture) + 1;
        return language.Of($"第{number}项", $"{number}. ") + name;
    }
}
