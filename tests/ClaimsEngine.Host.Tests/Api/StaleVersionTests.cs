using System.Net.Http.Headers;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Two officers on one case: one wins, the other sees 412 and what changed.</summary>
public sealed class StaleVersionTests(ApiFixture api) : ApiTest(api)
{
    private Caller Colleague => Api.As("chen", "officer", "620602");

    [Fact]
    public async Task The_second_of_two_officers_sees_what_the_first_has_done()
    {
        var made = await Documented();
        var claim = $"/api/claims/{made.Claim}";
        var read = (await Officer.Get(claim)).Is(200).ETag!;
        Assert.Equal(read, (await Colleague.Get(claim)).Is(200).ETag);

        (await Colleague.Post($"{claim}/assessment", null, read)).Is(200);
        var lost = (await Officer.Post($"{claim}/withdrawal", new { reason = "sample reason" }, read)).IsProblemOf(412, "stale-version");

        Assert.Equal(6, (long)lost["version"]!);
        var change = Assert.Single(lost["changes"]!.AsArray())!;
        Assert.Equal(6, (long)change["version"]!);
        Assert.Equal(("claim_assessed", "chen"), ((string)change["type"]!, (string)change["by"]!));
        Assert.StartsWith("Assessed at 120000.00 yuan", (string)change["text"]!, StringComparison.Ordinal);
        Assert.Contains("核定120000.00元", (string)change["textZh"]!, StringComparison.Ordinal);
        var history = (await Officer.Get($"{claim}/case")).Is(200)["history"]!.AsArray();
        Assert.Equal((string)history[^1]!["at"]!, (string)change["at"]!);
        Assert.Equal("assessed", (await Officer.Get(claim)).Is(200).Text("status"));
    }

    [Fact]
    public async Task Of_two_at_the_same_moment_one_wins_and_the_other_is_told()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/documents";
        var answers = await Task.WhenAll(
            Officer.Post(path, Sample.Document("eventStatement"), "\"1\""),
            Colleague.Post(path, Sample.Document("accountProof"), "\"1\""));

        Assert.Single(answers, answer => answer.Status == 200);
        var lost = Assert.Single(answers, answer => answer.Status != 200).IsProblemOf(412, "stale-version");
        Assert.Equal("document_received", (string)Assert.Single(lost["changes"]!.AsArray())!["type"]!);
        Assert.Single((await Officer.Get($"/api/claims/{made.Claim}")).Is(200)["documents"]!.AsArray());
    }

    [Fact]
    public async Task Files_that_come_too_late_are_answered_the_same_and_no_reason_is_told()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}";
        (await Colleague.Post($"{path}/withdrawal", new { reason = "a reason that is not told" }, "\"1\"")).Is(200);

        var file = new ByteArrayContent(Sample.Pdf());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        var lost = (await Officer.Post($"{path}/documents", new MultipartFormDataContent { { file, "other", "a.pdf" } }, "\"1\""))
            .IsProblemOf(412, "stale-version");
        Assert.Equal("claim_withdrawn", (string)Assert.Single(lost["changes"]!.AsArray())!["type"]!);
        Assert.Equal(2, (long)lost["version"]!);
        Assert.DoesNotContain("a reason that is not told", lost.Body, StringComparison.Ordinal);
        var asJson = (await Officer.Post($"{path}/documents", Sample.Document("other"), "\"1\"")).IsProblemOf(412, "stale-version");
        Assert.Equal(asJson["changes"]!.ToJsonString(), lost["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task At_most_the_newest_twenty_changes_are_told()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/documents";
        for (var sent = 0; sent < 22; sent++)
            (await Officer.Do(path, new { kind = "other", fileName = "a.pdf", sha256 = sent.ToString("x64") })).Is(200);
        var lost = (await Colleague.Post(path, Sample.Document("other"), "\"1\"")).IsProblemOf(412, "stale-version");
        Assert.Equal(Enumerable.Range(4, 20), lost["changes"]!.AsArray().Select(change => (int)change!["version"]!));
    }

    [Fact]
    public async Task A_version_that_never_was_has_nothing_after_it()
    {
        var made = await Submitted();
        var lost = (await Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("other"), "\"999\""))
            .IsProblemOf(412, "stale-version");
        Assert.Empty(lost["changes"]!.AsArray());
        Assert.Equal(1, (long)lost["version"]!);
    }

    [Fact]
    public async Task Another_office_is_told_nothing_not_even_that_it_changed()
    {
        var made = await Submitted();
        var elsewhere = Api.As("officer-lanzhou", "officer", "620102");
        var answer = await elsewhere.Post($"/api/claims/{made.Claim}/documents", Sample.Document("other"), "\"999\"");
        answer.IsProblemOf(404, "not-found");
        Assert.Null(answer["changes"]);
    }

    [Fact]
    public async Task Finance_sees_what_changed_on_a_payout_without_words_of_the_claim()
    {
        var made = await Approved();
        var payout = $"/api/payouts/{made.Payout}";
        (await Finance.Post($"{payout}/authorisation", null, "\"1\"")).Is(200);
        var lost = (await Releaser.Post($"{payout}/hold", new { reason = "sample" }, "\"1\"")).IsProblemOf(412, "stale-version");
        var change = Assert.Single(lost["changes"]!.AsArray())!;
        Assert.Equal(["version", "type", "by", "at"], change.AsObject().Select(member => member.Key));
        Assert.Equal(("payout_authorised", "zhao"), ((string)change["type"]!, (string)change["by"]!));
    }
}
