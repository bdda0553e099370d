using System.Text.Json;
using Npgsql;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>Filters of a list as conditions of SQL. Values travel as parameters, never as text.</summary>
public static class RowFilter
{
    /// <summary>The condition, with <c>AND</c> before it; its value is added to the command.</summary>
    public static string Narrow(NpgsqlCommand command, ListMatch match, ReadModelColumn column, object value) => match switch
    {
        ListMatch.Equal => $" AND \"{column.Name}\" = {Parameter(command, Plain(value))}",
        // region codes are digits only, so a prefix needs no escaping
        ListMatch.RegionPrefix => $" AND \"{column.Name}\" LIKE {Parameter(command, value + "%")}",
        ListMatch.From => $" AND \"{column.Name}\" >= {Parameter(command, Plain(value))}",
        ListMatch.To => $" AND \"{column.Name}\" <= {Parameter(command, Plain(value))}",
        ListMatch.Before => $" AND \"{column.Name}\" < {Parameter(command, Plain(value))}",
        _ => throw new ArgumentOutOfRangeException(nameof(match), match, "no SQL is written for this match"),
    };

    /// <summary>Adds a value to the command; how its text names it.</summary>
    public static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $"${command.Parameters.Count}";
    }

    private static object Plain(object value) => value switch
    {
        LocalDate date => date.ToDateOnly(),
        Instant instant => instant.ToDateTimeUtc(),
        Money money => money.Fen,
        int or long or Guid or bool or string => value,
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        _ when JsonSerializer.SerializeToElement(value, value.GetType(), ClaimsJson.Options) is { ValueKind: JsonValueKind.String } json =>
            Guid.TryParse(json.GetString(), out var id) ? id : json.GetString()!,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "no column carries this type"),
    };
}
