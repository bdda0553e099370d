using System.Text.Json;
using System.Text.Json.Serialization;
using ClaimsEngine.Storage.Schema;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;

namespace ClaimsEngine.Storage;

/// <summary>How Marten is set up: the one place that says so, for the host, for migrations and for tests.</summary>
public static class MartenSetup
{
    /// <param name="connections">in the owner's role to migrate, in the application's to work</param>
    public static void UseForClaims(this StoreOptions marten, StorageOptions options, EventTypes types, NpgsqlDataSource connections)
    {
        marten.Connection(connections);
        marten.DatabaseSchemaName = options.Schema;
        marten.AutoCreateSchemaObjects = AutoCreate.None;
        marten.Logger(new SilentLogger());
        marten.DisableNpgsqlLogging = true;
        // A failed batch is not sent again by itself: its COMMIT may have taken effect. SessionWriter asks the database first.
        marten.ConfigureWritePolly(_ => { });

        // Marten replaces the enum converter it is given by one without a naming policy, hence it is inserted again.
        marten.UseSystemTextJsonForSerialization(ClaimsJson.Options, EnumStorage.AsString, Casing.CamelCase,
            json => json.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));

        marten.Events.DatabaseSchemaName = options.Schema;
        marten.Events.StreamIdentity = StreamIdentity.AsGuid;
        // Plain Quick is hours off where the session's time zone is not UTC.
        marten.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        // Of writers on one stream, a later one waits before it draws its numbers: the loser of a race leaves no gap in the sequence.
        marten.Events.UseExclusiveLockOnConcurrentAppends = true;
        marten.Events.MetadataConfig.HeadersEnabled = true;
        marten.Events.MetadataConfig.CausationIdEnabled = true;
        marten.Events.MetadataConfig.CorrelationIdEnabled = true;
        marten.Events.MetadataConfig.UserNameEnabled = true;
        foreach (var type in types.All) marten.Events.MapEventType(type, types.NameOf(type));

        // An event that cannot be read is an error, never something to pass over: by default Marten skips it with a warning.
        marten.Projections.Errors.SkipSerializationErrors = false;
        marten.Projections.Errors.SkipUnknownEvents = false;
        marten.Projections.Errors.SkipApplyErrors = false;
        marten.Projections.RebuildErrors.SkipSerializationErrors = false;
        marten.Projections.RebuildErrors.SkipUnknownEvents = false;

        // Whether a gap in the sequence is a running transaction is decided by evidence. The evidence misses a transaction that begins and
        // draws its numbers within the very statement that looks (seen in 52 of 4,110 looks under load). So a gap is also given the three
        // seconds that are Marten's default, which is longer than a command takes; and a write in bulk, which may take longer, asks for
        // itself whether the feed has passed it over (end_bulk_write).
        marten.Projections.FastPollingTime = TimeSpan.FromMilliseconds(100);
        marten.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(250);

        marten.OpenTelemetry.TrackConnections =
            JasperFx.OpenTelemetry.TrackLevel.Normal;   // spans without statements: parameters hold personal data
        marten.OpenTelemetry.TrackEventCounters();

        foreach (var part in Tables.Of(options)) marten.Storage.ExtendedSchemaObjects.Add(part);
    }

    /// <summary>Marten logs every failing statement with its parameters, which hold personal data. Failures are told by
    /// exceptions.</summary>
    private sealed class SilentLogger : IMartenLogger, IMartenSessionLogger
    {
        public IMartenSessionLogger StartSession(IQuerySession session) => this;
        public void SchemaChange(string sql) { }
        public void LogSuccess(NpgsqlCommand command) { }
        public void LogFailure(NpgsqlCommand command, Exception ex) { }
        public void LogSuccess(NpgsqlBatch batch) { }
        public void LogFailure(NpgsqlBatch batch, Exception ex) { }
        public void LogFailure(Exception ex, string message) { }
        public void RecordSavedChanges(IDocumentSession session, Marten.Services.IChangeSet commit) { }
        public void OnBeforeExecute(NpgsqlCommand command) { }
        public void OnBeforeExecute(NpgsqlBatch batch) { }
    }
}
