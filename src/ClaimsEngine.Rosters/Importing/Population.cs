using System.Globalization;
using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Rosters.Importing;

/// <summary>So many members in some districts, on the lists of so many employers; without employers they enter alone.</summary>
/// <param name="Districts">where they live, each about as often as the others</param>
public sealed record PopulationPart(IReadOnlyList<RegionCode> Districts, int Members, int Employers);

/// <summary>
/// A made-up population of a programme: its employers and the sheet that its members are enrolled by. A pure function of its parameters;
/// the people are those of <see cref="SyntheticRoster"/>, so nobody is meant.
/// </summary>
/// <param name="seed">another number is another population</param>
/// <param name="programme">code of the programme that they enter</param>
/// <param name="enrolledOn">the last of the thirty days on which they are enrolled, an employer on one of them</param>
/// <param name="occupations">whose; null for the whole list</param>
public sealed class Population(
    long seed, string programme, LocalDate enrolledOn, IReadOnlyList<PopulationPart> parts, IReadOnlyList<Occupation>? occupations = null)
{
    private const int SmallestEmployer = 3;

    private static readonly RosterColumn[] Columns =
    [
        RosterColumn.Name, RosterColumn.IdNumber, RosterColumn.Occupation, RosterColumn.Region, RosterColumn.Phone, RosterColumn.Bank,
        RosterColumn.AccountNumber, RosterColumn.EmployeeNumber, RosterColumn.Employer, RosterColumn.Programme, RosterColumn.EnrolledOn,
    ];

    private readonly Lot[] lots = [.. parts.SelectMany((part, nth) => LotsOf(part, nth, seed))];
    private readonly Dictionary<RegionCode, SyntheticRoster> rosters = [];

    public int Members => lots.Sum(lot => lot.Members);

    /// <summary>Gansu's 10,000 free places of 2025, of which 700 are for Wuwei (facts.md, F9 and F12), among the programme's
    /// occupations.</summary>
    public static Population Gansu(long seed)
    {
        var wuwei = RegionCode.Of("6206");
        var everywhere = Regions.Districts(RegionCode.Of("62"));
        PopulationPart[] parts =
        [
            new(Regions.Districts(wuwei), 700, 0),
            new([.. everywhere.Where(region => !wuwei.Contains(region))], 9_300, 0),
        ];
        string[] occupations =
        [
            "truckDriver", "rideHailingDriver", "courier", "foodDeliveryRider", "carer", "domesticWorker", "marketClerk", "estateAgent",
            "securityGuard",
        ];
        return new Population(seed, "gansu-2025-new-employment", new LocalDate(2024, 12, 31), parts,
            [.. occupations.Select(code => Occupation.Of(code))]);
    }

    /// <summary>Hohhot's 166,000 members of 1,900 employers in 2025 (facts.md, F23 and F24: both are "more than").</summary>
    public static Population Hohhot(long seed) =>
        In(RegionCode.Of("1501"), seed, "hohhot-2025-hospital", new LocalDate(2024, 12, 31), 166_000, 1_900);

    /// <summary>Members and employers in all districts of a region.</summary>
    public static Population In(RegionCode region, long seed, string programme, LocalDate enrolledOn, int members, int employers) =>
        new(seed, programme, enrolledOn, [new PopulationPart(Regions.Districts(region), members, employers)]);

    /// <summary>Every employer once, with more staff than members: not everybody takes part.</summary>
    public IEnumerable<RegisterEmployer> Employers()
    {
        foreach (var lot in lots)
            if (lot.Employer is { } code)
                yield return new RegisterEmployer(code, $"样例单位{code}", lot.District, lot.Members + (lot.Members / 8), lot.Members * 9 / 20);
    }

    /// <summary>The employers as a CSV file with Chinese headings.</summary>
    public async Task WriteEmployers(Stream destination, CancellationToken cancellation = default)
    {
        await using var writer = SheetWriter.To(destination, SheetFormat.Csv);
        await writer.Write(["单位代码", "单位名称", "地区", "职工人数", "女职工人数"], cancellation);
        foreach (var employer in Employers())
            await writer.Write([employer.Code, employer.Name, employer.Region.Value, employer.Staff.ToString(CultureInfo.InvariantCulture),
                employer.Women.ToString(CultureInfo.InvariantCulture)], cancellation);
        await writer.Finish(cancellation);
    }

    /// <summary>The members as a CSV file with Chinese headings, employer by employer; streamed.</summary>
    public async Task WriteMembers(Stream destination, CancellationToken cancellation = default)
    {
        await using var writer = SheetWriter.To(destination, SheetFormat.Csv);
        await writer.Write([.. Columns.Select(column => column.Heading())], cancellation);
        var next = 0L;   // of all districts together: cards and telephones follow from it
        var nth = 0;
        foreach (var lot in lots)
        {
            var on = enrolledOn.PlusDays(-(nth++ % 30)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            var roster = RosterOf(lot.District);
            var place = Regions.FullName(lot.District);
            for (var i = 0; i < lot.Members; i++)
            {
                var draft = roster.Person(next++);
                var person = draft.Person;
                await writer.Write(
                [
                    person.Name, person.IdNumber.Value, person.Occupation.ChineseName, place, person.Phone!, person.Account!.Bank,
                    person.Account.Number.Value, draft.EmployeeNumber!, lot.Employer ?? "", programme, on,
                ], cancellation);
            }
        }
        await writer.Finish(cancellation);
    }

    /// <summary>Some of the members, as the sheet of members says them.</summary>
    /// <param name="indexes">each from 0, below <see cref="Members"/></param>
    internal IEnumerable<PersonDetails> People(IEnumerable<int> indexes)
    {
        var ends = new int[lots.Length];
        for (var i = 0; i < ends.Length; i++) ends[i] = lots[i].Members + (i == 0 ? 0 : ends[i - 1]);
        foreach (var index in indexes)
            yield return RosterOf(lots[Array.FindIndex(ends, end => index < end)].District).Person(index).Person;
    }

    private SyntheticRoster RosterOf(RegionCode district) => rosters.TryGetValue(district, out var roster)
        ? roster : rosters[district] = new SyntheticRoster(seed, district, enrolledOn.PlusDays(1), occupations, 1);

    /// <summary>Employers are as different in size as they are: most are small, few are large. Sizes add up to the members
    /// exactly.</summary>
    private static IEnumerable<Lot> LotsOf(PopulationPart part, int nth, long seed)
    {
        var count = part.Employers > 0 ? part.Employers : part.Districts.Count;
        if (part.Employers > 0 && (long)count * SmallestEmployer > part.Members)
            throw new ArgumentException(
                $"{part.Employers} employers of at least {SmallestEmployer} are more than {part.Members} members");
        var smallest = part.Employers > 0 ? SmallestEmployer : 0;
        var weights = Enumerable.Range(0, count)
            .Select(i => part.Employers > 0 ? Weight(Scramble.Of(unchecked((ulong)seed), 20 + (ulong)nth, (ulong)i)) : 1.0).ToArray();
        var all = weights.Sum();
        var (given, sum) = (0L, 0.0);
        for (var i = 0; i < count; i++)
        {
            sum += weights[i];
            var upTo = i == count - 1 ? part.Members : ((long)(i + 1) * smallest)
                + (long)((part.Members - ((long)count * smallest)) * (sum / all));
            var employer = part.Employers > 0 ? $"YL{nth + 1}-{i + 1:000000}" : null;
            yield return new Lot(part.Districts[i % part.Districts.Count], employer, (int)(upTo - given));
            given = upTo;
        }
    }

    /// <summary>From an even chance to sizes with a long tail (Pareto with exponent 1.16: a fifth of the employers has four fifths of the
    /// people), cut off at 200 times the smallest.</summary>
    private static double Weight(ulong chance) => Math.Min(200, Math.Pow(1 - (chance / (ulong.MaxValue + 1.0)), -1 / 1.16)) - 1 + 0.2;

    private readonly record struct Lot(RegionCode District, string? Employer, int Members);
}
