using ClaimsEngine.Ports;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class DatabaseTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Theory]
    [InlineData("UPDATE claims.mt_events SET data = '{}'")]
    [InlineData("DELETE FROM claims.mt_events")]
    [InlineData("TRUNCATE claims.mt_events")]
    [InlineData("DROP TABLE claims.mt_events")]
    [InlineData("ALTER TABLE claims.mt_events DROP COLUMN tx_id")]
    [InlineData("ALTER TABLE claims.mt_events DISABLE TRIGGER ALL")]
    [InlineData("DELETE FROM claims.mt_streams")]
    [InlineData("TRUNCATE claims.mt_streams")]
    [InlineData("DROP SCHEMA claims CASCADE")]
    [InlineData("CREATE TABLE claims.mine ()")]
    [InlineData("ALTER SEQUENCE claims.mt_events_sequence RESTART")]
    [InlineData("SELECT setval('claims.mt_events_sequence', 1)")]
    [InlineData("UPDATE claims.cluster_epoch SET epoch = 9")]
    [InlineData("SELECT claims.enter_cluster()")]
    public async Task The_application_can_not_change_events(string sql)
    {
        await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Application(sql));
        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    public async Task Sessions_stay_in_the_applications_role_after_they_are_reset()
    {
        await using var connection = await Database.Application.OpenConnectionAsync();
        foreach (var reset in (string[])["RESET ALL", "RESET ROLE", "DISCARD ALL"])
        {
            await using (var command = new NpgsqlCommand(reset, connection)) await command.ExecuteNonQueryAsync();
            await using var ask = new NpgsqlCommand($"SELECT current_user::text AS \"after {reset}\"", connection);   // never the same text: DISCARD ALL drops what Npgsql has prepared
            Assert.Equal("claims_app", await ask.ExecuteScalarAsync());
        }
        Assert.Equal("on", await Application("SHOW synchronous_commit"));
        Assert.Equal("1min", await Application("SHOW idle_in_transaction_session_timeout"));
    }

    [Fact]
    public async Task Opening_again_and_at_once_changes_nothing()
    {
        await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        foreach (var again in await Task.WhenAll(Open(), Open(), Open())) await again.DisposeAsync();
        Assert.Single(await WholeFeed());
    }

    [Fact]
    public async Task A_fresh_database_can_be_opened_by_several_at_once()
    {
        await Owner("DROP SCHEMA claims CASCADE; DROP SCHEMA read CASCADE");
        var opened = await Task.WhenAll(Open(), Open(), Open(), Open());
        Assert.IsType<Appended>(await opened[0].Events.Append(Samples.Append(Guid.NewGuid(), 0, Samples.Opened())));
        foreach (var one in opened) await one.DisposeAsync();
    }

    [Fact]
    public async Task The_epoch_rises_in_another_cluster_and_positions_go_on()
    {
        var before = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        // What a restored copy looks like: another system identifier, and old transaction ids beyond the new cluster's.
        await Owner("UPDATE claims.cluster_epoch SET system_identifier = 1; UPDATE claims.mt_events SET tx_id = '999999999'");
        await using (await Open()) { }
        var after = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.Equal(before.Position.Epoch + 1, after.Position.Epoch);
        Assert.True(after.Position > before.Position);
        Assert.Equal([before.Position.Epoch, after.Position.Epoch], (await WholeFeed()).Select(e => e.Position.Epoch));
        await using (await Open()) { }
        Assert.Equal(after.Position.Epoch, (await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()))).Position.Epoch);
    }

    [Fact]
    public async Task A_secret_is_made_once()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Database.Secret("sign")));
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.Equal(32, secrets[0].Length);
        Assert.NotEqual(secrets[0], await Database.Secret("other"));
    }

    [Fact]
    public async Task Names_that_are_no_identifiers_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => ClaimsDatabase.Open(Options with { Schema = "a\"b" }, Samples.Types, []));
}
