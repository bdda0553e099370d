using System.Data.Common;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using ClaimsEngine.Notifications;
using ClaimsEngine.Storage.Outbox;
using ClaimsEngine.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using Wolverine;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace ClaimsEngine.Storage.Projections;

/// <summary>
/// All read models as one projection of Marten's daemon, which loads each page of events once. A page goes through Wolverine's
/// <see cref="PageHandler"/>, a read model at a time; its rows and the daemon's progress are committed together.
/// </summary>
public sealed class ReadModelProjection(ReadModelSet models, Sessions sessions, StorageOptions options, EventTypes types,
    IServiceScopeFactory scopes) : IProjection
{
    /// <summary>Its name in Marten's daemon and progression table.</summary>
    public const string Name = "read-models";

    /// <summary>A store without the table of webhooks tells nobody outside.</summary>
    private readonly bool tellsOutside = models.All.Any(model => model.Name == WebhookList.Model.Table);

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        RecordedEvent[] recorded =
            [.. events.Where(stored => stored.EventTypeName != Recorded.Tombstone).Select(stored => Recorded.Of(stored, types))];

        await using var connection = await sessions.Application.OpenConnectionAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var parts = models.All.Select(model => (Model: model, Events: recorded.Where(model.Takes).ToArray()))
            .Where(part => part.Events.Length > 0).ToList();
        var start = await Progress.Look(connection, options,
            [.. parts.Select(part => (part.Model, Projection.StreamsBefore(part.Events)))], cancellation);
        operations.QueueOperation(new EnterPage([start.Token, start.Position, events[^1].Sequence, recorded.Length], options));
        foreach (var (model, taken) in parts)
        {
            RecordedEvent[] own = [.. taken.Where(one => !start.Held.Contains((model.Name, one.Stream)))];
            if (own.Length == 0) continue;
            var before = start.Rows.GetValueOrDefault(model.Name, []);
            var rows = await bus.InvokeAsync<PageRows>(new Page(model, own, before), cancellation);
            foreach (var statement in model.Writer.Statements("", rows.Changes))
                operations.QueueOperation(new Statement(statement));
            foreach (var failed in rows.Failed) operations.QueueOperation(new Statement(model.Park(failed)));
        }
        if (tellsOutside)
            foreach (var statement in OutboxPage.Statements(recorded, options)) operations.QueueOperation(new Statement(statement));
        StoreMetrics.Projected(recorded.Length == 0 ? null : recorded[0].RecordedAt);
    }

    /// <summary>Refuses the page if a rebuild or a replay came between, or if an event is lacking (see <c>enter_page.sql</c>).</summary>
    private sealed class EnterPage(long[] seen, StorageOptions options) : IStorageOperation
    {
        public Type DocumentType => typeof(IEvent);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
        {
            var parameters = builder.AppendWithParameters($"select {options.Schema}.enter_page(?, ?, ?, ?)");
            for (var i = 0; i < seen.Length; i++)
            {
                parameters[i].NpgsqlDbType = NpgsqlDbType.Bigint;
                parameters[i].Value = seen[i];
            }
        }

        public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }

    /// <summary>A prepared statement of ours among Marten's.</summary>
    private sealed class Statement(NpgsqlBatchCommand statement) : IStorageOperation, NoDataReturnedCall
    {
        public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
        {
            var parts = statement.CommandText.Split('$');
            builder.Append(parts[0]);
            foreach (var part in parts.Skip(1))
            {
                var digits = part.TakeWhile(char.IsAsciiDigit).Count();
                var parameter = statement.Parameters[int.Parse(part.AsSpan(0, digits)) - 1];
                builder.AppendParameter(parameter.Value!, parameter.NpgsqlDbType);
                builder.Append(part[digits..]);
            }
        }

        public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }
}
