using System.Text;

namespace ClaimsEngine.Rosters;

/// <summary>Names as a bank compares them, letter by letter.</summary>
internal static class PersonName
{
    /// <summary>
    /// Spaces that only align a column (李　明) go, those between Latin words become one; the dots that keyboards put between the parts of a
    /// name (买买提•吐尔逊) become the middle dot of identity cards.
    /// </summary>
    public static string Tidy(string name)
    {
        var latin = name.Any(char.IsAsciiLetter);
        var result = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (character == ' ' && (!latin || result.Length == 0 || result[^1] == ' ')) continue;
            result.Append(character is '•' or '・' or '‧' or '∙' or '⋅' or '●' ? '·' : character);
        }
        return result.ToString();
    }
}
