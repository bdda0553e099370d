using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

/// <summary>With a server of its own, since it is killed.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-crash-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_written_twice_when_PostgreSQL_is_killed()
    {
        await using var server = await LocalPostgres.Start(new LocalPostgresOptions(folder));
        await using var database = await ClaimsDatabase.Open(new EventStoreOptions(server.ConnectionString), Samples.Types, [Samples.Model()]);
        database.Projector.Start();
        var acknowledged = new ConcurrentDictionary<Guid, long>();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 6).Select(w => Task.Run(async () =>
        {
            var stream = Guid.NewGuid();
            for (var version = 0L; !stop.IsCancellationRequested; version++)
            {
                var @event = version == 0 ? Samples.Opened() : Samples.Renamed();
                Assert.IsType<Ports.Appended>(await database.Events.Append(Samples.Append(stream, version, @event)));
                acknowledged[@event.Id] = version;
            }
        })).ToArray();

        var random = new Random(7);
        await Task.Delay(300);
        await server.Crash();
        await server.Revive();
        await Task.Delay(random.Next(100, 400));
        await KillOneBackend(server);
        await Task.Delay(random.Next(300, 800));
        await server.Crash();
        await server.Revive();
        await Task.Delay(300);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        var stored = new HashSet<Guid>();
        await using (var command = database.Application.CreateCommand("SELECT id FROM claims.mt_events"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) stored.Add(reader.GetGuid(0));
        Assert.True(stored.Count > 100, $"only {stored.Count} events");
        Assert.True(stored.SetEquals(acknowledged.Keys), $"{acknowledged.Count} acknowledged, {stored.Count} stored");

        var last = (await database.Events.ReadFeed(Ports.FeedPosition.Start, 1_000_000))[^1].Position;
        Assert.True(await database.Projector.WaitFor("samples", last, TimeSpan.FromSeconds(20)));
        Assert.True((await database.Verify("samples")).Equal);
    }

    /// <summary>PostgreSQL answers the sudden death of one session by ending all and recovering.</summary>
    private static async Task KillOneBackend(LocalPostgres server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE application_name = 'claims-engine' ORDER BY query LIKE '%append_events%' DESC LIMIT 1", connection);
        using var backend = Process.GetProcessById((int)(await command.ExecuteScalarAsync())!);
        backend.Kill();
    }
}
