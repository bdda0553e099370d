namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The letters of a claim as pages to print.</summary>
public sealed class LetterTests(ApiFixture api) : ApiTest(api)
{
    private const string Hostile = "</p><script>alert(1)</script>\u202E{member}<img src=x onerror=alert(1)>&amp;";

    [Fact]
    public async Task Every_letter_is_a_page_that_runs_nothing_and_shows_what_people_wrote_as_text()
    {
        var open = await Submitted();
        (await Officer.Do($"/api/claims/{open.Claim}/supplement-requests", new { text = Hostile })).Is(200);
        await Shown(open, "supplement", "补正材料通知书", "伤残鉴定书");

        var declined = await Assessed();
        (await Approver.Do($"/api/claims/{declined.Claim}/refusal", new { reason = Hostile, clause = Hostile })).Is(200);
        await Shown(declined, "declined", "不予给付", declined.Amount, Letter(Sample.DayFromToday(60)));
        (await Officer.Do($"/api/claims/{declined.Claim}/appeal", new { reason = Hostile })).Is(200);
        (await Api.As("tang", "approver", "").Do($"/api/claims/{declined.Claim}/appeal/decision",
            new { outcome = "upheld", reason = Hostile, clause = Hostile })).Is(200);
        await Shown(declined, "appeal-decision", "维持原不予给付决定");

        var approved = await Assessed();
        (await Approver.Do($"/api/claims/{approved.Claim}/approval", new { amount = approved.Amount, reason = Hostile })).Is(200);
        await Shown(approved, "approved", "壹拾贰万元整", "120000.00");
    }

    [Fact]
    public async Task The_letter_of_an_earlier_refusal_is_printed_again_by_its_version_and_by_its_moment()
    {
        var made = await Assessed();
        var claim = $"/api/claims/{made.Claim}";
        var refused = (await Approver.Do($"{claim}/refusal", new { reason = "第一次理由" })).Is(200);
        var version = int.Parse(refused.ETag!.Trim('"'));
        (await Officer.Do($"{claim}/appeal", new { reason = "r" })).Is(200);
        (await Api.As("tang", "approver", "").Do($"{claim}/appeal/decision", new { outcome = "reversed", reason = "r" })).Is(200);
        (await Api.As("chen", "officer", "620602").Do($"{claim}/assessment")).Is(200);
        (await Api.As("gao", "approver", "62").Do($"{claim}/refusal", new { reason = "第二次理由" })).Is(200);

        var last = (await Officer.Get($"{claim}/letters/declined")).Is(200);
        Assert.Contains("第二次理由", last.Body, StringComparison.Ordinal);
        var first = (await Officer.Get($"{claim}/letters/declined?version={version}")).Is(200);
        Assert.Contains("第一次理由", first.Body, StringComparison.Ordinal);
        Assert.Contains("不再有效", first.Body, StringComparison.Ordinal);
        Assert.Equal(refused.ETag, first.ETag);
        var at = (string)(await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray()
            .Single(one => (int)one!["version"]! == version)!["time"]!;
        var then = (await Officer.Get($"{claim}/letters/declined?asOf={Uri.EscapeDataString(at)}")).Is(200);
        Assert.Contains("第一次理由", then.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("不再有效", then.Body, StringComparison.Ordinal);
        (await Officer.Get($"{claim}/letters/declined?version={version - 1}")).IsProblemOf(404, "not-found");
        (await Officer.Get($"{claim}/letters/declined?version=0")).IsProblemOf(422, "invalid-request", "version");
    }

    [Fact]
    public async Task A_letter_is_for_those_who_handle_claims_in_the_region()
    {
        var made = await Assessed();
        (await Approver.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" })).Is(200);
        var path = $"/api/claims/{made.Claim}/letters/declined";
        foreach (var by in new[] { Officer, Approver, Auditor }) (await by.Get(path)).Is(200);
        foreach (var by in new[] { Finance, PlanAdmin, Operator }) (await by.Get(path)).IsProblemOf(403, "role-missing");
        (await Api.Anonymous.Get(path)).IsProblemOf(401, "unauthenticated");
        (await Api.As("far", "officer,approver,auditor", "620102").Get(path)).IsProblemOf(404, "not-found");
        foreach (var none in (string[])["approved", "supplement", "appeal-decision", "anything", "Declined"])
            (await Officer.Get($"/api/claims/{made.Claim}/letters/{none}")).IsProblemOf(404, "not-found");
        (await Officer.Get(path, accept: "application/pdf")).IsProblemOf(406, "not-acceptable");
        (await Officer.Get(path, accept: "application/pdf, text/html;q=0.5")).Is(200);
    }

    private async Task Shown(Case made, string kind, params string[] texts)
    {
        using var message = Officer.Request(HttpMethod.Get, $"/api/claims/{made.Claim}/letters/{kind}", null);
        using var response = await Api.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/html; charset=utf-8"), ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        foreach (var text in (string[])[.. texts, made.Person.Name, "&lt;script&gt;", "{member}&lt;img src=x", "&amp;amp;"])
            Assert.Contains(text, page, StringComparison.Ordinal);
        foreach (var none in (string[])
            ["<script", "<img", "javascript:", " style=", "\u202E", "&#x202E;", made.Person.IdNumber, made.Person.Card, made.Person.Phone])
            Assert.DoesNotContain(none, page, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A day as a letter writes it.</summary>
    private static string Letter(string day) => $"{DateTime.Parse(day):yyyy年M月d日}";
}
