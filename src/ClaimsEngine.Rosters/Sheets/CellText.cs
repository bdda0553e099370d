using System.Text;

namespace ClaimsEngine.Rosters.Sheets;

/// <summary>What people type and programs paste, in one form. (String.Normalize does nothing here: the host runs without ICU.)</summary>
internal static class CellText
{
    public static bool IsBlank(string text)
    {
        foreach (var character in text)
            if (!IsSpace(character) && !IsInvisible(character)) return false;
        return true;
    }

    /// <summary>Full-width digits and letters become narrow, every kind of space one blank, invisible marks go; trimmed. For names and
    /// other words.</summary>
    public static string Words(string text) => Rewrite(text, symbols: false, spaces: true);

    /// <summary>As <see cref="Words"/>, and full-width symbols become narrow as well. For telephone numbers, units, dates.</summary>
    public static string Narrow(string text) => Rewrite(text, symbols: true, spaces: true);

    /// <summary>As <see cref="Narrow"/>, without any space and in upper case. For identity, account and other numbers, with the apostrophe
    /// that forces text taken off.</summary>
    public static string Compact(string text) => Rewrite(text, symbols: true, spaces: false).TrimStart('\'').ToUpperInvariant();

    private static string Rewrite(string text, bool symbols, bool spaces)
    {
        if (IsPlain(text, spaces)) return text;
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (IsInvisible(character)) continue;
            if (IsSpace(character))
            {
                if (spaces) result.Append(character is '\r' or '\n' or '\t' ? character : ' ');
            }
            else result.Append(IsWide(character, symbols) ? (char)(character - 0xFEE0) : character);
        }
        return result.ToString().Trim();
    }

    // most cells are so already; they cost no copy
    private static bool IsPlain(string text, bool spaces)
    {
        if (text.Length == 0) return true;
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return false;
        foreach (var character in text)
            if (IsInvisible(character) || character is >= '！' and <= '～' || (IsSpace(character) && !(spaces && character == ' ')))
                return false;
        return true;
    }

    private static bool IsWide(char character, bool symbols) =>
        symbols ? character is >= '！' and <= '～' : character is (>= '０' and <= '９') or (>= 'Ａ' and <= 'Ｚ') or (>= 'ａ' and <= 'ｚ');

    private static bool IsSpace(char character) => character == ' ' || (character is < '!' or > '~' && char.IsWhiteSpace(character));

    // zero-width characters, byte order marks and marks of direction come along when numbers are copied from other windows
    private static bool IsInvisible(char character) =>
        character is '\u00AD' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')
            or (>= '\u2060' and <= '\u2069');
}
