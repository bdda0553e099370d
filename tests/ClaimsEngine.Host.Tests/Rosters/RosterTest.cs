using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>What a test of rosters over HTTP has at hand: sheets of people, and a roster's way to its end.</summary>
public abstract class RosterTest(ApiFixture api) : ApiTest(api)
{
    protected const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    protected const string Header = "姓名,身份证号,职业,地区,手机号,份数";

    /// <summary>A plan of which 75 % of an employer take part, of employers below 11 everybody, with the same units, 10 days and 2 months
    /// to join.</summary>
    protected const string Measured = "shanghai-2006-accident";

    private static readonly ConcurrentDictionary<string, byte> drawn = new();
    private static int seeds;

    protected static List<Sample.Person> People(int count) => [.. Enumerable.Range(0, count).Select(_ => Sample.NewPerson())];

    protected static string Line(
        Sample.Person person, string occupation = "快递员", string region = "甘肃省武威市凉州区", string units = "1") =>
        $"{person.Name},{person.IdNumber},{occupation},{region},{person.Phone},{units}";

    /// <summary>
    /// People of nobody else's roster, in occupations and units that the sample programmes take. So many are drawn of one district that
    /// some would have a number that stands on another roster, or that of a sample person, under another name.
    /// </summary>
    protected static async Task<byte[]> Generated(int rows, string region)
    {
        const int spare = 100, idNumber = 4;
        var roster = new SyntheticRoster(1_000 + Interlocked.Increment(ref seeds), RegionCode.Of(region), new LocalDate(2025, 10, 20),
            [Occupation.Of("courier"), Occupation.Of("truckDriver")], units: 1);
        using var file = new MemoryStream();
        await roster.Write(file, SheetFormat.Csv, rows + spare);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var own = lines[1..].Where(line => line.Split(',')[idNumber] is var number
            && !Sample.MayHave(IdentityNumber.Of(number)) && drawn.TryAdd(number, 0));
        string[] people = [.. own.Take(rows)];
        Assert.Equal(rows, people.Length);
        return Sheets.Csv([lines[0], .. people]);
    }

    protected static ByteArrayContent Content(byte[] file, string? type)
    {
        var content = new ByteArrayContent(file);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    protected static Task<Reply> Send(Caller by, string query, byte[] file, string type = "text/csv", string? key = null) =>
        by.Post($"/api/rosters?{query}", Content(file, type), key: key);

    /// <summary>The end of a roster that is to be done. Its member <c>location</c> is the roster's address.</summary>
    protected async Task<Reply> Done(string query, byte[] file, string type = "text/csv", Caller? by = null)
    {
        var ended = await Ended(await Send(by ?? Officer, query, file, type));
        Assert.True(ended.Text("status") == "done", ended.ToString());
        return ended;
    }

    /// <summary>The end of a roster, however it ends. Its member <c>location</c> is the roster's address.</summary>
    protected async Task<Reply> Ended(Reply accepted)
    {
        var ended = await Api.As("reader-of-rosters", "officer", "").Ended(accepted);
        ended.Json!["location"] = accepted.Location;
        return ended;
    }

    protected static (int Rows, int Accepted, int Rejected, int Unchanged) Counts(Reply ended) =>
        ((int)ended["rows"]!, (int)ended["accepted"]!, (int)ended["rejected"]!, (int)ended["unchanged"]!);

    protected static List<(int Row, string? Column, string Code)> Errors(Reply ended) =>
        [.. ended["errors"]!.AsArray().Select(error => ((int)error!["row"]!, (string?)error["column"], (string)error["code"]!))];

    /// <summary>The enrolments of a programme, by the register.</summary>
    protected async Task<List<JsonNode>> Enrolled(string programme) =>
        await All(Api.As("reader-of-rosters", "officer", ""), $"/api/enrolments?programme={programme}", minPosition: await LastPosition());

    protected async Task<long> Taken(string pool) =>
        await Api.Ask("SELECT coalesce(sum(taken), 0)::bigint FROM claims.places WHERE pool = $1", pool) is long taken ? taken : -1;
}
