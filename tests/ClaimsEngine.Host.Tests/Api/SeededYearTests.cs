using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A part of the seeded year, played by the code that plays the whole one.</summary>
public sealed class SeededYearTests(ApiFixture api) : ApiTest(api)
{
    private static readonly YearSize Part = new(
        Members: 300, Employers: 10, SettlementTarget.Hohhot with { Lines = 260, Sum = Money.Yuan(275_333) }, Illnesses: 4, Joint: 5);

    [Fact]
    public async Task The_year_is_paid_to_the_last_fen_and_playing_it_again_changes_nothing()
    {
        await using var host = await Api.StartHost(await Api.EmptyDatabase(), SeedLevel.Reference);
        var year = host.App.Services.GetRequiredService<SeededYear>();
        Assert.True(await year.Play(Part, null, TestContext.Current.CancellationToken) > 0);
        Assert.Equal(0, await year.Play(Part, null, TestContext.Current.CancellationToken));

        var storage = host.App.Services.GetRequiredService<ClaimsStorage>();
        Assert.True(await storage.Upkeep.WaitForNewest(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                "gansu-2025-new-employment settled 1 12000000", "hohhot-2025-hospital settled 260 27533300",
                "hohhot-2025-xinkang settled 4 5300000",
            ],
            await Ask(storage, """
                SELECT format('%s %s %s %s', programme, status, count(*), sum(amount)) FROM read.payouts
                WHERE recorded_to = 'infinity' AND reissued_as IS NULL GROUP BY programme, status ORDER BY 1
                """));
        Assert.Equal(["54000"], await Ask(storage, """
            SELECT sum((value::numeric * 100)::bigint)::text FROM read.enrolments, jsonb_each_text(paid)
            WHERE recorded_to = 'infinity' AND programme = 'gansu-2025-joint'
            """));
        Assert.Equal(["0"], await Ask(storage, "SELECT sum(debit - credit)::text FROM read.journal_totals_months"));
        Assert.Equal(["1"], await Ask(storage, """
            SELECT count(*)::text FROM read.payouts
            WHERE recorded_to = 'infinity' AND status = 'returned' AND reissued_as IS NOT NULL AND programme = 'hohhot-2025-hospital'
            """));
    }

    private static async Task<List<string>> Ask(ClaimsStorage storage, string sql)
    {
        await using var command = storage.Sessions.Application.CreateCommand(sql);
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetString(0));
        return rows;
    }
}
