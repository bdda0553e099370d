using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Storage.Commands;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Steps with deadlines over HTTP. What is long ago is submitted through the desk, on a day of the past, as a seed is.</summary>
public sealed class DeadlineTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_claim_shows_what_it_waits_for_and_until_when()
    {
        var made = await Submitted();
        var claim = (await Officer.Get($"/api/claims/{made.Claim}")).Is(200);
        Assert.Equal("check", (string)claim["deadline"]!["step"]!);
        Assert.Equal("default/1", (string)claim["deadline"]!["rules"]!);
        Assert.False((bool)claim["deadline"]!["passed"]!);

        foreach (var kind in Sample.DisabilityDocuments)
            claim = (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document(kind))).Is(200);
        Assert.Equal("assessment", (string)claim["deadline"]!["step"]!);
        claim = (await Api.As("chen", "officer", "620602").Do($"/api/claims/{made.Claim}/assessment")).Is(200);
        Assert.Equal("decision", (string)claim["deadline"]!["step"]!);
        var approval = new { amount = claim.Text("assessedAmount"), reason = "r" };
        claim = (await Approver.Do($"/api/claims/{made.Claim}/approval", approval)).Is(200);
        Assert.Null(claim["deadline"]);
    }

    [Fact]
    public async Task The_claimant_is_asked_once_for_all_that_is_missing_and_the_clock_goes_on_when_it_is_there()
    {
        var made = await Submitted();
        (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document("eventStatement"))).Is(200);
        var asked = (await Officer.Do($"/api/claims/{made.Claim}/supplement-requests", new { text = "请补正" })).Is(200);
        Assert.Equal(Sample.DisabilityDocuments.Skip(1), asked["supplement"]!["open"]!.AsArray().Select(kind => (string)kind!));
        Assert.Equal("supplement", (string)asked["deadline"]!["step"]!);
        await ChangesNothing(() => Officer.Do($"/api/claims/{made.Claim}/supplement-requests", new { text = "请补正" }));
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/supplement-requests", new { text = "另" }), 409, "supplement-open");
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/deadline"), 409, "deadline-not-passed");

        Reply claim = asked;
        foreach (var kind in Sample.DisabilityDocuments.Skip(1))
            claim = (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document(kind))).Is(200);
        Assert.Equal("assessment", (string)claim["deadline"]!["step"]!);
        Assert.Empty(claim["supplement"]!["open"]!.AsArray());
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/supplement-requests"), 409, "nothing-missing", "kinds");

        claim = (await Officer.Do($"/api/claims/{made.Claim}/supplement-requests", new { kinds = new[] { "accountProof" } })).Is(200);
        Assert.Equal(["accountProof"], claim["missingDocuments"]!.AsArray().Select(kind => (string)kind!));
        var row = (await Officer.Get($"/api/claims?enrolment={made.Enrolment}", await LastPosition())).Is(200).Items.Single()!;
        Assert.Equal((1, "supplement"), ((int)row["missingDocuments"]!, (string)row["step"]!));
    }

    [Fact]
    public async Task A_deadline_that_has_passed_is_found_noted_and_listed_as_of_any_day_and_an_answer_that_did_not_come_closes_the_claim()
    {
        var (late, silent, inTime) = (await SubmittedOn("2025-11-20"), await SubmittedOn("2025-11-20"), await Submitted());
        await Give<RequestSupplement>(silent.Claim, new(2025, 11, 21));
        var watch = Api.Services.GetRequiredService<DeadlineWatch>();
        var before = await LastPosition();
        Assert.Equal([silent.Claim, late.Claim], await Overdue("2025-12-31", before));
        Assert.Equal([late.Claim], await Overdue("2025-12-01", before));   // the claimant had until 21 December
        Assert.Empty(await Overdue("2025-11-27", before));                 // the last day is in time

        await watch.Run(TestContext.Current.CancellationToken);

        var claim = (await Officer.Get($"/api/claims/{late.Claim}")).Is(200);
        Assert.Equal(("submitted", true), (claim.Text("status"), (bool)claim["deadline"]!["passed"]!));
        Assert.Equal("expired", (await Officer.Get($"/api/claims/{silent.Claim}")).Is(200).Text("status"));
        Assert.False((bool)(await Officer.Get($"/api/claims/{inTime.Claim}")).Is(200)["deadline"]!["passed"]!);
        Assert.Equal([late.Claim], await Overdue("2025-12-31", await LastPosition()));
        (await Officer.Post("/api/claims", Sample.Claim(silent.Enrolment, silent.Person))).Is(201);   // its incident is free again

        var newest = await LastPosition();
        Assert.True(await Api.Storage.Upkeep.WaitFor(long.Parse(newest), TimeSpan.FromSeconds(30)));
        Assert.Equal(0, await watch.Run(TestContext.Current.CancellationToken));
        Assert.Equal(newest, await LastPosition());

        async Task<string[]> Overdue(string day, string position) =>
            [.. (await All(Officer, $"/api/claims?overdue={day}", minPosition: position)).Select(row => (string)row["id"]!)
                .Where(id => id == late.Claim || id == silent.Claim || id == inTime.Claim)];
    }

    [Fact]
    public async Task The_next_look_is_scheduled_in_the_database_once()
    {
        await Wait.Until(async () => await Scheduled() > 0, "no look is scheduled");
        Assert.Equal(1L, await Scheduled());

        async Task<long> Scheduled() => (long)(await Api.Ask(
            "SELECT count(*) FROM claims.wolverine_incoming_envelopes "
            + "WHERE status = 'Scheduled' AND message_type LIKE '%CheckDeadlines'"))!;
    }

    private async Task<Case> SubmittedOn(string day)
    {
        var made = await Enrolled();
        var claim = await Give<SubmitClaim>(null, LocalDatePattern.Iso.Parse(day).Value, Sample.Claim(made.Enrolment, made.Person));
        return made with { Claim = claim };
    }

    private async Task<string> Give<TCommand>(string? claim, LocalDate on, object? body = null)
    {
        var useCase = Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == typeof(TCommand));
        var answer = await Api.Services.GetRequiredService<CommandDesk>().Execute(new CommandRequest(
            useCase, "/", claim is null ? [] : new Dictionary<string, string> { ["claim"] = claim },
            body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body), new Actor("wang", [Role.Officer], RegionCode.Of("620602")),
            VersionMatch.Any, null, "sample", on), TestContext.Current.CancellationToken);
        return (string)System.Text.Json.Nodes.JsonNode.Parse(Assert.IsType<Done>(answer).Body)!["id"]!;
    }
}
