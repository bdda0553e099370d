using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.Reading;

/// <summary>Reads what stands beside the events: who holds a unique key, how many places are taken, what was answered to a
/// request.</summary>
public sealed class KeyReader(Sessions sessions, StorageOptions options)
{
    /// <summary>The stream that holds a unique key now, or null.</summary>
    public async Task<Guid?> OwnerOf(UniqueKey key, CancellationToken cancellation = default) =>
        (await OwnersOf([key], cancellation)).TryGetValue(key, out var owner) ? owner : null;

    /// <summary>The streams that hold these keys now, in one question. A key that nobody holds is absent.</summary>
    public async Task<IReadOnlyDictionary<UniqueKey, Guid>> OwnersOf(IReadOnlyList<UniqueKey> keys,
        CancellationToken cancellation = default)
    {
        var owners = new Dictionary<UniqueKey, Guid>();
        if (keys.Count == 0) return owners;
        await using var command = Command("""
            SELECT k.scope, k.value, k.holder
            FROM unnest($1, $2) AS c (scope, value) JOIN {schema}.unique_keys k ON k.scope = c.scope AND k.value = c.value
            """);
        command.Parameters.Add(Array(NpgsqlDbType.Text, keys.Select(key => key.Scope)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, keys.Select(key => key.Value)));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) owners[new UniqueKey(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        return owners;
    }

    /// <summary>Places taken of each pool now. A pool of which none was ever taken is absent.</summary>
    public async Task<IReadOnlyDictionary<string, long>> PlacesTaken(IReadOnlyList<string> pools, CancellationToken cancellation = default)
    {
        await using var command = Command("SELECT pool, taken FROM {schema}.places WHERE pool = ANY ($1)");
        command.Parameters.Add(Array(NpgsqlDbType.Text, pools));
        var taken = new Dictionary<string, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) taken[reader.GetString(0)] = reader.GetInt64(1);
        return taken;
    }

    /// <summary>The answer that was stored for a request of this caller under this key, or null.</summary>
    public async Task<Writing.StoredReply?> FindReply(string caller, string requestKey, CancellationToken cancellation = default)
    {
        await using var command = Command("""
            SELECT body_hash, status, resource, version, position, shown FROM {schema}.requests WHERE caller = $1 AND request_key = $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = caller });
        command.Parameters.Add(new NpgsqlParameter { Value = requestKey });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Writing.StoredReply(caller, requestKey, reader.GetString(0), reader.GetInt32(1), reader.GetGuid(2), reader.GetInt64(3),
                reader.GetInt64(4),
                await reader.IsDBNullAsync(5, cancellation) ? null
                    : JsonSerializer.Deserialize<Dictionary<Guid, long>>(reader.GetString(5)))
            : null;
    }

    /// <summary>The claim that a notice is about, or null.</summary>
    public async Task<ClaimId?> ClaimOfNotice(NoticeId notice, CancellationToken cancellation = default)
    {
        await using var command = Command("SELECT target FROM {schema}.deliveries WHERE id = $1 AND channel = 'notice'");
        command.Parameters.Add(new NpgsqlParameter { Value = notice.Value });
        return await command.ExecuteScalarAsync(cancellation) is Guid claim ? new ClaimId(claim) : null;
    }

    /// <summary>32 random bytes, made once per database and the same for every process.</summary>
    public async Task<byte[]> Secret(string name, CancellationToken cancellation = default)
    {
        await using (var make = Command("INSERT INTO {schema}.secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"))
        {
            make.Parameters.Add(new NpgsqlParameter { Value = name });
            make.Parameters.Add(new NpgsqlParameter { Value = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32) });
            await make.ExecuteNonQueryAsync(cancellation);
        }
        await using var read = Command("SELECT value FROM {schema}.secrets WHERE name = $1");
        read.Parameters.Add(new NpgsqlParameter { Value = name });
        return (byte[])(await read.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Texts that every process of this database shares, such as the keys that protect cookies.</summary>
    public IReadOnlyList<string> TextsUnder(string prefix)
    {
        using var command = Command("SELECT value FROM {schema}.secrets WHERE starts_with(name, $1) ORDER BY name");
        command.Parameters.Add(new NpgsqlParameter { Value = prefix });
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(System.Text.Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0)));
        return texts;
    }

    /// <summary>Stores such a text. What stands under the name stays.</summary>
    public void StoreText(string name, string text)
    {
        using var command = Command("INSERT INTO {schema}.secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        command.Parameters.Add(new NpgsqlParameter { Value = System.Text.Encoding.UTF8.GetBytes(text) });
        command.ExecuteNonQuery();
    }

    private NpgsqlCommand Command(string sql) => sessions.Application.CreateCommand(options.Fill(sql));

    private static NpgsqlParameter Array(NpgsqlDbType type, IEnumerable<string> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };
}
