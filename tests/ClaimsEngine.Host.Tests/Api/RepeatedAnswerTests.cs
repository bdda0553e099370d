using Npgsql;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A request sent again under its Idempotency-Key is answered as it was the first time, whatever has changed since.</summary>
public sealed class RepeatedAnswerTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_persons_data_is_shown_as_it_was_answered()
    {
        var made = await Submitted();
        var member = await MemberOf(made);
        var (first, answer) = await Keyed($"/api/claims/{made.Claim}/documents", Sample.Document("other"));
        await Correct(member, new { name = "样例人改名", phone = "000-0001-7777", reason = "r" });
        IsTheSame(answer, await first());
        Assert.Equal(made.Person.Name, (string)answer["member"]!["name"]!);
    }

    [Fact]
    public async Task An_answer_for_which_nothing_was_stored_is_shown_as_it_was_answered()
    {
        var made = await Submitted();
        var member = await MemberOf(made);
        var path = $"/api/claims/{made.Claim}/documents";
        (await Officer.Do(path, Sample.Document("other"))).Is(200);
        await Correct(member, new { phone = "000-0001-7777", reason = "r" });
        var (repeat, answer) = await Keyed(path, Sample.Document("other"));   // it is so already
        Assert.Null(answer.Position);
        Assert.Equal("000-0001-7777", (string)answer["member"]!["phone"]!);

        await Correct(member, new { phone = "000-0002-7777", reason = "r" });
        IsTheSame(answer, await repeat());
    }

    /// <summary>The correction begins before the claim is withdrawn and is stored after it: by its time it comes before, by its place in
    /// the log after.</summary>
    [Fact]
    public async Task A_change_that_was_under_way_is_not_shown_in_an_answer_that_did_not_know_it()
    {
        var made = await Submitted();
        var member = await MemberOf(made);
        await using var owner = NpgsqlDataSource.Create(Api.Storage.Options.ConnectionString);
        await using var connection = await owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("SELECT FROM claims.mt_streams WHERE id = $1 FOR UPDATE", connection, held))
        {
            hold.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(member) });
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var correction = Correct(member, new { phone = "000-0001-7777", reason = "r" });
        await Wait.For(() => Api.Ask("SELECT count(*) FROM pg_locks WHERE NOT granted"), waiting => (long)waiting! > 0,
            "the correction does not wait for its stream");

        var (repeat, answer) = await Keyed($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" });
        Assert.Equal(made.Person.Phone, (string)answer["member"]!["phone"]!);
        Assert.False(correction.IsCompleted);
        await held.CommitAsync(TestContext.Current.CancellationToken);
        await correction;
        IsTheSame(answer, await repeat());
    }

    [Fact]
    public async Task Whoever_was_enrolled_is_shown_as_answered_after_every_later_change()
    {
        var (person, programme) = (Sample.NewPerson(), await OpenProgramme());
        var body = Sample.Enrolment(person, programme);
        var key = Guid.NewGuid().ToString();
        var answer = (await Officer.Post("/api/enrolments", body, key: key)).Is(201);
        var member = (string)answer["member"]!["id"]!;
        await Correct(member, new { phone = "000-0001-7777", reason = "r" });
        (await Officer.Do($"/api/enrolments/{answer.Text("id")}/voidance", new { reason = "r" })).Is(200);
        IsTheSame(answer, await Officer.Post("/api/enrolments", body, key: key));
    }

    /// <summary>What is answered to a command under a key, and the same command to be sent again.</summary>
    private async Task<(Func<Task<Reply>> Repeat, Reply Answer)> Keyed(string path, object body)
    {
        var key = Guid.NewGuid().ToString();
        return (() => Officer.Do(path, body, key), (await Officer.Do(path, body, key)).Is(200));
    }

    private async Task Correct(string member, object correction) =>
        (await Officer.Do($"/api/members/{member}/correction", correction)).Is(200);

    private static void IsTheSame(Reply answer, Reply again)
    {
        Assert.True(again.Replayed);
        Assert.Equal(answer.Body, again.Body);
        Assert.Equal((answer.Status, answer.ETag, answer.Location, answer.Position),
            (again.Status, again.ETag, again.Location, again.Position));
    }
}
