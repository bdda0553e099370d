using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>Who may start and see a long work, under which key and in which form.</summary>
public sealed class LongWorkRoutesTests(SampleWorks samples, ApiFixture api) : LongWorkTest(samples, api)
{
    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_whatever_has_become_of_the_work()
    {
        var (runs, key) = (0, Guid.NewGuid().ToString());
        var body = Samples.Does(work =>
        {
            Interlocked.Increment(ref runs);
            work.Report(2, 2);
            return Task.FromResult(Done());
        });
        var first = (await Officer.Post("/api/samples?note=a", body, key: key)).Is(202);
        Assert.False(first.Replayed);
        await Ended(first);
        var again = (await Officer.Post("/api/samples?note=a", body, key: key)).Is(202);
        Assert.True(again.Replayed);
        Assert.Equal((first.Body, first.Location), (again.Body, again.Location));
        Assert.Equal(1, runs);

        (await Officer.Post("/api/samples?note=a", Samples.Does(_ => Task.FromResult(Done())), key: key))
            .IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await Officer.Post("/api/samples?note=b", body, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await Officer.Post("/api/others", body, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await Officer.Post("/api/enrolments", new { }, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        var theirs = (await (await Samples.As("chen")).Post("/api/samples?note=a", body,
            key: key)).Is(202);   // keys of two callers never meet
        Assert.NotEqual(first.Text("id"), theirs.Text("id"));
        await Ended(theirs);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_key_sent_to_two_hosts_at_once_starts_one_work()
    {
        await using var second = await Samples.NewHost();
        using var elsewhere = Samples.NewClient(second);
        var there = Officer.Through(elsewhere);
        for (var round = 0; round < 20; round++)
        {
            var (runs, key) = (0, Guid.NewGuid().ToString());
            var body = Samples.Does(_ =>
            {
                Interlocked.Increment(ref runs);
                return Task.FromResult(Done());
            });
            var answers =
                await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? Officer : there).Post("/api/samples", body, key: key)));
            Assert.All(answers, answer => answer.Is(202));
            Assert.Single(answers.Select(answer => (answer.Body, answer.Location)).Distinct());
            Assert.Single(answers, answer => !answer.Replayed);
            await Ended(answers[0]);
            Assert.Equal(1, runs);
        }
    }

    [Fact]
    public async Task A_request_that_is_refused_starts_nothing_and_does_not_use_its_key_up()
    {
        var key = Guid.NewGuid().ToString();
        var before = await Samples.Ask("SELECT count(*) FROM claims.long_work");
        (await Officer.Post("/api/samples", new StringContent("work"), key: key)).IsProblemOf(415, "unsupported-media-type");
        (await Officer.Post("/api/samples", "{", key: key)).IsProblemOf(422, "invalid-request", "body");
        (await Officer.Post("/api/samples", new { wrok = "x" }, key: key)).IsProblemOf(422, "invalid-request", "wrok");
        (await Officer.Post("/api/samples", new { work = "none" }, key: key)).IsProblemOf(404, "not-found");
        var body = Samples.Does(_ => Task.FromResult(Done()));
        (await Officer.Post("/api/samples?nota=a", body, key: key)).IsProblemOf(422, "invalid-request", "nota");
        foreach (var bad in (string[])["", new('k', 201)])
            (await Officer.Post("/api/samples", body, key: bad)).IsProblemOf(422, "invalid-request", "Idempotency-Key");
        Assert.Equal(before, await Samples.Ask("SELECT count(*) FROM claims.long_work"));
        await Ended((await Officer.Post("/api/samples", body, key: key)).Is(202));
    }

    [Fact]
    public async Task A_work_is_for_its_roles_and_for_who_sees_its_region()
    {
        var body = Samples.Does(_ => Task.FromResult(Done()));
        (await Samples.Nobody.Post("/api/samples", body)).IsProblemOf(401, "unauthenticated");
        (await (await Samples.As("sun", "auditor")).Post("/api/samples", body)).IsProblemOf(403, "role-missing");

        var accepted = (await Officer.Post("/api/samples", body)).Is(202);
        var done = await Ended(accepted);
        foreach (var accept in (string?[])[null, "text/event-stream", "text/csv"])
        {
            (await Samples.Nobody.Get(accepted.Location!, accept: accept)).IsProblemOf(401, "unauthenticated");
            (await (await Samples.As("zhao", "finance", "62")).Get(accepted.Location!, accept: accept)).IsProblemOf(403, "role-missing");
            foreach (var region in (string[])["620602", "6201", "61"])
                (await (await Samples.As("far", "officer,auditor", region)).Get(accepted.Location!, accept: accept))
                    .IsProblemOf(404, "not-found");
        }
        foreach (var region in (string[])["6206", "62", ""])
            Assert.Equal(done.Body, (await (await Samples.As("sun", "auditor", region)).Get(accepted.Location!)).Is(200).Body);
    }

    [Fact]
    public async Task What_is_no_work_of_this_kind_is_not_there()
    {
        var other = (await Officer.Post("/api/others")).Is(202);
        await Ended(other);
        foreach (var id in (string[])[Guid.NewGuid().ToString(), Guid.Empty.ToString(), "no-id", other.Text("id")])
            (await Officer.Get($"/api/samples/{id}")).IsProblemOf(404, "not-found");
        (await Officer.Get($"{other.Location}?colour=red")).IsProblemOf(422, "invalid-request", "colour");
    }

    [Theory]
    [InlineData("application/json", 200, "application/json")]
    [InlineData("*/*", 200, "application/json")]
    [InlineData("application/*", 200, "application/json")]
    [InlineData("text/csv;q=0.5, application/json", 200, "application/json")]
    [InlineData("application/json;q=0.5, text/event-stream", 200, "text/event-stream")]
    [InlineData("application/xml, text/event-stream;q=0.1", 200, "text/event-stream")]
    [InlineData("text/csv, Application/JSON;q=0.1", 200, "application/json")]
    [InlineData("application/json;q=0", 406, "application/problem+json")]
    [InlineData("application/xml", 406, "application/problem+json")]
    [InlineData("text/csv", 406, "application/problem+json")]   // this kind writes no output
    public async Task The_form_is_the_one_that_the_caller_likes_best(string accept, int status, string mediaType)
    {
        var other = (await Officer.Post("/api/others")).Is(202);
        await Ended(other);
        var answer = (await Officer.Get(other.Location!, accept: accept)).Is(status);
        Assert.Equal(mediaType, answer.MediaType);
    }

    [Fact]
    public async Task The_description_names_the_answers_and_their_forms()
    {
        var description = (await Samples.Nobody.Get("/openapi/v1.json")).Is(200).Json!;
        var paths = description["paths"]!;
        var start = paths["/api/samples"]!["post"]!;
        Assert.Contains(start["parameters"]!.AsArray(), parameter => (string)parameter!["name"]! == "Idempotency-Key");
        Assert.Equal(["202", "401", "403", "413", "415", "422", "429", "503", "507"],
            start["responses"]!.AsObject().Select(answer => answer.Key).Order(StringComparer.Ordinal));
        Assert.NotNull(start["requestBody"]!["content"]!["application/json"]);
        Assert.Equal(["done", "id", "kind", "status", "total"], Properties(start, "202"));

        var show = paths["/api/samples/{sample}"]!["get"]!;
        Assert.Equal(["application/json", "text/csv", "text/event-stream"], Forms(show));
        Assert.Equal(["done", "errors", "finishedAt", "id", "kind", "lines", "problem", "startedAt", "status", "sum", "total"],
            Properties(show, "200"));
        Assert.Equal(
            ["done", "id", "kind", "startedAt", "status"],
            Schema(show, "200")["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
        Assert.Equal("Roles: officer, auditor.", (string)show["description"]!);
        Assert.All((string[])["404", "409"], status => Assert.NotNull(show["responses"]![status]));
        var other = paths["/api/others/{other}"]!["get"]!;
        Assert.Equal(["application/json", "text/event-stream"], Forms(other));
        Assert.Equal(["done", "finishedAt", "id", "kind", "problem", "startedAt", "status", "total", "word"], Properties(other, "200"));

        JsonNode Schema(JsonNode route, string status)
        {
            var schema = route["responses"]![status]!["content"]!["application/json"]!["schema"]!;
            return schema["$ref"] is { } named ? description["components"]!["schemas"]![((string)named!).Split('/')[^1]]! : schema;
        }

        string[] Properties(JsonNode route, string status) =>
            [.. Schema(route, status)["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];
        string[] Forms(JsonNode route) =>
            [.. route["responses"]!["200"]!["content"]!.AsObject().Select(form => form.Key).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("--LongWork:AtOnce")]
    [InlineData("--LongWork:KeepDays")]
    public async Task A_setting_of_nothing_is_refused_at_the_start(string setting) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => Samples.NewHost(setting, "0"));
}
