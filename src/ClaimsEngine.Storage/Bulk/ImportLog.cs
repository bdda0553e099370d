using System.Runtime.CompilerServices;
using Npgsql;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>What is kept of every source: how far it was imported, and which rows were rejected.</summary>
internal sealed class ImportLog(NpgsqlDataSource sessions, StorageOptions options)
{
    /// <summary>Where the source stands; a source never heard of stands before its first row.</summary>
    public async Task<ImportState> Begin(string source, CancellationToken cancellation)
    {
        await using var begin = Command("INSERT INTO {schema}.imports (source) VALUES ($1) ON CONFLICT DO NOTHING", source);
        await begin.ExecuteNonQueryAsync(cancellation);
        return (await Find(source, cancellation))!;
    }

    /// <summary>Where the source stands, null if nothing of it was ever imported.</summary>
    public async Task<ImportState?> Find(string source, CancellationToken cancellation)
    {
        await using var find = Command(
            "SELECT last_row, rows, rejected, streams, events, position FROM {schema}.imports WHERE source = $1", source);
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new ImportState(source, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.GetInt64(5))
            : null;
    }

    public async IAsyncEnumerable<RejectedRow> Rejected(string source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var find = Command(
            "SELECT row, reason, subject, detail FROM {schema}.import_rejections WHERE source = $1 ORDER BY row", source);
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return new RejectedRow(reader.GetInt64(0), Enum.Parse<RejectionReason>(reader.GetString(1)), reader.GetString(2),
                reader.GetString(3));
    }

    private NpgsqlCommand Command(string sql, string source)
    {
        var command = sessions.CreateCommand(options.Fill(sql));
        command.Parameters.Add(new NpgsqlParameter { Value = source });
        return command;
    }
}
