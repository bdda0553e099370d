using System.Xml.Linq;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Outbox;

/// <summary>P4: the bank is told of a released batch once in effect. The fake bank knows a batch by its <c>Idempotency-Key</c>.</summary>
public sealed class BankDeliveryTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task P4_a_bank_is_told_of_a_batch_once_in_effect_though_the_sender_is_killed_after_the_bank_took_it()
    {
        await using var bank = await StartBank();
        // The bank has read the whole file and knows its id; its answer never comes.
        bank.Answer = async (sent, cancellation) =>
        {
            if (sent.Nth == 1) await Task.Delay(Timeout.Infinite, cancellation);
            return 200;
        };
        var connection = await Api.NewDatabase();
        await using var database = new Database(connection);
        Made made;
        await using (var host = await Api.StartHost(connection, SeedLevel.Reference, GatewayOf(bank)))
        {
            using var http = Api.NewClient(host);
            made = await Assembled(http);
            await using var child = await HostProcess.Start(Api, connection, GatewayOf(bank));
            // Only the one in a process of its own is there to send.
            await host.App.StopAsync(TestContext.Current.CancellationToken);
            (await (await As(child.Http, "qian", "finance")).Do($"/api/payment-batches/{made.Batch}/release")).Is(200);
            await Wait.Until(() => bank.Open == 1, "the bank is not told of the batch");
            await child.Kill();
        }
        Assert.Equal("pending 1", await database.Ask("SELECT status || ' ' || attempts FROM claims.deliveries WHERE channel = 'bank'"));
        // Nobody answers for what the killed process was at. That its time is over spares the test the wait for it.
        await database.Ask("UPDATE claims.deliveries SET next_at = now() WHERE channel = 'bank'");
        await using var next = await Api.StartHost(connection, SeedLevel.None, GatewayOf(bank));
        using var there = Api.NewClient(next);
        var told = await Told(await As(there, "zhao", "finance"), made.Batch, "delivered");
        Assert.Equal((2, 200), ((int)told["attempts"]!, (int)told["answer"]!));
        Assert.Equal(2, bank.Requests.Count);
        Assert.Equal([made.Batch], bank.Requests.Select(sent => sent.Id).Distinct());
        Assert.Single(bank.Requests.Select(sent => sent.Body).Distinct());
    }

    [Fact]
    public async Task P4_two_hosts_tell_a_bank_that_fails_at_first_of_each_released_batch_and_of_no_other()
    {
        await using var bank = await StartBank();
        bank.Answer = (sent, _) => Task.FromResult(sent.Nth == 1 ? 500 : 200);
        var connection = await Api.NewDatabase();
        await using var database = new Database(connection);
        await using var one = await Api.StartHost(connection, SeedLevel.Demo, GatewayOf(bank));
        await using var other = await Api.StartHost(connection, SeedLevel.None, GatewayOf(bank));
        using var http = Api.NewClient(one);
        using var second = Api.NewClient(other);
        var (finance, releaser) = (await As(http, "zhao", "finance"), await As(http, "qian", "finance"));
        var made = new List<Made>();
        for (var nth = 0; nth < 3; nth++) made.Add(await Assembled(http));
        var kept = await Assembled(http);
        foreach (var (batch, nth) in made.Select((batch, nth) => (batch.Batch, nth)))
            (await releaser.Through(nth % 2 == 0 ? http : second).Do($"/api/payment-batches/{batch}/release")).Is(200);

        foreach (var (batch, person) in made)
        {
            var told = await Told(finance, batch, "delivered");
            Assert.Equal((2, 200, "default"), ((int)told["attempts"]!, (int)told["answer"]!, told.Text("bank")));
            var sent = bank.Requests.Where(request => request.Id == batch).ToList();
            Assert.Equal([1, 2], sent.Select(request => request.Nth));
            Assert.Single(sent.Select(request => request.Body).Distinct());
            var message = XDocument.Parse(sent[0].Body).Root!;
            Assert.Equal(told.Text("number"), message.Descendants(XName.Get("MsgId", Pain001.Namespace)).Single().Value);
            Assert.Equal((told.Text("number"), "Bearer sample-token"),
                (sent[0].Headers["Message-Id"].ToString(), sent[0].Headers.Authorization.ToString()));
            Assert.Contains(person.Card, sent[0].Body);
            // It is the file that finance fetches.
            Assert.Equal(sent[0].Body, (await finance.Get($"/api/payment-batches/{batch}/file?format=pain.001")).Is(200).Body);
            var row = (string)(await database.Ask("SELECT d::text FROM claims.deliveries d WHERE id = $1", Guid.Parse(batch)))!;
            Assert.All((string[])[person.Name, person.Card, person.IdNumber], secret => Assert.DoesNotContain(secret, row));
        }
        Assert.Equal(made.Select(batch => batch.Batch).Order(), bank.Taken.Select(sent => sent.Id).Order());
        Assert.Equal(6, bank.Requests.Count);
        (await finance.Get($"/api/payment-batches/{kept.Batch}/delivery",
            (string)(await database.Ask("SELECT max(seq_id)::text FROM claims.mt_events"))!)).IsProblemOf(404, "not-found");
        // Seeds released batches too, and tell no bank of them.
        Assert.True(
            (long)(await database.Ask("SELECT count(*) FROM claims.mt_events WHERE type = 'payment_batch_released'"))! > made.Count);
        Assert.Equal(3L, await database.Ask("SELECT count(*) FROM claims.deliveries WHERE channel = 'bank'"));

        var path = $"/api/payment-batches/{made[0].Batch}/delivery";
        (await (await As(http, "sun", "auditor", "")).Get(path)).Is(200);
        (await (await As(http, "sun", "auditor", "")).Post(path + "/replay")).IsProblemOf(403, "role-missing");
        (await (await As(http, "wang", "officer")).Get(path)).IsProblemOf(403, "role-missing");
        (await (await As(http, "far", "finance", "15")).Get(path)).IsProblemOf(404, "not-found");
        (await (await As(http, "far", "finance", "15")).Post(path + "/replay")).IsProblemOf(404, "not-found");
        (await finance.Post(path + "/replay")).IsProblemOf(409, "wrong-state");
        (await finance.Get(path + "?status=dead")).IsProblemOf(422, "invalid-request", "status");
    }

    [Fact]
    public async Task What_is_dead_is_sent_again_when_somebody_asks_but_not_what_differs_or_what_the_bank_has_answered()
    {
        await using var bank = await StartBank();
        bank.Answer = (_, _) => Task.FromResult(500);
        var connection = await Api.NewDatabase();
        await using var database = new Database(connection);
        await using var host = await Api.StartHost(connection, SeedLevel.Reference, GatewayOf(bank));
        using var http = Api.NewClient(host);
        var (finance, releaser) = (await As(http, "zhao", "finance"), await As(http, "qian", "finance"));
        var (batch, answered) = ((await Assembled(http)).Batch, (await Assembled(http)).Batch);
        foreach (var one in (string[])[batch, answered])
        {
            (await releaser.Do($"/api/payment-batches/{one}/release")).Is(200);
            var dead = await Told(finance, one, "dead");
            Assert.Equal((4, 500, "refused"), ((int)dead["attempts"]!, (int)dead["answer"]!, dead.Text("note")));
        }
        bank.Answer = (_, _) => Task.FromResult(202);

        const string seal = "UPDATE claims.mt_events SET data = replace(data::text, $2, $3)::jsonb WHERE stream_id = $1";
        var released = (string)(await finance.Get($"/api/payment-batches/{batch}")).Is(200)["released"]!["seal"]!;
        var another = new string('0', released.Length);
        await database.Ask(seal, Guid.Parse(batch), released, another);
        await Replayed(finance, batch);
        var differs = await Told(finance, batch, "dead");
        Assert.Equal((1, null, "payment-file-differs"), ((int)differs["attempts"]!, (int?)differs["answer"], differs.Text("note")));
        Assert.Equal(4, bank.Requests.Count(sent => sent.Id == batch));
        await database.Ask(seal, Guid.Parse(batch), another, released);
        await Replayed(await As(http, "wu", "operator"), batch);
        Assert.Equal(202, (int)(await Told(finance, batch, "delivered"))["answer"]!);
        Assert.Equal(5, bank.Requests.Count(sent => sent.Id == batch));

        // Finance has handed the other file over meanwhile.
        var line = (string)(await finance.Get($"/api/payment-batches/{answered}")).Is(200)["lines"]![0]!["payoutId"]!;
        (await releaser.Do($"/api/payment-batches/{answered}/results", Result(line, "settled"))).Is(200);
        await Replayed(finance, answered);
        Assert.Equal("has-results", (await Told(finance, answered, "cancelled")).Text("note"));
        Assert.Equal(4, bank.Requests.Count(sent => sent.Id == answered));
    }

    [Fact]
    public async Task Without_a_gateway_finance_hands_the_file_over()
    {
        var made = await Released();
        (await Finance.Get($"/api/payment-batches/{made.Batch}/delivery", await LastPosition())).IsProblemOf(404, "not-found");
        (await Finance.Post($"/api/payment-batches/{made.Batch}/delivery/replay")).IsProblemOf(404, "not-found");
        (await Finance.Get($"/api/payment-batches/{made.Batch}/file")).Is(200);
    }

    private sealed record Made(string Batch, Sample.Person Person);

    private static Task<FakePlatform> StartBank() => FakePlatform.Start((headers, _) => headers["Idempotency-Key"].ToString());

    private static string[] GatewayOf(FakePlatform bank) =>
        ["--Banks:default:Gateway", bank.Url, "--Banks:default:Token", "sample-token", "--Banks:default:Internal", "true"];

    private async Task<Caller> As(HttpClient http, string user, string role, string region = "62") =>
        Api.As(user, role, region).Through(http, (await Api.Anonymous.Through(http).Post("/api/dev/tokens",
            new { user, roles = new[] { role }, region })).Is(200).Text("token"));

    /// <summary>A batch of one payout that waits for its release.</summary>
    private async Task<Made> Assembled(HttpClient http)
    {
        var (officer, person) = (await As(http, "wang", "officer", "620602"), Sample.NewPerson());
        var enrolment = (await officer.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan, region: "620602"))).Is(201);
        var claim = (await officer.Post("/api/claims", Sample.Claim(enrolment.Text("id"), person))).Is(201).Text("id");
        foreach (var kind in Sample.DisabilityDocuments)
            (await officer.Do($"/api/claims/{claim}/documents", Sample.Document(kind))).Is(200);
        var amount = (await (await As(http, "chen", "officer", "620602")).Do($"/api/claims/{claim}/assessment")).Is(200)
            .Text("assessedAmount");
        var payout = (await (await As(http, "li", "approver")).Do($"/api/claims/{claim}/approval", Approval(amount))).Is(200)
            .Text("payoutId");
        var finance = await As(http, "zhao", "finance");
        (await finance.Do($"/api/payouts/{payout}/authorisation")).Is(200);
        return new Made((await finance.Post("/api/payment-batches", new { payouts = new[] { payout } })).Is(201).Text("id"), person);
    }

    private static async Task<Reply> Told(Caller by, string batch, string status) => await Wait.For(
        () => by.Get($"/api/payment-batches/{batch}/delivery"), told => told.Status == 200 && told.Text("status") == status,
        $"the delivery is not {status}");

    private static async Task Replayed(Caller by, string batch) =>
        Assert.Equal(1, (int)(await by.Post($"/api/payment-batches/{batch}/delivery/replay")).Is(200)["count"]!);
}
