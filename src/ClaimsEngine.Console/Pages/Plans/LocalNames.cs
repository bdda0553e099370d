using ClaimsEngine.Console.Words;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

internal static class LocalNames
{
    /// <summary>The text of the reader's language.</summary>
    public static string Of(this LocalName name, Language language) => language.Of(name.Zh, name.En);
}
