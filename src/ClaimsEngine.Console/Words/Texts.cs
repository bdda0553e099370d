namespace ClaimsEngine.Console.Words;

/// <summary>
/// Chinese words for API names that no exported table has (<see cref="Headings"/> has those): parts of views, kinds of papers, steps.
/// No public text gives them; they are assumed.
/// </summary>
public static class Texts
{
    private static readonly Dictionary<string, string> Common = new()
    {
        ["self"] = "本人", ["spouse"] = "配偶", ["parent"] = "父母", ["child"] = "子女", ["male"] = "男", ["female"] = "女",
        ["other"] = "其他", ["running"] = "进行中", ["done"] = "已完成", ["refused"] = "已拒绝", ["failed"] = "失败",
    };

    private static readonly Dictionary<string, string>[] All =
        [Common, ClaimTexts.Words, MoneyTexts.Words, AuditTexts.Words, PlanTexts.Words];

    /// <returns>null where there is no word</returns>
    public static string? Chinese(string name)
    {
        foreach (var words in All)
            if (words.TryGetValue(name, out var text)) return text;
        return null;
    }
}
