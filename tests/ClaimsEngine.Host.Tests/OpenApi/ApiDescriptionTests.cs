using System.Text.Json;
using ClaimsEngine.Host.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace ClaimsEngine.Host.Tests.OpenApi;

public sealed class ApiDescriptionTests : IAsyncLifetime
{
    private sealed record EveryValue(
        Money Amount, Money? Limit, LocalDate Day, Instant At, ClaimId Claim, RegionCode Region, IdentityNumber Number, BankCardNumber Card,
        Occupation Occupation, Sex Sex, Role Role, int Units);

    private TestHost host = null!;
    private JsonElement document;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.Start(routes: app =>
            app.MapPost("/api/values", (EveryValue value) => value).RequireAuthorization().ProducesProblem(409));
        document = JsonDocument.Parse(await (await host.Get("/openapi/v1.json")).Content.ReadAsStringAsync()).RootElement;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void The_document_names_the_engine_and_its_bearer_scheme()
    {
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("ClaimsEngine", document.GetProperty("info").GetProperty("title").GetString());
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("Bearer").GetProperty("scheme").GetString());
        Assert.True(document.GetProperty("security")[0].TryGetProperty("Bearer", out _));
    }

    [Fact]
    public void What_anybody_may_call_needs_no_token()
    {
        var paths = document.GetProperty("paths");
        Assert.Equal(0, paths.GetProperty("/api/dev/tokens").GetProperty("post").GetProperty("security").GetArrayLength());
        Assert.False(paths.GetProperty("/api/values").GetProperty("post").TryGetProperty("security", out _));
    }

    [Theory]
    [InlineData("amount", null, "120000.00")]
    [InlineData("day", "date", "2025-10-20")]
    [InlineData("at", "date-time", "2025-10-20T08:30:00Z")]
    [InlineData("claim", "uuid", "0199f1b2-7c3d-7e44-9a10-3f5b6c7d8e9f")]
    [InlineData("region", null, "620602")]
    [InlineData("number", null, null)]
    [InlineData("card", null, null)]
    [InlineData("occupation", null, "truckDriver")]
    public void A_value_of_the_kernel_is_a_described_string(string property, string? format, string? example)
    {
        var schema = Schema(property);
        Assert.Equal("string", schema.GetProperty("type").GetString());
        Assert.NotEmpty(schema.GetProperty("description").GetString()!);
        if (format is not null) Assert.Equal(format, schema.GetProperty("format").GetString());
        if (example is not null) Assert.Equal(example, schema.GetProperty("examples")[0].GetString());
    }

    [Fact]
    public void Examples_are_values_that_the_engine_accepts()
    {
        Assert.True(IdentityNumber.TryParse(Example("number"), out _, out _));
        Assert.True(BankCardNumber.TryParse(Example("card"), out _, out _));
        Assert.True(Money.TryParse(Example("amount"), out _, out _));
        foreach (var property in new[] { "amount", "region", "number", "card" })
            Assert.Matches(Schema(property).GetProperty("pattern").GetString()!, Example(property));
    }

    [Fact]
    public void Occupations_and_enums_are_listed_by_their_codes()
    {
        Assert.Contains("courier", Values("occupation"));
        Assert.Equal(["male", "female"], Values("sex"));
        Assert.Contains("planAdmin", Values("role"));
    }

    [Fact]
    public void An_optional_amount_may_be_null_and_whole_numbers_are_no_strings()
    {
        Assert.Contains("null", Property("limit").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("integer", Property("units").GetProperty("type").GetString());
    }

    [Fact]
    public void Problems_are_described_as_they_are_sent()
    {
        var problem = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails").GetProperty("properties");
        foreach (var member in new[] { "type", "code", "title", "status", "detail", "traceId", "errors", "version", "changes" })
            Assert.True(problem.TryGetProperty(member, out _));
    }

    [Fact]
    public async Task The_page_loads_its_parts_from_this_host_alone()
    {
        var page = await (await host.Get("/docs/index.html")).Content.ReadAsStringAsync();
        Assert.Contains("ClaimsEngine API", page, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Replace("<!DOCTYPE", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var part in new[] { "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css", "index.css", "index.js" })
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
            var answer = await host.Get($"/docs/{part}");
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Contains("script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);   // the policy would forbid it
        Assert.Contains("/openapi/v1.json", await (await host.Get("/docs/index.js")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private JsonElement Property(string name) => document.GetProperty("components").GetProperty("schemas")
        .GetProperty(nameof(EveryValue)).GetProperty("properties").GetProperty(name);

    private JsonElement Schema(string property)
    {
        var schema = Property(property);
        return schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;
    }

    private string Example(string property) => Schema(property).GetProperty("examples")[0].GetString()!;

    private string[] Values(string property) =>
        [.. Schema(property).GetProperty("enum").EnumerateArray().Select(value => value.GetString()!)];
}
