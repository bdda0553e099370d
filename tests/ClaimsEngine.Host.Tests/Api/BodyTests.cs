using System.Net.Http.Headers;
using System.Text;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What a request's body may be, and how its faults are named.</summary>
public sealed class BodyTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Every_fault_of_a_body_is_named()
    {
        const string body = """
            {"programme":7,"units":"2","colour":"red",
             "person":{"name":null,"occupation":"pirate","region":"999999","phone":"1","account":{"number":"1234"}}}
            """;
        var reply = await Refused(() => Officer.Post("/api/enrolments", body), 422, "invalid-request");
        Assert.Equal(
            [
                "colour", "person.account.bank", "person.account.holder", "person.account.number", "person.idNumber", "person.name",
                "person.occupation", "person.region", "programme", "units",
            ],
            reply.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answers_are_read_as_they_are_written_without_escapes_of_quotes_and_signs()
    {
        var code = Sample.NewCode("signs");
        const string sponsor = "Workers' Aid <甘肃> & \"friends\" + more";
        var programme = System.Text.Json.JsonSerializer.SerializeToNode(Sample.Programme(code))!;
        (programme["sponsor"], programme["funding"]![0]!["payer"]) = (sponsor, sponsor);
        foreach (var shown in (Reply[])[(await PlanAdmin.Post("/api/programmes", programme)).Is(201),
            (await Officer.Get($"/api/programmes/{code}")).Is(200)])
        {
            Assert.Contains("Workers' Aid <甘肃> & \\\"friends\\\" + more", shown.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("\\u", shown.Body, StringComparison.Ordinal);
        }
        var refused = (await Officer.Get("/api/claims?status=o'clock")).IsProblemOf(422, "invalid-request", "status");
        Assert.DoesNotContain("\\u", refused.Body, StringComparison.Ordinal);
        Assert.Contains("'o'", (await Officer.Get("/api/claims?limit=o")).IsProblemOf(422, "invalid-request", "limit").Body,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("// no\n{}")]
    public async Task A_body_that_is_no_JSON_object_is_422(string body)
    {
        var reply = await Refused(() => Officer.Post("/api/enrolments", body), 422, "invalid-request");
        Assert.NotEmpty(reply.Fields);
    }

    [Fact]
    public async Task A_member_that_stands_twice_is_named()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/withdrawal";
        await Refused(() => Officer.Do(path, """{"reason":"a","reason":"b"}"""), 422, "invalid-request", "reason");
        const string enrolment = """{"programme":"p","person":{"name":"a","name":"b"}}""";
        await Refused(() => Officer.Post("/api/enrolments", enrolment), 422, "invalid-request", "person.name");
    }

    [Fact]
    public async Task What_stands_in_the_address_does_not_stand_in_the_body()
    {
        var made = await Submitted();
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "a", claim = made.Claim }),
            422, "invalid-request", "claim");
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413()
    {
        var large = $$"""{"reason":"{{new string('a', 1_100_000)}}"}""";
        var made = await Submitted();
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", large), 413, "body-too-large");
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", Chunked(large, "application/json")), 413, "body-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("text/csv")]
    public async Task A_body_of_another_media_type_is_415(string type)
    {
        const string body = """{"reason":"a"}""";
        var path = $"/api/claims/{(await Submitted()).Claim}/withdrawal";
        await Refused(() => Officer.Do(path, new StringContent(body, Encoding.UTF8, type)), 415, "unsupported-media-type");
        await Refused(() => Officer.Do(path, Chunked(body, type)), 415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_JSON_body_may_come_in_chunks_and_under_a_JSON_suffix()
    {
        var made = await Submitted();
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", Chunked("""{"reason":"a"}""", "application/vnd.sample+json"))).Is(200);
    }

    /// <summary>A body whose length is not said beforehand.</summary>
    private static StreamContent Chunked(string text, string type) =>
        new(new NoLength(Encoding.UTF8.GetBytes(text))) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
