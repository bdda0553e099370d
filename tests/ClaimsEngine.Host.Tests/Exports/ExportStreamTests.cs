using System.Net.Http.Headers;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Exports;

/// <summary>An export of many rows while it runs: one snapshot, hostile rows. On a host of its own, whose rows were put into the
/// table: no command would let in what some of them hold.</summary>
[Collection(OverHttp.Name)]
public sealed class ExportStreamTests(ApiFixture api) : IAsyncLifetime
{
    private const int Rows = 60_000;

    /// <summary>Names that no command lets in, as an import of long ago might have left them.</summary>
    private static readonly string[] Hostile =
        ["=cmd|' /C calc'!A0", "@SUM(1)", "说\"是\"，\"否\"", "第一行\n第二行", "\u202E倒写\u200F公司", "<b>&</b>"];

    private ClaimsHost host = null!;
    private Database database = null!;
    private HttpClient http = null!;
    private Caller auditor = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await api.NewDatabase();
        host = await api.StartHost(connection, SeedLevel.None);
        (database, http) = (new Database(connection), api.NewClient(host));
        http.Timeout = Wait.Patience;
        var token = (await api.Anonymous.Through(http).Post(
            "/api/dev/tokens", new { user = "sun", roles = (string[])["auditor"], region = "" })).Text("token");
        auditor = api.Anonymous.Through(http, token);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Insert(0, Rows, "'单位 ' || i || repeat(' 很长的名称', 12)");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    private Task Insert(int from, int count, string name, params object[] parameters) => database.Ask($"""
        INSERT INTO read.employers (id, version, recorded_from, code, name, region, staff, women)
        SELECT ('01a10000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), 'unit-' || i, {name}, '620602', 10, 4
        FROM generate_series({from}, {from + count - 1}) i
        """, parameters);

    [Fact]
    public async Task An_export_has_all_rows_of_the_moment_at_which_it_began()
    {
        foreach (var (type, name) in OpenedTable.Forms)
        {
            using var answer = await http.GetAsync(
                $"/api/employers?format={name}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            var before = (int)(long)(await database.Ask("SELECT count(*) FROM read.employers"))!;
            await Insert(before, 1, "'late'");   // it is under way: what comes now is not in it
            var file = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(before, OpenedTable.Count(type, file));
        }
    }

    [Fact]
    public async Task Hostile_names_stand_in_every_form_as_text()
    {
        await database.Ask("DELETE FROM read.employers");
        await Insert(0, Hostile.Length, "($1::text[])[i + 1]", (object)Hostile);
        foreach (var (type, _) in OpenedTable.Forms)
        {
            var table = OpenedTable.Of(type, (await auditor.Get("/api/employers", accept: type)).Is(200).Bytes);
            var names = table.Column(type == OpenedTable.Parquet ? "name" : "单位名称").Reverse();
            Assert.Equal(Hostile.Select(name => type == OpenedTable.Csv && name[0] is '=' or '@' ? "'" + name : name), names);
        }
    }
}
