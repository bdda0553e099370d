using Json.Schema;

namespace ClaimsEngine.Specs;

/// <summary>The JSON Schema beside the cards is the one that the engine reads them by.</summary>
public class PlanCardSchemaSpecs
{
    [Fact]
    public void The_committed_schema_is_made_from_the_records_that_read_cards() =>
        Assert.Equal(PlanCardSchema.Text, File.ReadAllText(Repository.Seeds("plans", "plan-card.schema.json")));

    private static readonly JsonSchema Published = JsonSchema.FromText(
        File.ReadAllText(Repository.Seeds("plans", "plan-card.schema.json")));

    [Theory]
    [MemberData(nameof(SeedCardSpecs.Files), MemberType = typeof(SeedCardSpecs))]
    public void Every_seeded_card_is_valid_by_the_published_schema(string file) =>
        Assert.Equal([], Broken(JsonSerializer.SerializeToElement(Repository.Json(Repository.Seeds("plans", file))["card"])));

    /// <summary>What a schema of the shape cannot tell: codes that are listed elsewhere, and keys of a map.</summary>
    private static readonly string[] OfMeaning = ["eligibility.occupations.0", "eligibility.regions.0", "documents.flood"];

    [Theory]
    [MemberData(nameof(CardReadingSpecs.OneFault), MemberType = typeof(CardReadingSpecs))]
    public void A_broken_card_is_refused_by_the_published_schema_at_the_same_place(string member, string value, string path)
    {
        var broken = Broken(ACard(card => CardReadingSpecs.Put(card, member, JsonNode.Parse(value))));
        if (OfMeaning.Contains(path)) Assert.Empty(broken);
        else Assert.Equal([path], broken);
    }

    /// <summary>The places at which the schema finds a fault, as the refusals of a card name them; empty for the card itself.</summary>
    private static string[] Broken(JsonElement card)
    {
        var found = Published.Evaluate(card, new EvaluationOptions { OutputFormat = OutputFormat.List });
        string[] places =
        [
            .. found.Details!.Where(place => place.Errors is { Count: > 0 })
                .Select(place => place.InstanceLocation.ToString().TrimStart('/').Replace('/', '.')).Distinct(),
        ];
        Assert.Equal(found.IsValid, places.Length == 0);
        return places;
    }

    [Fact]
    public void Every_member_of_a_card_stands_in_the_schema_and_nothing_else_is_let_in()
    {
        var schema = JsonNode.Parse(PlanCardSchema.Text)!;
        Assert.Equal(
            typeof(PlanCard).GetConstructors().Single().GetParameters()
                .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)),
            schema["properties"]!.AsObject().Select(member => member.Key));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Equal(["format", "name", "organiser", "sources", "eligibility", "benefits", "documents"],
            schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void A_reference_to_another_place_stands_alone_and_the_place_is_there()
    {
        var schema = JsonNode.Parse(PlanCardSchema.Text)!;
        var references = Nodes(schema).OfType<JsonObject>().Where(node => node.ContainsKey("$ref")).ToArray();
        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            Assert.Single(reference);
            Assert.NotNull(reference["$ref"]!.GetValue<string>().TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate((JsonNode?)schema, (node, name) => node?[name]));
        });
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        _ => [node],
    };

    [Fact]
    public void A_ratio_is_1_to_100_in_the_schema_as_in_the_engine()
    {
        var medical = JsonNode.Parse(PlanCardSchema.Text)!["properties"]!["benefits"]!["items"]!["properties"]!["medical"]!;
        var tier = medical["properties"]!["tiers"]!["items"]!["properties"]!;
        Assert.Equal((1, 100), (tier["percent"]!["minimum"]!.GetValue<int>(), tier["percent"]!["maximum"]!.GetValue<int>()));
        Assert.Equal("string", tier["from"]!["type"]!.GetValue<string>());
    }
}
