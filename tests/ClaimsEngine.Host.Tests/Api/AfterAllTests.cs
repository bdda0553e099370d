using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Cli;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What is true of everything that all other tests have left behind.</summary>
[Collection(AfterAll.Name)]
public sealed partial class AfterAllTests(ApiFixture api)
{
    private static readonly string[] Lists =
    [
        "/api/plans", "/api/programmes", "/api/enrolments", "/api/claims", "/api/payouts", "/api/payment-batches", "/api/employers",
        "/api/relief-funds", "/api/relief-applications",
    ];

    [Fact]
    public async Task Every_read_model_equals_a_replay_of_its_events()
    {
        foreach (var model in Engine.ReadModels)
        {
            var report = await api.Storage.Upkeep.Verify(model.Table, cancellation: TestContext.Current.CancellationToken);
            Assert.True(report.Equal, $"{model.Table}: {report}");
            Assert.True(report.Rows > 0, model.Table);
        }
        Assert.Empty(await api.Storage.Upkeep.DeadLetters(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_rebuild_leaves_every_answer_as_it_was()
    {
        var before = await Answers();
        foreach (var model in Engine.ReadModels)
        {
            var report = await api.Storage.Upkeep.Rebuild(model.Table, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(report.LiveDigest, report.RebuiltDigest);
        }
        Assert.Equal(before, await Answers());
    }

    [Fact]
    public async Task The_command_line_verifies_rebuilds_seeds_and_makes_tokens()
    {
        string[] database = ["--ConnectionStrings:Claims", api.Storage.Options.ConnectionString];
        var before = await api.Ledger();
        Assert.Equal(0, await CommandLine.Run(["verify", .. database]));
        Assert.Equal(0, await CommandLine.Run(["rebuild", "all", .. database]));
        Assert.Equal(0, await CommandLine.Run(["seed", "demo", .. database]));
        Assert.Equal(before, await api.Ledger());
        Assert.NotEqual(0, await CommandLine.Run(["rebuild", "none-of-ours", .. database]));

        var (console, printed) = (System.Console.Out, new StringWriter());
        System.Console.SetOut(printed);
        try
        {
            Assert.Equal(0, await CommandLine.Run(["token", "--user", "tester", "--role", "officer", "--region", "6206", .. database]));
        }
        finally
        {
            System.Console.SetOut(console);
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

    /// <summary>
    /// P16. The log of every host, at Information and up and of the engine, Marten and Wolverine at Debug, with exceptions and all that
    /// they wrap.
    /// </summary>
    [Fact]
    public async Task P16_no_log_holds_an_identity_number_a_card_number_a_name_or_a_phone_that_any_test_used()
    {
        var known = Sample.Made.SelectMany(person => (string[])[person.Name, person.IdNumber, person.Phone, person.Card]).ToHashSet();
        foreach (var database in api.Databases) known.UnionWith(await PersonalData(database));
        Assert.True(known.Count > 1000, $"{known.Count} are known");
        var wanted = SearchValues.Create([.. known, .. known.Where(text => !Ascii.IsValid(text)).Select(Uri.EscapeDataString)],
            StringComparison.Ordinal);
        var lines = api.Log.Lines;
        foreach (var category in (string[])["Wolverine", "Marten", "ClaimsEngine"])
            Assert.Contains(lines, line => line.Category.StartsWith(category, StringComparison.Ordinal));

        var found = lines
            .Where(line => Stands(line.Text, known, wanted)
                || Numbers().Matches(line.Text).Any(number => IdentityNumber.TryParse(number.Value, out _, out _)))
            .Select(line => line.ToString()).Distinct().ToArray();
        Assert.True(found.Length == 0, $"{found.Length} lines hold personal data, such as:\n{string.Join('\n', found.Take(5))}");
    }

    [Fact]
    public void No_race_that_was_expected_is_logged_as_an_error()
    {
        string[] races =
        [
            "ConcurrencyException", "StreamIdCollision", "ContendedException", "NotStored", "TakenOverException", "23505", "40001", "40P01",
        ];
        var errors = api.Log.Lines.Where(line => line.Level >= LogLevel.Error
            && races.Any(race => line.Text.Contains(race, StringComparison.Ordinal)));
        Assert.Empty(errors.Select(line => line.ToString()).Distinct().Take(5));
    }

    /// <summary>Names, numbers, phones and cards of a database. A number within a longer one is another number.</summary>
    private static bool Stands(string text, HashSet<string> known, SearchValues<string> wanted)
    {
        for (var from = 0; text.AsSpan(from).IndexOfAny(wanted) is var at and >= 0; from += at + 1)
        {
            var start = from + at;
            if (!char.IsAsciiDigit(text[start]) || ((start == 0 || !char.IsAsciiDigit(text[start - 1]))
                && known.Any(one => text.AsSpan(start).StartsWith(one, StringComparison.Ordinal)
                && (start + one.Length == text.Length || !char.IsAsciiDigit(text[start + one.Length]))))) return true;
        }
        return false;
    }

    private static async Task<List<string>> PersonalData(string connection)
    {
        await using var database = new Database(connection);
        if (await database.Ask("SELECT to_regclass('claims.mt_events') IS NOT NULL") is not true) return [];
        return await database.Column("""
            SELECT DISTINCT value FROM claims.mt_events e JOIN claims.mt_streams s ON s.id = e.stream_id AND s.type = 'person',
            LATERAL (VALUES (data ->> 'name'), (data ->> 'idNumber'), (data ->> 'phone'), (data ->> 'number'), (data ->> 'holder'))
              AS v (value)
            WHERE length(value) > 1
            """);
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z-])\d{17}[\dXx](?![0-9A-Za-z])")]
    private static partial Regex Numbers();

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
        var totals = (await reader.Get(
            "/api/finance/payouts?by=plan,programme,region,benefit,fund,month,status&asOf=9999-01-01T00:00:00Z")).Is(200);
        answers["totals"] = totals["rows"]!.ToJsonString() + totals["total"]!.ToJsonString() + totals["position"]!.ToJsonString();
        return answers;
    }
}
