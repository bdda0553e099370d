using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Bodies whose framing is broken, byte for byte as an HTTP library would never send them.</summary>
public sealed class BrokenBodyTests(ApiFixture api) : ApiTest(api)
{
    public static TheoryData<string> Chunks =>
        ["FFFFFFFFFFFFFFFF\r\n", "80000000\r\n", "FFFFFFFF\r\n", "-1\r\n", "zz\r\n", "\r\n", "2\r\n{}x\r\n0\r\n\r\n"];

    [Theory, MemberData(nameof(Chunks))]
    public async Task A_chunk_that_cannot_be_is_a_bad_request_on_every_kind_of_route(string chunks)
    {
        var before = await Api.Ledger();
        foreach (var (caller, path, type) in ((string, string, string)[])
        [
            ("officer", "/api/enrolments", "application/json"),
            ("officer", $"/api/plans/{Sample.SeededPlan}/quotes", "application/json"),
            ("officer", $"/api/rosters?programme={Sample.SeededPlan}&accept=good-rows", "text/csv"),
            ("officer", "/api/settlements", "application/x-ndjson"),
            ("officer", "/api/members/search", "application/json"),
            ("finance", $"/api/payment-batches/{Guid.NewGuid()}/results", "text/csv"),
            ("auditor", "/api/audit/what-ifs", "application/json"),
            ("auditor", "/api/finance/audit-packs", "application/json"),
            ("officer", "/api/dev/tokens", "application/json"),
        ])
        {
            var answer = await Send($"""
                POST {path} HTTP/1.1
                Host: {Api.Address.Authority}
                Authorization: Bearer {Api.TokenOf($"the-{caller}", caller, "620602")}
                Content-Type: {type}
                If-Match: *
                Transfer-Encoding: chunked
                Connection: close


                """.ReplaceLineEndings("\r\n") + chunks);
            Assert.True(StatusOf(answer) == 400, $"{path} {chunks}: {answer}");
            Assert.Contains("\"code\":\"bad-request\"", answer, StringComparison.Ordinal);
        }
        Assert.Equal(before, await Api.Ledger());
    }

    [Theory]
    [InlineData("Content-Length: 50")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_that_ends_before_its_time_stores_nothing(string framing)
    {
        var before = await Api.Ledger();
        var answer = await Send($"""
            POST /api/enrolments HTTP/1.1
            Host: {Api.Address.Authority}
            Authorization: Bearer {Api.TokenOf("wang", "officer", "620602")}
            Content-Type: application/json
            {framing}
            Connection: close


            """.ReplaceLineEndings("\r\n") + (framing.StartsWith('T') ? "2\r\n{" : "{"), hangUp: true);
        Assert.True(answer.Length == 0 || StatusOf(answer) == 400, answer);
        Assert.Equal(before, await Api.Ledger());
    }

    private static int StatusOf(string answer) => int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);

    /// <summary>The whole answer to these bytes.</summary>
    /// <param name="hangUp">says at once that nothing more will come</param>
    private async Task<string> Send(string request, bool hangUp = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Api.Address.Host, Api.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        if (hangUp) socket.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException) when (hangUp)
        {
            return "";   // the server has hung up too
        }
    }
}
