using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Every rule of programmes and plans that can say no, with status, code and field; nothing is stored by any of them.</summary>
public sealed class PlanRefusalTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_programme_fits_its_plan()
    {
        object Changed(string member, JsonNode? value)
        {
            var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Sample.Programme(Sample.NewCode("never"))))!.AsObject();
            body[member] = value;
            return body;
        }
        var cases = new (string Member, JsonNode? Value, int Status, string Code, string Field)[]
        {
            ("plan", "no-such", 422, "unknown-plan", "plan"),
            ("code", "Not A Code", 422, "invalid-request", "code"),
            ("code", Sample.SeededPlan, 409, "programme-exists", "code"),
            ("from", "2020-01-01", 422, "plan-not-effective", "from"),
            ("from", "2025-02-30", 422, "invalid-request", "from"),
            ("to", "2025-01-01", 422, "invalid-request", "to"),
            ("quota", 0, 422, "invalid-request", "quota"),
            ("quota", 10_000_001, 422, "invalid-request", "quota"),
            ("regions", new JsonArray("61"), 422, "region-not-covered", "regions"),
            ("regions", new JsonArray(), 422, "invalid-request", "regions"),
            ("regions", new JsonArray("9"), 422, "invalid-request", "regions.0"),
            ("occupations", new JsonArray("worker"), 422, "occupation-not-covered", "occupations"),
            ("occupations", new JsonArray("pirate"), 422, "invalid-request", "occupations.0"),
            ("funding", new JsonArray(Share("119.99")), 422, "funding-mismatch", "funding"),
            ("funding", new JsonArray(Share("60.00"), Share("60.01", "Another sponsor")), 422, "funding-mismatch", "funding"),
            ("funding", new JsonArray(Share("60.00"), Share("60.00")), 422, "invalid-request", "funding"),
            ("funding", new JsonArray(Share("0.00")), 422, "invalid-request", "funding.0"),
            ("funding", new JsonArray(), 422, "invalid-request", "funding"),
            ("sponsor", "", 422, "invalid-request", "sponsor"),
        };
        foreach (var (member, value, status, code, field) in cases)
            await Refused(() => PlanAdmin.Post("/api/programmes", Changed(member, value)), status, code, field);
        await Refused(() => Api.As("far", "plan-admin", "6206").Post("/api/programmes", Sample.Programme(Sample.NewCode("never"))),
            403, "outside-region", "regions");

        static JsonObject Share(string amount, string payer = "p") => new() { ["payer"] = payer, ["amount"] = amount };
    }

    [Fact]
    public async Task A_published_plan_version_never_changes_and_versions_have_no_gaps()
    {
        var code = Sample.NewCode("plan");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/2", Cards.Version()), 409, "plan-version-order", "version");
        await Publish(code, Cards.Version());
        foreach (var by in (Caller[])[PlanAdmin, SecondPlanAdmin])
        {
            await Refused(() => by.Put($"/api/plans/{code}/versions/1", Cards.Version(perUnit: "1.00")),
                409, "plan-version-immutable", "version");
            await Refused(() => by.Put($"/api/plans/{code}/versions/1", Cards.Version("2025-01-02")),
                409, "plan-version-immutable", "version");
        }
        await Refused(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/rejection", new { reason = "r" }),
            409, "plan-version-immutable", "version");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/2", Cards.Version()), 409, "plan-version-order", "effectiveFrom");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/3", Cards.Version("2026-01-01")),
            409, "plan-version-order", "version");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/0", Cards.Version("2026-01-01")), 422, "invalid-request", "version");
        await Refused(() => PlanAdmin.Put("/api/plans/No_Code/versions/1", Cards.Version()), 422, "invalid-request", "plan");
    }

    [Theory]
    [InlineData("prices.0.perUnit", "\"0.00\"", "card.prices.0.perUnit")]
    [InlineData("price", "{}", "card.price")]
    [InlineData("format", "1", "card.format")]
    [InlineData("format", "3", "card.format")]
    [InlineData("cover.months", "0", "card.cover.months")]
    [InlineData("benefits", "[]", "card.benefits")]
    [InlineData("benefits.0.byGrade.table", "\"none\"", "card.benefits.0.byGrade.table")]
    [InlineData("benefits.0.kind", "\"hospitalisation\"", "card.benefits.0")]
    [InlineData("colour", "1", "card.colour")]
    [InlineData("caps.perPeriod", "\"0.00\"", "card.caps.perPeriod")]
    [InlineData("notPublished", "[\"prices\"]", "card.notPublished.0")]
    [InlineData("documents", "{}", "card.documents")]
    [InlineData("documents", "{\"flood\":[\"a\"]}", "card.documents.flood")]
    public async Task A_card_that_cannot_be_computed_with_is_refused_by_path(string path, string value, string field)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Cards.Version()))!;
        var (node, parts) = (body["card"]!, path.Split('.'));
        foreach (var part in parts[..^1]) node = int.TryParse(part, out var index) ? node[index]! : node[part]!;
        node[parts[^1]] = JsonNode.Parse(value);
        await Refused(() => PlanAdmin.Put($"/api/plans/{Sample.NewCode("plan")}/versions/1", body), 422, "invalid-plan-card", field);
    }
}
