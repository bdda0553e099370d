namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A screen masks a person's numbers; who opens them is recorded before they are shown.</summary>
public sealed class IdentityTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Who_opens_a_persons_numbers_says_why_and_auditors_see_it()
    {
        var made = await Submitted();
        var member = await MemberOf(made);
        var path = $"/api/members/{member}/openings";
        Assert.Empty((await Auditor.Get(path)).Is(200)["openings"]!.AsArray());
        var before = (await Officer.Get($"/api/members/{member}")).Is(200).ETag;

        var opened = (await Officer.Post(path, new { reason = "核对申领人身份证" })).Is(200);
        Assert.Equal((made.Person.IdNumber, made.Person.Phone), (opened.Text("idNumber"), opened.Text("phone")));
        (await Finance.Post(path, new { reason = "银行退汇核对" })).Is(200);

        var openings = (await Auditor.Get(path)).Is(200)["openings"]!.AsArray();
        Assert.Equal([("wang", "核对申领人身份证"), ("zhao", "银行退汇核对")],
            openings.Select(opening => ((string)opening!["by"]!, (string)opening["reason"]!)));
        Assert.Equal(before, (await Officer.Get($"/api/members/{member}")).Is(200).ETag);   // reading changes no person
    }

    [Fact]
    public async Task Without_a_reason_or_from_elsewhere_nothing_is_opened()
    {
        var made = await Submitted();
        var path = $"/api/members/{await MemberOf(made)}/openings";
        await Refused(() => Officer.Post(path, new { }), 422, "invalid-request", "reason");
        await Refused(() => Officer.Post(path, new { reason = "x" }), 422, "invalid-request", "reason");
        await Refused(() => Officer.Post(path, new { reason = new string('好', 201) }), 422, "invalid-request", "reason");
        await Refused(() => Officer.Post(path, new { reason = "a\u202Eb" }), 422, "invalid-request", "reason");
        await Refused(() => Api.As("far", "officer", "620102").Post(path, new { reason = "看看" }), 404, "not-found");
        await Refused(() => Api.As("ops", "operator", "").Post(path, new { reason = "看看" }), 403, "role-missing");
        await Refused(() => Officer.Get(path), 403, "role-missing");
        Assert.Empty((await Auditor.Get(path)).Is(200)["openings"]!.AsArray());
    }
}
