using System.Text.RegularExpressions;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>A payer's name as a reader wants it. Names hold both languages: <c>special subsidy (专项补助)</c>.</summary>
public static partial class PayerText
{
    public static string Of(string payer, Language language)
    {
        if (payer == "member") return language.Of("参保人", "member");
        return Both().Match(payer) is { Success: true } match ? match.Groups[language == Language.Chinese ? 2 : 1].Value : payer;
    }

    [GeneratedRegex(@"^([^()]+) \(([^()]*[\u4e00-\u9fff][^()]*)\)$")]
    private static partial Regex Both();
}
