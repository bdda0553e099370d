using System.Data.Common;
using System.Text.Json;
using JasperFx.Core.Exceptions;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace ClaimsEngine.Storage.Writing;

/// <summary>Remembers which answer was given under an Idempotency-Key. It runs after the events, whose last place in the feed it
/// notes.</summary>
internal sealed class ReplyOperation(PendingWrite write, StoredReply reply, StorageOptions options) : IStorageOperation,
    IExceptionTransform, NoDataReturnedCall
{
    /// <summary>Marten runs operations on this type after the events.</summary>
    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var last = write.Streams.Where(stream => stream.Events.Count > 0).ToArray();
        var parameters = builder.AppendWithParameters($"""
            insert into {options.Schema}.requests (caller, request_key, body_hash, status, resource, version, shown, position)
            select ?, ?, ?, ?, ?, ?, ?, coalesce((select max(e.seq_id) from {options.Schema}.mt_events e
              where (e.stream_id, e.version) in (select * from unnest(?, ?))), 0)
            """);
        Set(0, NpgsqlDbType.Text, reply.Caller);
        Set(1, NpgsqlDbType.Text, reply.RequestKey);
        Set(2, NpgsqlDbType.Text, reply.BodyHash);
        Set(3, NpgsqlDbType.Integer, reply.Status);
        Set(4, NpgsqlDbType.Uuid, reply.Resource);
        Set(5, NpgsqlDbType.Bigint, reply.Version);
        Set(6, NpgsqlDbType.Json, reply.Shown is { Count: > 0 } shown ? JsonSerializer.Serialize(shown) : (object)DBNull.Value);
        Set(7, NpgsqlDbType.Array | NpgsqlDbType.Uuid, last.Select(stream => stream.Stream).ToArray());
        Set(8, NpgsqlDbType.Array | NpgsqlDbType.Bigint, last.Select(stream => stream.ExpectedVersion + stream.Events.Count).ToArray());

        void Set(int place, NpgsqlDbType type, object value)
        {
            parameters[place].NpgsqlDbType = type;
            parameters[place].Value = value;
        }
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;

    public bool TryTransform(Exception original, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Exception? transformed)
    {
        transformed = Postgres.ErrorIn(original) is { SqlState: "23505", TableName: "requests" } ? new NotStored(new AnsweredBefore())
            : null;
        return transformed is not null;
    }
}
