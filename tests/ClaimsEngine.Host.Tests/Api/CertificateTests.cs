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
            shown.Text("certificateNumber"), made.Person.Name, $"620602********{made.Person.IdNumber[14..]}", "2025年1月1日 至 2025年12月31日", "120.00", "甘肃", "货车司机", "凉州区", "假定"])
            Assert.Contains(text, page, StringComparison.Ordinal);
        foreach (var none in (string[])["<script", "javascript:", "http://", "https://", " style=", made.Person.IdNumber, made.Person.Phone])
            Assert.DoesNotContain(none, page[(page.IndexOf("</style>", StringComparison.Ordinal) + 8)..], StringComparison.OrdinalIgnoreCase);
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
        foreach (var text in (string[])["&lt;script&gt;", "&lt;i&gt;样例&lt;/i&gt;", "&amp;amp;", "尚未生效", "待缴"]) Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_says_so()
    {
        var made = await Enrolled();
        (await Officer.Do($"/api/enrolments/{made.Enrolment}/voidance", new { reason = "r" })).Is(200);
        Assert.Contains("作废", (await Officer.Get($"/api/enrolments/{made.Enrolment}/certificate")).Is(200).Body, StringComparison.Ordinal);
        var programme = await OpenSharedProgramme();
        var lapsed = await Enrolled(programme);
        (await Finance.Do($"/api/enrolments/{lapsed.Enrolment}/lapse", new { reason = "r" })).Is(200);
        Assert.Contains("已失效", (await Officer.Get($"/api/enrolments/{lapsed.Enrolment}/certificate")).Is(200).Body, StringComparison.Ordinal);
        var cancelled = await Enrolled(programme);
        (await Officer.Do($"/api/enrolments/{cancelled.Enrolment}/cancellation", new { reason = "r" })).Is(200);
        Assert.Contains("已退保", (await Officer.Get($"/api/enrolments/{cancelled.Enrolment}/certificate")).Is(200).Body, StringComparison.Ordinal);
        (await Officer.Get($"/api/enrolments/{Guid.NewGuid()}/certificate")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/enrolments/{made.Enrolment}/certificate?format=pdf")).IsProblemOf(422, "invalid-request", "format");
    }
}
