using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Storage.LongWork;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>A long work whose process stops, dies or falls silent is gone on with by another.</summary>
public sealed class TakeOverTests(SampleWorks samples, ApiFixture api) : LongWorkTest(samples, api)
{
    [Fact]
    public async Task Another_host_goes_on_with_the_works_of_one_that_stops_and_who_watches_is_let_go()
    {
        // The first host is busy until the gate opens. Otherwise it might take a work that the second one has accepted and not begun yet.
        var busy = new List<Reply>();
        for (var i = 0; i < 2; i++)
            busy.Add((await Officer.Post("/api/samples", Samples.Does(async work =>
            {
                work.Report(1);
                await Gate.Task;
                return Done();
            }))).Is(202));
        foreach (var one in busy)
            await Wait.For(() => Officer.Get(one.Location!), reply => (int)reply.Is(200)["done"]! == 1, "the first host is not busy");

        var second = await Samples.NewHost();
        using var elsewhere = Samples.NewClient(second);
        var there = await Samples.As("wang", at: elsewhere);
        // two run, and the third waits for its turn
        var (begun, begunAnew, wentOn) = (0, 0, new ConcurrentBag<string>());
        var body = Samples.Does(async work =>
        {
            if (work.Checkpoint is { } checkpoint) wentOn.Add(checkpoint);
            else if (Gate.Task.IsCompleted) Interlocked.Increment(ref begunAnew);
            else
            {
                await work.Note($$"""{"half":{{Interlocked.Increment(ref begun)}}}""", work.Cancellation);
                work.Report(1, 2);
                await Task.Delay(Timeout.Infinite, work.Cancellation);
            }
            work.Report(2, 2);
            return Done();
        });
        var accepted = new List<Reply>();
        for (var i = 0; i < 2; i++) accepted.Add((await there.Post("/api/samples", body)).Is(202));
        foreach (var one in accepted)
            await Wait.For(() => there.Get(one.Location!), reply => (int)reply.Is(200)["done"]! == 1, "no progress is shown");
        accepted.Add((await there.Post("/api/samples", body)).Is(202));

        using var stream = await Watch(there, accepted[0].Location!, at: elsewhere);
        await using var events = stream.Events().GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Gate.SetResult();
        var stopped = second.App.StopAsync(TestContext.Current.CancellationToken);
        var last = events.Current;
        while (await events.MoveNextAsync()) last = events.Current;
        Assert.Equal(("progress", "running", 1), (last.Type, (string)last.Data["status"]!, (int)last.Data["done"]!));
        await stopped;
        await second.DisposeAsync();

        foreach (var one in accepted)
        {
            var seen = await Ended(one);
            Assert.Equal(("done", 2, "12.50"), (seen.Text("status"), (int)seen["done"]!, seen.Text("sum")));
            Assert.NotNull(seen["finishedAt"]);
        }
        foreach (var one in busy) Assert.Equal("done", (await Ended(one)).Text("status"));
        Assert.Equal((2, 1), (begun, begunAnew));
        Assert.Equal(["""{"half":1}""", """{"half":2}"""], wentOn.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_work_whose_process_is_gone_is_gone_on_with_from_its_checkpoint()
    {
        await using var sessions = Samples.OpenSessions();
        var gone = new LongWorks(sessions, Samples.Options);
        var work = Guid.CreateVersion7();
        var seen = new TaskCompletionSource<(string? Checkpoint, string Trace)>();
        var asked = JsonSerializer.SerializeToElement(Samples.Does(async context =>
        {
            await using (var text = new StreamWriter(context.Output)) await text.WriteAsync("the whole");
            seen.SetResult((context.Checkpoint, context.Trace));
            return Done();
        }));
        var instruction = new JsonObject { ["trace"] = "abc", ["order"] = JsonNode.Parse(asked.GetRawText()) };
        Assert.True(await gone.Start(work, "sample", "wang", "6206", instruction.ToJsonString(), null, null,
            TestContext.Current.CancellationToken));
        Assert.NotNull(await gone.Claim(work, TestContext.Current.CancellationToken));
        await using (var half = await gone.WriteOutput(work, TestContext.Current.CancellationToken))
            await half.WriteAsync("a half"u8.ToArray(), TestContext.Current.CancellationToken);
        await gone.Note(work, """{"row":17}""", TestContext.Current.CancellationToken);
        Assert.Equal("running", (await Officer.Get($"/api/samples/{work}")).Is(200).Text("status"));

        await Samples.Ask("UPDATE claims.long_work SET heartbeat = heartbeat - interval '31 seconds' WHERE id = $1", work);
        Assert.Equal("done", (await Officer.Ended($"/api/samples/{work}")).Text("status"));
        Assert.Equal(("""{"row":17}""", "abc"), await seen.Task.WaitAsync(Wait.Patience));
        Assert.Equal("the whole", (await Officer.Get($"/api/samples/{work}", accept: "text/csv")).Is(200).Body);
        await Assert.ThrowsAsync<TakenOverException>(() => gone.Note(work, """{"row":18}""", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_work_that_another_process_has_taken_is_told_to_stop_and_can_say_nothing_more()
    {
        var (told, runs) = (new TaskCompletionSource(), 0);
        var accepted = (await Officer.Post("/api/samples", Samples.Does(async work =>
        {
            if (Interlocked.Increment(ref runs) > 1) return WorkEnd.Done(new SampleWorks.Found(7, Money.Zero));
            await Gate.Task;
            work.Report(1);
            await Task.Delay(Timeout.Infinite, work.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            told.SetResult();
            return Done();
        }))).Is(202);
        var id = Guid.Parse(accepted.Text("id"));
        await Wait.Until(() => Volatile.Read(ref runs) == 1, "the work has not begun");
        await Samples.Ask("UPDATE claims.long_work SET process = 'another', heartbeat = clock_timestamp() WHERE id = $1", id);
        Gate.SetResult();
        await told.Task.WaitAsync(Wait.Patience);
        await Samples.Host.App.Services.GetRequiredService<LongWorkRunner>().Ending(id).WaitAsync(Wait.Patience);
        Assert.Equal("running", (await Officer.Get(accepted.Location!)).Is(200).Text("status"));
        Assert.Equal("another", await Samples.Ask("SELECT process FROM claims.long_work WHERE id = $1", id));

        // the other one falls silent in its turn
        await Samples.Ask("UPDATE claims.long_work SET heartbeat = heartbeat - interval '31 seconds' WHERE id = $1", id);
        Assert.Equal(("done", 7), (await Ended(accepted)) is var ended ? (ended.Text("status"), (int)ended["lines"]!) : default);
        Assert.Equal(2, runs);
    }
}
