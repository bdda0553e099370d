using ClaimsEngine.Console.Words;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Console.Pages.Finance;

/// <summary>A filter of payouts in words.</summary>
internal static class FilterWords
{
    public static string Of(PayoutFilter filter, Language language)
    {
        var parts = new List<string>();
        if (filter.Region is { } region) parts.Add(Show.Region(region, language));
        if (filter.Plan is { } plan) parts.Add(plan);
        if (filter.Programme is { } programme) parts.Add(programme);
        if (filter.Benefit is { } benefit) parts.Add(Show.Word(benefit, language));
        if (filter.Fund is { } fund) parts.Add(fund);
        if (filter.From is { } from) parts.Add(language.Of($"{Show.Date(from)} 起下达", $"ordered from {Show.Date(from)}"));
        if (filter.To is { } to) parts.Add(language.Of($"{Show.Date(to)} 前下达", $"ordered until {Show.Date(to)}"));
        if (filter.DueBefore is { } due) parts.Add(language.Of($"付款期限早于 {Show.Date(due)}", $"to be sent before {Show.Date(due)}"));
        return parts.Count == 0 ? language.Of("全部可付款项", "all that may be paid") : string.Join(language.Of("；", "; "), parts);
    }
}
