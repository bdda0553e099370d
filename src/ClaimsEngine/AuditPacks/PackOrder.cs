namespace ClaimsEngine.AuditPacks;

/// <summary>What a pack is about. The same order of the same log gives the same pack.</summary>
/// <param name="Plan">code of the plan</param>
/// <param name="Year">plan year: the calendar year in which the cover begins</param>
/// <param name="Position">place in the feed up to which the log is packed</param>
/// <param name="Seed">of the draw, 1 to 60 characters: who draws with another seed gets another sample</param>
/// <param name="Share">per mille of all assessed claims that are drawn</param>
/// <param name="Least">that are drawn at least, or all there are</param>
/// <param name="AllOver">decisions above this amount are all in the sample</param>
public sealed record PackOrder(string Plan, int Year, long Position, string Seed, int Share, int Least, Money AllOver)
{
    /// <param name="seed">null is plan and year</param>
    public static PackOrder Of(string plan, int year, long position, string? seed = null)
    {
        var rules = PackRules.Known;
        return new PackOrder(plan, year, position, seed ?? $"{plan}/{year}", rules.Share, rules.Least, rules.AllOver);
    }
}
