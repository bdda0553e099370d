namespace ClaimsEngine.Host.Rosters;

/// <summary>
/// Identity numbers of 15 digits, issued until 1999 (GB 11643-1989): region, birth date with a year of two digits, sequence. GB 11643-1999 makes 18 of them
/// by the century, 19, and the check character.
/// </summary>
internal static class OldIdentityNumber
{
    /// <summary>The number in its form of 18 characters. Whether it is valid is for <see cref="IdentityNumber"/> to say.</summary>
    /// <param name="digits">15 digits</param>
    public static string Upgrade(string digits)
    {
        var first17 = $"{digits[..6]}19{digits[6..]}";
        return first17 + IdentityNumber.CheckCharacter(first17);
    }
}
