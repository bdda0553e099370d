using System.Security.Cryptography;
using JasperFx;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Persistence.Durability;
using Wolverine.RDBMS;
using Weasel.Postgresql;

namespace ClaimsEngine.Storage.Schema;

/// <summary>Brings the schema up to date, once and as its owner, before anything else opens the database: the engine's own role can't alter
/// it.</summary>
internal static class Migration
{
    private const long Turn = 0x436C61696D73;   // "Claims": two processes that start at once take turns

    /// <exception cref="NpgsqlException">PostgreSQL cannot be reached, or the owner lacks a privilege.</exception>
    /// <exception cref="StoreMissingException">The engine's tables are not there, and the options say that none shall be made.</exception>
    /// <exception cref="InvalidOperationException">After the upgrade of an old database its events are not what they were. Restore the
    /// backup.</exception>
    public static async Task Run(StorageOptions options, EventTypes types, CancellationToken cancellation)
    {
        options.Check();
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = "claims-engine-migration", CommandTimeout = 3600, MaxPoolSize = 6,
        });
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await Execute(connection, $"SELECT pg_advisory_lock({Turn})", cancellation);
        if (await StampOf(connection, options, cancellation) == Stamp) return;
        if (!options.MayMake && !await HasEvents(connection, options, cancellation))
            throw new StoreMissingException(owner.ConnectionString, options.Schema);
        await Execute(connection, Tables.Sql(options, "before_migration"), cancellation);

        var old = await IsOfTheFirstStore(connection, options, cancellation);
        var before = old ? await Fingerprint(connection, options, cancellation) : "";
        if (old)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await Execute(connection, Tables.Sql(options, "upgrade_from_first_store"), cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await MartenAndWolverine(options, types, owner, cancellation);
        if (old && await Fingerprint(connection, options, cancellation) is var after && after != before)
            throw new InvalidOperationException(
                $"the upgrade changed events, which must never be. Restore the backup. Before: {before}; after: {after}");
        await Execute(connection, Tables.Sql(options, "after_migration"), cancellation);
        await Execute(connection, options.Fill($"COMMENT ON SCHEMA {"{schema}"} IS '{Stamp}'"), cancellation);
    }

    /// <summary>Which builds of the engine's storage, Marten and Wolverine made the schema: the same ones need not compare it again at
    /// every start.</summary>
    private static readonly string Stamp = "Schema made by " + Convert.ToHexStringLower(SHA256.HashData(((Type[])
        [typeof(Migration), typeof(Command), typeof(IDocumentStore), typeof(MartenIntegration), typeof(PostgresqlMigrator),
            typeof(DatabaseConstants)])
        .SelectMany(type => type.Module.ModuleVersionId.ToByteArray()).ToArray()));

    private static async Task<string?> StampOf(NpgsqlConnection connection, StorageOptions options, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT obj_description(to_regnamespace($1), 'pg_namespace')", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = options.Schema });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private static async Task<bool> HasEvents(NpgsqlConnection connection, StorageOptions options, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1 || '.mt_events') IS NOT NULL", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = options.Schema });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task MartenAndWolverine(StorageOptions options, EventTypes types, NpgsqlDataSource owner,
        CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMarten(marten =>
        {
            marten.UseForClaims(options, types, owner);
            marten.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
        }).IntegrateWithWolverine(wolverine => wolverine.AutoCreate = AutoCreate.CreateOrUpdate);
        builder.UseWolverine(wolverine =>
        {
            wolverine.Discovery.DisableConventionalDiscovery();
            // The tables of recurring messages, and that by which each is handled once.
            wolverine.Durability.EnableRecurringMessages = true;
            wolverine.Durability.MessageDeduplicationMode = MessageDeduplicationMode.CompareByHash;
        });
        using var host = builder.Build();
        await host.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await host.Services.GetRequiredService<IMessageStore>().Admin.MigrateAsync();
    }

    private static async Task<bool> IsOfTheFirstStore(NpgsqlConnection connection, StorageOptions options, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM information_schema.columns "
            + "WHERE table_schema = $1 AND table_name = 'mt_events' AND column_name = 'tx_id')", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = options.Schema });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Count and checksum of all that an event holds, type by type.</summary>
    private static async Task<string> Fingerprint(NpgsqlConnection connection, StorageOptions options, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(options.Fill("""
            SELECT coalesce(string_agg(type || ' ' || events || ' ' || sum, ', ' ORDER BY type), '') FROM (
              SELECT type, count(*)::text AS events, sum(hashtextextended(
                concat_ws('|', seq_id, id, stream_id, version, data, timestamp, user_name, headers), 0))::text AS sum
              FROM {schema}.mt_events GROUP BY type) AS types
            """), connection);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
