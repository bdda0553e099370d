using System.Text.Json;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The printable certificate.</summary>
public sealed class CertificateTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_certificate_is_a_page_that_runs_nothing_and_says_what_it_is()
    {
        var made = await Enrolled();
        var shown = (await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200);
        using var message = Officer.Request(HttpMethod.Get, $"/api/enrolments/{made.Enrolment}/certificate", null);
        using var response = await Api.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/html; charset=utf-8"), ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        foreach (var text in (string[])[
            shown.Text("certificateNumber"), made.Person.Name, $"620602********{made.Person.IdNumber[14..]}", "2025年1月1日 至 2025年12月31日",
                "120.00", "甘肃", "货车司机", "凉州区", "假定"])
            Assert.Contains(text, page, StringComparison.Ordinal);
        var shownPart = page[(page.IndexOf("</style>", StringComparison.Ordinal) + 8)..];
        foreach (var none in (string[])
            ["<script", "javascript:", "http://", "https://", " style=", made.Person.IdNumber, made.Person.Phone])
            Assert.DoesNotContain(none, shownPart, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_browser_opens_a_certificate_under_an_address_that_is_good_for_some_minutes()
    {
        var made = await Enrolled();
        var path = $"/api/enrolments/{made.Enrolment}/certificate";
        var link = (await Officer.Post($"{path}/link")).Is(200);
        var address = new Uri(link.Text("address"));
        Assert.Equal(Api.Address.Authority, address.Authority);
        var until = DateTimeOffset.Parse(link.Text("expiresAt")) - DateTimeOffset.UtcNow;
        Assert.InRange(until, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(11));

        using var response = await Api.Http.GetAsync(address, TestContext.Current.CancellationToken);   // without a token
        Assert.Equal((200, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("style-src 'sha256-", Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(
            (await Officer.Get(path)).Is(200).Body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        // a user's name may look like a date
        var dated = new Uri((await Api.As("2024-05-01", "officer").Post($"{path}/link")).Is(200).Text("address"));
        Assert.Equal(200, (int)(await Api.Http.GetAsync(dated, TestContext.Current.CancellationToken)).StatusCode);

        // nobody else's token opens it, and the address opens nothing else
        var ticket = address.Query["?ticket=".Length..];
        (await Api.Anonymous.Get("/certificates")).IsProblemOf(404, "not-found");
        (await Api.Anonymous.Get($"/certificates?ticket={ticket[..^3]}AAA")).IsProblemOf(404, "not-found");
        (await Api.Anonymous.Get($"/certificates?ticket={Api.TokenOf("wang", "officer", "620602")}")).IsProblemOf(404, "not-found");
        (await Api.Anonymous.Get($"/certificates?ticket={ticket}&asOf=x")).IsProblemOf(422, "invalid-request", "asOf");
        using var withTicket = new HttpRequestMessage(HttpMethod.Get, path);
        withTicket.Headers.Authorization = new("Bearer", ticket);
        Assert.Equal(401, (int)(await Api.Http.SendAsync(withTicket, TestContext.Current.CancellationToken)).StatusCode);

        await Refused(() => Api.As("far", "officer", "110000").Post($"{path}/link"), 404, "not-found");
        await Refused(() => PlanAdmin.Post($"{path}/link"), 403, "role-missing");
        await Refused(() => Api.Anonymous.Post($"{path}/link"), 401, "unauthenticated");
    }

    [Fact]
    public async Task What_people_have_written_is_text_and_never_markup()
    {
        var code = Sample.NewCode("shared");
        var programme = JsonSerializer.SerializeToNode(Sample.SharedProgramme(code), JsonSerializerOptions.Web)!.AsObject();
        programme["name"] = "</td><script>alert(1)</script>";
        programme["sponsor"] = "\"><img src=x onerror=alert(1)>";
        programme["funding"]![0]!["payer"] = "<b>payer</b>&amp;";
        (await PlanAdmin.Post("/api/programmes", programme)).Is(201);
        var made = await Enrolled(code, Sample.NewPerson() with { Name = "<i>样例</i>" });
        var page = (await Officer.Get($"/api/enrolments/{made.Enrolment}/certificate")).Is(200).Body;
        foreach (var none in (string[])["<script", "<img", "<b>", "<i>"]) Assert.DoesNotContain(none, page, StringComparison.Ordinal);
        foreach (var text in (string[])["&lt;script&gt;", "&lt;i&gt;样例&lt;/i&gt;", "&amp;amp;", "尚未生效", "待缴"])
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_says_so()
    {
        var made = await Enrolled();
        (await Officer.Do($"/api/enrolments/{made.Enrolment}/voidance", new { reason = "r" })).Is(200);
        async Task Says(string text, Case of) => Assert.Contains(
            text, (await Officer.Get($"/api/enrolments/{of.Enrolment}/certificate")).Is(200).Body, StringComparison.Ordinal);
        await Says("作废", made);
        var programme = await OpenSharedProgramme();
        var lapsed = await Enrolled(programme);
        (await Finance.Do($"/api/enrolments/{lapsed.Enrolment}/lapse", new { reason = "r" })).Is(200);
        await Says("已失效", lapsed);
        var cancelled = await Enrolled(programme);
        (await Officer.Do($"/api/enrolments/{cancelled.Enrolment}/cancellation", new { reason = "r" })).Is(200);
        await Says("已退保", cancelled);
        (await Officer.Get($"/api/enrolments/{Guid.NewGuid()}/certificate")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/enrolments/{made.Enrolment}/certificate?format=pdf")).IsProblemOf(422, "invalid-request", "format");
    }
}
