using System.Net.Http.Headers;
using System.Text;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Rosters as files of a multipart form.</summary>
public sealed class RosterFormTests(ApiFixture api) : ApiTest(api)
{
    [Theory]
    [InlineData(1, 202, null)]
    [InlineData(70, 202, null)]   // RFC 2046, 5.1.1
    [InlineData(71, 422, "Content-Type")]
    [InlineData(5000, 422, "Content-Type")]   // longer than the reader's buffer
    public async Task A_boundary_has_1_to_70_characters(int length, int status, string? field)
    {
        var (programme, boundary) = (await OpenProgramme(), new string('b', length));
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n姓名,身份证号\r\n--{boundary}--\r\n"));
        body.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary",
            boundary) } };
        var reply = await Officer.Post($"/api/rosters?programme={programme}&accept=good-rows", body);
        if (field is null) reply.Is(status);
        else reply.IsProblemOf(status, "invalid-request", field);
    }
}
