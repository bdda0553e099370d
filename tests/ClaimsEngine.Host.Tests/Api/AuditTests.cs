using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What an auditor reads: the log, one stream, and a decision computed again.</summary>
public sealed class AuditTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Every_event_is_told_as_a_cloud_event_in_feed_order()
    {
        var made = await Settled();
        var (seen, position) = (new List<JsonNode>(), await LastPosition());
        for (var after = 0L; ;)
        {
            var page = (await Auditor.Get($"/api/audit/events?after={after}&limit=37", position)).Is(200);
            seen.AddRange(page["events"]!.AsArray().Select(item => item!));
            if (page["next"] is null) break;
            Assert.True((long)page["next"]! > after);
            after = (long)page["next"]!;
        }
        Assert.Equal(await Api.Events(), seen.Count);
        Assert.Equal(seen.Count, seen.Select(item => (string)item["id"]!).Distinct().Count());
        var positions = seen.Select(item => (long)item["position"]!).ToList();
        Assert.Equal(positions.Order().Distinct(), positions);
        Assert.All(seen, item =>
        {
            Assert.Equal("1.0", (string)item["specversion"]!);
            foreach (var member in (string[])
                ["id", "source", "type", "subject", "time", "datacontenttype", "user", "causation", "correlation", "role"])
                Assert.NotEmpty((string)item[member]!);
            // CloudEvents 1.0: names are lower-case letters and digits.
            Assert.Matches("^[a-z0-9]+$", string.Concat(item.AsObject().Select(member => member.Key)));
            Assert.IsType<JsonObject>(item["data"]);
            Assert.Matches(InstantText(), (string)item["time"]!);
        });
        Assert.Equal(
            [
                "claim_submitted", "document_received", "document_received", "document_received", "document_received",
                "claim_assessed", "claim_approved",
            ],
            seen.Where(item => (string)item["subject"]! == made.Claim).Select(item => (string)item["type"]!));
    }

    [Fact]
    public async Task The_newest_events_first_are_the_log_turned_round()
    {
        var made = await Assessed();
        var position = await LastPosition();
        async Task<List<long>> Read(string first, string next)
        {
            var seen = new List<long>();
            for (var place = first; ;)
            {
                var page = (await Auditor.Get($"/api/audit/events?stream={made.Claim}&limit=4{place}", position)).Is(200);
                seen.AddRange(page["events"]!.AsArray().Select(item => (long)item!["position"]!));
                if (page["next"] is not { } found) return seen;
                place = $"{next}{(long)found}";
            }
        }

        var oldest = await Read("", "&after=");
        Assert.Equal(6, oldest.Count);
        Assert.Equal(oldest, await Read("&order=oldest", "&order=oldest&after="));
        Assert.Equal(Enumerable.Reverse(oldest), await Read("&order=newest", "&order=newest&before="));
        (await Auditor.Get("/api/audit/events?order=newest&after=1")).IsProblemOf(422, "invalid-request", "after");
        (await Auditor.Get("/api/audit/events?before=5")).IsProblemOf(422, "invalid-request", "before");
        (await Auditor.Get("/api/audit/events?order=sideways")).IsProblemOf(422, "invalid-request", "order");
    }

    [Fact]
    public async Task The_log_is_narrowed_by_stream_type_user_and_time()
    {
        var made = await Assessed();
        var position = await LastPosition();
        async Task<JsonArray> Events(string query = "") =>
            (await Auditor.Get($"/api/audit/events?stream={made.Claim}{query}", position)).Is(200)["events"]!.AsArray();

        var stream = await Events();
        Assert.Equal(6, stream.Count);
        Assert.Equal(["claim_assessed"], (await Events("&user=chen")).Select(item => (string)item!["type"]!));
        Assert.Equal(4, (await Events("&type=document_received")).Count);
        var last = (string)stream[^1]!["time"]!;
        Assert.Equal("claim_assessed", (string)Assert.Single(await Events($"&from={last}"))!["type"]!);
        Assert.Equal(5, (await Events($"&to={last}")).Count);
    }

    [Fact]
    public async Task A_stream_tells_who_did_what_when_and_why()
    {
        var made = await Assessed();
        var reply = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200);
        Assert.Equal(("claim", 6, "\"6\""), (reply.Text("streamType"), (int)reply["version"]!, reply.ETag));
        var events = reply["events"]!.AsArray();
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Select(item => (int)item!["version"]!));
        Assert.Equal(("wang", "SubmitClaim", "officer", "620602"),
            ((string)events[0]!["user"]!, (string)events[0]!["causation"]!, (string)events[0]!["role"]!, (string)events[0]!["region"]!));
        Assert.Equal(("chen", "AssessClaim"), ((string)events[5]!["user"]!, (string)events[5]!["causation"]!));
        var before = (await Auditor.Get($"/api/audit/streams/{made.Claim}?asOf={(string)events[4]!["time"]!}")).Is(200);
        Assert.Equal(5, (int)before["version"]!);
    }

    [Fact]
    public async Task A_claim_not_yet_assessed_has_nothing_to_replay()
    {
        var made = await Submitted();
        (await Auditor.Get($"/api/audit/claims/{made.Claim}/replay")).IsProblemOf(404, "not-found");
    }
}
