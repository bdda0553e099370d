using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Members;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.Bulk;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Benchmarks;

/// <summary>A batch of 10,000 authorised payouts over HTTP to a whole host: assembled by filter, released, its file fetched,
/// settled.</summary>
internal static class BatchFigures
{
    private const int Whole = 10_000;

    public static IEnumerable<Measurement> All => [new("batch.10000", Run)];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench)
    {
        var count = bench.Size(Whole);
        await using var host = await WebHost.Start(bench, SeedLevel.None);
        var filled = await host.Services.GetRequiredService<Importer>()
            .Run("fill", Payouts(count).ToAsyncEnumerable(), new ImportOptions { MaxLag = null });
        await host.Storage.Upkeep.WaitFor(filled.Position, TimeSpan.FromMinutes(10));
        using var assembler = await host.Client("bench-assembler", "finance", "15");
        using var releaser = await host.Client("bench-releaser", "finance", "15");

        var everything = new JsonObject { ["filter"] = new JsonObject() };
        var (batch, assembled) = await Timed(() => Post(assembler, "/api/payment-batches", everything));
        var lines = batch["lines"]!.AsArray();
        if (lines.Count != count) throw new InvalidOperationException($"{lines.Count} of {count} payouts were batched");
        var path = $"/api/payment-batches/{batch["id"]}";
        var (_, released) = await Timed(() => Post(releaser, $"{path}/release", []));
        var (_, written) = await Timed(() => releaser.GetByteArrayAsync($"{path}/file?format=pain.001"));
        var results = new JsonArray([.. lines.Select((line, i) => new JsonObject
        {
            ["payoutId"] = (string)line!["payoutId"]!, ["outcome"] = "settled", ["bankReference"] = $"B-{i}",
            ["amount"] = (string)line["amount"]!,
        })]);
        var (done, settled) = await Timed(() => Post(releaser, $"{path}/results", new JsonObject { ["lines"] = results }));
        if ((string)done["status"]! != "completed") throw new InvalidOperationException($"the batch is {done["status"]}");
        return
        [
            new Figure("batch.10000.assemble", assembled, "s"), new Figure("batch.10000.release", released, "s"),
            new Figure("batch.10000.file", written, "s"), new Figure("batch.10000.settle", settled, "s"),
            new Figure("batch.10000", assembled + released + settled, "s, assembled, released and settled"),
        ];
    }

    private static async Task<(T Answer, double Seconds)> Timed<T>(Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var answer = await work();
        return (answer, watch.Elapsed.TotalSeconds);
    }

    private static async Task<JsonObject> Post(HttpClient client, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", $"bench{path}");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>Made-up members with an account and an authorised payout each, under no claim that is on record.</summary>
    private static IEnumerable<ImportRow> Payouts(int count)
    {
        var day = new LocalDate(2025, 11, 20);
        var roster = new SyntheticRoster(7, CaseBook.Region, CaseBook.From, units: 1);
        var officer = new Actor("bench", [Role.Officer], CaseBook.Region);
        for (var i = 0; i < count; i++)
        {
            var details = roster.Person(i).Person;
            var (person, account) = (new PersonId(Guid.CreateVersion7()), new AccountId(Guid.CreateVersion7()));
            var payout = new PayoutId(Guid.CreateVersion7());
            CaseStream[] streams =
            [
                CaseStream.Of<Person>(person.Value,
                    new PersonRegistered(person, details.Name, details.IdNumber, details.Phone, CaseBook.Region, officer.Id),
                    details.Account!.Registered(account, null, officer, day)),
                CaseStream.Of<Payout>(payout.Value,
                    new PayoutOrdered(payout, new ClaimId(Guid.CreateVersion7()), $"C15-20251120-{i:0000000}X",
                        new EnrolmentId(Guid.CreateVersion7()), CaseBook.PlanCode, null, CaseBook.Region, IncidentKind.Hospitalisation,
                        new Money(100_000 + i), person, account, day, "bench-approver"),
                    new PayoutAuthorised("bench-authoriser")),
            ];
            yield return new ImportRow(i + 1, [.. streams.Select(CaseBook.Write)], [], []);
        }
    }
}
