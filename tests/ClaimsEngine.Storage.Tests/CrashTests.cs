using System.Collections.Concurrent;
using System.Diagnostics;
using ClaimsEngine.LocalPostgres;
using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>With a server of its own, since it is killed.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-crash-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_written_twice_when_PostgreSQL_is_killed()
    {
        await using var server = await PrivateServer.Start(new PrivateServerOptions(folder));
        var options = new StorageOptions(server.ConnectionString) { Connections = 40, NodeSilence = TimeSpan.FromSeconds(1.5),
            Reconnect = TimeSpan.FromSeconds(40) };
        await using (await ClaimsStorage.Open(options, Samples.Types, [])) { }
        await using var node = await Node.Open(options, [Samples.Model()]);
        await node.Start();
        var acknowledged = new ConcurrentDictionary<Guid, long>();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 6).Select(w => Task.Run(async () =>
        {
            var stream = Guid.NewGuid();
            for (var version = 0L; !stop.IsCancellationRequested; version++)
            {
                var write = Samples.Append(stream, version, version == 0 ? Samples.Opened() : Samples.Renamed());
                Assert.IsType<Stored>(await (w < 4 ? node.Write(write) : node.WriteInBulk(write)));
                acknowledged[write.Streams.Single().Events.Single().Id] = version;
            }
        })).ToArray();

        var random = new Random(7);
        await More(30);
        await server.Crash();
        await server.Revive();
        await More(30);
        await KillOneBackend(server);
        await More(30);
        await Task.Delay(random.Next(200));
        await server.Crash();
        await server.Revive();
        await More(30);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        var stored = new HashSet<Guid>();
        var last = 0L;
        await using (var command = node.Storage.Sessions.Application.CreateCommand("SELECT id, type, seq_id FROM claims.mt_events"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync())
            {
                last = Math.Max(last, reader.GetInt64(2));
                if (reader.GetString(1) != "tombstone") Assert.True(stored.Add(reader.GetGuid(0)));
            }
        Assert.True(stored.SetEquals(acknowledged.Keys), $"{acknowledged.Count} acknowledged, {stored.Count} stored");

        Assert.True(await node.Upkeep.WaitFor(last, TimeSpan.FromSeconds(60)), string.Join('\n', node.Log.Lines.TakeLast(20)));
        Assert.True((await node.Upkeep.Verify("samples")).Equal);
        Assert.Empty(await node.Upkeep.DeadLetters());

        // So many more are acknowledged: it depends on no clock how far the writers get between two crashes.
        async Task More(int events)
        {
            var before = acknowledged.Count;
            for (var tries = 0; acknowledged.Count < before + events; tries++)
            {
                Assert.True(tries < 6_000 && !writers.Any(writer => writer.IsFaulted),
                    $"{acknowledged.Count} acknowledged; {writers.FirstOrDefault(w => w.IsFaulted)?.Exception}");
                await Task.Delay(10);
            }
        }
    }

    /// <summary>PostgreSQL answers the sudden death of one session by ending all and recovering.</summary>
    private static async Task KillOneBackend(PrivateServer server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'claims-engine' "
            + "ORDER BY query LIKE '%mt_quick_append_events%' DESC LIMIT 1", connection);
        using var backend = Process.GetProcessById((int)(await command.ExecuteScalarAsync())!);
        backend.Kill();
    }
}
