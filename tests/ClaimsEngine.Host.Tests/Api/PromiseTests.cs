using System.Buffers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Promises that only concurrency and broken connections can break, over real HTTP.</summary>
public sealed class PromiseTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task P2_a_request_whose_connection_was_cut_is_resolved_by_its_key()
    {
        for (var round = 0; round < 12; round++)
        {
            var (person, key) = (Sample.NewPerson(), $"cut-{Guid.NewGuid()}");
            var body = JsonSerializer.Serialize(Sample.Enrolment(person, Sample.SeededPlan));
            await SendAndHangUp($"""
                POST /api/enrolments HTTP/1.1
                Host: {Api.Address.Authority}
                Authorization: Bearer {Api.TokenOf("wang", "officer", "620602")}
                Content-Type: application/json
                Idempotency-Key: {key}
                Content-Length: {Encoding.UTF8.GetByteCount(body)}


                """.ReplaceLineEndings("\r\n") + body, waitMilliseconds: round);

            var first = await Eventually(Officer, key, body);
            var again = (await Officer.Post("/api/enrolments", body, key: key)).Is(201);
            Assert.Equal((first.Body, first.Position), (again.Body, again.Position));
            Assert.Equal(1L, await Api.Ask(
                "SELECT count(*) FROM claims.mt_events WHERE type = 'enrolment_started' AND headers ->> 'requestId' = $1", key));
        }
    }

    [Fact]
    public async Task P2_a_key_replayed_from_many_clients_at_once_is_one_event_and_one_answer()
    {
        var clients = Enumerable.Range(0, 6).Select(_ => Api.NewClient()).ToArray();
        try
        {
            for (var round = 0; round < 5; round++)
            {
                var (person, key) = (Sample.NewPerson(), $"many-{Guid.NewGuid()}");
                var body = Sample.Enrolment(person, Sample.SeededPlan);
                var before = await Api.Events();
                var answers = await Task.WhenAll(
                    clients.SelectMany(client => Enumerable.Range(0, 4).Select(_ => Eventually(Officer.Through(client), key, body))));
                Assert.All(answers, answer => Assert.Equal(answers[0].Body, answer.Body));
                Assert.Single(answers.Select(answer => (answer.Body, answer.ETag, answer.Location, answer.Position)).Distinct());
                Assert.Single(answers, answer => !answer.Replayed);
                Assert.Equal(before + 2, await Api.Events());
            }
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    [Fact]
    public async Task What_was_stored_together_was_recorded_at_one_moment()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"together-{Guid.NewGuid()}";
            (await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan), key: key)).Is(201);
            Assert.Equal("2 1", Assert.Single(await Api.Column(
                "SELECT concat(count(*), ' ', count(DISTINCT timestamp)) FROM claims.mt_events WHERE headers ->> 'requestId' = $1", key)));
        }
    }

    [Fact]
    public async Task P2_a_key_sent_to_two_hosts_at_once_is_one_event_and_one_answer()
    {
        await using var second = await Api.StartHost(Api.Storage.Options.ConnectionString);
        using var elsewhere = Api.NewClient(second);
        for (var round = 0; round < 40; round++)
        {
            var (body, key) = (Sample.Programme(Sample.NewCode("sample")), $"two-{Guid.NewGuid()}");
            var answers = await Task.WhenAll(PlanAdmin.Post("/api/programmes", body, key: key),
                PlanAdmin.Through(elsewhere).Post("/api/programmes", body, key: key));
            Assert.All(answers, answer => answer.Is(201));
            Assert.Equal(answers[0].Body, answers[1].Body);
            Assert.Single(answers, answer => answer.Replayed);
        }
    }

    [Fact]
    public async Task P3_a_claim_approved_by_32_people_at_once_has_one_payout()
    {
        var programme = await OpenProgramme();
        var claims = new List<Case>();
        for (var i = 0; i < 4; i++) claims.Add(await Assessed(programme));
        Task<Reply> Approve(Case made, int i) => Api.As($"approver-{i}", "approver", "62")
            .Post($"/api/claims/{made.Claim}/approval", new { amount = made.Amount, reason = $"by {i}" }, i % 2 == 0 ? "*" : "\"6\"");
        var sends = claims.SelectMany(made => Enumerable.Range(0, 32).Select(i => (Made: made, Reply: Approve(made, i)))).ToList();
        await Task.WhenAll(sends.Select(send => send.Reply));

        foreach (var made in claims)
        {
            var replies = sends.Where(send => send.Made == made).Select(send => send.Reply.Result).ToList();
            Assert.Single(replies, reply => reply.Status == 200 && reply.Position is not null);   // the one that stored something
            Assert.All(replies, reply => Assert.True(reply.Status is 200 or 409 or 412, reply.ToString()));
            var payout = Assert.Single(replies.Where(reply => reply.Status == 200).Select(reply => reply.Text("payoutId")).Distinct());
            Assert.Equal(payout, Assert.Single(await Api.Column(
                "SELECT stream_id FROM claims.mt_events WHERE type = 'payout_ordered' AND data ->> 'claim' = $1", made.Claim)));
            Assert.Single(await Api.Column("SELECT id FROM claims.mt_events WHERE type = 'benefit_used' AND stream_id = $1",
                Guid.Parse(made.Enrolment)));
        }
        Assert.Equal(4L, await Api.Ask(
            "SELECT count(*) FROM claims.unique_keys WHERE scope = 'live-payout' AND value LIKE ANY ($1)",
            (object)claims.Select(made => made.Claim + "/%").ToArray()));
    }

    [Fact]
    public async Task A_payout_authorised_batched_and_settled_by_many_at_once_moves_once()
    {
        var made = await Approved();
        Task<Reply[]> Many(Func<int, Task<Reply>> send) => Task.WhenAll(Enumerable.Range(0, 12).Select(send));

        var authorised = await Many(i => Api.As($"finance-{i}", "finance", "62").Do($"/api/payouts/{made.Payout}/authorisation"));
        Assert.Single(authorised, reply => reply.Status == 200);
        var batched =
            await Many(i => Api.As($"finance-{i}", "finance", "62").Post("/api/payment-batches", new { payouts = new[] { made.Payout } }));
        var batch = Assert.Single(batched, reply => reply.Status == 201).Text("id");
        Assert.All(batched.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "wrong-state"));
        (await Releaser.Do($"/api/payment-batches/{batch}/release")).Is(200);
        var settled = await Many(i => Releaser.Do($"/api/payment-batches/{batch}/results", Result(made.Payout, "settled", $"BANK-{i}")));
        Assert.Single(settled, reply => reply.Status == 200);
        Assert.All(settled.Where(reply => reply.Status != 200), reply => reply.IsProblemOf(409, "result-contradicts"));
        Assert.Equal(
            ["payout_ordered", "payout_authorised", "payout_batched", "payout_sent", "payout_settled"],
            await Api.Column("SELECT type FROM claims.mt_events WHERE stream_id = $1 ORDER BY version", Guid.Parse(made.Payout)));
    }

    [Fact]
    public async Task A_quota_of_10_places_takes_10_of_50_who_enrol_at_once()
    {
        var programme = await OpenProgramme(quota: 10);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme))));
        Assert.Equal(10, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "quota-exceeded", "programme"));
        Assert.Equal(10, (await All(Officer, $"/api/enrolments?programme={programme}", minPosition: await LastPosition())).Count);
        Assert.Equal("10", Assert.Single(await Api.Column("SELECT taken FROM claims.places WHERE pool = $1", $"programme/{programme}")));
    }

    [Fact]
    public async Task A_budget_for_10_takes_10_of_40_who_enrol_at_once_in_two_regions()
    {
        var programme = Sample.NewCode("budget");
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(programme, budget: "879.99"))).Is(201);
        (await PlanAdmin.Do($"/api/programmes/{programme}/allocations", new { region = "6206", places = 500 })).Is(200);
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Api.As("gao", "officer", "62")
            .Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme, region: i % 2 == 0 ? "620602" : "620102"))));
        Assert.Equal(10, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "budget-exceeded", "programme"));
        var budget = (await Officer.Get($"/api/programmes/{programme}/places")).Is(200)["budget"]!;
        Assert.Equal(("879.99", "800.00", "79.99"), ((string)budget["amount"]!, (string)budget["spent"]!, (string)budget["left"]!));

        // what is given up is another's
        var given = replies.First(reply => reply.Status == 201).Text("id");
        (await Api.As("gao", "officer", "62").Do($"/api/enrolments/{given}/voidance", new { reason = "r" })).Is(200);
        (await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme))).Is(201);
        (await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme)))
            .IsProblemOf(409, "budget-exceeded", "programme");
    }

    [Fact]
    public async Task Places_allocated_while_others_enrol_are_never_given_twice()
    {
        for (var round = 0; round < 5; round++)
        {
            var programme = await OpenProgramme(quota: 10);
            Task<Reply> Enrol() =>
                Api.As("gao", "officer", "62").Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme, region: "620102"));
            var enrolments = Enumerable.Range(0, 30).Select(_ => Enrol()).ToArray();
            var allocation = await PlanAdmin.Do($"/api/programmes/{programme}/allocations", new { region = "6206", places = 5 });
            var replies = await Task.WhenAll(enrolments);
            var left = allocation.Status == 200 ? 5 : 10;
            if (left == 10) allocation.IsProblemOf(409, "allocation-exceeds-quota", "places");
            Assert.Equal(left, replies.Count(reply => reply.Status == 201));
            Assert.Equal($"{left}",
                Assert.Single(await Api.Column("SELECT taken FROM claims.places WHERE pool = $1", $"programme/{programme}")));
        }
    }

    [Fact]
    public async Task One_person_enrolled_by_many_at_once_is_one_person_with_one_certificate()
    {
        var (programme, person) = (await OpenProgramme(), Sample.NewPerson());
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Api.As($"officer-{i}", "officer", "62").Post("/api/enrolments", Sample.Enrolment(person, programme))));
        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "already-enrolled", "person.idNumber"));
        Assert.Equal(1L,
            await Api.Ask("SELECT count(*) FROM claims.mt_events WHERE type = 'person_registered' AND data ->> 'name' = $1", person.Name));
    }

    [Fact]
    public async Task A_version_of_a_plan_published_by_many_at_once_is_one_version()
    {
        var code = Sample.NewCode("plan");
        var proposed = await Task.WhenAll(Enumerable.Range(1, 12).Select(i =>
            Api.As($"admin-{i}", "plan-admin", "").Put($"/api/plans/{code}/versions/1", Cards.Version(perUnit: $"{i}000.00"))));
        Assert.Single(proposed, reply => reply.Status == 201);
        Assert.All(proposed.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "proposal-pending", "version"));

        var confirmed = await Task.WhenAll(Enumerable.Range(21, 12).Select(i =>
            Api.As($"admin-{i}", "plan-admin", "").Do($"/api/plans/{code}/versions/1/confirmation")));
        Assert.All(confirmed, reply => Assert.Equal(1, (int)reply.Is(200)["latestVersion"]!));
        Assert.Single(confirmed.Select(reply => (string)reply["versions"]![0]!["confirmedBy"]!).Distinct());
        Assert.Equal(["plan_version_proposed", "plan_version_published"], await Api.Column(
            "SELECT type FROM claims.mt_events WHERE data ->> 'plan' = $1 AND type LIKE 'plan_version%' ORDER BY version", code));
    }

    [Fact]
    public async Task Personal_data_stands_in_the_streams_of_persons_alone()
    {
        var heir = Sample.NewPerson("19880105");
        var made = await Settled();
        var dead = await Enrolled();
        (await Officer.Post("/api/claims",
            Sample.Claim(dead.Enrolment, heir, grade: null, kind: "accidentDeath", relation: "spouse"))).Is(201);
        var withdrawn = await Submitted();
        (await Officer.Do($"/api/claims/{withdrawn.Claim}/documents", Sample.Document("other", $"{withdrawn.Person.Name}.pdf"))).Is(200);
        var position = await LastPosition();
        Sample.Person[] people = [made.Person, dead.Person, heir, withdrawn.Person];
        // Names, numbers, phones and cards of sample persons whom any test has made until now: of these four all, of the thousands on
        // rosters a part.
        var known = people.SelectMany(person => (string[])[person.Name, person.IdNumber, person.Phone, person.Card])
            .Concat(await Api.Column("""
                SELECT value FROM (
                  SELECT DISTINCT value FROM claims.mt_events e JOIN claims.mt_streams s ON s.id = e.stream_id AND s.type = 'person',
                  LATERAL (VALUES (data ->> 'name'), (data ->> 'idNumber'), (data ->> 'phone'), (data ->> 'number'), (data ->> 'holder'))
                    AS v (value)
                  WHERE value IS NOT NULL) known
                ORDER BY md5(value) LIMIT 300
                """))
            .Distinct().ToArray();
        Assert.True(known.Length > 10);

        // One expression for all of them, so that every row is read once.
        static string AnyOf(IEnumerable<string> texts) => string.Join('|', texts.Select(Regex.Escape));
        Assert.Equal("4", Assert.Single(await Api.Column("""
            SELECT count(DISTINCT e.stream_id) FROM claims.mt_events e JOIN claims.mt_streams s ON s.id = e.stream_id
            WHERE s.type = 'person' AND e.data::text ~ $1
            """, AnyOf(people.Select(person => person.IdNumber)))));   // the scan finds what is there
        Assert.Empty(await Api.Column("""
            SELECT e.data::text || e.headers::text FROM claims.mt_events e JOIN claims.mt_streams s ON s.id = e.stream_id
            WHERE s.type <> 'person' AND e.data::text || e.headers::text ~ $1
            """, AnyOf(known)));
        Assert.Empty(await Api.Column("SELECT scope || value FROM claims.unique_keys WHERE scope || value ~ $1", AnyOf(known)));

        var tables = await Api.Column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'read'");
        Assert.True(tables.Count >= Engine.ReadModels.Count);
        foreach (var table in tables)
            Assert.Empty(await Api.Column($"SELECT to_jsonb(r)::text FROM read.\"{table}\" r WHERE to_jsonb(r)::text ~ $1", AnyOf(known)));

        var wanted = SearchValues.Create(known, StringComparison.Ordinal);
        var reader = Api.As("reader", "officer,finance,auditor", "");
        foreach (var path in (string[])
            ["/api/plans", "/api/programmes", "/api/enrolments", "/api/claims", "/api/payouts", "/api/payment-batches"])
            foreach (var row in await All(reader, path, minPosition: position))
            {
                // read from the person's stream for who may see it; in the table it does not stand
                foreach (var name in (string[])["memberName", "payeeName"]) row.AsObject().Remove(name);
                Assert.False(row.ToJsonString(ClaimsJson.Options).AsSpan().ContainsAny(wanted), $"{path} holds personal data: {row}");
            }
        var metrics = (await Api.Anonymous.Get("/metrics")).Is(200).Body;
        Assert.False(metrics.AsSpan().ContainsAny(wanted), metrics);
    }

    /// <summary>Sends everything and closes the connection a moment later, mostly before the answer was written.</summary>
    private async Task SendAndHangUp(string request, int waitMilliseconds)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Api.Address.Host, Api.Address.Port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        // each round hangs up a little later, so that some connections end before COMMIT and some after
        socket.Client.Poll(TimeSpan.FromMilliseconds(waitMilliseconds), SelectMode.SelectRead);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    /// <summary>The answer to the same request sent again; while the first is still at work, asks again.</summary>
    private static Task<Reply> Eventually(Caller caller, string key, object body) => Wait.For(
        () => caller.Post("/api/enrolments", body, key: key),
        reply => reply.Status == 201 || reply.IsProblemOf(409, "request-running") is null, "the first request is still at work");
}
