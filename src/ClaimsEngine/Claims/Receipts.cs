using System.Text.RegularExpressions;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>Numbers of receipts (invoices) on which a claim rests.</summary>
public static partial class Receipts
{
    public const int Most = 50;

    /// <summary>1 to 50 different numbers of 1 to 40 letters, digits and hyphens.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>> AreReceipts<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .Must(numbers => numbers.Count is >= 1 and <= Most).WithMessage($"1 to {Most} receipts")
        .Must(numbers => numbers.Distinct(StringComparer.OrdinalIgnoreCase).Count() == numbers.Count)
        .WithMessage("one receipt stands there twice")
        .Must(numbers => numbers.All(number => number is not null && Number().IsMatch(number)))
        .WithMessage("a receipt's number has 1 to 40 letters, digits and hyphens");

    [GeneratedRegex(@"^[0-9A-Za-z-]{1,40}\z")]
    private static partial Regex Number();
}
