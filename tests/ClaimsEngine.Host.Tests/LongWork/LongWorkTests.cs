using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>Long work over real HTTP, with works of the tests' own.</summary>
public sealed class LongWorkTests(SampleWorks samples, ApiFixture api) : IClassFixture<SampleWorks>, IAsyncLifetime
{
    /// <summary>Only a fault takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] AtFirst = ["id", "kind", "status", "done"];

    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Caller officer = null!;

    public async ValueTask InitializeAsync() => officer = await samples.As("wang");

    /// <summary>No work of a test outlives it.</summary>
    public ValueTask DisposeAsync()
    {
        gate.TrySetResult();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_work_is_accepted_with_its_address_where_it_runs_until_it_is_done()
    {
        var accepted = (await officer.Post("/api/samples", AtTheGate(Done))).Is(202);
        Assert.Equal($"/api/samples/{accepted.Text("id")}", accepted.Location);
        Assert.Equal(AtFirst, accepted.Json!.AsObject().Select(member => member.Key));
        Assert.Equal(("sample", "running", 0), (accepted.Text("kind"), accepted.Text("status"), (int)accepted["done"]!));

        var running = (await officer.Get(accepted.Location!)).Is(200);
        Assert.Equal([.. AtFirst, "startedAt"], running.Json!.AsObject().Select(member => member.Key));
        Assert.Equal("running", running.Text("status"));

        gate.SetResult();
        var done = await Ended(accepted);
        Assert.Equal([.. AtFirst, "startedAt", "finishedAt", "lines", "sum"], done.Json!.AsObject().Select(member => member.Key));
        Assert.Equal(("done", "12.50", 3), (done.Text("status"), done.Text("sum"), (int)done["lines"]!));
        Assert.True(Moment(done, "finishedAt") >= Moment(done, "startedAt"));
    }

    [Fact]
    public async Task Progress_is_shown_while_the_work_runs_and_at_its_end()
    {
        var accepted = (await officer.Post("/api/samples", samples.Does(async work =>
        {
            work.Report(3, total: 10);
            await gate.Task;
            work.Report(9);
            return Done();
        }))).Is(202);
        var halfway = await Until(officer, accepted.Location!, reply => (int)reply["done"]! > 0);
        Assert.Equal(("running", 3, 10), (halfway.Text("status"), (int)halfway["done"]!, (int)halfway["total"]!));
        gate.SetResult();
        var done = await Ended(accepted);
        Assert.Equal((9, 10), ((int)done["done"]!, (int)done["total"]!));
    }

    [Fact]
    public async Task A_million_reports_are_a_few_writes()
    {
        await samples.Ask("""
            CREATE TABLE public.writes (work uuid);
            CREATE FUNCTION public.count_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN INSERT INTO public.writes VALUES (NEW.id); RETURN NEW; END $$;
            CREATE TRIGGER count_write AFTER UPDATE ON claims.long_work FOR EACH ROW EXECUTE FUNCTION public.count_write()
            """);
        var accepted = (await officer.Post("/api/samples", samples.Does(work =>
        {
            for (var done = 1; done <= 1_000_000; done++) work.Report(done, 1_000_000);
            return Task.FromResult(Done());
        }))).Is(202);
        var done = await Ended(accepted);
        Assert.Equal(1_000_000, (int)done["done"]!);
        var writes = (long)(await samples.Ask("SELECT count(*) FROM public.writes WHERE work = $1", Guid.Parse(accepted.Text("id"))))!;
        var seconds = (Moment(done, "finishedAt") - Moment(done, "startedAt")).TotalSeconds;
        Assert.InRange(writes, 1, 2 + 4 * seconds);
    }

    [Fact]
    public async Task A_watcher_is_sent_progress_until_the_end_and_then_let_go()
    {
        var accepted = (await officer.Post("/api/samples", samples.Does(async work =>
        {
            work.Report(1, 2);
            await gate.Task;
            work.Report(2);
            return Done();
        }))).Is(202);

        using var stream = await Watch(officer, accepted.Location!);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        var events = new List<(string Type, JsonNode Data)>();
        await foreach (var item in Events(stream))
        {
            events.Add(item);
            if ((int)item.Data["done"]! == 1) gate.TrySetResult();
        }

        Assert.Equal("end", events[^1].Type);
        Assert.All(events[..^1], item => Assert.Equal(("progress", "running"), (item.Type, (string)item.Data["status"]!)));
        Assert.Contains(events[..^1], item => (int)item.Data["done"]! == 1 && (int)item.Data["total"]! == 2);
        Assert.Equal((await officer.Get(accepted.Location!)).Is(200).Body, events[^1].Data.ToJsonString());
    }

    [Fact]
    public async Task Who_watches_what_has_ended_is_told_so_at_once()
    {
        var accepted = (await officer.Post("/api/samples", samples.Does(_ => Task.FromResult(Done())))).Is(202);
        var done = await Ended(accepted);
        using var stream = await Watch(officer, accepted.Location!);
        var only = Assert.Single(await Events(stream).ToListAsync());
        Assert.Equal(("end", done.Body), (only.Type, only.Data.ToJsonString()));
    }

    [Fact]
    public async Task A_watcher_that_goes_away_is_not_sent_anything_more()
    {
        var accepted = (await officer.Post("/api/samples", AtTheGate(Done))).Is(202);
        var watch = Guid.NewGuid().ToString();
        var left = samples.Left(watch);
        using (var stream = await Watch(officer, accepted.Location!, watch))
            await foreach (var item in Events(stream))
            {
                Assert.Equal("progress", item.Type);
                break;
            }
        await left.WaitAsync(Patience);
        Assert.Equal("running", (await officer.Get(accepted.Location!)).Is(200).Text("status"));
    }

    [Fact]
    public async Task Output_is_downloaded_as_a_file_once_the_work_is_done()
    {
        const int lines = 60_000;
        string Line(int number) => $"C62-{number:000000},样例,{number}.00\r\n";
        var accepted = (await officer.Post("/api/samples", samples.Does(async work =>
        {
            await using (var csv = new StreamWriter(work.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
                for (var number = 0; number < lines; number++) await csv.WriteAsync(Line(number));
            await gate.Task;
            return Done();
        }))).Is(202);
        (await officer.Get(accepted.Location!, accept: "text/csv")).IsProblemOf(409, "wrong-state");

        gate.SetResult();
        await Ended(accepted);
        using var answer = await Ask(officer, accepted.Location!, "text/csv");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var name = $"sample-{accepted.Text("id")}.csv";
        Assert.Equal($"attachment; filename={name}; filename*=UTF-8''{name}", answer.Content.Headers.ContentDisposition?.ToString());
        var expected = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(Line)))).ToArray();
        Assert.Equal(expected.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(expected, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(expected.Length > 2 * LongWorks.PartBytes);   // several parts
    }

    [Fact]
    public async Task A_refusal_ends_a_work_with_its_code_and_its_faults_and_whatever_there_is_to_show()
    {
        var accepted = (await officer.Post("/api/samples", samples.Does(async work =>
        {
            await work.Output.WriteAsync("row,fault\n"u8.ToArray());
            return WorkEnd.Refused(
                new NotDone(Refuse.InvalidRequest, "two rows are wrong", [("rows.2.name", "is required"), ("rows.7.idNumber", "has 18 characters")]),
                new SampleWorks.Found(9, Money.Zero, ["row 2", "row 7"]));
        }))).Is(202);
        var refused = await Ended(accepted);
        Assert.Equal(("refused", 9, "row 7"), (refused.Text("status"), (int)refused["lines"]!, (string)refused["errors"]![1]!));
        var problem = refused["problem"]!.AsObject();
        Assert.Equal(("/problems/invalid-request", "invalid-request", "two rows are wrong"), ((string)problem["type"]!, (string)problem["code"]!, (string)problem["detail"]!));
        Assert.Equal((Refuse.InvalidRequest.Title, Refuse.InvalidRequest.TitleZh), ((string)problem["title"]!, (string)problem["titleZh"]!));
        Assert.Equal(["is required"], problem["errors"]!["rows.2.name"]!.AsArray().Select(text => (string)text!));
        Assert.Equal(["has 18 characters"], problem["errors"]!["rows.7.idNumber"]!.AsArray().Select(text => (string)text!));
        Assert.Equal("row,fault\n", (await officer.Get(accepted.Location!, accept: "text/csv")).Is(200).Body);
    }

    [Fact]
    public async Task A_rule_of_the_domain_refuses_a_work_by_its_code()
    {
        var body = samples.Does(_ => Task.FromResult<WorkEnd>(new Refusal(Refuse.UnknownPlan, "there is no plan x", "plan")));
        var refused = await Ended((await officer.Post("/api/samples", body)).Is(202));
        Assert.Equal(("refused", "unknown-plan"), (refused.Text("status"), (string)refused["problem"]!["code"]!));
        Assert.Equal("there is no plan x", (string)refused["problem"]!["errors"]!["plan"]![0]!);
    }

    [Fact]
    public async Task A_failure_shows_its_trace_and_nothing_else_and_hurts_no_other_work()
    {
        var logged = new LogOfFailures();
        samples.Host.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(logged);
        var other = (await officer.Post("/api/samples", AtTheGate(Done))).Is(202);
        var failing = (await officer.Post("/api/samples", samples.Does(work =>
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
        Assert.Contains(logged.Failures, entry => entry.Message.Contains(trace, StringComparison.Ordinal) && entry.Exception.Message.Contains("secret", StringComparison.Ordinal));
        (await officer.Get(failing.Location!, accept: "text/csv")).IsProblemOf(409, "wrong-state");

        Assert.Equal("running", (await officer.Get(other.Location!)).Is(200).Text("status"));
        gate.SetResult();
        Assert.Equal("done", (await Ended(other)).Text("status"));
    }

    [Fact]
    public async Task A_work_outlives_the_loss_of_every_connection_to_the_database()
    {
        await using var apart = new SampleWorks(api);
        await apart.InitializeAsync();
        var caller = await apart.As("wang");
        var accepted = (await caller.Post("/api/samples", apart.Does(async work =>
        {
            work.Report(1);
            await gate.Task;
            return Done();
        }))).Is(202);
        await apart.Ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        gate.SetResult();
        // until every lost connection has been noticed, a request may be told that the database is away
        var done = await Until(caller, accepted.Location!, reply => reply.Status == 200 ? reply.Text("status") != "running" : reply.IsProblemOf(503, "unavailable") is null);
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
        var body = samples.Does(async work =>
        {
            lock (counting) most = Math.Max(most, ++running);
            work.Report(1);
            entered.Release();
            await gate.Task;
            lock (counting) running--;
            return Done();
        });
        var accepted = new List<Reply>();
        for (var i = 0; i < 5; i++) accepted.Add((await officer.Post("/api/samples", body)).Is(202));
        for (var i = 0; i < 2; i++) Assert.True(await entered.WaitAsync(Patience));
        Assert.Equal(0, entered.CurrentCount);

        var shown = await Task.WhenAll(accepted.Select(one => officer.Get(one.Location!)));
        Assert.All(shown, one => Assert.Equal("running", one.Is(200).Text("status")));
        Assert.True(shown.Count(one => (int)one["done"]! == 0) >= 3);
        gate.SetResult();
        foreach (var one in accepted) Assert.Equal("done", (await Ended(one)).Text("status"));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_host_that_stops_interrupts_its_works_and_tells_who_watches()
    {
        var second = await samples.NewHost();
        using var elsewhere = samples.NewClient(second);
        var there = await samples.As("wang", at: elsewhere);
        // two run, and the third waits for its turn
        var endless = samples.Does(async work =>
        {
            await Task.Delay(Timeout.Infinite, work.Cancellation);
            return Done();
        });
        var accepted = new List<Reply>();
        for (var i = 0; i < 3; i++) accepted.Add((await there.Post("/api/samples", endless)).Is(202));

        using var stream = await Watch(there, accepted[0].Location!, at: elsewhere);
        await using var events = Events(stream).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        var stopped = second.App.StopAsync(TestContext.Current.CancellationToken);
        var last = events.Current;
        while (await events.MoveNextAsync()) last = events.Current;
        Assert.Equal(("end", "interrupted"), (last.Type, (string)last.Data["status"]!));
        await stopped;
        await second.DisposeAsync();

        foreach (var one in accepted)
        {
            var seen = (await officer.Get(one.Location!)).Is(200);
            Assert.Equal("interrupted", seen.Text("status"));
            Assert.NotNull(seen["finishedAt"]);
            (await officer.Get(one.Location!, accept: "text/csv")).IsProblemOf(409, "wrong-state");
        }
    }

    [Fact]
    public async Task A_work_whose_process_is_gone_is_interrupted_by_another_host()
    {
        await using var gone = await samples.OpenDatabase();
        var work = Guid.CreateVersion7();
        await gone.LongWorks.Start(work, "sample", "wang", "6206", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal("running", (await officer.Get($"/api/samples/{work}")).Is(200).Text("status"));
        await samples.Ask("UPDATE claims.long_work SET heartbeat = heartbeat - interval '31 seconds' WHERE id = $1", work);
        Assert.Equal("interrupted", (await Ended($"/api/samples/{work}")).Text("status"));
    }

    [Fact]
    public async Task A_work_that_others_have_given_up_is_told_to_stop_and_stays_interrupted()
    {
        var told = new TaskCompletionSource();
        var accepted = (await officer.Post("/api/samples", samples.Does(async work =>
        {
            await gate.Task;
            work.Report(1);
            await Task.Delay(Timeout.Infinite, work.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            told.SetResult();
            return Done();
        }))).Is(202);
        await samples.Ask("UPDATE claims.long_work SET status = 'interrupted', finished_at = clock_timestamp() WHERE id = $1", Guid.Parse(accepted.Text("id")));
        gate.SetResult();
        await told.Task.WaitAsync(Patience);
        await samples.Host.App.Services.GetRequiredService<LongWorkRunner>().Ending(Guid.Parse(accepted.Text("id"))).WaitAsync(Patience);
        Assert.Equal("interrupted", (await officer.Get(accepted.Location!)).Is(200).Text("status"));
    }

    [Fact]
    public async Task What_ended_a_month_ago_is_deleted_when_a_host_starts()
    {
        var accepted = (await officer.Post("/api/samples", samples.Does(_ => Task.FromResult(Done())), key: "a-month-ago")).Is(202);
        await Ended(accepted);
        await samples.Ask("UPDATE claims.long_work SET finished_at = finished_at - interval '31 days' WHERE id = $1", Guid.Parse(accepted.Text("id")));
        await using var second = await samples.NewHost();
        (await Until(officer, accepted.Location!, reply => reply.Status == 404)).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_whatever_has_become_of_the_work()
    {
        var (runs, key) = (0, Guid.NewGuid().ToString());
        var body = samples.Does(work =>
        {
            Interlocked.Increment(ref runs);
            work.Report(2, 2);
            return Task.FromResult(Done());
        });
        var first = (await officer.Post("/api/samples?note=a", body, key: key)).Is(202);
        Assert.False(first.Replayed);
        await Ended(first);
        var again = (await officer.Post("/api/samples?note=a", body, key: key)).Is(202);
        Assert.True(again.Replayed);
        Assert.Equal((first.Body, first.Location), (again.Body, again.Location));
        Assert.Equal(1, runs);

        (await officer.Post("/api/samples?note=a", samples.Does(_ => Task.FromResult(Done())), key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await officer.Post("/api/samples?note=b", body, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await officer.Post("/api/others", body, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await officer.Post("/api/enrolments", new { }, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        var theirs = (await (await samples.As("chen")).Post("/api/samples?note=a", body, key: key)).Is(202);   // keys of two callers never meet
        Assert.NotEqual(first.Text("id"), theirs.Text("id"));
        await Ended(theirs);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_key_sent_to_two_hosts_at_once_starts_one_work()
    {
        await using var second = await samples.NewHost();
        using var elsewhere = samples.NewClient(second);
        var there = officer.Through(elsewhere);
        for (var round = 0; round < 20; round++)
        {
            var (runs, key) = (0, Guid.NewGuid().ToString());
            var body = samples.Does(_ =>
            {
                Interlocked.Increment(ref runs);
                return Task.FromResult(Done());
            });
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? officer : there).Post("/api/samples", body, key: key)));
            Assert.All(answers, answer => answer.Is(202));
            Assert.Single(answers.Select(answer => (answer.Body, answer.Location)).Distinct());
            Assert.Single(answers, answer => !answer.Replayed);
            await Ended(answers[0]);
            Assert.Equal(1, runs);
        }
    }

    [Fact]
    public async Task A_request_that_is_refused_starts_nothing_and_does_not_use_its_key_up()
    {
        var key = Guid.NewGuid().ToString();
        var before = await samples.Ask("SELECT count(*) FROM claims.long_work");
        (await officer.Post("/api/samples", new StringContent("work"), key: key)).IsProblemOf(415, "unsupported-media-type");
        (await officer.Post("/api/samples", "{", key: key)).IsProblemOf(422, "invalid-request", "body");
        (await officer.Post("/api/samples", new { wrok = "x" }, key: key)).IsProblemOf(422, "invalid-request", "wrok");
        (await officer.Post("/api/samples", new { work = "none" }, key: key)).IsProblemOf(404, "not-found");
        var body = samples.Does(_ => Task.FromResult(Done()));
        (await officer.Post("/api/samples?nota=a", body, key: key)).IsProblemOf(422, "invalid-request", "nota");
        foreach (var bad in (string[])["", new('k', 201)]) (await officer.Post("/api/samples", body, key: bad)).IsProblemOf(422, "invalid-request", "Idempotency-Key");
        Assert.Equal(before, await samples.Ask("SELECT count(*) FROM claims.long_work"));
        await Ended((await officer.Post("/api/samples", body, key: key)).Is(202));
    }

    [Fact]
    public async Task A_work_is_for_its_roles_and_for_who_sees_its_region()
    {
        var body = samples.Does(_ => Task.FromResult(Done()));
        (await samples.Nobody.Post("/api/samples", body)).IsProblemOf(401, "unauthenticated");
        (await (await samples.As("sun", "auditor")).Post("/api/samples", body)).IsProblemOf(403, "role-missing");

        var accepted = (await officer.Post("/api/samples", body)).Is(202);
        var done = await Ended(accepted);
        foreach (var accept in (string?[])[null, "text/event-stream", "text/csv"])
        {
            (await samples.Nobody.Get(accepted.Location!, accept: accept)).IsProblemOf(401, "unauthenticated");
            (await (await samples.As("zhao", "finance", "62")).Get(accepted.Location!, accept: accept)).IsProblemOf(403, "role-missing");
            foreach (var region in (string[])["620602", "6201", "61"])
                (await (await samples.As("far", "officer,auditor", region)).Get(accepted.Location!, accept: accept)).IsProblemOf(404, "not-found");
        }
        foreach (var region in (string[])["6206", "62", ""])
            Assert.Equal(done.Body, (await (await samples.As("sun", "auditor", region)).Get(accepted.Location!)).Is(200).Body);
    }

    [Fact]
    public async Task What_is_no_work_of_this_kind_is_not_there()
    {
        var other = (await officer.Post("/api/others")).Is(202);
        await Ended(other);
        foreach (var id in (string[])[Guid.NewGuid().ToString(), Guid.Empty.ToString(), "no-id", other.Text("id")])
            (await officer.Get($"/api/samples/{id}")).IsProblemOf(404, "not-found");
        (await officer.Get($"{other.Location}?colour=red")).IsProblemOf(422, "invalid-request", "colour");
    }

    [Theory]
    [InlineData("application/json", 200, "application/json")]
    [InlineData("*/*", 200, "application/json")]
    [InlineData("application/*", 200, "application/json")]
    [InlineData("text/csv;q=0.5, application/json", 200, "application/json")]
    [InlineData("application/json;q=0.5, text/event-stream", 200, "text/event-stream")]
    [InlineData("application/xml, text/event-stream;q=0.1", 200, "text/event-stream")]
    [InlineData("text/csv, Application/JSON;q=0.1", 200, "application/json")]
    [InlineData("application/json;q=0", 406, "application/problem+json")]
    [InlineData("application/xml", 406, "application/problem+json")]
    [InlineData("text/csv", 406, "application/problem+json")]   // this kind writes no output
    public async Task The_form_is_the_one_that_the_caller_likes_best(string accept, int status, string mediaType)
    {
        var other = (await officer.Post("/api/others")).Is(202);
        await Ended(other);
        var answer = (await officer.Get(other.Location!, accept: accept)).Is(status);
        Assert.Equal(mediaType, answer.MediaType);
    }

    [Fact]
    public async Task The_description_names_the_answers_and_their_forms()
    {
        var paths = (await samples.Nobody.Get("/openapi/v1.json")).Is(200)["paths"]!;
        var start = paths["/api/samples"]!["post"]!;
        Assert.Contains(start["parameters"]!.AsArray(), parameter => (string)parameter!["name"]! == "Idempotency-Key");
        Assert.Equal(["202", "403", "422"], start["responses"]!.AsObject().Select(answer => answer.Key).Order(StringComparer.Ordinal));
        Assert.NotNull(start["requestBody"]!["content"]!["application/json"]);
        Assert.Equal(["done", "id", "kind", "status", "total"], Properties(start, "202"));

        var show = paths["/api/samples/{sample}"]!["get"]!;
        Assert.Equal(["application/json", "text/csv", "text/event-stream"], Forms(show));
        Assert.Equal(["done", "errors", "finishedAt", "id", "kind", "lines", "problem", "startedAt", "status", "sum", "total"], Properties(show, "200"));
        Assert.Equal(["done", "id", "kind", "startedAt", "status"], Schema(show, "200")["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
        Assert.Equal("Roles: officer, auditor.", (string)show["description"]!);
        Assert.All((string[])["404", "409"], status => Assert.NotNull(show["responses"]![status]));
        var other = paths["/api/others/{other}"]!["get"]!;
        Assert.Equal(["application/json", "text/event-stream"], Forms(other));
        Assert.Equal(["done", "finishedAt", "id", "kind", "problem", "startedAt", "status", "total", "word"], Properties(other, "200"));

        JsonNode Schema(JsonNode route, string status) => route["responses"]![status]!["content"]!["application/json"]!["schema"]!;
        string[] Properties(JsonNode route, string status) => [.. Schema(route, status)["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];
        string[] Forms(JsonNode route) => [.. route["responses"]!["200"]!["content"]!.AsObject().Select(form => form.Key).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("--LongWork:AtOnce")]
    [InlineData("--LongWork:KeepDays")]
    public async Task A_setting_of_nothing_is_refused_at_the_start(string setting) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => samples.NewHost(setting, "0"));

    private static WorkEnd Done() => WorkEnd.Done(new SampleWorks.Found(3, new Money(1250)));

    private object AtTheGate(Func<WorkEnd> end) => samples.Does(async _ =>
    {
        await gate.Task;
        return end();
    });

    private Task<Reply> Ended(Reply accepted) => Ended(accepted.Location!);

    private async Task<Reply> Ended(string location) => await Until(officer, location, reply => reply.Is(200).Text("status") != "running");

    private static async Task<Reply> Until(Caller caller, string path, Func<Reply, bool> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var reply = await caller.Get(path);
            if (reached(reply)) return reply;
            await Task.Delay(20, patience.Token);
        }
    }

    private static DateTimeOffset Moment(Reply reply, string member) => DateTimeOffset.Parse(reply.Text(member), System.Globalization.CultureInfo.InvariantCulture);

    private Task<HttpResponseMessage> Watch(Caller caller, string path, string? watch = null, HttpClient? at = null) => Ask(caller, path, "text/event-stream", watch, at);

    private Task<HttpResponseMessage> Ask(Caller caller, string path, string accept, string? watch = null, HttpClient? at = null) => (at ?? samples.Http).SendAsync(
        caller.Request(HttpMethod.Get, path, null, message =>
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            if (watch is not null) message.Headers.Add("Watch", watch);
        }), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    private static async IAsyncEnumerable<(string Type, JsonNode Data)> Events(HttpResponseMessage stream)
    {
        await foreach (var item in SseParser.Create(await stream.Content.ReadAsStreamAsync()).EnumerateAsync()) yield return (item.EventType, JsonNode.Parse(item.Data)!);
    }

    /// <summary>What was logged with an exception.</summary>
    private sealed class LogOfFailures : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(string Message, Exception Exception)> Failures { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) Failures.Enqueue((formatter(state, exception), exception));
        }

        public void Dispose() { }
    }
}
