namespace ClaimsEngine.Console.Words;

/// <summary>
/// Chinese words for API names on the pages of this part, which no exported table has. Assumed, as no public text gives them.
/// </summary>
internal static class PlanTexts
{
    public static readonly Dictionary<string, string> Words = new()
    {
        // who else pays
        ["criticalRelief"] = "大病救助", ["criticalInsurance"] = "大病保险", ["commercialInsurance"] = "商业保险",
        // versions of plans
        ["proposed"] = "待确认", ["published"] = "已发布", ["enterprise"] = "企业", ["institution"] = "机关事业单位",
    };
}
