namespace ClaimsEngine.Console.Words;

/// <summary>
/// Chinese words for API names on the pages of this part, which no exported table has. Assumed, as no public text gives them.
/// </summary>
internal static class EnrolmentTexts
{
    public static readonly Dictionary<string, string> Words = new()
    {
    };
}
