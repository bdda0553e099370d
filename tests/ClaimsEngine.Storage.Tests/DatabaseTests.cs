using Npgsql;

namespace ClaimsEngine.Storage.Tests;

public sealed class DatabaseTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task The_application_can_not_change_events_by_hand()
    {
        await Write(Samples.New());
        foreach (var sql in (string[])
            [
                "UPDATE claims.mt_events SET data = '{}'",
                "DELETE FROM claims.mt_events",
                "TRUNCATE claims.mt_events",
                "TRUNCATE claims.mt_events, claims.mt_streams",
                "DROP TABLE claims.mt_events",
                "ALTER TABLE claims.mt_events DROP COLUMN data",
                "ALTER TABLE claims.mt_events DISABLE TRIGGER ALL",
                "DELETE FROM claims.mt_streams",
                "TRUNCATE claims.mt_streams CASCADE",
                "DROP SCHEMA claims CASCADE",
                "CREATE TABLE claims.mine ()",
                "ALTER SEQUENCE claims.mt_events_sequence RESTART",
                "SELECT setval('claims.mt_events_sequence', 1)",
                "CREATE OR REPLACE FUNCTION claims.enter_page(bigint, bigint, bigint, bigint) RETURNS void LANGUAGE sql AS ''",
                "UPDATE claims.secrets SET value = ''",
                "DELETE FROM claims.secrets",
            ])
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => Application(sql))).SqlState);
    }

    [Fact]
    public async Task The_application_can_not_change_events_through_Marten()
    {
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened(), Samples.Renamed());
        var before = await Owner("SELECT string_agg(e::text, ' ' ORDER BY seq_id) FROM claims.mt_events e");
        async Task Refused(Func<Marten.IDocumentSession, Task> change) =>
            Assert.Equal("42501", Storage.Postgres.ErrorIn(await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await using var session = Node.Store.LightweightSession();
                await change(session);
                await session.SaveChangesAsync();
            }))?.SqlState);

        await Refused(session =>
        {
            session.QueueSqlCommand("UPDATE claims.mt_events SET data = '{}'");
            return Task.CompletedTask;
        });
        await Refused(session =>
        {
            session.QueueSqlCommand("DELETE FROM claims.mt_events");
            return Task.CompletedTask;
        });
        await Refused(session =>
        {
            session.QueueSqlCommand("TRUNCATE claims.mt_events");
            return Task.CompletedTask;
        });
        await Refused(session =>
        {
            session.Events.TombstoneStream(stream);
            return Task.CompletedTask;
        });
        await Refused(async session =>
        {
            var stored = (await session.Events.FetchStreamAsync(stream))[0];
            session.Events.OverwriteEvent(stored);
        });
        await Assert.ThrowsAnyAsync<Exception>(() => Node.Store.Advanced.Clean.DeleteAllEventDataAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => Node.Store.Advanced.Clean.CompletelyRemoveAllAsync());
        Assert.Equal(before, await Owner("SELECT string_agg(e::text, ' ' ORDER BY seq_id) FROM claims.mt_events e"));
        Assert.Equal(2, (await Events.ReadStream(stream)).Count);
    }

    [Fact]
    public async Task Sessions_stay_in_the_applications_role_after_they_are_reset()
    {
        await using var connection = await Node.Storage.Sessions.Application.OpenConnectionAsync();
        foreach (var reset in (string[])["RESET ALL", "RESET ROLE", "DISCARD ALL"])
        {
            await using (var command = new NpgsqlCommand(reset, connection)) await command.ExecuteNonQueryAsync();
            await using var ask = new NpgsqlCommand($"SELECT current_user::text AS \"after {reset}\"",
                connection);   // never the same text: DISCARD ALL drops what Npgsql has prepared
            Assert.Equal("claims_app", await ask.ExecuteScalarAsync());
        }
        Assert.Equal("on", await Application("SHOW synchronous_commit"));
        Assert.Equal("1min", await Application("SHOW idle_in_transaction_session_timeout"));
    }

    [Fact]
    public async Task Opening_again_and_at_once_changes_nothing()
    {
        await Write(Samples.New());
        foreach (var again in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ClaimsStorage.Open(Options, Samples.Types,
            ReadModels)))) await again.DisposeAsync();
        Assert.Equal(1, await Count("claims.mt_events"));
        await Write(Samples.New());
    }

    [Fact]
    public async Task A_fresh_database_can_be_opened_by_several_at_once()
    {
        var fresh = Options with { ConnectionString = await Postgres.EmptyDatabase() };
        var opened = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ClaimsStorage.Open(fresh, Samples.Types, ReadModels)));
        foreach (var one in opened) await one.DisposeAsync();
        var node = await Open(fresh);
        Assert.IsType<Stored>(await node.Write(Samples.Write(Samples.New())));
    }

    [Fact]
    public async Task A_secret_is_made_once()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Keys.Secret("sign")));
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.Equal(32, secrets[0].Length);
        Assert.NotEqual(secrets[0], await Keys.Secret("other"));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("Claims")]
    [InlineData("")]
    public async Task Names_that_are_no_identifiers_are_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => ClaimsStorage.Open(Options with { Schema = name }, Samples.Types, []));
}
