using System.Security.Cryptography;
using ClaimsEngine.Host.Tests.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Tests.Auth;

/// <summary>Tokens of an OpenID Connect issuer, as in production.</summary>
public sealed class IssuedTokenTests : IAsyncLifetime
{
    private FakeIssuer issuer = null!;
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await FakeIssuer.Start();
        host = await HostFor();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_the_issuer_names_the_actor()
    {
        var me = await host.WhoIs(issuer.Token(new() { ["roles"] = new[] { "approver", "plan-admin", "somebody-elses-role" } }));
        Assert.Equal("u-17", me.Id);
        Assert.Equal(["approver", "plan-admin"], me.Roles);
        Assert.Equal("6206", me.Region);
        Assert.Equal("200000.00", me.Limit);
    }

    [Theory]
    [InlineData("approver finance")]
    [InlineData("approver,finance")]
    [InlineData(" approver, finance ")]
    public async Task Roles_may_be_one_text(string roles) =>
        Assert.Equal(["approver", "finance"], (await host.WhoIs(issuer.Token(new() { ["roles"] = roles }))).Roles);

    [Fact]
    public async Task A_token_without_roles_is_believed_but_gives_none() =>
        Assert.Empty((await host.WhoIs(issuer.Token(new() { ["roles"] = null }))).Roles);

    [Fact]
    public async Task A_missing_region_is_refused_and_not_taken_for_national() =>
        await Refused(issuer.Token(new() { ["region"] = null }), "the token has no region claim");

    [Fact]
    public async Task An_empty_region_is_national_and_without_limit()
    {
        var me = await host.WhoIs(issuer.Token(new() { ["region"] = "" }));
        Assert.Equal(("", null), (me.Region, me.Limit));
    }

    [Theory]
    [InlineData("99")]
    [InlineData(" ")]
    [InlineData("Wuwei")]
    public async Task An_unknown_region_is_refused(string region) =>
        await Refused(issuer.Token(new() { ["region"] = region }), "the token's region is no code of GB/T 2260");

    [Fact]
    public async Task Several_regions_are_refused() =>
        await Refused(issuer.Token(new() { ["region"] = new[] { "62", "11" } }), "the token's region is no code of GB/T 2260");

    [Fact]
    public async Task A_token_without_subject_is_refused() =>
        await Refused(issuer.Token(new() { ["sub"] = null }), "the token has no usable subject");

    [Fact]
    public async Task Nobody_has_a_name_under_which_the_engine_itself_acts()
    {
        foreach (var name in (string[])[EngineActors.Deadlines, EngineActors.SettlementFeed, EngineActors.OneClick,
            EngineActors.Webhooks, EngineActors.PaymentSchedules])
            await Refused(issuer.Token(new() { ["sub"] = name }), "the token's subject is a name under which the engine itself acts");
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var past = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds();
        await Refused(issuer.Token(new() { ["nbf"] = past - 600, ["exp"] = past }), "the token has expired");
    }

    [Fact]
    public async Task Clocks_may_differ_by_less_than_a_minute()
    {
        var past = DateTimeOffset.UtcNow.AddSeconds(-30).ToUnixTimeSeconds();
        await host.WhoIs(issuer.Token(new() { ["nbf"] = past - 600, ["exp"] = past }));
    }

    [Fact]
    public async Task A_token_that_never_expires_is_refused() =>
        await Refused(issuer.Token(new() { ["exp"] = null }), "the token has no valid lifetime");

    [Fact]
    public async Task A_token_for_another_audience_is_refused() =>
        await Refused(issuer.Token(new() { ["aud"] = "payroll" }), "the token is meant for another audience");

    [Fact]
    public async Task A_token_of_another_issuer_is_refused() =>
        await Refused(issuer.Token(new() { ["iss"] = "https://elsewhere.test" }), "the token has an unknown issuer");

    [Theory]
    [InlineData("at+jwt", true)]
    [InlineData("application/AT+JWT", true)]
    [InlineData("logout+jwt", false)]
    [InlineData("dpop+jwt", false)]
    public async Task Only_an_access_token_is_believed(string type, bool believed)
    {
        var token = issuer.Token(header: new() { ["typ"] = type });
        if (believed) await host.WhoIs(token);
        else await Refused(token, "the token is of another type");
    }

    [Fact]
    public async Task A_critical_header_that_is_not_understood_is_refused() =>
        await Refused(issuer.Token(header: new() { ["crit"] = new[] { "exp" } }), "the token has critical headers that are not understood");

    [Fact]
    public async Task A_subject_that_looks_like_a_date_stays_as_it_is() =>
        Assert.Equal("2024-02-03T04:05:06+08:00", (await host.WhoIs(issuer.Token(new() { ["sub"] = "2024-02-03T04:05:06+08:00" }))).Id);

    [Fact]
    public async Task A_token_of_another_key_under_the_issuers_key_id_is_refused() =>
        await Refused(issuer.Token(signing: new(FakeIssuer.StrangersKey("first"), SecurityAlgorithms.RsaSha256)),
            "the token's signature is wrong");

    [Fact]
    public async Task A_changed_payload_is_refused()
    {
        var parts = issuer.Token().Split('.');
        var other = issuer.Token(new() { ["sub"] = "somebody-else" }).Split('.');
        await Refused($"{parts[0]}.{other[1]}.{parts[2]}", "the token's signature is wrong");
    }

    [Fact]
    public async Task A_token_signed_with_the_issuers_public_key_as_a_secret_is_refused()
    {
        var secret = new SymmetricSecurityKey(issuer.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "first" };
        await Refused(issuer.Token(signing: new(secret, SecurityAlgorithms.HmacSha256)),
            "the token is signed with an algorithm that is not accepted");
    }

    [Fact]
    public async Task A_token_of_the_development_key_is_refused_outside_development() =>
        await Refused(TestHost.TokenFor("wang"), "the token is signed with an algorithm that is not accepted");

    [Fact]
    public async Task A_development_token_that_claims_the_issuer_is_refused_even_in_development()
    {
        await using var development = await HostFor("Development");
        var signing = new SigningCredentials(new SymmetricSecurityKey(TestHost.Key.Key), SecurityAlgorithms.HmacSha256);
        var answer = await development.Get("/api/me", issuer.Token(signing: signing));
        await answer.ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Development_believes_both_the_issuer_and_itself()
    {
        await using var development = await HostFor("Development");
        Assert.Equal("u-17", (await development.WhoIs(issuer.Token())).Id);
        Assert.Equal("wang", (await development.WhoIs(TestHost.TokenFor("wang"))).Id);
    }

    [Fact]
    public async Task After_the_issuer_rotated_its_key_new_tokens_are_believed_without_a_restart()
    {
        await host.WhoIs(issuer.Token());
        issuer.Rotate();
        // The library allows one fetch a second at most.
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        Assert.Equal("u-17", (await host.WhoIs(issuer.Token())).Id);
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task A_token_of_a_key_that_the_issuer_withdrew_is_refused()
    {
        var old = issuer.Token();
        await host.WhoIs(old);
        issuer.Rotate();
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        await host.WhoIs(issuer.Token());
        await (await host.Get("/api/me", old)).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Tokens_with_invented_keys_do_not_make_the_host_hammer_its_issuer()
    {
        await using var patient = await HostFor(refresh: TimeSpan.FromMinutes(5));
        await patient.WhoIs(issuer.Token());
        var stranger = new SigningCredentials(FakeIssuer.StrangersKey("invented"), SecurityAlgorithms.RsaSha256);
        for (var i = 0; i < 20; i++)
            await (await patient.Get("/api/me", issuer.Token(signing: stranger))).ShouldBeProblem(401, "unauthenticated");
        Assert.Equal(2, issuer.Fetches);   // at the first token, and at the first unknown key
    }

    [Fact]
    public async Task An_unreachable_issuer_is_no_fault_of_the_caller()
    {
        issuer.Down = true;
        var answer = await host.Get("/api/me", issuer.Token());
        await answer.ShouldBeProblem(503, "unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task The_issuer_is_believed_once_it_can_be_reached_again()
    {
        issuer.Down = true;
        await (await host.Get("/api/me", issuer.Token())).ShouldBeProblem(503, "unavailable");
        issuer.Down = false;
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        await host.WhoIs(issuer.Token());
    }

    [Fact]
    public async Task An_issuer_that_fails_later_does_not_lock_out_whom_its_known_keys_vouch_for()
    {
        await host.WhoIs(issuer.Token());
        issuer.Down = true;
        await (await host.Get("/api/me", issuer.Token(signing: new(FakeIssuer.StrangersKey("invented"), SecurityAlgorithms.RsaSha256))))
            .ShouldBeProblem(401, "unauthenticated");
        await host.WhoIs(issuer.Token());
    }

    [Fact]
    public async Task No_log_has_a_token_or_who_sent_it()
    {
        var log = new KeptLog();
        await using var talkative = await TestHost.Start(
            "Production",
            new() { ["Auth:Authority"] = FakeIssuer.Address, ["Auth:Audience"] = FakeIssuer.Audience },
            services =>
            {
                services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme,
                    bearer => bearer.Backchannel = issuer.Client());
                services.AddSingleton<ILoggerProvider>(log);
                services.Configure<LoggerFilterOptions>(filter =>
                {
                    filter.Rules.Clear();
                    filter.MinLevel = LogLevel.Trace;
                });
            });
        var past = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds();
        Dictionary<string, object?>[] changes =
        [
            [], new() { ["exp"] = past, ["nbf"] = past - 600 }, new() { ["aud"] = "payroll" },
            new() { ["iss"] = "https://elsewhere.test" }, new() { ["region"] = null },
        ];
        foreach (var change in changes)
        foreach (var signing in new[] { null, new SigningCredentials(FakeIssuer.StrangersKey("first"), SecurityAlgorithms.RsaSha256) })
        {
            change["sub"] = "zhang-wei-of-wuwei";
            var token = issuer.Token(change, signing);
            await talkative.Get("/api/me", token);
            Assert.Contains("JwtBearerHandler", log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("zhang-wei-of-wuwei", log.Text, StringComparison.Ordinal);
            Assert.All(token.Split('.'), part => Assert.DoesNotContain(part, log.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_elliptic_curve_algorithm_passes_the_first_look_but_needs_a_known_key()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signing = new SigningCredentials(new ECDsaSecurityKey(curve) { KeyId = "first" }, SecurityAlgorithms.EcdsaSha256);
        var answer = await host.Get("/api/me", issuer.Token(signing: signing));
        await answer.ShouldBeProblem(401, "unauthenticated");
    }

    private Task<TestHost> HostFor(string environment = "Production", TimeSpan? refresh = null) => TestHost.Start(
        environment,
        new() { ["Auth:Authority"] = FakeIssuer.Address, ["Auth:Audience"] = FakeIssuer.Audience },
        services => services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            bearer.Backchannel = issuer.Client();
            bearer.RefreshInterval = refresh ?? TimeSpan.FromSeconds(1);
        }));

    private async Task Refused(string token, string reason)
    {
        var answer = await host.Get("/api/me", token);
        var problem = await answer.ShouldBeProblem(401, "unauthenticated");
        Assert.Equal(reason, problem.GetProperty("detail").GetString());
        Assert.Equal($"Bearer error=\"invalid_token\", error_description=\"{reason}\"", answer.Headers.WwwAuthenticate.ToString());
    }
}
