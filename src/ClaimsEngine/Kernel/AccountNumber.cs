namespace ClaimsEngine.Kernel;

/// <summary>The number of an organisation's account with its bank: 6 to 32 digits. Spaces and hyphens between groups are dropped. Banks
/// give these numbers by rules of their own and without a public check digit, so none is asked for (assumed).</summary>
public readonly record struct AccountNumber : ITextValue<AccountNumber>
{
    private readonly string? value;

    private AccountNumber(string value) => this.value = value;

    public string Value => value ?? "";

    /// <summary>All but the last four digits hidden, for screens that only need to recognise it.</summary>
    public string Masked => new string('*', Value.Length - 4) + Value[^4..];

    public override string ToString() => Value;

    public static bool TryParse(string text, out AccountNumber number, out string error)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        number = new AccountNumber(digits);
        error = "the account number of an organisation has 6 to 32 digits";
        return digits.Length is >= 6 and <= 32 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9') && !digits.AsSpan().Trim('0').IsEmpty;
    }

    public static AccountNumber Of(string text) =>
        TryParse(text, out var number, out var error) ? number : throw new FormatException(error);
}
