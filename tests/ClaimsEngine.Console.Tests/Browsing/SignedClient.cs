using System.Net;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Browsing;

/// <summary>A sample person's requests without a browser: its cookies, and nothing that a browser adds or forbids.</summary>
internal sealed partial class SignedClient : IDisposable
{
    private readonly HttpClient http;

    private SignedClient(HttpClient http) => this.http = http;

    /// <summary>Where signing in led to, as the answer said it.</summary>
    public Uri? CameTo { get; private set; }

    /// <summary>What the answers so far said of cookies.</summary>
    public List<string> Cookies { get; } = [];

    /// <summary>Nobody's.</summary>
    public static SignedClient Anonymous(Uri address) => new(new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address });

    public static async Task<SignedClient> For(ApiFixture api, string person, string back = "", Uri? address = null)
    {
        var client = Anonymous(address ?? api.Address);
        var answer = await client.Post(
            "session/begin", ("name", person), ("back", back), ("__RequestVerificationToken", await client.Token("sign-in")));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"signing in as {person} was answered {answer.StatusCode}");
        client.CameTo = answer.Headers.Location;
        return client;
    }

    public async Task<HttpResponseMessage> Get(string address, string accept = "text/html")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd(accept);
        return Seen(await http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public async Task<string> Page(string address)
    {
        using var answer = await Get(address);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} was answered {answer.StatusCode} {answer.Headers.Location}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> Post(string address, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return Seen(await http.PostAsync(address, content, TestContext.Current.CancellationToken));
    }

    /// <summary>The antiforgery token of a page's first form.</summary>
    public async Task<string> Token(string page) => WebUtility.HtmlDecode(TokenField().Match(await Page(page)).Groups[1].Value);

    public void Dispose() => http.Dispose();

    private HttpResponseMessage Seen(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) Cookies.AddRange(cookies);
        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
