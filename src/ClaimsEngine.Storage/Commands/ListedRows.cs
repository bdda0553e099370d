using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Storage.Commands;

/// <summary>What a command asks of a read model: which streams fit, and how many.</summary>
public sealed class ListedRows(ReadModelUpkeep readModels, Sessions sessions, StorageOptions options)
{
    /// <param name="patience">how long it waits for the read model to get to what is recorded</param>
    /// <exception cref="RegisterBehindException">The read model did not get there in that time.</exception>
    public async Task<ListedStreams> Ask(ListedQuestion asked, Actor by, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await readModels.WaitForNewest(patience, cancellation)) throw new RegisterBehindException();
        var table = readModels.Models.Table(asked.Model.Table);
        await using var command = new NpgsqlCommand();
        var where = "recorded_to = 'infinity'";
        foreach (var (filter, value) in asked.Narrowed)
            where += RowFilter.Narrow(command, filter.Match, table.ColumnOf(filter.Property), value);
        if (by.Region.Level > 0) where += RowFilter.Narrow(command, ListMatch.RegionPrefix, table.ColumnOf(asked.Region), by.Region);
        var order = string.Concat(asked.OrderBy.Select(property => $"\"{table.ColumnOf(property).Name}\" NULLS LAST, "));
        var from = $"{options.ReadSchema}.{table.Name} WHERE {where}";
        // one snapshot for both: the ids and their number
        command.CommandText = $"""
            SELECT (SELECT count(*) FROM {from}),
                   ARRAY(SELECT id FROM {from} ORDER BY {order}id LIMIT {RowFilter.Parameter(command, asked.Most)})
            """;
        await using var connection = await sessions.Listing.OpenConnectionAsync(cancellation);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ListedStreams(await reader.GetFieldValueAsync<Guid[]>(1, cancellation), reader.GetInt64(0));
    }
}
