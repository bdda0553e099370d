using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ClaimsEngine.EventStore.Schema;

/// <summary>The embedded files of <c>Sql/</c> in the order of their numbers. Each is idempotent and runs again when its text has changed.</summary>
internal static class Migrations
{
    private const long Lock = 0x436C61696D73;   // "Claims": two processes that start at once take turns

    private static readonly (string Name, string Sql)[] Files = Read();

    /// <summary>Brings the schema up to date and enters the cluster (see <c>041_enter_cluster.sql</c>), all in one transaction.</summary>
    public static async Task Run(NpgsqlConnection owner, EventStoreOptions options, CancellationToken cancellation)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellation);
        await Execute(owner, $"SELECT pg_advisory_xact_lock({Lock})", cancellation);
        await Execute(owner, options.Fill("""
            CREATE SCHEMA IF NOT EXISTS {schema};
            CREATE TABLE IF NOT EXISTS {schema}.migrations (
              name text NOT NULL PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
            """), cancellation);

        var applied = new Dictionary<string, string>();
        await using (var command = new NpgsqlCommand(options.Fill("SELECT name, hash FROM {schema}.migrations"), owner))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) applied[reader.GetString(0)] = reader.GetString(1);

        foreach (var (name, template) in Files)
        {
            var sql = options.Fill(template);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.GetValueOrDefault(name) == hash) continue;
            await Execute(owner, sql, cancellation);
            await using var note = new NpgsqlCommand(options.Fill(
                "INSERT INTO {schema}.migrations (name, hash) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, applied_at = now()"), owner);
            note.Parameters.AddWithValue(name);
            note.Parameters.AddWithValue(hash);
            await note.ExecuteNonQueryAsync(cancellation);
        }

        await Execute(owner, options.Fill("SELECT {schema}.enter_cluster()"), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };   // an index on a large store takes its time
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static (string, string)[] Read()
    {
        var assembly = typeof(Migrations).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && char.IsAsciiDigit(name[0]))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return (name, reader.ReadToEnd());
            })];
    }
}
