namespace ClaimsEngine.Console.Words;

/// <summary>What kinds of papers are called.</summary>
public static class PaperWords
{
    /// <param name="kind">as a plan's card names it: <c>deathCertificate</c>. A kind that is not known is shown as it is</param>
    public static string Of(string kind, Language language) =>
        language == Language.Chinese ? Texts.Chinese(kind) ?? kind : Show.Spaced(kind);

    public static string Flag(string flag, Language language) =>
        language == Language.Chinese ? Texts.Chinese(flag) ?? flag : Show.Spaced(flag);
}
