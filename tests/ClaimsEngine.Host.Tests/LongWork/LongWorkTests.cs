using System.Text;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.LongWork;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>What a long work shows while it runs and how it ends.</summary>
public sealed class LongWorkTests(SampleWorks samples, ApiFixture api) : LongWorkTest(samples, api)
{
    private static readonly string[] AtFirst = ["id", "kind", "status", "done"];

    [Fact]
    public async Task A_work_is_accepted_with_its_address_where_it_runs_until_it_is_done()
    {
        var accepted = (await Officer.Post("/api/samples", AtTheGate(Done))).Is(202);
        Assert.Equal($"/api/samples/{accepted.Text("id")}", accepted.Location);
        Assert.Equal(AtFirst, accepted.Json!.AsObject().Select(member => member.Key));
        Assert.Equal(("sample", "running", 0), (accepted.Text("kind"), accepted.Text("status"), (int)accepted["done"]!));

        var running = (await Officer.Get(accepted.Location!)).Is(200);
        Assert.Equal([.. AtFirst, "startedAt"], running.Json!.AsObject().Select(member => member.Key));
        Assert.Equal("running", running.Text("status"));

        Gate.SetResult();
        var done = await Ended(accepted);
        Assert.Equal([.. AtFirst, "startedAt", "finishedAt", "lines", "sum"], done.Json!.AsObject().Select(member => member.Key));
        Assert.Equal(("done", "12.50", 3), (done.Text("status"), done.Text("sum"), (int)done["lines"]!));
        Assert.True(Moment(done, "finishedAt") >= Moment(done, "startedAt"));
    }

    [Fact]
    public async Task Progress_is_shown_while_the_work_runs_and_at_its_end()
    {
        var accepted = (await Officer.Post("/api/samples", Samples.Does(async work =>
        {
            work.Report(3, total: 10);
            await Gate.Task;
            work.Report(9);
            return Done();
        }))).Is(202);
        var halfway = await Wait.For(
            () => Officer.Get(accepted.Location!), reply => (int)reply.Is(200)["done"]! > 0, "no progress is shown");
        Assert.Equal(("running", 3, 10), (halfway.Text("status"), (int)halfway["done"]!, (int)halfway["total"]!));
        Gate.SetResult();
        var done = await Ended(accepted);
        Assert.Equal((9, 10), ((int)done["done"]!, (int)done["total"]!));
    }

    [Fact]
    public async Task A_million_reports_are_a_few_writes()
    {
        await Samples.Ask("""
            CREATE TABLE public.writes (work uuid);
            CREATE FUNCTION public.count_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              INSERT INTO public.writes VALUES (NEW.id);
              RETURN NEW;
            END $$;
            CREATE TRIGGER count_write AFTER UPDATE ON claims.long_work FOR EACH ROW EXECUTE FUNCTION public.count_write()
            """);
        var accepted = (await Officer.Post("/api/samples", Samples.Does(work =>
        {
            for (var done = 1; done <= 1_000_000; done++) work.Report(done, 1_000_000);
            return Task.FromResult(Done());
        }))).Is(202);
        var done = await Ended(accepted);
        Assert.Equal(1_000_000, (int)done["done"]!);
        var writes = (long)(await Samples.Ask("SELECT count(*) FROM public.writes WHERE work = $1", Guid.Parse(accepted.Text("id"))))!;
        var seconds = (Moment(done, "finishedAt") - Moment(done, "startedAt")).TotalSeconds;
        Assert.InRange(writes, 1, 2 + 4 * seconds);
    }

    [Fact]
    public async Task Output_is_downloaded_as_a_file_once_the_work_is_done()
    {
        const int lines = 60_000;
        string Line(int number) => $"C62-{number:000000},样例,{number}.00\r\n";
        var accepted = (await Officer.Post("/api/samples", Samples.Does(async work =>
        {
            await using (var csv = new StreamWriter(work.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
                for (var number = 0; number < lines; number++) await csv.WriteAsync(Line(number));
            await Gate.Task;
            return Done();
        }))).Is(202);
        (await Officer.Get(accepted.Location!, accept: "text/csv")).IsProblemOf(409, "wrong-state");

        Gate.SetResult();
        await Ended(accepted);
        using var answer = await Ask(Officer, accepted.Location!, "text/csv");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var name = $"sample-{accepted.Text("id")}.csv";
        Assert.Equal($"attachment; filename={name}; filename*=UTF-8''{name}", answer.Content.Headers.ContentDisposition?.ToString());
        var expected =
            Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(Line)))).ToArray();
        Assert.Equal(expected.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(expected, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(expected.Length > 2 * LongWorks.PartBytes);   // several parts
    }

    [Fact]
    public async Task A_refusal_ends_a_work_with_its_code_and_its_faults_and_whatever_there_is_to_show()
    {
        var accepted = (await Officer.Post("/api/samples", Samples.Does(async work =>
        {
            await work.Output.WriteAsync("row,fault\n"u8.ToArray());
            return WorkEnd.Refused(
                new NotDone(Refuse.InvalidRequest, "two rows are wrong", [("rows.2.name", "is required"),
                    ("rows.7.idNumber", "has 18 characters")]),
                new SampleWorks.Found(9, Money.Zero, ["row 2", "row 7"]));
        }))).Is(202);
        var refused = await Ended(accepted);
        Assert.Equal(("refused", 9, "row 7"), (refused.Text("status"), (int)refused["lines"]!, (string)refused["errors"]![1]!));
        var problem = refused["problem"]!.AsObject();
        Assert.Equal(("/problems/invalid-request", "invalid-request", "two rows are wrong"),
            ((string)problem["type"]!, (string)problem["code"]!, (string)problem["detail"]!));
        Assert.Equal((Refuse.InvalidRequest.Title, Refuse.InvalidRequest.TitleZh),
            ((string)problem["title"]!, (string)problem["titleZh"]!));
        Assert.Equal(["is required"], problem["errors"]!["rows.2.name"]!.AsArray().Select(text => (string)text!));
        Assert.Equal(["has 18 characters"], problem["errors"]!["rows.7.idNumber"]!.AsArray().Select(text => (string)text!));
        Assert.Equal("row,fault\n", (await Officer.Get(accepted.Location!, accept: "text/csv")).Is(200).Body);
    }

    [Fact]
    public async Task A_rule_of_the_domain_refuses_a_work_by_its_code()
    {
        var body = Samples.Does(_ => Task.FromResult<WorkEnd>(new Refusal(Refuse.UnknownPlan, "there is no plan x", "plan")));
        var refused = await Ended((await Officer.Post("/api/samples", body)).Is(202));
        Assert.Equal(("refused", "unknown-plan"), (refused.Text("status"), (string)refused["problem"]!["code"]!));
        Assert.Equal("there is no plan x", (string)refused["problem"]!["errors"]!["plan"]![0]!);
    }

    [Fact]
    public async Task A_failure_shows_its_trace_and_nothing_else_and_hurts_no_other_work()
    {
        var other = (await Officer.Post("/api/samples", AtTheGate(Done))).Is(202);
        var failing = (await Officer.Post("/api/samples", Samples.Does(work =>
        {
            work.Report(5, 9);
            throw new InvalidOperationException("a secret of 李样例");
        }))).Is(202);

        var failed = await Ended(failing);
        Assert.Equal(("failed", 5, 9), (failed.Text("status"), (int)failed["done"]!, (int)failed["total"]!));
        Assert.Equal(["type", "code", "title", "titleZh", "traceId"], failed["problem"]!.AsObject().Select(member => member.Key));
        Assert.Equal("internal-error", (string)failed["problem"]!["code"]!);
        Assert.DoesNotContain("secret", failed.Body, StringComparison.Ordinal);
        var trace = (string)failed["problem"]!["traceId"]!;
        Assert.Matches("^[0-9a-f]{32}$", trace);
        // The log says what failed and where, and not the message, which may repeat what somebody has sent.
        var told = Assert.Single(Api.Log.Lines,
            line => line.Level == LogLevel.Error && line.Text.Contains(trace, StringComparison.Ordinal));
        Assert.Contains("System.InvalidOperationException", told.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(A_failure_shows_its_trace_and_nothing_else_and_hurts_no_other_work), told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Text, StringComparison.Ordinal);
        (await Officer.Get(failing.Location!, accept: "text/csv")).IsProblemOf(409, "wrong-state");

        Assert.Equal("running", (await Officer.Get(other.Location!)).Is(200).Text("status"));
        Gate.SetResult();
        Assert.Equal("done", (await Ended(other)).Text("status"));
    }

    [Fact]
    public async Task A_work_outlives_the_loss_of_every_connection_to_the_database()
    {
        await using var apart = new SampleWorks(Api);
        await apart.InitializeAsync();
        var caller = await apart.As("wang");
        var accepted = (await caller.Post("/api/samples", apart.Does(async work =>
        {
            work.Report(1);
            await Gate.Task;
            return Done();
        }))).Is(202);
        await apart.Ask("""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """);
        Gate.SetResult();
        // until every lost connection has been noticed, a request may be told that the database is away
        var done = await Wait.For(
            () => caller.Get(accepted.Location!),
            reply => reply.Status == 200 ? reply.Text("status") != "running" : reply.IsProblemOf(503, "unavailable") is null,
            "the work has not ended");
        Assert.Equal(("done", 1), (done.Text("status"), (int)done["done"]!));
    }

    [Fact]
    public void A_result_is_an_object_that_hides_no_member_of_the_work()
    {
        Assert.Throws<ArgumentException>(() => WorkEnd.Done(new[] { 1, 2 }));
        Assert.Throws<ArgumentException>(() => WorkEnd.Done("text"));
        foreach (var name in (string[])["id", "kind", "status", "done", "total", "startedAt", "finishedAt", "problem"])
            Assert.Throws<ArgumentException>(() => WorkEnd.Done(new Dictionary<string, string> { [name] = "x" }));
    }

    [Fact]
    public async Task Two_works_run_at_once_and_the_others_wait_as_running_with_nothing_done()
    {
        var (running, most, entered, counting) = (0, 0, new SemaphoreSlim(0), new Lock());
        var body = Samples.Does(async work =>
        {
            lock (counting) most = Math.Max(most, ++running);
            work.Report(1);
            entered.Release();
            await Gate.Task;
            lock (counting) running--;
            return Done();
        });
        var accepted = new List<Reply>();
        for (var i = 0; i < 5; i++) accepted.Add((await Officer.Post("/api/samples", body)).Is(202));
        for (var i = 0; i < 2; i++) Assert.True(await entered.WaitAsync(Wait.Patience));
        Assert.Equal(0, entered.CurrentCount);

        var shown = await Task.WhenAll(accepted.Select(one => Officer.Get(one.Location!)));
        Assert.All(shown, one => Assert.Equal("running", one.Is(200).Text("status")));
        Assert.True(shown.Count(one => (int)one["done"]! == 0) >= 3);
        Gate.SetResult();
        foreach (var one in accepted) Assert.Equal("done", (await Ended(one)).Text("status"));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_work_of_an_earlier_version_that_was_interrupted_is_still_shown_so()
    {
        var accepted = (await Officer.Post("/api/samples", Samples.Does(_ => Task.FromResult(Done())))).Is(202);
        await Ended(accepted);
        await Samples.Ask("UPDATE claims.long_work SET status = 'interrupted', result = NULL WHERE id = $1",
            Guid.Parse(accepted.Text("id")));
        Assert.Equal("interrupted", (await Officer.Get(accepted.Location!)).Is(200).Text("status"));
        (await Officer.Get(accepted.Location!, accept: "text/csv")).IsProblemOf(409, "wrong-state");
    }

    [Fact]
    public async Task What_ended_a_month_ago_is_deleted_when_a_host_starts()
    {
        var accepted = (await Officer.Post("/api/samples", Samples.Does(_ => Task.FromResult(Done())), key: "a-month-ago")).Is(202);
        await Ended(accepted);
        await Samples.Ask("UPDATE claims.long_work SET finished_at = finished_at - interval '31 days' WHERE id = $1",
            Guid.Parse(accepted.Text("id")));
        await using var second = await Samples.NewHost();
        var gone = await Wait.For(
            () => Officer.Get(accepted.Location!), reply => reply.Status == 404 || reply.Is(200) is null, "it is still there");
        gone.IsProblemOf(404, "not-found");
    }

    private static DateTimeOffset Moment(Reply reply, string member) =>
        DateTimeOffset.Parse(reply.Text(member), System.Globalization.CultureInfo.InvariantCulture);
}
