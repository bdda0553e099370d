using System.Runtime.CompilerServices;
using System.Text.Json;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.Exports;

/// <summary>
/// All rows of a list that a question narrows, as a file: read in one snapshot and written while they are read. Who may see less of the
/// list sees as little of it here. Columns are the row's, then its id, version and since when it was so, as in the JSON.
/// </summary>
/// <param name="asked">without a limit</param>
/// <param name="person">whose names stand beside the rows; null for nobody's</param>
internal sealed class ListExport(ListQuery list, ListPage asked, ListedPerson? person, TableFormat format) : IResult
{
    /// <summary>People whose names are read with one question.</summary>
    private const int NamesAtOnce = 500;

    /// <summary>What the store adds to each row, and where it stands in the answer of the database.</summary>
    private static readonly (string Name, Type Type, int Ordinal)[] Own =
        [("id", typeof(Guid), 0), ("version", typeof(long), 1), ("recordedFrom", typeof(Instant), 2)];

    private const int FirstOrdinal = 4;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (given, cancellation) = (httpContext.RequestServices, httpContext.RequestAborted);
        var storage = given.GetRequiredService<ClaimsStorage>();
        await using var connection = await storage.Sessions.Listing.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var position = await storage.Upkeep.PositionOf(connection, cancellation);
        var (columns, reads, named) = Columns();
        var room = given.GetRequiredService<RecordRoom>();
        var rows = Rows(connection, reads, cancellation);
        await new TableFile(
            format, list.Table.Name, columns, named < 0 ? rows : WithNames(rows, named, room, cancellation))
        {
            AsOf = asked.AsOf ?? given.GetRequiredService<IClock>().GetCurrentInstant(), Position = position, HasNames = named >= 0,
        }.ExecuteAsync(httpContext);
    }

    /// <summary>The columns, how each cell is read, and at which place the name stands that is not the database's; below 0 for
    /// none.</summary>
    private (List<TableColumn> Columns, List<Func<NpgsqlDataReader, object?>> Reads, int Named) Columns()
    {
        var (columns, reads, named) = (new List<TableColumn>(), new List<Func<NpgsqlDataReader, object?>>(), -1);
        var hidden = list.HiddenFrom(asked.By);
        for (var i = 0; i < list.Table.Columns.Count; i++)
        {
            var property = list.Table.Columns[i].Property;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (hidden.Contains(name)) continue;
            Add(name, property.PropertyType, i + FirstOrdinal);
            if (person is null || property.Name != person.Property) continue;
            named = columns.Count;
            columns.Add(TableColumns.Of<string>(list.Table.Name, person.Shown));
            reads.Add(_ => null);
        }
        foreach (var (name, type, ordinal) in Own) Add(name, type, ordinal);
        return (columns, reads, named);

        void Add(string name, Type type, int ordinal)
        {
            var column = TableColumns.Of(list.Table.Name, name, type);
            columns.Add(column);
            reads.Add(ReadOf(column.Kind, ordinal));
        }
    }

    private static Func<NpgsqlDataReader, object?> ReadOf(CellKind kind, int ordinal)
    {
        Func<NpgsqlDataReader, object> read = kind switch
        {
            CellKind.Number => reader => Convert.ToInt64(reader.GetValue(ordinal), System.Globalization.CultureInfo.InvariantCulture),
            CellKind.Money => reader => new Money(reader.GetInt64(ordinal)),
            CellKind.Date => reader => LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(ordinal)),
            CellKind.Moment => reader => Instant.FromDateTimeUtc(reader.GetDateTime(ordinal)),
            CellKind.Flag => reader => reader.GetBoolean(ordinal),
            _ => reader => reader.GetFieldType(ordinal) == typeof(Guid) ? reader.GetGuid(ordinal).ToString() : reader.GetString(ordinal),
        };
        return reader => reader.IsDBNull(ordinal) ? null : read(reader);
    }

    private async IAsyncEnumerable<object?[]> Rows(
        NpgsqlConnection connection, List<Func<NpgsqlDataReader, object?>> reads, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = list.Command(asked);
        command.Connection = connection;
        command.CommandTimeout = 0;   // it takes as long as the caller takes the rows; who goes away ends it
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var read = false;
        try
        {
            while (await reader.ReadAsync(cancellation))
            {
                var cells = new object?[reads.Count];
                for (var i = 0; i < cells.Length; i++) cells[i] = reads[i](reader);
                yield return cells;
            }
            read = true;
        }
        finally
        {
            // a reader that is left early would otherwise read all that is still to come
            if (!read) command.Cancel();
        }
    }

    /// <summary>The same rows with the names, which are read for some hundred people at a time and then forgotten.</summary>
    private async IAsyncEnumerable<object?[]> WithNames(
        IAsyncEnumerable<object?[]> rows, int named, RecordRoom room, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in rows.Chunk(NamesAtOnce).WithCancellation(cancellation))
        {
            Guid?[] people = [.. some.Select(row => row[named - 1] is string id ? Guid.Parse(id) : (Guid?)null)];
            var names = await PersonNames.Of(
                [.. people.OfType<Guid>()], room.For(asked.By, asked.AsOf, cancellation));
            for (var i = 0; i < some.Length; i++)
            {
                if (people[i] is { } id) some[i][named] = names.GetValueOrDefault(id);
                yield return some[i];
            }
        }
    }
}
