using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// A roster of 100,000 rows sent over HTTP to a whole host, all checks on, until the register of enrolments has them: to a host that has
/// just started, then others to the same one, then the same people under another programme. Both programmes are gifts: a list of a period
/// that has ended is entered for gifts alone.
/// </summary>
internal static class RosterFigures
{
    public static IEnumerable<Measurement> All => [new("roster.http", Run)];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench)
    {
        var rows = bench.Size(100_000);
        await using var host = await WebHost.Start(bench, SeedLevel.Reference);
        using var client = await host.Client("bench", "officer", "15");

        using var admin = await host.Client("bench-admin", "plan-admin", "");
        var (hospital, xinkang) = (await Gift(admin, "hohhot-2025-hospital", "60.00"), await Gift(admin, "hohhot-2025-xinkang", "20.00"));
        var (some, others) = (await Sheet("150121", rows), await Sheet("150122", rows));   // nobody of the one lives in the other
        var first = await Send(host, client, some, hospital, rows);
        await host.Database.MustBe(rows, "SELECT count(*) FROM read.enrolments WHERE recorded_to = 'infinity'");
        var next = await Send(host, client, others, hospital, rows);
        var known = await Send(host, client, some, xinkang, rows);
        await host.Database.MustBe(3L * rows, "SELECT count(*) FROM read.enrolments WHERE recorded_to = 'infinity'");
        await host.Database.MustBe(2L * rows, "SELECT count(*) FROM claims.unique_keys WHERE scope = 'person'");
        return
        [
            new Figure("roster.http", next, "rows/s"),
            new Figure("roster.http.first", first, "rows/s, by a host that has just started"),
            new Figure("roster.http.known", known, "rows/s, of people on record"),
        ];
    }

    /// <summary>The seeded programme of this plan again, as a gift.</summary>
    private static async Task<string> Gift(HttpClient admin, string plan, string price)
    {
        var seeded = (await admin.GetFromJsonAsync<JsonObject>($"/api/programmes/{plan}"))!;
        var code = $"{plan}-gift";
        var opened = await admin.PostAsJsonAsync("/api/programmes", new
        {
            code, name = code, plan, sponsor = "bench", quota = 1_000_000, from = "2025-01-01", to = "2025-12-31", regions = new[] { "15" },
            occupations = seeded["occupations"], funding = new[] { new { payer = "bench", amount = price } },
        });
        opened.EnsureSuccessStatusCode();
        return code;
    }

    private static async Task<byte[]> Sheet(string district, int rows)
    {
        using var sheet = new MemoryStream();
        await new SyntheticRoster(21, RegionCode.Of(district), new LocalDate(2025, 1, 1), units: 1).Write(sheet, SheetFormat.Csv, rows);
        return sheet.ToArray();
    }

    private static async Task<double> Send(WebHost host, HttpClient client, byte[] sheet, string programme, int rows)
    {
        var watch = Stopwatch.StartNew();
        using var body = new ByteArrayContent(sheet) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var answer = await client.PostAsync($"/api/rosters?programme={programme}&accept=good-rows", body);
        var accepted = await answer.Content.ReadFromJsonAsync<JsonObject>();
        JsonObject work;
        do
        {
            await Task.Delay(100);
            work = (await client.GetFromJsonAsync<JsonObject>($"/api/rosters/{(string)accepted!["id"]!}"))!;
        }
        while ((string)work["status"]! == "running");
        if ((int?)work["accepted"] != rows) throw new InvalidOperationException(work.ToJsonString());
        var last = await host.Database.Number("SELECT max(seq_id) FROM claims.mt_events");
        if (!await host.Storage.Upkeep.WaitFor(last, TimeSpan.FromMinutes(5))) throw new TimeoutException("the register does not catch up");
        return rows / watch.Elapsed.TotalSeconds;
    }
}
