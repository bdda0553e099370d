using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Whether a person of elsewhere is on record cannot be found out.</summary>
public sealed class IdentityOracleTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_search_for_somebody_from_elsewhere_is_answered_and_asked_as_one_for_nobody()
    {
        var (made, nobody) = (await Enrolled(), Sample.NewPerson());
        var elsewhere = Api.As("far", "officer", "11");
        await Search(elsewhere, nobody);   // whatever is asked only the first time
        var (known, knownStatements) = await Search(elsewhere, made.Person);
        var (unknown, unknownStatements) = await Search(elsewhere, nobody);
        Assert.Equal(WithoutTrace(unknown), WithoutTrace(known));
        Assert.Equal(unknownStatements, knownStatements);
    }

    [Fact]
    public async Task A_name_that_does_not_fit_is_noted_with_who_gave_it_and_without_the_number()
    {
        var made = await Enrolled();
        var curious = Api.As("curious-officer", "officer", "620602");
        (await curious.Post("/api/enrolments", Sample.Enrolment(made.Person with { Name = "别名样例" }, await OpenProgramme())))
            .IsProblemOf(409, "identity-mismatch", "person.name");
        var noted = Assert.Single(Api.Log.Lines, line => line.Level == LogLevel.Warning
            && line.Text.Contains("curious-officer", StringComparison.Ordinal)).Text;
        Assert.DoesNotContain(made.Person.IdNumber, noted, StringComparison.Ordinal);
        Assert.DoesNotContain("别名样例", noted, StringComparison.Ordinal);
    }

    private static async Task<(Reply Answer, int Statements)> Search(Caller by, Sample.Person person)
    {
        using var counter = new StatementCounter();
        var message = by.Request(HttpMethod.Post, "/api/members/search", new { idNumber = person.IdNumber });
        message.Headers.Add("traceparent", counter.Traceparent);
        var answer = (await by.Send(message)).IsProblemOf(404, "not-found");
        return (answer, counter.Count);
    }

    private static string WithoutTrace(Reply answer)
    {
        var problem = answer.Json!.DeepClone().AsObject();
        problem.Remove("traceId");
        return problem.ToJsonString();
    }
}
