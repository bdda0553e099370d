using ClaimsEngine.Claims;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Storage;

namespace ClaimsEngine.Host.Tests.Queries;

/// <summary>
/// The lists that the worklists lead to, of an office with many claims. What waits is older than all that is decided, so that looking for
/// it along the ids, newest first, would mean looking through all.
/// </summary>
[Collection(OverHttp.Name)]
public sealed class WaitingWorkPlanTests(ApiFixture api) : IAsyncLifetime
{
    private const int Rows = 40_000;

    private ClaimsStorage storage = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await ClaimsStorage.Open(
            new StorageOptions(await api.NewDatabase()), Engine.EventTypes, [ClaimBoard.Model], TestContext.Current.CancellationToken);
        await using var fill = storage.Sessions.Application.CreateCommand($$"""
            INSERT INTO read.claims (id, version, recorded_from, number, status, enrolment, member, plan, plan_version, region,
              incident_kind, incident_date, missing_documents, submitted_on, submitted_by, step, open, flagged, deadline_passed,
              decision_level, second_look, suspicions, suspected)
            SELECT ('01a10000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), 'C-' || i,
              CASE WHEN open THEN 'assessed' ELSE 'approved' END, gen_random_uuid(),
              ('00000000-0000-7000-8000-' || lpad(to_hex(i / 4), 12, '0'))::uuid, 'plan', 1, region, 'hospitalisation', DATE '2026-01-01',
              0, DATE '2026-01-02', 'officer-' || i % 3, CASE WHEN open THEN 'decision' END, open, false, false,
              CASE WHEN i % 2 = 0 THEN 'city' ELSE 'district' END, i < 300, 0, i < 200
            FROM generate_series(0, {{Rows - 1}}) i,
              LATERAL (SELECT i < 8000, CASE WHEN i % 40 = 0 THEN '620602' ELSE '620102' END) d (open, region)
            """);
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var analyze = storage.Sessions.Application.CreateCommand("ANALYZE read.claims");
        await analyze.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => storage.DisposeAsync();

    private static readonly IEnumerable<(string Office, string Query)> Pages =
        from office in (string[])["", "62", "6206", "620602"]
        from query in (string[])
        [
            "", "step=decision", "step=decision&decisionLevel=city", "step=assessment", "secondLook=true", "suspected=true",
            "member=00000000-0000-7000-8000-000000000400", "step=decision&member=00000000-0000-7000-8000-000000000400", "number=C-200",
        ]
        select (office, query);

    [Fact]
    public async Task A_page_of_waiting_work_is_read_along_an_index()
    {
        var planned = new PlannedList("/api/claims", storage);
        foreach (var (office, query) in Pages) await planned.ReadsAlongAnIndex(office, query);
        // what one person submitted is looked for among all that is open there, and not among what is decided
        foreach (var office in (string[])["62", "6206", "620602"])
            await planned.ReadsAlongAnIndex(office, "open=true&submittedBy=officer-1", atMost: 8_000);
    }

    [Theory]
    [InlineData("62", "step=decision&decisionLevel=city", "step = 'decision' AND decision_level = 'city'")]
    [InlineData("6206", "open=true&submittedBy=officer-1", "open AND submitted_by = 'officer-1' AND region = '620602'")]
    [InlineData("62", "secondLook=true", "second_look")]
    public async Task The_page_is_that_of_its_rows(string office, string query, string which)
    {
        var planned = new PlannedList("/api/claims", storage);
        var page = await planned.Query.Run(planned.Asked(office, query), storage.Sessions.Listing, TestContext.Current.CancellationToken);
        await using var plain = storage.Sessions.Application.CreateCommand(
            $"SELECT array_agg(id ORDER BY id DESC) FROM (SELECT id FROM read.claims WHERE {which} ORDER BY id DESC LIMIT 50) AS page");
        var expected = (Guid[])(await plain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(50, expected.Length);
        Assert.Equal(expected, page["items"]!.AsArray().Select(item => (Guid)item!["id"]!));
    }
}
