using System.Data.Common;
using JasperFx.Core.Exceptions;
using JasperFx.Events;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace ClaimsEngine.Storage.Writing;

/// <summary>
/// The request's key, streams that the decision rests on, unique keys and places, in one call of <c>guard_write</c>. It runs before the
/// events of the batch, so that a refusal costs no number of the sequence.
/// </summary>
internal sealed class GuardOperation(PendingWrite write, StorageOptions options) : IStorageOperation, IExceptionTransform
{
    private readonly StreamWrite[] rested = [.. write.Streams.Where(stream => stream.Events.Count == 0).OrderBy(stream => stream.Stream)];

    // Fixed orders of locks: two writes that touch the same things wait for each other, and neither for ever.
    private readonly KeyChange[] keys =
        [.. write.Keys.OrderBy(key => key.Key.Scope, StringComparer.Ordinal).ThenBy(key => key.Key.Value, StringComparer.Ordinal)];
    private readonly PlaceChange[] places = [.. write.Places.OrderBy(place => place.Pool, StringComparer.Ordinal)];

    /// <summary>Whether there is anything to guard.</summary>
    public bool IsNeeded => write.Reply is not null || rested.Length > 0 || keys.Length > 0 || places.Length > 0;

    /// <summary>Marten runs operations on this type before the events.</summary>
    public Type DocumentType => typeof(IEvent);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var parameters = builder.AppendWithParameters($"select {options.Schema}.guard_write(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        var next = 0;
        Set(NpgsqlDbType.Uuid, rested, stream => stream.Stream);
        Set(NpgsqlDbType.Bigint, rested, stream => stream.ExpectedVersion);
        Set(NpgsqlDbType.Text, keys, key => key.Key.Scope);
        Set(NpgsqlDbType.Text, keys, key => key.Key.Value);
        Set(NpgsqlDbType.Uuid, keys, key => key.Holder);
        Set(NpgsqlDbType.Boolean, keys, key => key.Take);
        Set(NpgsqlDbType.Text, places, place => place.Pool);
        Set(NpgsqlDbType.Bigint, places, place => place.Count);
        Set(NpgsqlDbType.Bigint, places, place => place.Limit);
        Text(write.Reply?.Caller);
        Text(write.Reply?.RequestKey);

        void Set<TItem, TValue>(NpgsqlDbType type, TItem[] items, Func<TItem, TValue> value)
        {
            parameters[next].NpgsqlDbType = NpgsqlDbType.Array | type;
            parameters[next++].Value = items.Select(value).ToArray();
        }

        void Text(string? value)
        {
            parameters[next].NpgsqlDbType = NpgsqlDbType.Text;
            parameters[next++].Value = value ?? (object)DBNull.Value;
        }
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;

    public bool TryTransform(Exception original, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Exception? transformed)
    {
        transformed = Postgres.ErrorIn(original) switch
        {
            { SqlState: "CE001" } => new NotStored(new Conflict()),
            { SqlState: "CE002", Hint: { } place } => new NotStored(new KeyTaken(keys[int.Parse(place) - 1].Key)),
            { SqlState: "CE003", Hint: { } place } => new NotStored(new PlacesExhausted(places[int.Parse(place) - 1].Pool)),
            { SqlState: "CE004" } => new NotStored(new AnsweredBefore()),
            _ => null,
        };
        return transformed is not null;
    }
}
