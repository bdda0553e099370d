namespace ClaimsEngine.Specs;

/// <summary>Every number of a card has a bound: what is published can be reckoned with for ever.</summary>
public class CardBoundSpecs
{
    /// <summary>A card that says everything that has a number in it.</summary>
    private static readonly PlanCard Whole = SampleCards.Of(
        new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause,
            LumpSum: new LumpSumRule(Money.Yuan(10_000), new Dictionary<string, Money> { ["a"] = Money.Yuan(1) }, Money.Yuan(500)),
            Cap: new BenefitCap(Money.Yuan(20_000), Money.Yuan(30_000))),
        new Benefit(IncidentKind.Disability, SampleCards.Clause, ByGrade: new GradeRule("jrt-0083-2013", Money.Yuan(10_000))),
        new Benefit(IncidentKind.CriticalIllness, SampleCards.Clause, Illness: new IllnessRule([new IllnessAmount(Money.Yuan(10_000))])),
        new Benefit(IncidentKind.Hospitalisation, SampleCards.Clause, MinHospitalGrade: 2, Medical: new MedicalRule(
            CostBase.OwnShare, Per.Year, Money.Yuan(100),
            [new MedicalTier(Money.Yuan(100), 50, Money.Yuan(900)), new MedicalTier(Money.Yuan(900), 60)])),
        new Benefit(IncidentKind.AccidentMedical, SampleCards.Clause,
            Medical: new MedicalRule(CostBase.OwnShare, Per.Admission, ByAdmission: [80, 70])),
        new Benefit(IncidentKind.HospitalDays, SampleCards.Clause, Allowance: new AllowanceRule(Money.Yuan(40), null, 4, 180))) with
        {
            CoverTiers = [new CoverTier("a", new LocalName("甲", "a"), 12)],
            Eligibility = new Eligibility([new AgeRule(16, 60)], Participation: new Participation(80, EveryoneBelow: 30), MaxUnits: 3,
                Entry: new EntryWindow(10, 2)),
            Cover = new Cover(CoverStart.NextDay, 12, [24], new Renewal(30)),
            Prices = [new PriceLine(Money.Yuan(50), Months: 12)],
            Funding = new FundingRule([FundingKind.Member], [new FundingPart(new LocalName("会员", "member"), Money.Yuan(50), Months: 12)]),
            Waiting = [new WaitingPeriod(
                [IncidentKind.CriticalIllness], SampleCards.Clause, 30, DayCounting.Inclusive, Trigger.Incident, 90, 50)],
            Caps = new Caps(
                Money.Yuan(40_000), Money.Yuan(50_000), Money.Yuan(60_000), Money.Yuan(70_000), new GroupCap("g", Money.Yuan(80_000))),
            ClaimWindow = new ClaimWindow(10, 24),
            Review = [new ReviewLevel(UnionLevel.City, Money.Yuan(10_000)), new ReviewLevel(UnionLevel.Province)],
        };

    [Fact]
    public void The_whole_card_is_sound_and_has_every_number_that_the_schema_knows()
    {
        Assert.Equal([], Whole.Faults());
        Assert.Equal(WholeNumbersOf(JsonNode.Parse(PlanCardSchema.Text)!).Order(StringComparer.Ordinal),
            Places(true).Select(path => path.Split('.').Last(part => !char.IsAsciiDigit(part[0]))).Append("percent").Distinct()
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_whole_number_of_the_schema_has_a_least_and_a_most() => Assert.All(
        Nodes(JsonNode.Parse(PlanCardSchema.Text)!).Where(node => node["type"] is JsonValue type && type.GetValue<string>() == "integer"),
        node => Assert.True(node["minimum"] is not null && node["maximum"] is not null, $"no bounds at {node.GetPath()}"));

    public static TheoryData<string> Numbers => [.. Places(true)];

    public static TheoryData<string> Amounts => [.. Places(false)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_whole_number_beyond_its_bound_is_named(string path)
    {
        Assert.Contains(path, With(path, JsonValue.Create(int.MaxValue)));
        Assert.Contains(path, With(path, JsonValue.Create(int.MinValue)));
    }

    [Theory]
    [MemberData(nameof(Amounts))]
    public void An_amount_beyond_its_bound_is_named(string path) => Assert.Contains(path, With(path, JsonValue.Create("1000000000.00")));

    [Fact]
    public void The_largest_amount_is_let_in_and_can_be_reckoned_with()
    {
        var card = SampleCards.HospitalDays(new AllowanceRule(Cny("999999999.99"), MaxDays: 3660));
        Assert.Equal("365999999996340.00", card.Pays(SampleFacts.Days("2015-01-01…2025-01-08") with { Units = 100 }));
    }

    [Fact]
    public void A_card_that_was_published_with_a_window_beyond_the_bound_breaks_no_claim() =>
        Assert.Equal(Day("2045-06-01"), new ClaimWindow(ApplicationMonths: int.MaxValue).ClosesAfter(Day("2025-06-01")));

    [Fact]
    public void A_list_beyond_its_bound_is_named_and_nothing_else_is_looked_at()
    {
        var card = Whole with { Prices = [.. Enumerable.Repeat(new PriceLine(Money.Zero), 201)] };
        Assert.Equal([("prices", "has at most 200 entries")], card.Faults());
        var everywhere = Whole with { Eligibility = new Eligibility(Regions: [.. Enumerable.Repeat(Gansu, 201)]) };
        Assert.Equal([], everywhere.Faults());
    }

    private static IEnumerable<string> With(string path, JsonNode value)
    {
        var card = JsonNode.Parse(Whole.Json().GetRawText())!;
        CardReadingSpecs.Put(card, path, value);
        return CardReading.Read(JsonSerializer.SerializeToElement(card)).Faults.Select(fault => fault.Path);
    }

    /// <summary>The paths of all whole numbers of the card but its format, or of all amounts.</summary>
    private static IEnumerable<string> Places(bool wholeNumbers) => Leaves(Whole.Json(), "")
        .Where(leaf => wholeNumbers ? leaf.Value.ValueKind == JsonValueKind.Number && leaf.Path != "format"
            : leaf.Value.ValueKind == JsonValueKind.String && leaf.Value.GetString()!.EndsWith(".00", StringComparison.Ordinal))
        .Select(leaf => leaf.Path);

    private static IEnumerable<(string Path, JsonElement Value)> Leaves(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Leaves(member.Value, Join(path, member.Name))),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, place) => Leaves(item, Join(path, $"{place}"))),
        _ => [(path, json)],
    };

    /// <summary>The names of the members that are whole numbers, or lists of them.</summary>
    private static IEnumerable<string> WholeNumbersOf(JsonNode schema) => Nodes(schema)
        .Where(node => node["properties"] is JsonObject)
        .SelectMany(node => node["properties"]!.AsObject())
        .Where(member => IsWhole(member.Value) || IsWhole(member.Value?["items"]))
        .Select(member => member.Key).Distinct();

    private static bool IsWhole(JsonNode? node) => node?["type"] is JsonValue type && type.GetValue<string>() == "integer";

    private static IEnumerable<JsonObject> Nodes(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(members),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Nodes),
        _ => [],
    };

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";
}
