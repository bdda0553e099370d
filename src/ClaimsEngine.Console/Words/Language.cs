namespace ClaimsEngine.Console.Words;

/// <summary>In which language the pages speak. What people typed is never translated.</summary>
public enum Language { Chinese, English }

public static class Languages
{
    public const string ChineseCode = "zh-CN", EnglishCode = "en";

    /// <summary>The cookie that remembers the choice of who is not signed in.</summary>
    public const string Cookie = "claims-language";

    /// <summary>What was chosen before, or what the browser asks for.</summary>
    public static Language Chosen(string? remembered, string? accepted) => remembered switch
    {
        EnglishCode => Language.English,
        ChineseCode => Language.Chinese,
        _ => Asked(accepted),
    };

    public static string Code(this Language language) => language == Language.English ? EnglishCode : ChineseCode;

    /// <summary>The text of this language.</summary>
    public static string Of(this Language language, string zh, string en) => language == Language.English ? en : zh;

    /// <summary>What a browser asks for in <c>Accept-Language</c>: English only where it stands before Chinese.</summary>
    public static Language Asked(string? header)
    {
        foreach (var part in (header ?? "").Split(','))
        {
            var tag = part.Split(';')[0].Trim();
            if (tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return Language.Chinese;
            if (tag.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return Language.English;
        }
        return Language.Chinese;
    }
}
