namespace ClaimsEngine.Kernel;

public enum Sex { Male, Female }

/// <summary>
/// A citizen identity number (公民身份号码, GB 11643-1999): 6 digits of region, 8 of birth date, 3 of sequence (odd is male), and a
/// check character of ISO 7064 MOD 11-2. The region of birth may be one that was abolished since, so only its province is checked.
/// </summary>
public readonly record struct IdentityNumber : ITextValue<IdentityNumber>
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    private readonly string? value;

    private IdentityNumber(string value, LocalDate birthDate)
    {
        this.value = value;
        BirthDate = birthDate;
    }

    public string Value => value ?? "";
    public LocalDate BirthDate { get; }
    public Sex Sex => (Value[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    public override string ToString() => Value;

    /// <summary>The check character for the first 17 digits; used by generators of sample numbers.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (first17[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    public static bool TryParse(string text, out IdentityNumber number, out string error)
    {
        number = default;
        var digits = text.Trim().ToUpperInvariant();
        if (digits.Length != 18 || digits.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9') || !(digits[17] is 'X' or (>= '0' and <= '9')))
        {
            error = "an identity number has 18 characters: 17 digits and a check character 0-9 or X";
            return false;
        }
        if (!RegionCode.TryParse(digits[..2], out _, out _))
        {
            error = $"the identity number begins with {digits[..2]}, which is no province";
            return false;
        }
        int year = int.Parse(digits[6..10]), month = int.Parse(digits[10..12]), day = int.Parse(digits[12..14]);
        if (year is < 1880 or > 2200 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            error = $"the identity number holds the impossible birth date {digits[6..14]}";
            return false;
        }
        if (CheckCharacter(digits) != digits[17])
        {
            error = "the identity number's check character is wrong (GB 11643)";
            return false;
        }
        number = new IdentityNumber(digits, new LocalDate(year, month, day));
        error = "";
        return true;
    }

    public static IdentityNumber Of(string text) =>
        TryParse(text, out var number, out var error) ? number : throw new FormatException(error);
}
