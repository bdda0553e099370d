using System.Globalization;

namespace ClaimsEngine.Console.Pages.Guide;

/// <summary>
/// A person who does not exist, for the guided case: a name that says so, and an identity number with its check character.
/// </summary>
/// <param name="IdentityNumber">18 characters; GB 11643</param>
public sealed record MadeUpPerson(string Name, string IdentityNumber)
{
    /// <summary>The place of the Gansu case: Liangzhou district of Wuwei.</summary>
    public const string Region = "620602";

    /// <param name="drawn">what the person is made of: the same number makes the same person</param>
    public static MadeUpPerson Of(int drawn)
    {
        var dice = new Random(drawn);
        var born = new LocalDate(1970, 1, 1).PlusDays(dice.Next(30 * 365));
        var body = Region + born.ToString("uuuuMMdd", CultureInfo.InvariantCulture)
            + dice.Next(1000).ToString("000", CultureInfo.InvariantCulture);
        var name = "演练样例" + "甲乙丙丁戊己庚辛壬癸"[dice.Next(10)];
        return new MadeUpPerson(name, body + Kernel.IdentityNumber.CheckCharacter(body));
    }
}
