namespace ClaimsEngine.Kernel;

/// <summary>A bank card number: 12 to 19 digits with the Luhn check digit (ISO/IEC 7812). Spaces between groups are dropped.</summary>
public readonly record struct BankCardNumber : ITextValue<BankCardNumber>
{
    private readonly string? value;

    private BankCardNumber(string value) => this.value = value;

    public string Value => value ?? "";

    /// <summary>All but the last four digits hidden, for screens that only need to recognise it.</summary>
    public string Masked => new string('*', Value.Length - 4) + Value[^4..];

    public override string ToString() => Value;

    public static bool TryParse(string text, out BankCardNumber number, out string error)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        number = new BankCardNumber(digits);
        error = "a bank card number has 12 to 19 digits";
        if (digits.Length is < 12 or > 19 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            || digits.AsSpan().Trim('0').IsEmpty) return false;   // nothing but zeros would pass Luhn
        error = "the bank card number's check digit is wrong (Luhn)";
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    public static BankCardNumber Of(string text) =>
        TryParse(text, out var number, out var error) ? number : throw new FormatException(error);
}
