using ClaimsEngine.Host.Cli;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What is true of everything that all other tests have left behind.</summary>
[Collection(AfterAll.Name)]
public sealed class AfterAllTests(ApiFixture api)
{
    private static readonly string[] Lists = ["/api/plans", "/api/programmes", "/api/enrolments", "/api/claims", "/api/payouts", "/api/payment-batches", "/api/units"];

    [Fact]
    public async Task Every_read_model_equals_a_replay_of_its_events()
    {
        foreach (var model in Engine.ReadModels)
        {
            var report = await api.Database.Verify(model.Table, cancellation: TestContext.Current.CancellationToken);
            Assert.True(report.Equal, $"{model.Table}: {report}");
            Assert.True(report.Rows > 0, model.Table);
        }
        Assert.Empty(await api.Database.Projector.DeadLetters(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_rebuild_leaves_every_answer_as_it_was()
    {
        var before = await Answers();
        foreach (var model in Engine.ReadModels)
        {
            var report = await api.Database.Rebuild(model.Table, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(report.LiveDigest, report.RebuiltDigest);
        }
        Assert.Equal(before, await Answers());
    }

    [Fact]
    public async Task The_command_line_verifies_rebuilds_seeds_and_makes_tokens()
    {
        string[] database = ["--ConnectionStrings:Claims", api.Database.Options.ConnectionString];
        var before = await api.Ledger();
        Assert.Equal(0, await CommandLine.Run(["verify", .. database]));
        Assert.Equal(0, await CommandLine.Run(["rebuild", "all", .. database]));
        Assert.Equal(0, await CommandLine.Run(["seed", "demo", .. database]));
        Assert.Equal(before, await api.Ledger());
        Assert.NotEqual(0, await CommandLine.Run(["rebuild", "none-of-ours", .. database]));

        var (console, printed) = (Console.Out, new StringWriter());
        Console.SetOut(printed);
        try
        {
            Assert.Equal(0, await CommandLine.Run(["token", "--user", "tester", "--role", "officer", "--region", "6206", .. database]));
        }
        finally
        {
            Console.SetOut(console);
        }
        (await new Caller(api, api.Http, printed.ToString().Trim(), "tester").Get("/api/claims")).Is(200);
    }

    [Fact]
    public async Task Every_code_that_any_test_was_answered_with_is_published()
    {
        var published = (await api.Anonymous.Get("/problems")).Is(200).Items;
        Assert.All(published, code =>
        {
            foreach (var member in (string[])["code", "title", "titleZh"]) Assert.NotEmpty((string)code![member]!);
            Assert.InRange((int)code!["status"]!, 400, 599);
        });
        var codes = published.Select(code => (string)code!["code"]!).ToHashSet();
        Assert.Equal(published.Count, codes.Count);
        Assert.DoesNotContain(api.CodesSeen, seen => !codes.Contains(seen.Key));
        Assert.DoesNotContain("internal-error", api.CodesSeen.Keys);
    }

    private async Task<Dictionary<string, string>> Answers()
    {
        var (reader, answers) = (api.As("reader", "officer,finance,auditor", ""), new Dictionary<string, string>());
        foreach (var path in Lists)
            for (string? cursor = null, next = "first"; next is not null; cursor = next)
            {
                var page = (await reader.Get($"{path}?limit=200{(cursor is null ? "" : $"&cursor={cursor}")}")).Is(200);
                answers[$"{path} {cursor}"] = page.Body;
                next = (string?)page["next"];
            }
        var totals = (await reader.Get("/api/finance/payouts?by=plan,programme,region,benefit,month,status&asOf=9999-01-01T00:00:00Z")).Is(200);
        answers["totals"] = totals["rows"]!.ToJsonString() + totals["total"]!.ToJsonString() + totals["position"]!.ToJsonString();
        return answers;
    }
}
