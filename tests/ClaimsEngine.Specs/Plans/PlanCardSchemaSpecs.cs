namespace ClaimsEngine.Specs;

/// <summary>The JSON Schema beside the cards is the one that the engine reads them by.</summary>
public class PlanCardSchemaSpecs
{
    [Fact]
    public void The_committed_schema_is_made_from_the_records_that_read_cards() =>
        Assert.Equal(PlanCardSchema.Text, File.ReadAllText(Repository.Seeds("plans", "plan-card.schema.json")));

    [Fact]
    public void Every_member_of_a_card_stands_in_the_schema_and_nothing_else_is_let_in()
    {
        var schema = JsonNode.Parse(PlanCardSchema.Text)!;
        Assert.Equal(
            typeof(PlanCard).GetConstructors().Single().GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)),
            schema["properties"]!.AsObject().Select(member => member.Key));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Equal(["format", "name", "organiser", "sources", "eligibility", "benefits", "documents"], schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
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
            Assert.NotNull(reference["$ref"]!.GetValue<string>().TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)schema, (node, name) => node?[name]));
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
        var tier = JsonNode.Parse(PlanCardSchema.Text)!["properties"]!["benefits"]!["items"]!["properties"]!["medical"]!["properties"]!["tiers"]!["items"]!["properties"]!;
        Assert.Equal((1, 100), (tier["percent"]!["minimum"]!.GetValue<int>(), tier["percent"]!["maximum"]!.GetValue<int>()));
        Assert.Equal("string", tier["from"]!["type"]!.GetValue<string>());
    }
}
