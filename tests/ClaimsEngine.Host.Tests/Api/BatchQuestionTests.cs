namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A payment batch is read and written in as many statements for many payouts as for few.</summary>
public sealed class BatchQuestionTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task What_a_batch_asks_the_database_does_not_grow_with_its_payouts()
    {
        await Statements(1);   // whatever is asked only the first time
        var (few, many) = (await Statements(2), await Statements(9));
        Assert.Equal(few, many);
        Assert.All(many, step => Assert.InRange(step.Statements, 1, 10));
    }

    /// <summary>How many statements each step of a batch of so many payouts sends.</summary>
    private async Task<List<(string Step, int Statements)>> Statements(int payouts)
    {
        var (cases, steps) = (new List<Case>(), new List<(string, int)>());
        for (var i = 0; i < payouts; i++) cases.Add(await Authorised());

        var assembled = (await Counted("assemble", by => Finance.Command(
            HttpMethod.Post, "/api/payment-batches", new { payouts = cases.Select(made => made.Payout) }, null, by))).Is(201);
        var batch = $"/api/payment-batches/{assembled.Text("id")}";
        await Counted("show", _ => Finance.Request(HttpMethod.Get, batch, null));
        await Counted("release", by => Releaser.Command(HttpMethod.Post, $"{batch}/release", null, "*", by));
        var file = await Counted("file", _ => Finance.Request(HttpMethod.Get, $"{batch}/file", null));
        Assert.Equal(payouts + 1, file.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var lines = cases.Select((made, i) => new { payoutId = made.Payout, outcome = "settled", bankReference = $"B-{i}" });
        await Counted("results", by => Releaser.Command(HttpMethod.Post, $"{batch}/results", new { lines }, "*", by));
        return steps;

        async Task<Reply> Counted(string step, Func<string, HttpRequestMessage> request)
        {
            using var counter = new StatementCounter();
            var message = request(Guid.NewGuid().ToString());
            message.Headers.Add("traceparent", counter.Traceparent);
            var reply = await Finance.Send(message);
            Assert.InRange(reply.Status, 200, 201);
            steps.Add((step, counter.Count));
            return reply;
        }
    }
}
