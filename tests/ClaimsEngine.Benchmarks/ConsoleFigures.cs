using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// Pages of the console for 200 people who are signed in and open another page every few seconds: worklists, the list of claims, a case.
/// Browser and host share the machine's cores, so the clients are plain HTTP.
/// </summary>
internal static partial class ConsoleFigures
{
    private const int People = 200, Each = 10;

    /// <summary>Seconds that a person looks at a page before the next.</summary>
    private const double Shortest = 2, Longest = 6;

    /// <param name="claims">that the database holds</param>
    public static Measurement Of(int claims) => new("console.page", bench => Run(bench, claims));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int claims)
    {
        // of fifty claims one waits for its decision, the others are decided, four of one member
        var open = Math.Max(10, bench.Size(claims) / 50);
        PreparedCase[] cases = [.. CaseBook.Cases(CaseStage.Assessed, open)];
        var all = cases.Concat(CaseBook.Cases(CaseStage.Decided, (bench.Size(claims) - open) / 4, first: open));
        await using var host = await WebHost.Start(bench, SeedLevel.None);
        var records = host.Services.GetRequiredService<RecordRoom>().For(new Actor("bench", [], RegionCode.National));
        var state = await host.Services.GetRequiredService<Importer>().Run(
            "fill", CaseBook.Rows(all, records.IdentityHash).ToAsyncEnumerable(), new ImportOptions { MaxLag = null });
        await host.Storage.Upkeep.WaitFor(state.Position, TimeSpan.FromHours(1));
        await host.Database.Execute("VACUUM ANALYZE");   // as it is once the database has done so by itself, and not while it does
        var listed = await host.Database.Number("SELECT count(*) FROM read.claims WHERE recorded_to = 'infinity'");
        if (listed < bench.Size(claims) - 3) throw new InvalidOperationException($"{listed} claims are listed, not {bench.Size(claims)}");

        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(_ => SignIn(WebHost.AddressOf(host.Services))));
        var alone = new List<Figure>();
        foreach (var (place, name) in ((string[])["worklists", "list", "queue", "case"]).Index())
        {
            var one = new List<double>();
            for (var read = 0; read < 20; read++)   // the first ones warm it
            {
                var start = Stopwatch.GetTimestamp();
                await Read(people[0], Pages(cases[read % cases.Length])[place]);
                one.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            alone.Add(new Figure($"console.page.alone.{name}", Measurement.Percentile(one, 50), "ms"));
        }
        var times = new ConcurrentBag<double>();
        await Task.WhenAll(people.Select((person, number) => Task.Run(async () =>
        {
            var dice = new Random(number);
            for (var read = 0; read < Math.Max(1, bench.Size(Each)); read++)
            {
                await Task.Delay(TimeSpan.FromSeconds(Shortest + ((Longest - Shortest) * dice.NextDouble())));
                var pages = Pages(cases[dice.Next(cases.Length)]);
                var start = Stopwatch.GetTimestamp();
                await Read(person, pages[dice.Next(pages.Length)]);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        })));
        foreach (var person in people) person.Dispose();
        return
        [
            new Figure("console.page", Measurement.Percentile(times, 50), "ms"),
            new Figure("console.page.p95", Measurement.Percentile(times, 95), "ms"),
            .. alone,
        ];
    }

    private static string[] Pages(PreparedCase one) => ["", "claims", "claims?step=decision", $"claims/{one.Claim}"];

    private static async Task Read(HttpClient person, string page)
    {
        using var answer = await person.GetAsync(page);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK || !text.Contains("</html>", StringComparison.Ordinal))
            throw new InvalidOperationException($"/{page} was answered {(int)answer.StatusCode}");
    }

    /// <summary>A person of the office that has the cases, signed in with the sample people's page.</summary>
    private static async Task<HttpClient> SignIn(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var token = Token().Match(await client.GetStringAsync("sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "bao", ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token),
        });
        using var answer = await client.PostAsync("session/begin", form);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"signing in was answered {answer.StatusCode}");
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
