using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>A long work as server-sent events.</summary>
public sealed class WatchTests(SampleWorks samples, ApiFixture api) : LongWorkTest(samples, api)
{
    [Fact]
    public async Task A_watcher_is_sent_progress_until_the_end_and_then_let_go()
    {
        var accepted = (await Officer.Post("/api/samples", Samples.Does(async work =>
        {
            work.Report(1, 2);
            await Gate.Task;
            work.Report(2);
            return Done();
        }))).Is(202);

        using var stream = await Watch(Officer, accepted.Location!);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        var events = new List<(string Type, JsonNode Data)>();
        await foreach (var item in stream.Events())
        {
            events.Add(item);
            if ((int)item.Data["done"]! == 1) Gate.TrySetResult();
        }

        Assert.Equal("end", events[^1].Type);
        Assert.All(events[..^1], item => Assert.Equal(("progress", "running"), (item.Type, (string)item.Data["status"]!)));
        Assert.Contains(events[..^1], item => (int)item.Data["done"]! == 1 && (int)item.Data["total"]! == 2);
        Assert.Equal((await Officer.Get(accepted.Location!)).Is(200).Body, events[^1].Data.ToJsonString());
    }

    [Fact]
    public async Task Who_watches_what_has_ended_is_told_so_at_once()
    {
        var accepted = (await Officer.Post("/api/samples", Samples.Does(_ => Task.FromResult(Done())))).Is(202);
        var done = await Ended(accepted);
        using var stream = await Watch(Officer, accepted.Location!);
        var only = Assert.Single(await stream.Events().ToListAsync());
        Assert.Equal(("end", done.Body), (only.Type, only.Data.ToJsonString()));
    }

    [Fact]
    public async Task A_watcher_that_goes_away_is_not_sent_anything_more()
    {
        var accepted = (await Officer.Post("/api/samples", AtTheGate(Done))).Is(202);
        var watch = Guid.NewGuid().ToString();
        var left = Samples.Left(watch);
        using (var stream = await Watch(Officer, accepted.Location!, watch))
            await foreach (var item in stream.Events())
            {
                Assert.Equal("progress", item.Type);
                break;
            }
        await left.WaitAsync(Wait.Patience);
        Assert.Equal("running", (await Officer.Get(accepted.Location!)).Is(200).Text("status"));
    }
}
