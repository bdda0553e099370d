using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Cli;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Settlements;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Importing;

/// <summary>A year's hospital benefits in one batch: a population that was imported, and a feed of its stays over HTTP.</summary>
public sealed class OneClickTests(ApiFixture api) : ImportTest(api)
{
    private const string Plan = "hohhot-2025-hospital", Region = "150124";   // Qingshuihe, where no other test works

    private static readonly PlanCard Card = CardReading.OfRecord(SeedFiles.Plans.Single(plan => plan.Code == Plan).Card);

    private Caller Sender => Api.As("meng-of-the-feed", "officer", Region);

    [Fact]
    public async Task A_years_benefits_are_paid_by_one_feed_and_add_up_to_the_fen_in_the_lists_and_in_the_ledger()
    {
        var programme = await Programme(Plan);
        var members = await Imported(programme, 60, seed: 71);
        var target = SettlementTarget.Hohhot with { Lines = 80, Sum = Money.Yuan(84_720) };
        using var feed = new MemoryStream();
        await new SyntheticSettlements(1, members, Card, target).Write(feed, SettlementForm.Csv, TestContext.Current.CancellationToken);

        var approver = Api.As("looker-of-the-feed", "approver", Region);
        var before = await SecondLooks(approver);
        var ended = await Sent(feed.ToArray(), "text/csv");
        Assert.Equal((80, 80, "84720.00"), ((int)ended["lines"]!, (int)ended["approved"]!, ended.Text("amount")));
        Assert.Equal(Enumerable.Range(2, 80), ended["results"]!.AsArray().Select(one => (int)one!["line"]!));

        var position = await LastPosition();
        var totals = (await Api.As("zhao-of-15", "finance", "15").Get($"/api/finance/payouts?programme={programme}", position)).Is(200);
        Assert.Equal(("80", "84720.00"), (totals["total"]!["count"]!.ToJsonString(), (string)totals["total"]!["amount"]!));

        var claims = await All(approver, $"/api/claims?programme={programme}", minPosition: position);
        Assert.Equal(80, claims.Count);
        Assert.All(claims, claim => Assert.Equal("approved", (string)claim["status"]!));
        // the members were imported after their stays: the reason says what the rules make of that
        var one = (await approver.Get($"/api/claims/{(string)claims[0]["id"]!}")).Is(200);
        Assert.Equal("incident-before-enrolment", (string?)Assert.Single(one["answeredFlags"]!.AsArray()));
        Assert.Contains("imported later", one.Text("decisionReason"), StringComparison.Ordinal);
        Assert.Equal(Numbers(claims),
            ended["results"]!.AsArray().Select(one => (string)one!["claimNumber"]!).Order(StringComparer.Ordinal));
        // by Inner Mongolia's rules every decision of a feed is looked at once more
        Assert.Equal(Numbers(claims),
            Numbers(await All(approver, $"/api/claims?programme={programme}&secondLook=true", minPosition: position)));
        Assert.Equal(before + 80, await SecondLooks(approver));
    }

    [Fact]
    public async Task The_stays_of_one_member_are_decided_in_their_order_however_many_lines_are_carried_at_once()
    {
        var json = JsonNode.Parse(SeedFiles.Plans.Single(plan => plan.Code == Plan).Card.GetRawText())!;
        json["caps"]!["perPeriod"] = "2000.00";
        var plan = Sample.NewCode("capped");
        await Publish(plan, new { effectiveFrom = "2025-01-01", card = json });
        var members = await Imported(await Programme(plan), 16, seed: 72);
        var people = members.People(Enumerable.Range(0, 16)).ToArray();
        var (source, stays) = (Sample.NewCode("insurance"), new List<string>());
        for (var stay = 0; stay < 4; stay++)
            foreach (var person in people)
            {
                var day = new LocalDate(2025, 2, 3).PlusDays(stay * 20);
                stays.Add(Json(new SettlementLine(source, $"S-{stays.Count + 1}", person.IdNumber, person.Name, day, day.PlusDays(3),
                    Money.Yuan(5_000), Money.Yuan(4_000), Money.Yuan(1_000))));
            }
        var results = (await Sent(Utf8(stays), "application/x-ndjson"))["results"]!.AsArray();
        Assert.Equal(64, results.Count);
        for (var person = 0; person < people.Length; person++)
            Assert.Equal(["700.00", "700.00", "600.00", "nothing-to-approve"], Enumerable.Range(0, 4)
                .Select(stay => results[(stay * people.Length) + person]!)
                .Select(line => (string?)line["amount"] ?? (string)line["reasons"]![0]!["code"]!));
    }

    [Fact]
    public async Task Of_two_persons_with_one_settlement_the_line_above_has_it_and_the_other_one_is_told()
    {
        var members = await Imported(await Programme(Plan), 40, seed: 73);
        var (source, day, lines) = (Sample.NewCode("insurance"), new LocalDate(2025, 5, 6), new List<string>());
        foreach (var (person, place) in members.People(Enumerable.Range(0, 40)).Select((person, place) => (person, place)))
            lines.Add(Json(new SettlementLine(source, $"S-{place / 2}", person.IdNumber, person.Name, day, day.PlusDays(3),
                Money.Yuan(5_000), Money.Yuan(4_000), Money.Yuan(1_000))));
        var results = (await Sent(Utf8(lines), "application/x-ndjson"))["results"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 40).Select(place => place % 2 == 0 ? "approved" : "differs"),
            results.Select(line => (string)line!["outcome"]!));
    }

    [Fact]
    public async Task The_verb_writes_the_feed_of_the_population_and_says_what_cannot_be()
    {
        var file = Path.Combine(Folder, "feed.csv");
        Assert.Contains("40 made-up stays with benefits of 30000.00 yuan together",
            await Told(["settlements", "hohhot", "--lines", "40", "--sum", "30000.00", "--out", file]), StringComparison.Ordinal);
        await using (var feed = File.OpenRead(file))
        {
            var rows = SettlementFeed.Read(feed, SettlementForm.Csv, TestContext.Current.CancellationToken).ToArray();
            var target = SettlementTarget.Hohhot with { Lines = 40, Sum = Money.Yuan(30_000) };
            Assert.Equal(new SyntheticSettlements(1, Population.Hohhot(1), Card, target).Lines(), rows.Select(row => row.Read!));
        }
        // without a sum, in proportion to the published one
        Assert.Contains("1 made-up stays with benefits of 1058.97 yuan together",
            await Told(["settlements", "hohhot", "--lines", "1", "--format", "jsonLines", "--out", file]), StringComparison.Ordinal);
        Assert.StartsWith("{\"source\"",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        foreach (var (said, args) in ((string, string[])[])
        [
            ("--sum", ["--sum", "much"]), ("do not add up to 7000.00 yuan", ["--lines", "2", "--sum", "7000.00"]),
            ("--lines", ["--lines", "0"]),
        ])
            Assert.Contains(said, await Failed(["settlements", "hohhot", .. args, "--out", file]), StringComparison.Ordinal);
    }

    private static async Task<string> Failed(string[] verb)
    {
        var (console, printed) = (System.Console.Error, new StringWriter());
        System.Console.SetError(printed);
        try
        {
            Assert.Equal(2, await CommandLine.Run(verb));
        }
        finally
        {
            System.Console.SetError(console);
        }
        return printed.ToString();
    }

    private static string Json(SettlementLine line) => System.Text.Json.JsonSerializer.Serialize(line, ClaimsJson.Options);

    private static byte[] Utf8(IEnumerable<string> lines) => System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines));

    private static List<string> Numbers(IEnumerable<JsonNode> claims) =>
        [.. claims.Select(claim => (string)claim["number"]!).Order(StringComparer.Ordinal)];

    private async Task<int> SecondLooks(Caller by) =>
        (int)(await by.Get("/api/worklists", await LastPosition())).Is(200)["lists"]!.AsArray()
            .Single(list => (string)list!["name"]! == "secondLook")!["count"]!;

    private async Task<Reply> Sent(byte[] feed, string type)
    {
        var body = new ByteArrayContent(feed) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        var ended = await Sender.Ended(await Sender.Post("/api/settlements", body));
        Assert.True(ended.Text("status") == "done", ended.ToString());
        return ended;
    }

    private async Task<string> Programme(string plan)
    {
        var code = Sample.NewCode("hospital");
        (await PlanAdmin.Post("/api/programmes", new
        {
            code, name = $"样例项目 {code}", plan, sponsor = "Sample sponsor", quota = 1_000, from = "2025-01-01", to = "2025-12-31",
            regions = new[] { "1501" }, occupations = new[] { "courier" },
            funding = new[] { new { payer = "Sample sponsor", amount = "60.00" } },
        })).Is(201);
        return code;
    }

    /// <summary>Members who were enrolled before the year began, so that no stay lies before it.</summary>
    private async Task<Population> Imported(string programme, int count, long seed)
    {
        var members = new Population(seed, programme, new LocalDate(2024, 12, 31),
            [new PopulationPart([RegionCode.Of(Region)], count, 0)], [Occupation.Of("courier")]);
        var path = Path.Combine(Folder, $"{programme}.csv");
        await using (var file = File.Create(path)) await members.WriteMembers(file, TestContext.Current.CancellationToken);
        Assert.Equal(0, await Import(path));
        return members;
    }
}
