namespace ClaimsEngine.Specs;

public class CardReadingSpecs
{
    public static readonly TheoryData<string, string, string> OneFault = new()
    {
        { "format", "2", "format" },
        { "price.perUnit", "\"0.00\"", "price.perUnit" },
        { "price.perUnit", "\"-1.00\"", "price.perUnit" },
        { "price.perUnit", "120", "price.perUnit" },
        { "cover.months", "0", "cover.months" },
        { "cover.months", "121", "cover.months" },
        { "cover.months", "1.5", "cover.months" },
        { "cover.start", "\"tomorrow\"", "cover.start" },
        { "eligibility.maxUnits", "0", "eligibility.maxUnits" },
        { "eligibility.maxUnits", "101", "eligibility.maxUnits" },
        { "eligibility.ageTo", "15", "eligibility.ageTo" },
        { "eligibility.occupations.0", "\"astronaut\"", "eligibility.occupations.0" },
        { "eligibility.regions.0", "\"99\"", "eligibility.regions.0" },
        { "caps.perPeriod", "\"0.00\"", "caps.perPeriod" },
        { "benefits.0.perUnit", "\"0.00\"", "benefits.0.perUnit" },
        { "benefits.0.table", "\"jrt-0083-2013\"", "benefits.0.table" },
        { "benefits.1.table", "null", "benefits.1.table" },
        { "benefits.1.table", "\"no-such-table\"", "benefits.1.table" },
        { "benefits.1.clause", "null", "benefits.1.clause" },
        { "documents.disability", "[]", "documents" },
        { "documents.illnessDeath", "[\"deathCertificate\"]", "documents" },
        { "documents.flood", "[\"photo\"]", "documents.flood" },
        { "documents.disability", "[null]", "documents.disability.0" },
        { "name.fr", "\"Plan\"", "name.fr" },
        { "organiser", "null", "organiser" },
    };

    [Fact]
    public void The_seeded_card_is_read_without_fault()
    {
        var (card, faults) = CardReading.Read(ACard());
        Assert.Empty(faults);
        Assert.Equal((Money.Yuan(120), Money.Yuan(120_000)), (card!.Price.PerUnit, card.Caps.PerPeriod));
    }

    [Theory]
    [MemberData(nameof(OneFault))]
    public void A_fault_is_named_by_its_path(string member, string value, string path)
    {
        var (card, faults) = CardReading.Read(ACard(card => Put(card, member, JsonNode.Parse(value))));
        Assert.Null(card);
        var fault = Assert.Single(faults);
        Assert.Equal(path, fault.Path);
        Assert.NotEmpty(fault.Reason);
    }

    [Fact]
    public void A_benefit_that_format_1_does_not_know_is_named()
    {
        var (_, faults) = CardReading.Read(ACard(card =>
        {
            card["benefits"]![0]!["kind"] = "hospitalisation";
            card["documents"]!.AsObject().Remove("accidentDeath");
            card["documents"]!["hospitalisation"] = new JsonArray("invoice");
        }));
        Assert.Equal(["benefits.0.kind"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void A_plan_without_benefits_is_no_plan()
    {
        var (_, faults) = CardReading.Read(ACard(card =>
        {
            card["benefits"] = new JsonArray();
            card["documents"] = new JsonObject();
        }));
        Assert.Equal(["benefits"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Two_benefits_of_one_kind_are_ambiguous()
    {
        var (_, faults) = CardReading.Read(ACard(card => card["benefits"]!.AsArray().Add(card["benefits"]![0]!.DeepClone())));
        Assert.Equal([("benefits", "two benefits for AccidentDeath")], faults);
    }

    [Fact]
    public void A_benefit_without_papers_is_a_fault()
    {
        var (_, faults) = CardReading.Read(ACard(card => card["documents"]!.AsObject().Remove("disability")));
        Assert.Equal([("documents", "no documents are named for Disability")], faults);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var (_, faults) = CardReading.Read(ACard(card =>
        {
            card["format"] = 3;
            card["cover"]!["months"] = 0;
            card["caps"]!["perPeriod"] = "0.00";
        }));
        Assert.Equal(["format", "cover.months", "caps.perPeriod"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Kinds_named_twice_under_documents_are_a_fault()
    {
        var twice = ACard().GetRawText().Replace("\"documents\":{", "\"documents\":{\"disability\":[\"photo\"],", StringComparison.Ordinal);
        var (_, faults) = CardReading.Read(JsonDocument.Parse(twice).RootElement);
        Assert.Equal([("documents.disability", "stands twice")], faults);
    }

    [Fact]
    public void The_hash_does_not_depend_on_the_order_of_members_white_space_or_escapes()
    {
        var hash = Hash("""{"a":{"x":1,"y":["中",2]},"b":null}""");
        Assert.Equal(hash, Hash("""{ "b" : null, "a" : { "y" : ["\u4e2d", 2], "x" : 1 } }"""));
        Assert.Matches("^sha256:[0-9a-f]{64}$", hash);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    public void The_hash_depends_on_everything_else(string one, string other) => Assert.NotEqual(Hash(one), Hash(other));

    [Fact]
    public void Assumed_is_what_stands_below_an_assumed_path()
    {
        var card = CardReading.Read(ACard()).Card!;
        Assert.True(card.IsAssumed("benefits"));
        Assert.True(card.IsAssumed("benefits.disability.table"));
        Assert.False(card.IsAssumed("benefitsOfOthers"));
        Assert.False(card.IsAssumed("price"));
        Assert.False((card with { Assumed = null }).IsAssumed("benefits"));
    }

    private static string Hash(string json) => CardReading.Hash(JsonDocument.Parse(json).RootElement);

    private static void Put(JsonNode node, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1]) node = node is JsonArray list ? list[int.Parse(part)]! : node[part]!;
        if (node is JsonArray last) last[int.Parse(parts[^1])] = value;
        else node[parts[^1]] = value;
    }
}
