using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Storage.LongWork;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>Works that wait for their turn, and what their waiting costs.</summary>
public sealed class WaitingWorkTests(SampleWorks samples) : IClassFixture<SampleWorks>
{
    [Fact]
    public async Task A_work_that_waits_for_its_turn_is_not_put_in_line_again()
    {
        const int works = 6;
        var officer = await samples.As("wang");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var body = samples.Does(async _ =>
        {
            await gate.Task;
            return WorkEnd.Done(new SampleWorks.Found(1, Money.Zero));
        });
        var accepted = new List<Reply>();
        for (var i = 0; i < works; i++) accepted.Add((await officer.Post("/api/samples", body)).Is(202));
        try
        {
            // as long as it takes to look for orphans three times
            await Task.Delay(LongWorks.Silence * 0.8, TestContext.Current.CancellationToken);
            Assert.Equal((long)works, await samples.Ask(
                "SELECT count(*) FROM claims.wolverine_incoming_envelopes WHERE message_type LIKE '%RunLongWork' AND status <> 'Handled'"));
        }
        finally
        {
            gate.SetResult();
        }
        foreach (var one in accepted)
            while ((await officer.Get(one.Location!)).Is(200).Text("status") != "done")
                await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
