using ClaimsEngine.Claims;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Settlements;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Importing;

/// <summary>Made-up feeds of hospital insurance, without the engine.</summary>
public sealed class SyntheticSettlementTests
{
    private static readonly PlanCard Card =
        CardReading.OfRecord(SeedFiles.Plans.Single(plan => plan.Code == "hohhot-2025-hospital").Card);

    private static SyntheticSettlements Feed(SettlementTarget target, int members = 60, long seed = 1) => new(
        seed, Population.In(RegionCode.Of("1501"), 3, "sample", new LocalDate(2024, 12, 31), members, 5), Card, target);

    private static SettlementTarget Few(int lines = 80, string sum = "84720.00", string limit = "3000.00") =>
        SettlementTarget.Hohhot with { Lines = lines, Sum = Yuan(sum), Limit = Yuan(limit) };

    private static Money Yuan(string text) =>
        Money.TryParse(text, out var money, out var error) ? money : throw new ArgumentException(error);

    /// <summary>What the seeded card gives for every line, those of one member in their order and each after what the engine has counted
    /// before.</summary>
    private static Dictionary<string, Money> Assessed(IEnumerable<SettlementLine> lines, SettlementTarget target)
    {
        var benefits = new Dictionary<string, Money>();
        var cover = new CoverFacts(target.Period.Start, target.Period.End);
        foreach (var stays in lines.GroupBy(line => line.IdNumber))
        {
            var (used, counters) = (Money.Zero, new Counters());
            foreach (var line in stays)
            {
                var facts = CaseFacts.Of(line.ToIncident(), 1, used, cover, null, counters);
                var (assessment, refusal) = Adjudication.Assess(Card, facts);
                Assert.Null(refusal);
                benefits.Add(line.SettlementNumber, assessment!.Amount);
                used += assessment.Amount;
                counters = counters.After(IncidentKind.Hospitalisation, assessment.Amount, assessment.Consumed);
            }
        }
        return benefits;
    }

    [Fact]
    public async Task Hohhots_benefits_of_2025_are_as_many_and_as_much_as_was_published_and_each_is_within_the_one_click_limit()
    {
        var (target, population) = (SettlementTarget.Hohhot, Population.Hohhot(1));
        var lines = new SyntheticSettlements(1, population, Card, target).Lines();
        var limit = HandlingRules.For(RegionCode.Of("1501"), new LocalDate(2026, 1, 1)).OneClick!.Limit;
        var benefits = Assessed(lines, target);
        Assert.Equal((6_526, "6910900.00"), (benefits.Count, Money.Sum(benefits.Values).ToString()));
        Assert.All(benefits.Values, benefit => Assert.InRange(benefit.Fen, 1, limit.Fen));

        // few cost much: the median lies below the mean
        var ordered = benefits.Values.Order().ToArray();
        Assert.True(ordered[ordered.Length / 2] < new Money(target.Sum.Fen / target.Lines));
        Assert.True(ordered[^1] > Yuan("2900.00"), ordered[^1].ToString());

        var stays = lines.GroupBy(line => line.IdNumber).ToArray();
        Assert.Contains(stays, one => one.Count() >= 3);
        Assert.All(stays, one =>
        {
            Assert.Single(one.Select(line => line.Name).Distinct());
            Assert.All(one.Zip(one.Skip(1)), pair => Assert.True(pair.First.Discharged < pair.Second.Admitted));
        });
        Assert.All(lines, line =>
        {
            Assert.True(target.Period.Contains(line.Admitted) && target.Period.Contains(line.Discharged)
                && line.Admitted < line.Discharged);
            Assert.True(line.OwnShare <= line.InScope && line.InScope <= line.Total);
        });

        // they are members of the population that is enrolled, by number and name
        using var members = new MemoryStream();
        await population.WriteMembers(members, TestContext.Current.CancellationToken);
        members.Position = 0;
        using var reader = new StreamReader(members);
        var known = new HashSet<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } row)
            known.Add(string.Join(',', row.Split(',').Take(2)));
        Assert.All(stays, one => Assert.Contains($"{one.First().Name},{one.Key}", known));
    }

    [Theory]
    [InlineData(SettlementForm.Csv)]
    [InlineData(SettlementForm.JsonLines)]
    public async Task A_feed_is_read_as_it_was_made_and_the_same_seed_is_the_same_feed(SettlementForm form)
    {
        var written = await Written(Feed(Few()), form);
        using var file = new MemoryStream(written);
        var rows = SettlementFeed.Read(file, form, TestContext.Current.CancellationToken).ToArray();
        Assert.All(rows, row => Assert.Empty(row.Faults));
        Assert.Equal(Feed(Few()).Lines(), rows.Select(row => row.Read!));
        Assert.Equal(80, rows.Select(row => row.Read!.SettlementNumber).Distinct().Count());
        Assert.Equal(written, await Written(Feed(Few()), form));
        Assert.NotEqual(written, await Written(Feed(Few(), seed: 2), form));
    }

    [Theory]
    [InlineData(1, "0.01")]
    [InlineData(1, "3000.00")]
    [InlineData(80, "0.80")]
    [InlineData(80, "1.23")]
    [InlineData(80, "239999.99")]
    [InlineData(80, "240000.00")]
    [InlineData(359, "84720.17")]
    [InlineData(360, "1079999.98")]
    public void Benefits_add_up_to_any_sum_that_can_be(int lines, string sum)
    {
        var target = Few(lines, sum);
        var benefits = Assessed(Feed(target).Lines(), target);
        Assert.Equal((lines, sum), (benefits.Count, Money.Sum(benefits.Values).ToString()));
        Assert.All(benefits.Values, benefit => Assert.InRange(benefit.Fen, 1, target.Limit.Fen));
    }

    [Theory]
    [InlineData(80, "0.79")]
    [InlineData(80, "240000.01")]
    [InlineData(0, "0.00")]
    [InlineData(361, "84720.00")]
    public void What_cannot_be_is_refused(int lines, string sum) =>
        Assert.Throws<ArgumentException>(() => Feed(Few(lines, sum)).Lines());

    [Fact]
    public void A_card_that_pays_by_the_day_has_no_own_share_for_a_benefit()
    {
        var byDay = CardReading.OfRecord(SeedFiles.Plans.First(plan => plan.Code == "zhongshan-2019-hospital-days").Card);
        var population = Population.In(RegionCode.Of("1501"), 3, "sample", new LocalDate(2024, 12, 31), 60, 5);
        Assert.Throws<ArgumentException>(() => new SyntheticSettlements(1, population, byDay, Few()).Lines());
    }

    private static async Task<byte[]> Written(SyntheticSettlements feed, SettlementForm form)
    {
        using var file = new MemoryStream();
        await feed.Write(file, form, TestContext.Current.CancellationToken);
        return file.ToArray();
    }
}
