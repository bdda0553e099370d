using System.Text;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Employers;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Importing;

public sealed class PopulationTests
{
    [Fact]
    public async Task Gansu_has_ten_thousand_people_of_the_programme_and_seven_hundred_of_them_live_in_Wuwei()
    {
        var population = Population.Gansu(1);
        using var sheet = await Opened(await Members(population));
        RosterRow[] rows = [.. sheet.Read()];
        Assert.All(rows, row => Assert.Empty(row.Faults));
        var drafts = Array.ConvertAll(rows, row => row.Draft!);
        Assert.Equal((10_000, 10_000, 700), (population.Members, drafts.Length,
            drafts.Count(draft => draft.Person.Region.Value.StartsWith("6206", StringComparison.Ordinal))));
        Assert.Equal(10_000, drafts.Select(draft => draft.Person.IdNumber).Distinct().Count());
        Assert.Equal(10_000, drafts.Select(draft => draft.Person.Account!.Number).Distinct().Count());
        Assert.All(drafts, draft =>
        {
            Assert.Contains("样例", draft.Person.Name, StringComparison.Ordinal);
            Assert.Equal((3, "62"), (draft.Person.Region.Level, draft.Person.Region.Value[..2]));
            Assert.Equal(new PastCover("gansu-2025-new-employment"), draft.Past! with { EnrolledOn = null });
            Assert.InRange(draft.Past.EnrolledOn!.Value, new LocalDate(2024, 12, 2), new LocalDate(2024, 12, 31));
        });
        var programme = SeedFiles.Programmes.Single(seed => (string)seed.Programme["code"]! == "gansu-2025-new-employment").Programme;
        Assert.Equal(programme["occupations"]!.AsArray().Select(code => (string)code!).Order(),
            drafts.Select(draft => draft.Person.Occupation.Code).Distinct().Order());
        Assert.Equal((int)programme["quota"]!, drafts.Length);
        Assert.Empty(population.Employers());
    }

    [Fact]
    public async Task The_same_seed_is_the_same_people_to_the_last_byte_and_another_is_other_people()
    {
        var once = await Members(Population.Gansu(1));
        Assert.Equal(once, await Members(Population.Gansu(1)));
        var others = Numbers(await Members(Population.Gansu(2)));
        Assert.Equal(10_000, others.Count);
        Assert.InRange(others.Intersect(Numbers(once)).Count(), 0, 100);
        Assert.Equal(await Employers(Population.Hohhot(1)), await Employers(Population.Hohhot(1)));
        Assert.NotEqual(await Employers(Population.Hohhot(1)), await Employers(Population.Hohhot(2)));
    }

    [Fact]
    public async Task Hohhot_has_its_members_on_the_lists_of_employers_of_very_different_size()
    {
        var population = Population.Hohhot(1);
        var employers = population.Employers().ToDictionary(employer => employer.Code);
        var (members, numbers) = (new Dictionary<string, int>(), new HashSet<string>());
        using var reader = new StreamReader(new MemoryStream(await Members(population)));
        var header = (await reader.ReadLineAsync())!.Split(',');
        var (number, list) = (Array.IndexOf(header, "身份证号"), Array.IndexOf(header, "单位代码"));
        while (await reader.ReadLineAsync() is { } line)
        {
            var cells = line.Split(',');
            Assert.True(numbers.Add(cells[number]));
            members[cells[list]] = members.GetValueOrDefault(cells[list]) + 1;
        }
        Assert.Equal((1_900, 166_000, 166_000), (employers.Count, population.Members, numbers.Count));
        Assert.Equal(employers.Keys.Order(), members.Keys.Order());
        var validator = new RegisterEmployer.Validator();
        Assert.All(employers.Values, employer =>
        {
            Assert.Empty(validator.Validate(employer).Errors);
            Assert.InRange(members[employer.Code], 3, employer.Staff);
            Assert.Equal((3, "1501"), (employer.Region.Level, employer.Region.Value[..4]));
            Assert.Contains("样例", employer.Name, StringComparison.Ordinal);
        });
        var sizes = members.Values.Order().ToArray();
        Assert.True(sizes[^1] >= 20 * sizes[sizes.Length / 2], $"median {sizes[sizes.Length / 2]}, largest {sizes[^1]}");
    }

    [Fact]
    public async Task Members_live_where_their_employer_lies_and_rows_are_read_back_without_a_fault()
    {
        RegionCode[] districts = [RegionCode.Of("150102"), RegionCode.Of("150103")];
        var population = new Population(4, "sample", new LocalDate(2024, 12, 31), [new PopulationPart(districts, 500, 20)]);
        var employers = population.Employers().ToDictionary(employer => employer.Code, employer => employer.Region);
        using var sheet = await Opened(await Members(population));
        RosterRow[] rows = [.. sheet.Read()];
        Assert.Equal((500, 20), (rows.Length, employers.Count));
        Assert.All(rows, row => Assert.Equal(employers[row.Draft!.Past!.Employer!], row.Draft.Person.Region));
        var head = Encoding.UTF8.GetString(await Employers(population)).TrimStart('\uFEFF').Split("\r\n")[0];
        Assert.Equal("单位代码,单位名称,地区,职工人数,女职工人数", head);
    }

    [Fact]
    public void More_employers_than_members_can_fill_are_none() =>
        Assert.Throws<ArgumentException>(() => new Population(1, "sample", new LocalDate(2024, 12, 31),
            [new PopulationPart([RegionCode.Of("150102")], 59, 20)]));

    private static async Task<byte[]> Members(Population population)
    {
        var file = new MemoryStream();
        await population.WriteMembers(file);
        return file.ToArray();
    }

    private static async Task<byte[]> Employers(Population population)
    {
        var file = new MemoryStream();
        await population.WriteEmployers(file);
        return file.ToArray();
    }

    private static async Task<RosterSheet> Opened(byte[] file)
    {
        var (sheet, fault) = await RosterSheet.Open(new MemoryStream(file), new RosterDefaults(Past: new PastCover()));
        Assert.Null(fault);
        return sheet!;
    }

    private static HashSet<string> Numbers(byte[] file) =>
        [.. Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[1])];
}
