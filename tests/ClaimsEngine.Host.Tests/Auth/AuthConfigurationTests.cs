using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Tests.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Tests.Auth;

public sealed class AuthConfigurationTests
{
    [Theory]
    [InlineData("Production", null, null, null, "No token issuer is configured")]
    [InlineData("Production", "https://issuer.test", null, null, "Auth:Audience is missing")]
    [InlineData("Production", "http://issuer.test", "x", null, "not https")]
    [InlineData("Production", "issuer", "x", null, "not an absolute")]
    [InlineData("Development", "http://issuer.test", "x", null, "not https")]
    public async Task The_host_refuses_to_start_without_a_sound_issuer(
        string environment, string? authority, string? audience, string? https, string reason)
    {
        var refused =
            await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.Start(environment, Settings(authority, audience, https)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", null, null, null)]
    [InlineData("Production", "http://issuer.test", "x", "false")]
    [InlineData("Production", "https://issuer.test", "x", null)]
    public async Task The_host_starts_with_one(string environment, string? authority, string? audience, string? https)
    {
        await using var host = await TestHost.Start(environment, Settings(authority, audience, https));
        Assert.Equal(200, (int)(await host.Get("/api/open")).StatusCode);
    }

    [Fact]
    public async Task Claim_names_are_configurable()
    {
        await using var issuer = await FakeIssuer.Start();
        var settings = Settings(FakeIssuer.Address, FakeIssuer.Audience, null);
        settings["Auth:RolesClaim"] = "https://union.test/roles";
        settings["Auth:RegionClaim"] = "office";
        await using var host = await TestHost.Start("Production", settings, services =>
            services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer => bearer.Backchannel = issuer.Client()));
        var me = await host.WhoIs(issuer.Token(new() { ["https://union.test/roles"] = "auditor", ["office"] = "11" }));
        Assert.Equal(["auditor"], me.Roles);
        Assert.Equal("11", me.Region);
    }

    [Fact]
    public async Task Approval_limits_are_configurable()
    {
        await using var host = await TestHost.Start(configuration: new() { ["Approval:District"] = "30000.50" });
        Assert.Equal("30000.50", (await host.WhoIs(TestHost.TokenFor("a", "620602"))).Limit);
        Assert.Equal("200000.00", (await host.WhoIs(TestHost.TokenFor("b", "6206"))).Limit);
        Assert.Equal("1000000.00", (await host.WhoIs(TestHost.TokenFor("c", "62"))).Limit);
        Assert.Null((await host.WhoIs(TestHost.TokenFor("d", ""))).Limit);
    }

    [Theory]
    [InlineData("much")]
    [InlineData("-1.00")]
    [InlineData("0")]
    public void A_limit_that_is_no_amount_is_refused(string text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("City", text)]).Build();
        Assert.Throws<InvalidOperationException>(() => new OfficeLimits(configuration));
    }

    private static Dictionary<string, string?> Settings(string? authority, string? audience, string? https) =>
        new() { ["Auth:Authority"] = authority, ["Auth:Audience"] = audience, ["Auth:RequireHttps"] = https };
}
