namespace ClaimsEngine.Rosters.Csv;

/// <summary>
/// Text that a spreadsheet program would compute when it opens a CSV file gets an apostrophe, which marks text; reading takes one off. So
/// that every text comes back as it was, text that already has apostrophes before such a character gets one more. (CsvHelper puts one on,
/// but none can take it off.)
/// </summary>
internal static class FormulaGuard
{
    public static string Put(string text) => IsDangerous(text.AsSpan().TrimStart('\'')) ? "'" + text : text;

    public static string TakeOff(string text) => text.StartsWith('\'') && IsDangerous(text.AsSpan().TrimStart('\'')) ? text[1..] : text;

    // the list of OWASP with the full-width forms, which East Asian versions compute as well
    private static bool IsDangerous(ReadOnlySpan<char> text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..];
}
