namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The same request sent again under its Idempotency-Key.</summary>
public sealed class IdempotencyTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task The_same_key_and_body_get_the_stored_answer_and_no_new_event()
    {
        var (person, key) = (Sample.NewPerson(), Guid.NewGuid().ToString());
        var body = Sample.Enrolment(person, Sample.SeededPlan);
        var first = (await Officer.Post("/api/enrolments", body, key: key)).Is(201);
        Assert.False(first.Replayed);
        var before = await Api.Ledger();
        for (var i = 0; i < 3; i++)
        {
            var again = (await Officer.Post("/api/enrolments", body, key: key)).Is(201);
            Assert.True(again.Replayed);
            Assert.Equal(
                (first.Body, first.ETag, first.Location, first.Position), (again.Body, again.ETag, again.Location, again.Position));
        }
        Assert.Equal(before, await Api.Ledger());

        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan, units: 2), key: key),
            422, "idempotency-key-reused", "Idempotency-Key");
        await Refused(() => Officer.Post("/api/claims", body, key: key), 422, "idempotency-key-reused", "Idempotency-Key");
        await Refused(() => Api.As("another", "officer", "620602").Post("/api/enrolments", body, key: key), 409,
            "already-enrolled");   // keys of two callers never meet
    }

    [Fact]
    public async Task A_key_works_for_commands_on_existing_resources_whatever_the_ETag_is_by_then()
    {
        var made = await Submitted();
        var (path, key) = ($"/api/claims/{made.Claim}/documents", Guid.NewGuid().ToString());
        var first = (await Officer.Post(path, Sample.Document("other"), "\"1\"", key)).Is(200);
        (await Officer.Do(path, Sample.Document("eventStatement"))).Is(200);
        var again = (await Officer.Post(path, Sample.Document("other"), "\"1\"", key)).Is(200);
        Assert.Equal((first.Body, first.ETag), (again.Body, again.ETag));
        var other = await Submitted();
        await Refused(() => Officer.Do($"/api/claims/{other.Claim}/documents", Sample.Document("other"), key),
            422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_refusal_does_not_use_the_key_up()
    {
        var (made, key) = (await Enrolled(), Guid.NewGuid().ToString());
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, grade: 11), key: key),
            422, "invalid-request", "incident.grade");
        (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person), key: key)).Is(201);
    }

    [Fact]
    public async Task The_same_key_at_once_has_one_effect()
    {
        var (person, key) = (Sample.NewPerson(), Guid.NewGuid().ToString());
        var body = Sample.Enrolment(person, Sample.SeededPlan);
        var events = await Api.Events();
        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Officer.Post("/api/enrolments", body, key: key)));
        var done = replies.Where(reply => reply.Status == 201).ToList();
        Assert.NotEmpty(done);
        Assert.Single(done.Select(reply => reply.Body).Distinct());
        Assert.Single(done, reply => !reply.Replayed);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "request-running"));
        Assert.Equal(events + 2, await Api.Events());   // the person and the enrolment
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_key_has_1_to_200_characters(int length)
    {
        var body = Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan);
        var reply = await Refused(
            () => Officer.Post("/api/enrolments", body, key: new string('k', length)), 422, "invalid-request", "Idempotency-Key");
        Assert.Equal(["Idempotency-Key"], reply.Fields);
        (await Officer.Post("/api/enrolments", body, key: Guid.NewGuid().ToString().PadRight(200, 'k'))).Is(201);
    }
}
