using System.Net;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Notifications;

namespace ClaimsEngine.Host.Tests.Outbox;

/// <summary>A webhook's address is what somebody has entered: it never leads into our own network.</summary>
public sealed class GuardedHttpTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:db8::1")]
    public void An_address_that_is_not_public_is_told_apart(string address) => Assert.False(GuardedHttp.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("223.5.5.5")]
    [InlineData("::ffff:223.5.5.5")]
    [InlineData("2400:3200::1")]
    [InlineData("2606:4700:4700::1111")]
    public void A_public_address_may_be_connected_to(string address) => Assert.True(GuardedHttp.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_is_judged_by_where_it_leads_when_it_is_connected_to()
    {
        await using var platform = await FakePlatform.Start();
        var url = platform.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        foreach (var (internalHosts, development, reaches) in ((string[], bool, bool)[])
            [([], false, false), (["elsewhere"], false, false), (["LOCALHOST"], false, true), ([], true, true)])
        {
            using var http = new HttpMessageInvoker(GuardedHttp.Handler(development, internalHosts));
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("{}") };
            var attempt = await GuardedHttp.Send(http, request, TestContext.Current.CancellationToken);
            Assert.Equal(reaches ? (200, null) : (null, "forbidden-address"), (attempt.Answer, attempt.Note));
        }
        Assert.Equal(2, platform.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        await using var platform = await FakePlatform.Start();
        platform.Answer = (_, _) => Task.FromResult(302);
        using var http = new HttpMessageInvoker(GuardedHttp.Handler(anyAddress: true, []));
        using var request = new HttpRequestMessage(HttpMethod.Post, platform.Url) { Content = new StringContent("{}") };
        var attempt = await GuardedHttp.Send(http, request, TestContext.Current.CancellationToken);
        Assert.Equal(((int?)302, (DeliveryStatus?)null), (attempt.Answer, attempt.End));
        Assert.Single(platform.Requests);
    }

    [Fact]
    public async Task Who_does_not_answer_has_failed_and_it_is_said_why()
    {
        await using var platform = await FakePlatform.Start();
        var never = new TaskCompletionSource();
        platform.Answer = async (_, cancellation) =>
        {
            await never.Task.WaitAsync(cancellation);
            return 200;
        };
        using var http = new HttpMessageInvoker(GuardedHttp.Handler(anyAddress: true, []));
        using var silent = new HttpRequestMessage(HttpMethod.Post, platform.Url) { Content = new StringContent("{}") };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var trying = GuardedHttp.Send(http, silent, patience.Token);
        await Wait.Until(() => platform.Open == 1, "the platform was not asked");
        await patience.CancelAsync();
        Assert.Equal(new Attempt(null, null, "timeout"), await trying);

        using var nobody = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:1/") { Content = new StringContent("{}") };
        Assert.Equal(new Attempt(null, null, "no-connection"),
            await GuardedHttp.Send(http, nobody, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_configured_key_is_base64_of_32_bytes()
    {
        Assert.Null(WebhookSecrets.KeyOf(null));
        Assert.Equal(32, WebhookSecrets.KeyOf(Convert.ToBase64String(new byte[32]))!.Length);
        foreach (var bad in (string[])["short", Convert.ToBase64String(new byte[31]), "no base64 at all, however long the text may be"])
            Assert.Throws<InvalidOperationException>(() => WebhookSecrets.KeyOf(bad));
    }

    [Fact]
    public void Every_webhook_and_every_change_has_a_secret_of_its_own()
    {
        var (secrets, other, id) = (new WebhookSecrets(new byte[32]), new WebhookSecrets([.. new byte[31], 1]), Guid.NewGuid());
        Assert.Equal(secrets.Of(id, 1), secrets.Of(id, 1));
        Assert.Equal(4, new[] { secrets.Of(id, 1), secrets.Of(id, 2), secrets.Of(Guid.NewGuid(), 1), other.Of(id, 1) }
            .Select(Convert.ToHexString).Distinct().Count());
    }
}
