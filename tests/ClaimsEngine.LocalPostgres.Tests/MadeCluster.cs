using System.Diagnostics;
using System.Runtime.Versioning;
using ClaimsEngine.LocalPostgres.Tests;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(MadeCluster))]
[assembly: CollectionBehavior(MaxParallelThreads = 4)] // most of these tests wait most of the time

namespace ClaimsEngine.LocalPostgres.Tests;

/// <summary>
/// A cluster that a first start has made, with the default owner and database, and that was stopped again. A test that is not about
/// making a cluster works in a copy of its folder, which takes less time than another initdb.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class MadeCluster : IAsyncLifetime
{
    private readonly string _folder = NewFolder();

    /// <summary>The name of a folder that does not exist yet.</summary>
    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"private-{Guid.NewGuid():N}");

    /// <summary>Deletes a folder of a test with whatever it holds.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>A folder below the given one with programs that only say they are PostgreSQL of a version.</summary>
    public static string Pretended(string version, string below)
    {
        var folder = Path.Combine(below, "pretended");
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])["postgres", "initdb", "pg_ctl"])
        {
            var program = Path.Combine(folder, name);
            File.WriteAllText(program, $"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n");
            File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        }
        if (Environment.IsPrivilegedProcess) File.SetUnixFileMode(below, (UnixFileMode)0b111_001_001);
        return folder;
    }

    public async ValueTask InitializeAsync()
    {
        await using (await PrivateServer.Start(new(_folder))) { }
        // These tests kill processes, not the machine, and what a process has written outlives it. Without fsync a recovery is quick.
        File.AppendAllText(Path.Combine(_folder, "postgres", "data", "postgresql.conf"), "\nfsync = off\n");
        // Tests run at the same time, and every copy would first try the port that it remembers.
        File.Delete(Path.Combine(_folder, "postgres.port"));
    }

    /// <summary>Puts a copy of the cluster into a folder that does not exist yet. Owners and permissions stay as they are.</summary>
    public async Task CopyTo(string folder)
    {
        using var copying = Process.Start("cp", ["-a", _folder, folder]);
        await copying.WaitForExitAsync();
        Assert.Equal(0, copying.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        Delete(_folder);
        return ValueTask.CompletedTask;
    }
}

/// <summary>What tests do with a server that they have started.</summary>
internal static class Asked
{
    /// <summary>The longest that a test waits for something that happens within a second or two on a quiet machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>One value, over a connection of its own.</summary>
    public static async Task<string?> Ask(this PrivateServer postgres, string sql, string more = "")
    {
        await using var connection = new NpgsqlConnection($"{postgres.ConnectionString};Pooling=false;{more}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    /// <summary>Asks again and again while the server is away.</summary>
    public static async Task<string?> AskUntilAnswered(this PrivateServer postgres, string sql)
    {
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                return await postgres.Ask(sql);
            }
            catch (NpgsqlException) when (begun.Elapsed < Patience)
            {
                // It is still dead, or it recovers.
            }
        }
    }

    /// <summary>Waits until something holds.</summary>
    /// <param name="what">completes "it did not happen that …"</param>
    public static async Task Until(Func<Task<bool>> holds, string what)
    {
        for (var begun = Stopwatch.StartNew(); !await holds(); await Task.Delay(10))
            Assert.True(begun.Elapsed < Patience, $"within {Patience.TotalSeconds:0} s it did not happen that {what}");
    }

    /// <inheritdoc cref="Until(Func{Task{bool}}, string)"/>
    public static Task Until(Func<bool> holds, string what) => Until(() => Task.FromResult(holds()), what);
}
