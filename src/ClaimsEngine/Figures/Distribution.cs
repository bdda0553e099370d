namespace ClaimsEngine.Figures;

/// <summary>People and money by bands of what each received, as Yunnan published its first period: 69,592 people up to 5,000 yuan, 976
/// up to 10,000, 412 above (finance-and-privacy.md, S25).</summary>
/// <param name="Above">what each received is more than this; null for the first band</param>
/// <param name="UpTo">what each received is at most this; null for the last band</param>
/// <param name="PeopleShare">of all people in per cent with two places, together 100.00; null where there are none</param>
/// <param name="MoneyShare">of all money, in the same way</param>
public sealed record DistributionBand(Money? Above, Money? UpTo, long People, Money Amount, string? PeopleShare, string? MoneyShare)
{
    /// <summary>The bands that Yunnan published.</summary>
    public static readonly IReadOnlyList<Money> Yunnan = [Money.Yuan(5_000), Money.Yuan(10_000)];

    /// <summary>The most bounds that a question names.</summary>
    public const int Most = 20;

    /// <summary>What is wrong with bounds; null where they can be asked for.</summary>
    public static string? FaultOf(IReadOnlyList<Money> bounds) =>
        bounds.Count is 0 or > Most ? $"names 1 to {Most} amounts"
        : bounds.Any(bound => !bound.IsPositive) ? "names amounts above 0.00"
        : bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second) ? "names amounts in ascending order" : null;

    /// <param name="bounds">the highest amount of each band but the last, inclusive, ascending</param>
    /// <param name="groups">people who received amounts between two neighbouring bounds: the largest of these amounts, how many people, and
    /// their money</param>
    public static IReadOnlyList<DistributionBand> Of(
        IReadOnlyList<Money> bounds, IEnumerable<(Money Largest, long People, Money Amount)> groups)
    {
        var (people, money) = (new long[bounds.Count + 1], new long[bounds.Count + 1]);
        foreach (var (largest, count, amount) in groups)
        {
            var place = 0;
            while (place < bounds.Count && largest > bounds[place]) place++;
            people[place] += count;
            money[place] = checked(money[place] + amount.Fen);
        }
        var (ofPeople, ofMoney) = (Apportionment.Percentages(people), Apportionment.Percentages(money));
        return [.. people.Select((count, place) => new DistributionBand(
            place == 0 ? null : bounds[place - 1], place == bounds.Count ? null : bounds[place], count, new Money(money[place]),
            ofPeople[place], ofMoney[place]))];
    }
}
