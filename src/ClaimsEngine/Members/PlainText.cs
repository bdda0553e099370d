using System.Globalization;
using System.Text;
using FluentValidation;

namespace ClaimsEngine.Members;

/// <summary>
/// The one rule for the name of a person, an employer, a bank, a programme or a payer, on every way in: one line that people see as it is
/// stored, that a bank compares letter by letter, and that no spreadsheet program computes.
/// </summary>
public static class PlainText
{
    /// <summary>What is wrong with the text; null for a name.</summary>
    public static string? Fault(string text)
    {
        if (text != text.Trim()) return "has blanks around it";
        if (BeginsLikeFormula(text)) return "begins like a formula (= + - @)";
        return text.EnumerateRunes().Any(IsUnseen) ? "holds a character that is not seen, breaks the line or is none" : null;
    }

    /// <summary>Whether a spreadsheet program would compute the text. East Asian ones compute the full-width forms as well.</summary>
    public static bool BeginsLikeFormula(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';

    /// <summary>Whether the letter is not seen, breaks the line or is none. Characters for private use are let in: rare surnames are still
    /// written with them. What could not be decoded (U+FFFD) is none.</summary>
    public static bool IsUnseen(Rune letter) => letter == Rune.ReplacementChar || (letter.Value & 0xFFFE) == 0xFFFE
        || letter.Value is >= 0xFDD0 and <= 0xFDEF
        || Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}

public static class PlainTextRule
{
    /// <summary>A <see cref="Members.PlainText"/> of at most so many characters.</summary>
    public static IRuleBuilderOptions<T, string> PlainText<T>(this IRuleBuilder<T, string> rule, int length) => rule
        .NotEmpty().MaximumLength(length)
        .Must((_, text, context) =>
        {
            if (text is null || Members.PlainText.Fault(text) is not { } fault) return true;
            context.MessageFormatter.AppendArgument("Fault", fault);
            return false;
        }).WithMessage("{Fault}");
}
