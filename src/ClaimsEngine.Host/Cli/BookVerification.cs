using ClaimsEngine.Books;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.ReadModels;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.Cli;

/// <summary>The books looked through entry by entry (promise P9): all are in balance, and the closings counted what they say. That the
/// entries are the fold of their events is compared as for every read model.</summary>
internal static class BookVerification
{
    public static async Task<(long Entries, int Closings, IReadOnlyList<string> Faults)> Of(
        ClaimsStorage storage, EventReader events, CancellationToken cancellation)
    {
        var table = new ReadModelTable(Journal.Model);
        var (entries, closings, faults) = (0L, 0, new List<string>());
        BookAudit? audit = null;
        string? plan = null;
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        var known = await snapshot.Position(cancellation);
        await using var command = new NpgsqlCommand(
            $"SELECT {table.SelectList} FROM {storage.Options.ReadSchema}.{table.Name} ORDER BY plan, feed_position", snapshot.Connection)
        {
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = table.Read<JournalRow>(reader).Row;
            if (row.Plan != plan)
            {
                End();
                (plan, audit) = (row.Plan, new BookAudit(row.Plan, await Closed(row.Plan)));
            }
            audit!.Take(row);
        }
        End();
        return (entries, closings, faults);

        void End()
        {
            if (audit is null) return;
            audit.Finish();
            (entries, closings) = (entries + audit.Entries, closings + audit.Closings);
            faults.AddRange(audit.Faults);
        }

        // what was closed after the entries were read is for the next look; what a closing earned belongs to it
        async Task<IReadOnlyList<RecordedEvent>> Closed(string of) =>
            [.. ((await events.ReadStreams([PlanBooksId.Of(of).Value], cancellation)).Values.FirstOrDefault() ?? [])
                .TakeWhile(recorded => recorded.Position <= known || recorded.Data is ContributionsEarned)];
    }
}
