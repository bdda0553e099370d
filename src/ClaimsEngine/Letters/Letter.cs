using System.Text;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Letters;

/// <summary>A decision on a claim as a letter in Chinese: text only, to be laid out by whoever prints it. It holds personal data.</summary>
/// <param name="Number">of the claim</param>
/// <param name="Version">of the claim, which the decision made</param>
/// <param name="Notice">what stands above it because the decision no longer holds; null where it does</param>
/// <param name="Office">what signs</param>
/// <param name="Day">of the decision, as it is written</param>
/// <param name="Template">the texts that it is made of, <c>default/1</c></param>
public sealed record Letter(
    string Title, string Number, long Version, string? Notice, IReadOnlyList<LetterPart> Parts, string Office, string Day, string Template);

/// <summary>A part of a letter: a paragraph, a list, or the steps of the computation. One of the three.</summary>
public sealed record LetterPart(string? Text = null, IReadOnlyList<string>? Items = null, IReadOnlyList<Step>? Steps = null);

/// <summary>How things are written in a letter.</summary>
internal static class LetterText
{
    public static string Day(LocalDate day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>What people have written, on one line and without letters that are not seen or turn the direction of reading.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
            if (letter.Value is '\r' or '\n' or '\t') plain.Append(' ');
            else if (!PlainText.IsUnseen(letter)) plain.Append(letter);
        return plain.ToString().Trim();
    }
}
