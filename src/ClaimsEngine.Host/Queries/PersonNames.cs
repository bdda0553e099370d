using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Members;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries;

/// <summary>Names of people beside the rows of a page.</summary>
public static class PersonNames
{
    /// <summary>Reads the people of the page, and of no other rows, with one question.</summary>
    /// <param name="page">as <see cref="ListQuery.Run"/> gave it</param>
    /// <param name="records">as of the moment of the page</param>
    public static async Task Add(JsonObject page, ListedPerson person, Records records)
    {
        var property = JsonNamingPolicy.CamelCase.ConvertName(person.Property);
        // a payout to an organisation has no person
        (JsonObject Row, Guid Person)[] rows =
            [.. page["items"]!.AsArray().Where(row => row![property] is not null)
                .Select(row => (row!.AsObject(), Guid.Parse((string)row![property]!)))];
        var names = await Of([.. rows.Select(row => row.Person)], records);
        foreach (var (row, id) in rows)
            if (names.TryGetValue(id, out var name)) row[person.Shown] = name;
    }

    /// <summary>The names of these people, with one question; who is not on record is absent.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> Of(IReadOnlyList<Guid> people, Records records)
    {
        await records.Look(people);
        var names = new Dictionary<Guid, string>();
        foreach (var id in people)
            if (!names.ContainsKey(id) && await records.FindAnywhere<Person>(id) is { } found) names[id] = found.Name;
        return names;
    }
}
