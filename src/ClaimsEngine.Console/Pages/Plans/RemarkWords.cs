using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>
/// The clauses and remarks of published cards in Chinese. A card keeps them in the words they were published with, which are English for
/// the cards that come with the engine; what has no translation is shown as it stands.
/// </summary>
internal static class RemarkWords
{
    private static readonly Dictionary<string, string> Chinese = Read();

    public static LocalName Of(string text) => new(Chinese.GetValueOrDefault(text, text), text);

    /// <summary>Whether the text is in the reader's language as it stands or by its translation.</summary>
    public static bool IsTranslated(string text) => Chinese.ContainsKey(text);

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(RemarkWords).Assembly.GetManifestResourceStream("remarks-chinese.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
