using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Notifications;
using ClaimsEngine.Storage.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace ClaimsEngine.Host.Tests.Outbox;

/// <summary>P4: every subscriber outside is told once in effect. Each test has a district of its own, so that its platform is told of its
/// own claims alone.</summary>
public sealed class WebhookTests(ApiFixture api) : ApiTest(api)
{
    private Caller Keeper => Api.As("wu-of-gansu", "operator", "62");

    [Fact]
    public async Task P4_every_event_arrives_signed_and_once_in_effect_though_the_platform_fails_at_first()
    {
        const string district = "621221";
        await using var platform = await FakePlatform.Start();
        platform.Answer = (sent, _) => Task.FromResult(sent.Nth switch { 1 => 503, 2 => 302, _ => 200 });
        var before = await Submitted(region: district);
        var webhook = await Registered(platform, district);
        var made = await Approved(region: district);
        (await Api.As("wang", "officer", district).Do($"/api/claims/{before.Claim}/withdrawal", new { reason = "r" })).Is(200);

        var expected = await EventsOf(made.Claim!, made.Payout!);
        expected.UnionWith((await EventsOf(before.Claim!)).Except(await EventsOf(before.Claim!, upTo: 1)));
        Assert.Equal(9, expected.Count);   // submitted, 4 papers, assessed, approved, ordered; and withdrawn
        await Wait.Until(() => platform.Taken.Count >= expected.Count, "not every event has arrived");
        var rows = await Wait.For(() => DeliveriesOf(webhook.Text("id")), all => all.All(row => (string)row["status"]! == "delivered"),
            "a delivery is not noted as delivered");

        Assert.Equal(expected.Order(), platform.Taken.Select(sent => sent.Id).Order());   // as sets, and none twice
        Assert.Equal(expected.Order(), rows.Select(row => (string)row["event"]!).Order());
        Assert.All(rows, row => Assert.Equal((3, 200), ((int)row["attempts"]!, (int)row["answer"]!)));
        var verifier = new StandardWebhook(webhook.Text("secret"));
        Assert.All(platform.Requests, sent => verifier.Verify(sent.Body, sent.Headers));
        Assert.All(platform.Requests.GroupBy(sent => sent.Id), tries => Assert.Single(tries.Select(sent => sent.Body).Distinct()));
        foreach (var secret in (string[])
            [made.Person.Name, made.Person.IdNumber, made.Person.Phone, made.Person.Card, "disability", "sample"])
            Assert.All(platform.Requests, sent => Assert.DoesNotContain(secret, sent.Body));
        var approved = platform.Taken.Select(sent => JsonNode.Parse(sent.Body)!)
            .Single(body => (string)body["type"]! == "claim.approved");
        Assert.Equal((made.Claim, "approved", made.Amount, made.Payout, district),
            ((string)approved["subject"]!, (string)approved["data"]!["status"]!, (string)approved["data"]!["amount"]!,
                (string)approved["data"]!["payouts"]![0]!, (string)approved["region"]!));
        await Remove(webhook);
    }

    [Fact]
    public async Task P4_a_sender_that_is_killed_loses_nothing()
    {
        const string district = "621222";
        await using var platform = await FakePlatform.Start();
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        platform.Answer = async (_, cancellation) =>
        {
            await hung.Task.WaitAsync(cancellation);
            return 200;
        };
        Reply webhook;
        HashSet<string> expected = [];
        await using (var child = await HostProcess.Start(Api, Api.Storage.Options.ConnectionString))
        {
            webhook = await Registered(platform, district);
            for (var claim = 0; claim < 4; claim++)
                expected.UnionWith(await EventsOf((await Documented(region: district)).Claim!));
            // One process tries four at once of one webhook, so that with a fifth both are at it.
            await Wait.Until(async () =>
            {
                await Api.As("wu-of-gansu", "operator", "62").Post($"/api/webhooks/{webhook.Text("id")}/replays");
                return platform.Open > 4;
            }, "not both processes are sending");
            await child.Kill();
        }
        hung.SetResult();
        await Wait.Until(async () =>
        {
            // Nobody answers for what the killed process was at. That its time is over spares the test the wait for it.
            await Api.Ask("UPDATE claims.deliveries SET next_at = now() WHERE target = $1 AND status = 'pending'",
                Guid.Parse(webhook.Text("id")));
            (await Keeper.Post($"/api/webhooks/{webhook.Text("id")}/replays")).Is(200);
            return (await DeliveriesOf(webhook.Text("id"))).Count(row => (string)row["status"]! == "delivered") == expected.Count;
        }, "not everything has been delivered");
        Assert.Equal(expected.Order(), platform.Taken.Select(sent => sent.Id).Distinct().Order());
        await Remove(webhook);
    }

    [Fact]
    public async Task What_is_dead_is_sent_again_when_somebody_asks()
    {
        const string district = "621223";
        await using var platform = await FakePlatform.Start();
        platform.Answer = (_, _) => Task.FromResult(500);
        var webhook = await Registered(platform, district);
        var (id, made) = (webhook.Text("id"), await Documented(region: district));
        var expected = await EventsOf(made.Claim!);
        var dead = await Wait.For(() => DeliveriesOf(id), rows => rows.Count == expected.Count
            && rows.All(row => (string)row["status"]! == "dead"), "not every delivery is dead");
        Assert.All(dead, row => Assert.Equal((4, 500, "refused"), ((int)row["attempts"]!, (int)row["answer"]!, (string)row["note"]!)));

        platform.Answer = (_, _) => Task.FromResult(204);
        var first = (string)dead[0]["id"]!;
        await Replay(Keeper, $"{id}/deliveries/{first}/replay", 1);
        await Wait.Until(async () => (string)(await DeliveriesOf(id)).Single(row => (string)row["id"]! == first)["status"]! == "delivered",
            "the one that was replayed is not delivered");
        (await Keeper.Post($"/api/webhooks/{id}/deliveries/{first}/replay")).IsProblemOf(409, "wrong-state");
        (await Keeper.Post($"/api/webhooks/{id}/deliveries/{Guid.NewGuid()}/replay")).IsProblemOf(404, "not-found");
        await Replay(Keeper, $"{id}/replays", expected.Count - 1);
        await Wait.Until(async () => (await DeliveriesOf(id)).All(row => (string)row["status"]! == "delivered"), "not all are delivered");
        Assert.Equal(expected.Order(), platform.Taken.Select(sent => sent.Id).Order());
        Assert.Equal(2, (await Keeper.Get($"/api/webhooks/{id}/deliveries?limit=2")).Is(200).Items.Count);
        Assert.Equal(expected.Count, (await All(Keeper, $"/api/webhooks/{id}/deliveries?status=delivered", limit: 2)).Count);
        await Remove(webhook);
    }

    [Fact]
    public async Task A_platform_that_is_gone_pauses_its_webhook_and_gets_everything_when_it_is_resumed()
    {
        const string district = "621224";
        await using var platform = await FakePlatform.Start();
        platform.Answer = (_, _) => Task.FromResult(410);
        var webhook = await Registered(platform, district);
        var (id, made) = (webhook.Text("id"), await Submitted(region: district));
        var paused = await Wait.For(() => Keeper.Get($"/api/webhooks/{id}"), shown => shown.Is(200).Text("status") == "paused",
            "the webhook is not paused");
        Assert.Contains("410", paused.Text("reason"));
        Assert.Null(paused["secret"]);
        (await Api.As("wang", "officer", district).Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" })).Is(200);
        var waiting = await DeliveriesOf(id);
        Assert.Equal(2, waiting.Count);
        Assert.All(waiting, row => Assert.Equal(("pending", (string?)null), ((string)row["status"]!, (string?)row["nextAt"])));

        platform.Answer = (_, _) => Task.FromResult(200);
        (await Keeper.Do($"/api/webhooks/{id}/resumption")).Is(200);
        await Wait.Until(() => platform.Taken.Count == 2, "not both events have arrived");
        Assert.Equal((await EventsOf(made.Claim!)).Order(), platform.Taken.Select(sent => sent.Id).Order());
        await Remove(webhook);
        (await Keeper.Do($"/api/webhooks/{id}/resumption")).IsProblemOf(409, "wrong-state");
        (await Keeper.Post($"/api/webhooks/{id}/replays")).IsProblemOf(409, "wrong-state");
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_the_old_one_signs_for_a_day_beside_the_new()
    {
        const string district = "621225";
        await using var platform = await FakePlatform.Start();
        var (body, key) = (new { url = platform.Url, events = new[] { "claim.submitted" }, region = district }, Guid.NewGuid().ToString());
        var made = (await Keeper.Post("/api/webhooks", body, key: key)).IsCreated("/api/webhooks/");
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.Text("secret"));
        Assert.Equal(made.Body, (await Keeper.Post("/api/webhooks", body, key: key)).Is(201).Body);   // its answer may have been lost
        (await Keeper.Post("/api/webhooks", body)).IsProblemOf(409, "webhook-exists", "url");
        var rotated = (await Keeper.Do($"/api/webhooks/{made.Text("id")}/secret")).Is(200);
        Assert.NotEqual(made.Text("secret"), rotated.Text("secret"));
        Assert.Null((await Keeper.Get($"/api/webhooks/{made.Text("id")}")).Is(200)["secret"]);
        Assert.DoesNotContain("whsec_", (await Keeper.Get("/api/webhooks", await LastPosition())).Is(200).Body);

        await Documented(region: district);
        var sent = await Wait.For(
            () => Task.FromResult(platform.Taken.FirstOrDefault()), taken => taken is not null, "nothing has arrived");
        // By the standard one of several signatures has to fit. This library looks at the first alone, so it is shown one at a time.
        var signatures = sent!.Headers["webhook-signature"].ToString().Split(' ');
        Assert.Equal(2, signatures.Length);
        Verify(rotated.Text("secret"), sent.Body, signatures[0]);
        Verify(made.Text("secret"), sent.Body, signatures[1]);
        Assert.Throws<WebhookVerificationException>(() => Verify(rotated.Text("secret"), sent.Body + " ", signatures[0]));
        Assert.All(await DeliveriesOf(made.Text("id")), row => Assert.Equal("claim.submitted", (string)row["type"]!));
        await Remove(made);

        void Verify(string secret, string text, string signature) => new StandardWebhook(secret).Verify(text, new HeaderDictionary
        {
            ["webhook-id"] = sent.Headers["webhook-id"], ["webhook-timestamp"] = sent.Headers["webhook-timestamp"],
            ["webhook-signature"] = signature,
        });
    }

    [Fact]
    public async Task A_webhook_is_its_regions_operators_and_nobody_elses()
    {
        var id = await IdleWebhook();
        foreach (var path in (string[])["", "/deliveries"])
        {
            (await Api.As("wu-of-15", "operator", "15").Get($"/api/webhooks/{id}{path}")).IsProblemOf(404, "not-found");
            (await Officer.Get($"/api/webhooks/{id}{path}")).IsProblemOf(403, "role-missing");
            (await Auditor.Get($"/api/webhooks/{id}{path}")).Is(200);
        }
        (await Api.As("wu-of-15", "operator", "15").Post($"/api/webhooks/{id}/replays")).IsProblemOf(404, "not-found");
        (await Auditor.Post($"/api/webhooks/{id}/replays")).IsProblemOf(403, "role-missing");
        (await Api.As("wu-of-15", "operator", "15").Post("/api/webhooks",
            new { url = "https://platform.invalid/", events = new[] { "*" }, region = "62" })).IsProblemOf(403, "outside-region", "region");
        (await Keeper.Get($"/api/webhooks/{id}/deliveries?status=lost")).IsProblemOf(422, "invalid-request", "status");
        (await Keeper.Get($"/api/webhooks/{id}/deliveries?cursor=x")).IsProblemOf(422, "invalid-request", "cursor");
    }

    [Fact]
    public async Task A_platform_that_cannot_be_reached_is_tried_as_often_as_the_rule_says_and_no_more()
    {
        const string district = "621226";
        var webhook = (await Keeper.Post("/api/webhooks",
            new { url = "http://127.0.0.1:1/", events = new[] { "claim.submitted" }, region = district })).Is(201);
        await Submitted(region: district);
        var dead = await Wait.For(() => DeliveriesOf(webhook.Text("id")), rows => rows.Count == 1
            && (string)rows[0]["status"]! == "dead", "the delivery is not given up");
        Assert.Equal((4, null, "no-connection"), ((int)dead[0]["attempts"]!, (int?)dead[0]["answer"], (string)dead[0]["note"]!));
        await Remove(webhook);
    }

    [Fact]
    public async Task What_concerns_a_webhook_is_not_kept_for_ever_whatever_became_of_it()
    {
        var webhook = Guid.NewGuid();
        foreach (var (days, status, next) in ((int, string, string)[])
        [
            (100, "delivered", "now()"), (100, "dead", "now()"), (100, "pending", "'infinity'"),
            (100, "pending", "now() + interval '1 hour'"), (80, "dead", "now()"), (80, "pending", "'infinity'"),
        ])
            await Api.Ask($"""
                INSERT INTO claims.deliveries
                  (id, channel, target, event, stream, version, position, type, region, recorded_at, status, next_at)
                SELECT gen_random_uuid(), 'webhook', $1, gen_random_uuid(), gen_random_uuid(), 1, 1, 'claim.approved', '6212',
                  now() - make_interval(days => {days}), '{status}', {next}
                """, webhook);
        await Api.Services.GetRequiredService<Deliveries>().Purge(TimeSpan.FromDays(90), TestContext.Current.CancellationToken);
        Assert.Equal(["dead 80", "pending 100", "pending 80"], await Api.Column("""
            SELECT status || ' ' || extract(day FROM now() - recorded_at) FROM claims.deliveries WHERE target = $1 ORDER BY 1
            """, webhook));
        await Api.Ask("DELETE FROM claims.deliveries WHERE target = $1", webhook);
    }

    private async Task<Reply> Registered(FakePlatform platform, string region) =>
        (await Keeper.Post("/api/webhooks", new { url = platform.Url, events = new[] { "claim.*", "payout.*" }, region })).Is(201);

    private async Task Remove(Reply webhook) => (await Keeper.Do($"/api/webhooks/{webhook.Text("id")}/removal")).Is(200);

    private async Task<List<JsonNode>> DeliveriesOf(string webhook) =>
        await All(Keeper, $"/api/webhooks/{webhook}/deliveries", minPosition: await LastPosition());

    private static async Task Replay(Caller by, string path, int count) =>
        Assert.Equal(count, (int)(await by.Post($"/api/webhooks/{path}")).Is(200)["count"]!);

    /// <summary>The ids of the events of a claim, and of its payout, that platforms are told of.</summary>
    private async Task<HashSet<string>> EventsOf(string claim, string? payout = null, int upTo = int.MaxValue)
    {
        var names = Engine.EventTypes.All.Where(type => PublicEvents.Names.Any(name => Engine.EventTypes.NameOf(type).EndsWith(
            name.Split('.')[1], StringComparison.Ordinal))).Select(Engine.EventTypes.NameOf).ToArray();
        return [.. await Api.Column(
            "SELECT id::text FROM claims.mt_events WHERE stream_id = ANY ($1) AND type = ANY ($2) AND version <= $3",
            ((string?[])[claim, payout]).OfType<string>().Select(Guid.Parse).ToArray(), names, (long)upTo)];
    }
}
