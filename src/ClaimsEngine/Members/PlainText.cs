using FluentValidation;

namespace ClaimsEngine.Members;

public static class PlainTextRule
{
    /// <summary>One line that a bank compares letter by letter: 1 to <paramref name="length"/> characters, no control characters, no blanks around it.</summary>
    public static IRuleBuilderOptions<T, string> PlainText<T>(this IRuleBuilder<T, string> rule, int length) => rule
        .NotEmpty().MaximumLength(length)
        .Must(text => text is null || (text == text.Trim() && !text.Any(char.IsControl)))
        .WithMessage("has blanks around it or a control character in it");
}
