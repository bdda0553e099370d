using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Kernel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// A roster of 100,000 rows sent over HTTP to a whole host, all checks on, until the register of enrolments has them: to a host that has just started, then
/// others to the same one, then the same people under another programme.
/// </summary>
internal static class RosterFigures
{
    private const int Rows = 100_000;

    public static IEnumerable<Measurement> All => [new("roster.http", Run)];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench)
    {
        var connection = await bench.EmptyDatabase();
        await using var host = await ClaimsHost.Create(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--ConnectionStrings:Claims", connection, "--Logging:LogLevel:Default", "Warning"],
            SeedLevel.Reference, CancellationToken.None);
        await host.App.StartAsync();
        using var client = new HttpClient
        {
            BaseAddress = new Uri(host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Timeout = TimeSpan.FromMinutes(10),
        };
        var issued = await client.PostAsJsonAsync("/api/dev/tokens", new { user = "bench", roles = new[] { "officer" }, region = "15" });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await issued.Content.ReadFromJsonAsync<JsonObject>())!["token"]!);

        var (some, others) = (await Sheet("150121"), await Sheet("150122"));   // nobody of the one lives in the other
        var first = await Send(some, "hohhot-2025-hospital");
        var next = await Send(others, "hohhot-2025-hospital");
        var known = await Send(some, "hohhot-2025-xinkang");
        await host.App.StopAsync();
        return
        [
            Measurement.Median("roster.http", "rows/s", next), Measurement.Median("roster.http.first", "rows/s, by a host that has just started", first),
            Measurement.Median("roster.http.known", "rows/s, of people on record", known),
        ];

        static async Task<byte[]> Sheet(string district)
        {
            using var sheet = new MemoryStream();
            await new SyntheticRoster(21, RegionCode.Of(district), new LocalDate(2025, 1, 1), units: 1).Write(sheet, SheetFormat.Csv, Rows);
            return sheet.ToArray();
        }

        async Task<double> Send(byte[] sheet, string programme)
        {
            var watch = Stopwatch.StartNew();
            using var body = new ByteArrayContent(sheet) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
            var accepted = await (await client.PostAsync($"/api/rosters?programme={programme}&accept=good-rows", body)).Content.ReadFromJsonAsync<JsonObject>();
            JsonObject work;
            do
            {
                await Task.Delay(100);
                work = (await client.GetFromJsonAsync<JsonObject>($"/api/rosters/{(string)accepted!["id"]!}"))!;
            }
            while ((string)work["status"]! is "queued" or "running");
            if ((int?)work["accepted"] != Rows) throw new InvalidOperationException(work.ToJsonString());
            var database = host.App.Services.GetRequiredService<ClaimsDatabase>();
            var last = (await database.Projector.States()).Max(state => state.Position);
            if (!await database.Projector.WaitFor(EnrolmentRegister.Model.Table, last, TimeSpan.FromMinutes(1))) throw new TimeoutException("the register does not catch up");
            return Rows / watch.Elapsed.TotalSeconds;
        }
    }
}
