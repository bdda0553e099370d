using System.Buffers.Text;
using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;
using ClaimsEngine.Storage.ReadModels;
using ClaimsEngine.Storage;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>
/// One page of a list over the row versions that were true at a moment. The order is the id's, descending, and never changes, so that a
/// cursor stays true while rows are added: newest first, but for plans and programmes, whose ids follow from their codes.
/// </summary>
public sealed class ListQuery(ListRoute route, StorageOptions options)
{
    private readonly ReadModelTable table = new(route.Model);

    /// <summary>The list that is asked.</summary>
    public ListRoute Route => route;

    /// <summary>The table that it is asked of.</summary>
    public ReadModelTable Table => table;

    /// <summary>The type of value that a filter narrows by.</summary>
    public Type TypeOf(ListFilter filter) => filter.Match == ListMatch.Payer ? typeof(string) : TypeOf(filter.Property);

    private Type TypeOf(string property) => table.ColumnOf(property).Property.PropertyType;

    /// <summary>The statement of one page.</summary>
    public NpgsqlCommand Command(ListPage asked)
    {
        var command = new NpgsqlCommand();
        var moments = Moments(asked.AsOf, command);
        var where = new StringBuilder();
        var others = asked.Narrowed.Where(narrowed => !OfPlace(narrowed.Filter)).ToList();
        var places = asked.Narrowed.Where(narrowed => OfPlace(narrowed.Filter)).Select(narrowed => (RegionCode)narrowed.Value).ToList();
        if (route.RegionColumn is not null && asked.By.Region.Level > 0) places.Add(asked.By.Region);
        var (along, end) = ("", asked.Limit is { } limit ? $" LIMIT {limit + 1}" : "");
        foreach (var (filter, value) in others)
        {
            var column = table.ColumnOf(filter.Property);
            if (places.Count == 0 && asked.Limit is not null && LeadsAlone(filter, others))
            {
                along = $"\"{column.Name}\" DESC, ";
                where.Append(RowFilter.Narrow(command, ListMatch.From, column, value))
                    .Append(RowFilter.Narrow(command, ListMatch.To, column, value));
            }
            else
            {
                where.Append(RowFilter.Narrow(command, filter.Match, column, value));
            }
        }
        if (route.RegionColumn is { } own && TypeOf(own) == typeof(RegionCode?))
            where.Append($" AND \"{table.ColumnOf(own).Name}\" IS NOT NULL");
        if (asked.After is { } after) where.Append($" AND id < {RowFilter.Parameter(command, after)}");

        var within = Within(places, asked.Limit is null ? null : others, along, end, command);
        var parts = moments.Select(moment =>
            within($"SELECT {table.SelectList} FROM {options.ReadSchema}.{table.Name} WHERE {moment}{where}")).ToArray();
        command.CommandText = parts is [var only] ? only
            : $"SELECT * FROM (({string.Join(") UNION ALL (", parts)})) AS versions ORDER BY id DESC{end}";
        return command;

        bool OfPlace(ListFilter filter) => filter.Match == ListMatch.RegionPrefix && filter.Property == route.RegionColumn;
    }

    /// <summary>Narrows a page to the places that the caller may see and has asked for.</summary>
    /// <param name="others">what the page is narrowed by besides; null where it is all of the rows</param>
    /// <param name="along">the column whose index has the rows in the order of the page; empty for any</param>
    /// <param name="end">how many rows</param>
    private Func<string, string> Within(
        List<RegionCode> places, List<(ListFilter Filter, object Value)>? others, string along, string end, NpgsqlCommand command)
    {
        if (places.Count == 0) return from => $"{from} ORDER BY {along}id DESC{end}";
        var (region, smallest) = (table.ColumnOf(route.RegionColumn!).Name, places.MaxBy(place => place.Level));
        var page = $"ORDER BY id DESC{end}";
        if (!places.All(place => place.Contains(smallest))) return from => $"{from} AND false {page}";
        // The rows of one district stand together in the order of the page; of a province the first of each of its districts are merged, so
        // that neither the whole province is sorted nor the whole country looked through. The database would expect the rows of a district,
        // or of what waits, all over the table, and look for them along the ids: it is asked for the order of the index that has them.
        if (others is not null && InOrder(others, region))
        {
            var codes = RowFilter.Parameter(command, smallest.Codes().ToArray());
            return from => $"SELECT best.* FROM unnest({codes}) AS place (code) CROSS JOIN LATERAL ({from} "
                + $"AND \"{region}\" >= place.code AND \"{region}\" <= place.code ORDER BY \"{region}\" DESC, id DESC{end}) AS best {page}";
        }
        if (smallest.Level == 3)
        {
            var district = RowFilter.Parameter(command, smallest.Value);
            return from => $"{from} AND \"{region}\" = {district} {page}";
        }
        // region codes are digits only, so a prefix needs no escaping
        var prefix = RowFilter.Parameter(command, smallest.Value + "%");
        return from => $"{from} AND \"{region}\" LIKE {prefix} {page}";
    }

    /// <summary>Whether an index has the rows of each place in the order of the page: all of them, or those that wait for a step, say. What
    /// else the page is narrowed by is looked for along it, unless it has an index of its own, as a member or a number has.</summary>
    private bool InOrder(List<(ListFilter Filter, object Value)> others, string region)
    {
        var equal = Equal(others);
        var indexes = Indexes.ToLookup(index => index is [.., var place, "id"] && place == region);
        return indexes[true].Any(index => index[..^2] is var before && before.All(equal.Contains)
            && (before.Length > 0 || others.Count == 0)
            && equal.Except(before).All(column => indexes[false].All(own => own[0] != column)));
    }

    /// <summary>Whether a filter's index has its rows in the order of the page, and no other filter has an index.</summary>
    private bool LeadsAlone(ListFilter filter, List<(ListFilter Filter, object Value)> others)
    {
        var name = table.ColumnOf(filter.Property).Name;
        return filter.Match == ListMatch.Equal && route.Model.Indexes.Contains($"{name}, id")
            && Equal(others).All(column => column == name || Indexes.All(own => own[0] != column));
    }

    private IEnumerable<string[]> Indexes => route.Model.Indexes.Select(index => index.Split(", "));

    /// <summary>The columns that are to equal a value.</summary>
    private HashSet<string> Equal(List<(ListFilter Filter, object Value)> narrowed) =>
        [.. narrowed.Where(one => one.Filter.Match == ListMatch.Equal).Select(one => table.ColumnOf(one.Filter.Property).Name)];

    /// <summary><c>{items, next}</c>: each row with its id, version and since when it was so.</summary>
    public async Task<JsonObject> Run(ListPage asked, NpgsqlDataSource listing, CancellationToken cancellation)
    {
        await using var connection = await listing.OpenConnectionAsync(cancellation);
        await using var command = Command(asked);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var hidden = HiddenFrom(asked.By);
        var items = new JsonArray();
        string? next = null;
        var last = Guid.Empty;
        while (await reader.ReadAsync(cancellation))
        {
            if (items.Count == asked.Limit)
            {
                next = Encode(last);
                break;
            }
            var version = table.Read<object>(reader);
            last = version.Id;
            var item = new JsonObject
            {
                ["id"] = version.Id, ["version"] = version.Version, ["recordedFrom"] = ClaimsJson.Text(version.RecordedFrom),
            };
            foreach (var member in JsonSerializer.SerializeToNode(version.Row, table.RowType, ClaimsJson.Options)!.AsObject().ToArray())
                if (!hidden.Contains(member.Key)) item[member.Key] = member.Value?.DeepClone();
            items.Add(item);
        }
        return next is null ? new JsonObject { ["items"] = items } : new JsonObject { ["items"] = items, ["next"] = next };
    }

    /// <summary>The members of the rows, as the API names them, that this caller is not shown.</summary>
    public IReadOnlyList<string> HiddenFrom(Actor by) =>
        by.SeesMedicalFacts ? [] : [.. route.Medical.Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The row versions true at a moment, or the current ones.</summary>
    public static string AsOf(Instant? moment, NpgsqlCommand command) => $"({string.Join(" OR ", Moments(moment, command))})";

    /// <summary>The same in parts that have indexes of their own: rows that are still current, and those that are no more.</summary>
    private static string[] Moments(Instant? moment, NpgsqlCommand command)
    {
        // the end of time is the database's infinity, after which there is nothing
        if (moment is not { } at || at > Instant.FromUtc(9999, 12, 30, 0, 0)) return ["recorded_to = 'infinity'"];
        var parameter = RowFilter.Parameter(command, at.ToDateTimeUtc());
        return
        [
            $"recorded_to = 'infinity' AND recorded_from <= {parameter}",
            $"recorded_to < 'infinity' AND recorded_to > {parameter} AND recorded_from <= {parameter}",
        ];
    }

    private static string Encode(Guid id) => Base64Url.EncodeToString(id.ToByteArray());

    /// <summary>The id after which a cursor goes on; null for a text that is none.</summary>
    public static Guid? Decode(string cursor) =>
        Base64Url.IsValid(cursor, out var length) && length == 16 ? new Guid(Base64Url.DecodeFromChars(cursor)) : null;
}

/// <summary>Which page of a list is asked for.</summary>
/// <param name="By">sees the rows of the own region only</param>
/// <param name="Narrowed">filters and their values, of the types of their columns</param>
/// <param name="Limit">rows, 1 to 200; null for all, which <see cref="ListQuery.Run"/> does not give</param>
/// <param name="After">the last id of the page before; null for the first page</param>
/// <param name="AsOf">as known then; null is now</param>
public sealed record ListPage(
    Actor By, IReadOnlyList<(ListFilter Filter, object Value)> Narrowed, int? Limit, Guid? After = null, Instant? AsOf = null);
