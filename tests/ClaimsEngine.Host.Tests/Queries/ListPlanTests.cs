using ClaimsEngine.Enrolments;
using ClaimsEngine.Storage;
using ClaimsEngine.Host.Tests.Api;
using Npgsql;

namespace ClaimsEngine.Host.Tests.Queries;

/// <summary>
/// How PostgreSQL answers the register's lists once it is full: a page is read along an index in its order, whoever asks. Rows stand as
/// rosters bring them, district after district, so that looking for one along the ids would mean looking through all.
/// </summary>
[Collection(OverHttp.Name)]
public sealed class ListPlanTests(ApiFixture api) : IAsyncLifetime
{
    private const int Rows = 50_000;

    private ClaimsStorage storage = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await ClaimsStorage.Open(
            new StorageOptions(await api.NewDatabase()), Engine.EventTypes, [EnrolmentRegister.Model],
            TestContext.Current.CancellationToken);
        var districts = RegionCode.National.Codes().Where(code => code.Length == 6).Order(StringComparer.Ordinal).ToArray();
        await using var fill = storage.Sessions.Application.CreateCommand($$"""
            INSERT INTO read.enrolments (id, version, recorded_from, certificate_number, member, plan, plan_version,
              programme, occupation, region, units, cover_from, cover_to, contribution, benefit_used, benefits, employer, status,
              plan_year, month, owing, stands)
            SELECT ('01a10000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), 'E-' || i,
              ('00000000-0000-7000-8000-' || lpad(to_hex(i / 2), 12, '0'))::uuid, 'plan-' || i % 10, 1,
              'programme-' || left(region, 2), 'truckDriver', region, 1, DATE '2025-01-01', DATE '2025-12-31', 12000, 0, 0,
              'U-' || i / 90, CASE WHEN i % 100 = 0 THEN 'pending' ELSE 'inForce' END, 2025, '2025-01', false, true
            FROM generate_series(0, {{Rows - 1}}) i,
              LATERAL (SELECT ($1::text[])[1 + (i::bigint * {{districts.Length}} / {{Rows}})::int]) d (region);
            """);
        fill.Parameters.Add(new NpgsqlParameter { Value = districts });
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var ended = storage.Sessions.Application.CreateCommand("""
            INSERT INTO read.enrolments
            SELECT (jsonb_populate_record(e, '{"version": 0, "recorded_from": "2026-01-01", "recorded_to": "2026-02-01"}')).*
            FROM read.enrolments e WHERE right(e.certificate_number, 1) IN ('0', '5')
            """);
        ended.CommandTimeout = 0;
        await ended.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var analyze = storage.Sessions.Application.CreateCommand("ANALYZE read.enrolments");
        await analyze.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => storage.DisposeAsync();

    private static readonly (string Office, string Query)[] Pages =
    [
        ("", ""),
        ("", "programme=programme-62"),
        ("", "plan=plan-3"),
        ("", "member=00000000-0000-7000-8000-000000000400"),
        ("", "employer=U-200"),
        ("", "certificateNumber=E-300"),
        ("", "region=110101"),
        ("", "region=6206"),
        ("11", ""),
        ("62", ""),
        ("6206", ""),
        ("620602", ""),
        ("620602", "programme=programme-62"),
        ("620602", "plan=plan-3"),
        ("620602", "member=00000000-0000-7000-8000-000000000400"),
        ("6206", "employer=U-200"),
        ("62", "programme=programme-62"),
        ("62", "region=6206"),
        ("", "status=pending"),
        ("", "status=lapsed"),
        ("", "programme=programme-62&status=inForce"),
        ("", "asOf=2099-01-01T00:00:00Z"),
        ("", "member=00000000-0000-7000-8000-000000000400&asOf=2026-01-15T00:00:00Z"),
        ("", "employer=U-200&asOf=2099-01-01T00:00:00Z"),
        ("", "employer=U-200&asOf=2026-01-15T00:00:00Z"),
        ("", "programme=programme-62&asOf=2026-01-15T00:00:00Z"),
        ("6206", "asOf=2026-01-15T00:00:00Z"),
    ];

    [Fact]
    public async Task A_page_is_read_along_an_index()
    {
        foreach (var (office, query) in Pages)
        foreach (var cursor in (string[])["", "&cursor=" + CursorAt(Rows / 3)])
        {
            await Planned.ReadsAlongAnIndex(office, query + cursor);
        }
    }

    private static readonly (string Office, string Query, int AtLeast)[] MergedPages =
    [
        ("62", "", 50),
        ("62", "region=6206", 50),
        ("6206", "region=62", 50),
        ("6206", "region=11", 0),
        ("6206", "region=6206&status=pending", 1),
        ("62", "asOf=2026-01-15T00:00:00Z", 50),
        ("62", "region=6206&asOf=2026-01-15T00:00:00Z", 10),
        ("62", "asOf=2025-01-15T00:00:00Z", 0),
    ];

    [Fact]
    public async Task The_merged_page_of_a_province_is_that_of_its_rows()
    {
        foreach (var (office, query, atLeast) in MergedPages)
        {
            var page = await Planned.Query.Run(
                Planned.Asked(office, query), storage.Sessions.Listing, TestContext.Current.CancellationToken);
            var ids = page["items"]!.AsArray().Select(item => (Guid)item!["id"]!).ToList();
            Assert.True(ids.Count >= atLeast, $"{ids.Count} rows for '{query}' of '{office}'");
            var smaller = query.Contains("6206") || office == "6206" ? "6206" : "62";
            await using var plain = storage.Sessions.Application.CreateCommand($"""
                SELECT id FROM read.enrolments
                WHERE version = {(query.Contains("asOf=2026") ? 0 : 1)} AND region LIKE '{smaller}%'
                  {(query.Contains("pending") ? "AND status = 'pending'" : "")} {(atLeast == 0 ? "AND false" : "")}
                ORDER BY id DESC LIMIT 50
                """);
            await using var reader = await plain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var expected = new List<Guid>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) expected.Add(reader.GetGuid(0));
            Assert.Equal(expected, ids);
        }
    }

    private PlannedList Planned => new("/api/enrolments", storage);

    private static string CursorAt(int row) =>
        System.Buffers.Text.Base64Url.EncodeToString(Guid.Parse($"01a10000-0000-7000-8000-{row:x12}").ToByteArray());
}
