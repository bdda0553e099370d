using ClaimsEngine.Enrolments;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using NodaTime;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class SyntheticRosterTests
{
    private static readonly LocalDate On = new(2025, 10, 20);
    private static readonly SyntheticRoster Gansu = new(7, RegionCode.Of("62"), On);

    [Fact]
    public void No_two_persons_have_the_same_identity_or_card_number()
    {
        var people = Enumerable.Range(0, 100_000).Select(index => Gansu.Person(index).Person).ToArray();
        Assert.Equal(people.Length, people.Select(person => person.IdNumber).Distinct().Count());
        Assert.Equal(people.Length, people.Select(person => person.Account!.Number).Distinct().Count());
    }

    [Fact]
    public void Not_even_when_every_number_of_a_district_is_used()
    {
        var shuffled = new HashSet<ulong>();
        foreach (var size in (ulong[])[1, 2, 3, 5, 64, 65, 1_000, 4_097])
        {
            shuffled.Clear();
            var shuffle = new Permutation(size, 42);
            for (var index = 0UL; index < size; index++) Assert.True(shuffle[index] < size && shuffled.Add(shuffle[index]));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Gansu.Person(Gansu.Capacity));
        Assert.NotNull(Gansu.Person(Gansu.Capacity - 1));
    }

    [Fact]
    public void They_are_plainly_samples_of_working_age_who_live_there_and_could_be_enrolled()
    {
        var validator = new Enrol.Validator();
        var people = Enumerable.Range(0, 2_000).Select(index => Gansu.Person(index)).ToArray();
        Assert.All(people, draft =>
        {
            Assert.Contains("样例", draft.Person.Name, StringComparison.Ordinal);
            Assert.InRange(draft.Person.IdNumber.BirthDate.AgeOn(On), 18, 60);
            Assert.StartsWith("62", draft.Person.Region.Value, StringComparison.Ordinal);
            Assert.Equal(3, draft.Person.Region.Level);
            Assert.Empty(validator.Validate(new Enrol(draft.Person, "programme", Units: draft.Units)).Errors);
        });
        Assert.InRange(people.Count(draft => draft.Person.IdNumber.Sex == Sex.Male), 900, 1_100);
        Assert.True(people.Select(draft => draft.Person.Region).Distinct().Count() > 80);
        Assert.Equal(Occupation.All.Count(), people.Select(draft => draft.Person.Occupation.Code).Distinct().Count());
        Assert.Equal([18, 60],
            people.Select(draft => draft.Person.IdNumber.BirthDate.AgeOn(On)).Order().Where((_, at) => at == 0 || at == people.Length - 1));
    }

    [Fact]
    public void The_same_seed_is_the_same_people_for_ever_and_another_is_not()
    {
        Assert.Equal(Gansu.Person(123), new SyntheticRoster(7, RegionCode.Of("62"), On).Person(123));
        Assert.NotEqual(Gansu.Person(123).Person.IdNumber, new SyntheticRoster(8, RegionCode.Of("62"), On).Person(123).Person.IdNumber);
        var person = new SyntheticRoster(7, RegionCode.Of("620602"), On, [Occupation.Of("courier")]).Person(0).Person;
        Assert.Equal("高样例庚庚 62060219710609132X courier 10080793125 6217000000000000079",
            $"{person.Name} {person.IdNumber} {person.Occupation} {person.Phone} {person.Account!.Number}");
    }

    [Fact]
    public void A_place_without_districts_and_the_whole_country_have_people_too()
    {
        Assert.Equal("4419", new SyntheticRoster(1, RegionCode.Of("4419"), On).Person(5).Person.Region.Value);
        Assert.True(new SyntheticRoster(1, RegionCode.National, On).Capacity > 83_000_000);
        Assert.True(new SyntheticRoster(-1, RegionCode.Of("620602"), On).Capacity > 14_000_000);
    }

    [Theory]
    [InlineData(SheetFormat.Csv)]
    [InlineData(SheetFormat.Xlsx)]
    public async Task A_written_roster_is_read_back_person_by_person(SheetFormat format)
    {
        var file = new MemoryStream();
        await Gansu.Write(file, format, 3_000);
        Assert.Equal(Enumerable.Range(0, 3_000).Select(index => Gansu.Person(index)),
            (await Rows(file.ToArray())).Select(row => row.Draft));
    }

    [Fact]
    public async Task The_same_roster_is_the_same_file()
    {
        var (once, twice) = (new MemoryStream(), new MemoryStream());
        await Gansu.Write(once, SheetFormat.Csv, 500);
        await Gansu.Write(twice, SheetFormat.Csv, 500);
        Assert.Equal(once.ToArray(), twice.ToArray());
    }

    [Fact]
    public Task More_rows_than_a_sheet_has_are_not_written() =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Gansu.Write(new MemoryStream(), SheetFormat.Xlsx, 1_048_576));
}
