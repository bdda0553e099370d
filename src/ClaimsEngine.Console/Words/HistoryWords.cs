namespace ClaimsEngine.Console.Words;

/// <summary>What happened, in words: the names of event types.</summary>
public static class HistoryWords
{
    private static readonly Dictionary<string, string> Chinese = new()
    {
    };

    /// <param name="type">as in the log: <c>claim_submitted</c></param>
    public static string Of(string type, Language language) =>
        (language == Language.Chinese ? Chinese.GetValueOrDefault(type) ?? Texts.Chinese(type) : null) ?? Show.Spaced(type);
}
