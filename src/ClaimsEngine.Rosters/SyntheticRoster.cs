using System.Globalization;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Rosters;

/// <summary>
/// A made-up population, for tests, benchmarks and demonstrations: names that are plainly samples, numbers with valid check digits. A pure
/// function of its parameters: the person of an index is the same on every machine, whatever was made before. No two persons of one roster
/// have the same identity number.
/// </summary>
/// <param name="seed">any number; another seed is another population</param>
/// <param name="region">members live and were born in its districts</param>
/// <param name="on">the day on which they are of working age, 18 to 60</param>
/// <param name="units">that everybody holds; null for one or, of every tenth, two</param>
/// <param name="occupations">who they are; null for the whole list, half of them employees (职工)</param>
public sealed class SyntheticRoster(
    long seed, RegionCode region, LocalDate on, IReadOnlyList<Occupation>? occupations = null, int? units = null)
{
    private const int YoungestAge = 18, OldestAge = 60, Sequences = 999;

    private const string Surnames =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
        + "石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
    private const string Stems = "甲乙丙丁戊己庚辛壬癸";

    private static readonly RosterColumn[] Columns =
    [
        RosterColumn.SerialNumber, RosterColumn.Name, RosterColumn.Sex, RosterColumn.BirthDate, RosterColumn.IdNumber,
        RosterColumn.Occupation, RosterColumn.Region, RosterColumn.Phone, RosterColumn.Units, RosterColumn.Bank,
        RosterColumn.AccountNumber, RosterColumn.EmployeeNumber,
    ];

    private static readonly Occupation Employee = Occupation.Of("worker");
    private static readonly Occupation[] Everybody = [.. Occupation.All];

    private readonly IReadOnlyList<RegionCode> districts = Regions.Districts(region);

    /// <summary>How many persons there can be: some 14 million a district.</summary>
    public long Capacity => (long)districts.Count * Days * Sequences;

    private LocalDate FirstBirthday => on.PlusYears(-OldestAge - 1).PlusDays(1);

    private int Days => Period.Between(FirstBirthday, on.PlusYears(-YoungestAge), PeriodUnits.Days).Days + 1;

    private ulong SeedBits => unchecked((ulong)seed);

    /// <summary>One person, as a row of the roster says it.</summary>
    /// <param name="index">from 0, below <see cref="Capacity"/></param>
    public RosterDraft Person(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var place = (long)new Permutation((ulong)Capacity, SeedBits)[(ulong)index];
        var sequence = (int)(place % Sequences) + 1;
        var birthDate = FirstBirthday.PlusDays((int)(place / Sequences % Days));
        var district = districts[(int)(place / Sequences / Days)];
        var number = Number(district, birthDate, sequence);
        var name = NameOf(number);
        var account = new AccountDetails("样例银行", Card(index), name);
        var person = new PersonDetails(name, number, Occupied(index), district, Phone(index), account);
        return new RosterDraft((int)Math.Min(index + 2, int.MaxValue), person, units ?? (Chance(5, index) % 10 == 0 ? 2 : 1),
            $"Y{index + 1:0000000}");
    }

    /// <summary>Writes the first persons as a sheet with Chinese headings; streamed.</summary>
    /// <param name="rows">at most <see cref="Capacity"/>, and what a sheet holds for XLSX</param>
    public async Task Write(Stream destination, SheetFormat format, int rows, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, format == SheetFormat.Xlsx
            ? Math.Min(Capacity, RosterLimits.Default.LastRow - 1) : Capacity);
        await using var writer = SheetWriter.To(destination, format, "花名册");
        await writer.Write([.. Columns.Select(column => column.Heading())], cancellation);
        for (var index = 0; index < rows; index++) await writer.Write(Cells(index), cancellation);
        await writer.Finish(cancellation);
    }

    private string[] Cells(int index)
    {
        var draft = Person(index);
        var person = draft.Person;
        return
        [
            (index + 1).ToString(CultureInfo.InvariantCulture), person.Name, person.IdNumber.Sex == Sex.Male ? "男" : "女",
            person.IdNumber.BirthDate.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), person.IdNumber.Value,
            person.Occupation.ChineseName, Regions.FullName(person.Region), person.Phone!,
            draft.Units.ToString(CultureInfo.InvariantCulture), person.Account!.Bank, person.Account.Number.Value, draft.EmployeeNumber!,
        ];
    }

    private static IdentityNumber Number(RegionCode district, LocalDate birthDate, int sequence)
    {
        var first17 = $"{district.Value.PadRight(6, '0')}{birthDate.Year:0000}{birthDate.Month:00}{birthDate.Day:00}{sequence:000}";
        return IdentityNumber.Of(first17 + IdentityNumber.CheckCharacter(first17));
    }

    // 100 begins no mobile number that is given to anybody
    private string Phone(long index) => $"100{Chance(6, index) % 100_000_000:00000000}";

    // the factor has no divisor in common with 10^12, so that no two cards are the same
    private BankCardNumber Card(long index)
    {
        var first18 = $"621700{(UInt128.One * 387_420_489 * (ulong)index + SeedBits % 1_000_000_000_000) % 1_000_000_000_000:000000000000}";
        for (var check = '0'; ; check++)
            if (BankCardNumber.TryParse(first18 + check, out var card, out _)) return card;
    }

    private Occupation Occupied(long index) =>
        occupations is { Count: > 0 } list ? list[(int)(Chance(7, index) % (ulong)list.Count)]
        : Chance(8, index) % 2 == 0 ? Employee
        : Everybody[(int)(Chance(7, index) % (ulong)Everybody.Length)];

    /// <summary>The name follows from the identity number, whatever the seed: two populations that share a number by chance share a person,
    /// not a contradiction.</summary>
    private static string NameOf(IdentityNumber number)
    {
        var bits = ulong.Parse(number.Value.AsSpan(0, 17), CultureInfo.InvariantCulture);
        char Pick(string from, ulong stream) => from[(int)(Scramble.Of(0, stream, bits) % (ulong)from.Length)];
        return $"{Pick(Surnames, 1)}样例{Pick(Stems, 2)}{(Scramble.Of(0, 3, bits) % 4 == 0 ? "" : Pick(Stems, 4))}";
    }

    private ulong Chance(ulong stream, long index) => Scramble.Of(SeedBits, stream, (ulong)index);
}
