using System.Text;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Benchmarks;

/// <summary>Approvals over HTTP from 16 clients, on a real host with tokens, telemetry and read models; the peer is a plain Minimal API
/// endpoint over Wolverine and Marten.</summary>
internal static class HttpFigures
{
    private const int Clients = 16;

    public static IEnumerable<Measurement> All => [new("command.http16", Run)];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench)
    {
        var (warm, each) = (Math.Max(Clients, bench.Size(1_000)), bench.Size(4_000));
        var all = warm + (bench.Rounds * each);
        PreparedCase[] ours = [.. CaseBook.Cases(CaseStage.Assessed, all)], peers = [.. CaseBook.Cases(CaseStage.Assessed, all)];

        await using var host = await WebHost.Start(bench, SeedLevel.None);
        var records = host.Services.GetRequiredService<RecordRoom>().For(new Actor("bench", [], RegionCode.National));
        var rows = CaseBook.Rows(ours, records.IdentityHash).ToAsyncEnumerable();
        var state = await host.Services.GetRequiredService<Importer>().Run("fill", rows, new ImportOptions { MaxLag = null });
        await host.Storage.Upkeep.WaitFor(state.Position, TimeSpan.FromMinutes(10));
        await host.Database.Execute("ANALYZE");
        await using var plain = await PlainHost.Start(bench, peers);

        using var ourClient = await host.Client("bench-approver", "approver", "");
        using var plainClient = new HttpClient { BaseAddress = WebHost.AddressOf(plain.App.Services) };
        await Load.Run(Clients, warm, i => Approve(ourClient, ours[i]));
        await Load.Run(Clients, warm, i => Approve(plainClient, peers[i]));

        var (ourTails, plainTails) = (new List<double>(), new List<double>());
        Func<int, Task<double>> Round(HttpClient client, PreparedCase[] cases, List<double> tails) => async round =>
        {
            var (rate, times) = await Load.Run(Clients, each, i => Approve(client, cases[warm + (round * each) + i]));
            tails.Add(Measurement.Percentile(times, 99));
            return rate;
        };
        var figure = await Measurement.Compare(
            bench, "command.http16", "req/s", Round(ourClient, ours, ourTails), Round(plainClient, peers, plainTails));
        await CommandFigures.MustHaveApproved(host.Database, all);
        await plain.MustHaveApproved(all);
        return
        [
            figure,
            new Figure(
                "command.http16.p99", Measurement.Median("command.http16.p99", "ms", [.. ourTails]), "ms",
                Peer: Measurement.Median("command.http16.p99, peer", "ms", [.. plainTails])),
        ];
    }

    private static async Task Approve(HttpClient client, PreparedCase one)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/claims/{one.Claim}/approval");
        request.Headers.Add("Idempotency-Key", $"approve/{one.Claim}");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = new StringContent($$"""{"amount":"{{one.Amount}}","reason":"sample"}""", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode} {body}");
    }
}
