using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Benchmarks;

/// <summary>Hohhot's 6,526 hospital benefits of 2025 as one feed over HTTP to a whole host: each line is submitted, its papers are named,
/// it is assessed and approved. Twice as many made-up members hold the seeded cover.</summary>
internal static class SettlementFigures
{
    private const string Code = "hohhot-2025-hospital";

    public static IEnumerable<Measurement> All => [new("settlements", Run)];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench)
    {
        var whole = SettlementTarget.Hohhot;
        var lines = bench.Size(whole.Lines);
        await using var host = await WebHost.Start(bench, SeedLevel.Reference);
        var members = Population.In(RegionCode.Of("1501"), 31, Code, new LocalDate(2024, 12, 31), 2 * lines, 0);
        await Import(host, members);
        var card = CardReading.OfRecord(SeedFiles.Plans.Last(plan => plan.Code == Code).Card);
        var target = whole with { Lines = lines, Sum = new Money(whole.Sum.Fen * lines / whole.Lines) };
        using var feed = new MemoryStream();
        await new SyntheticSettlements(31, members, card, target).Write(feed, SettlementForm.Csv);

        using var client = await host.Client("bench", "officer", "1501");
        var watch = Stopwatch.StartNew();
        using var body = new ByteArrayContent(feed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var answer = await client.PostAsync("/api/settlements", body);
        var accepted = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        JsonObject work;
        do
        {
            await Task.Delay(100);
            work = (await client.GetFromJsonAsync<JsonObject>($"/api/settlements/{(string)accepted!["id"]!}"))!;
        }
        while ((string)work["status"]! == "running");
        var seconds = watch.Elapsed.TotalSeconds;
        if ((int?)work["approved"] != lines || (string?)work["amount"] != target.Sum.ToString())
            throw new InvalidOperationException($"{work["approved"]} approved, {work["amount"]} yuan, {work["problem"]}");
        return [new Figure("settlements", lines / seconds, "lines/s, from the feed to the payout")];
    }

    private static async Task Import(WebHost host, Population members)
    {
        using var file = new MemoryStream();
        await members.WriteMembers(file);
        var import = new EnrolmentImport(host.Services.GetRequiredService<Importer>(), host.Services.GetRequiredService<RecordRoom>(),
            SystemClock.Instance, new PastCover(), new Actor("bench", [Role.Officer], RegionCode.National));
        var (end, fault) = await import.Over(file, () => Stream.Null, (_, _) => { }, CancellationToken.None);
        if (fault is not null || end!.Rejected > 0) throw new InvalidOperationException($"{fault} {end}");
        if (!await host.Storage.Upkeep.WaitFor(end.Position, TimeSpan.FromMinutes(5)))
            throw new TimeoutException("the register does not catch up");
    }
}
