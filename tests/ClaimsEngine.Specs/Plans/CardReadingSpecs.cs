namespace ClaimsEngine.Specs;

public class CardReadingSpecs
{
    public static readonly TheoryData<string, string, string> OneFault = new()
    {
        { "prices.0.perUnit", "\"-1.00\"", "prices.0.perUnit" },
        { "prices.0.perUnit", "120", "prices.0.perUnit" },
        { "prices.0.perUnit", "null", "prices.0.perUnit" },
        { "prices.0.highRisk", "\"yes\"", "prices.0.highRisk" },
        { "cover.months", "1.5", "cover.months" },
        { "cover.start", "\"tomorrow\"", "cover.start" },
        { "eligibility.occupations.0", "\"astronaut\"", "eligibility.occupations.0" },
        { "eligibility.regions.0", "\"99\"", "eligibility.regions.0" },
        { "eligibility.ages.0.sex", "\"any\"", "eligibility.ages.0.sex" },
        { "eligibility.ageFrom", "16", "eligibility.ageFrom" },
        { "price", "{\"perUnit\":\"120.00\"}", "price" },
        { "benefits.0.perUnit", "\"120000.00\"", "benefits.0.perUnit" },
        { "benefits.0.kind", "\"flood\"", "benefits.0.kind" },
        { "benefits.1.clause", "null", "benefits.1.clause" },
        { "benefits.1.byGrade.table", "null", "benefits.1.byGrade.table" },
        { "caps.perYear", "\"1.00\"", "caps.perYear" },
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
        Assert.Equal((Money.Yuan(120), Money.Yuan(120_000)), (card!.Prices!.Single().PerUnit, card.Caps!.PerPeriod));
    }

    [Theory]
    [MemberData(nameof(OneFault))]
    public void A_fault_of_shape_is_named_by_its_path(string member, string value, string path)
    {
        var (card, faults) = CardReading.Read(ACard(card => Put(card, member, JsonNode.Parse(value))));
        Assert.Null(card);
        var fault = Assert.Single(faults);
        Assert.Equal(path, fault.Path);
        Assert.NotEmpty(fault.Reason);
    }

    [Fact]
    public void All_faults_of_shape_are_named_at_once()
    {
        var (_, faults) = CardReading.Read(ACard(card =>
        {
            card["colour"] = "red";
            card["cover"]!["months"] = "twelve";
            card["caps"]!["perPeriod"] = 120_000;
        }));
        Assert.Equal(["cover.months", "caps.perPeriod", "colour"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void All_faults_of_sense_are_named_at_once()
    {
        var (_, faults) = CardReading.Read(ACard(card =>
        {
            card["cover"]!["months"] = 0;
            card["caps"]!["perPeriod"] = "0.00";
            card["benefits"]![1]!["byGrade"]!["table"] = "no-such-table";
        }));
        Assert.Equal(["cover.months", "benefits.1.byGrade.table", "caps.perPeriod"], faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("1", "format 1 is not known; cards are written in format 2")]
    [InlineData("3", "format 3 is not known; cards are written in format 2")]
    [InlineData("0", "format 0 is not known; cards are written in format 2")]
    [InlineData("2.5", "expected a whole number")]
    [InlineData("\"2\"", "expected a whole number")]
    public void Another_format_is_told_first_since_everything_else_may_differ(string format, string reason)
    {
        var (card, faults) = CardReading.Read(ACard(card => card["format"] = JsonNode.Parse(format)));
        Assert.Null(card);
        Assert.Equal([("format", reason)], faults);
    }

    [Fact]
    public void A_card_of_format_1_is_refused_by_that_alone()
    {
        var (card, faults) = CardReading.Read(Golden<PlanVersionPublished>().Card);
        Assert.Null(card);
        Assert.Equal(["format"], faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("\"card\"")]
    public void What_is_no_object_is_no_card(string json) =>
        Assert.Equal([("", "expected an object")], CardReading.Read(JsonDocument.Parse(json).RootElement).Faults);

    [Fact]
    public void Kinds_named_twice_under_documents_are_a_fault()
    {
        var twice = ACard().GetRawText().Replace("\"documents\":{", "\"documents\":{\"disability\":[\"photo\"],", StringComparison.Ordinal);
        var (_, faults) = CardReading.Read(JsonDocument.Parse(twice).RootElement);
        Assert.Equal([("documents.disability", "stands twice")], faults);
    }

    [Fact]
    public void What_is_on_record_is_read_in_its_own_format()
    {
        Assert.Equal(1, CardReading.OfRecord(Golden<PlanVersionPublished>().Card).Format);
        Assert.Equal(2, CardReading.OfRecord(ACard()).Format);
        Assert.Throws<JsonException>(() => CardReading.OfRecord(ACard(card => card["colour"] = "red")));
    }

    [Fact]
    public void The_hash_does_not_depend_on_the_order_of_members_white_space_or_escapes()
    {
        var hash = Hash("""{"a":{"x":1,"y":["中",2]},"b":null}""");
        Assert.Equal(hash, Hash("""{ "b" : null, "a" : { "y" : ["\u4e2d", 2], "x" : 1 } }"""));
        Assert.Matches("^sha256:[0-9a-f]{64}$", hash);
    }

    [Fact]
    public void The_hash_of_a_card_is_that_of_the_numbers_the_database_keeps() =>
        Assert.Equal(Hash("""{"ageFrom":0}"""), Hash("""{"ageFrom":-0}"""));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    public void The_hash_depends_on_everything_else(string one, string other) => Assert.NotEqual(Hash(one), Hash(other));

    private static string Hash(string json) => CardReading.Hash(JsonDocument.Parse(json).RootElement);

    internal static void Put(JsonNode node, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1]) node = node is JsonArray list ? list[int.Parse(part)]! : node[part]!;
        if (node is JsonArray last) last[int.Parse(parts[^1])] = value;
        else node[parts[^1]] = value;
    }
}
