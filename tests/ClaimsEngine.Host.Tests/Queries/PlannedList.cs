using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Storage;
using NodaTime;
using NodaTime.Text;

namespace ClaimsEngine.Host.Tests.Queries;

/// <summary>How PostgreSQL reads the pages of a list.</summary>
internal sealed class PlannedList(string route, ClaimsStorage storage)
{
    private readonly ListRoute list = Engine.Modules.SelectMany(module => module.Lists).Single(list => list.Route == route);

    public ListQuery Query => new(list, storage.Options);

    /// <summary>What the query of an address asks for.</summary>
    public ListPage Asked(string office, string query)
    {
        var (narrowed, after, asOf) = (new List<(ListFilter, object)>(), default(Guid?), default(Instant?));
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
            switch (part)
            {
                case ["cursor", var cursor]: after = ListQuery.Decode(cursor) ?? throw new ArgumentException("no cursor", nameof(query));
                    break;
                case ["asOf", var moment]: asOf = InstantPattern.General.Parse(moment).Value;
                    break;
                default: var filter = list.Filters.Single(filter => filter.Parameter == part[0]);
                    var type = Query.TypeOf(filter);
                    var json = type == typeof(bool) ? part[1] : JsonSerializer.Serialize(part[1]);
                    narrowed.Add((filter, JsonSerializer.Deserialize(json, type, ClaimsJson.Options)!));
                    break;
            }
        return new ListPage(new Actor("reader", [Role.Officer], RegionCode.Of(office)), narrowed, 50, after, asOf);
    }

    /// <summary>Fails where a table is read as a whole, or more rows than expected.</summary>
    /// <param name="atMost">rows; 51 for each of a province's places, some of which have fewer</param>
    public async Task ReadsAlongAnIndex(string office, string query, int atMost = 3_000)
    {
        await using var command = Query.Command(Asked(office, query));
        await using var connection = await storage.Sessions.Application.OpenConnectionAsync(TestContext.Current.CancellationToken);
        command.Connection = connection;
        command.CommandText = "EXPLAIN (ANALYZE, FORMAT JSON) " + command.CommandText;
        var plan = JsonNode.Parse(
            (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!)![0]!["Plan"]!;
        var nodes = Nodes(plan).ToArray();
        Assert.DoesNotContain(nodes, node => (string)node["Node Type"]! == "Seq Scan");
        var read = nodes.Where(node => ((string)node["Node Type"]!).Contains("Scan") && node["Relation Name"] is not null)
            .Sum(node => ((double)node["Actual Rows"]! + (double?)node["Rows Removed by Filter"] ?? 0) * (double)node["Actual Loops"]!);
        Assert.True(read <= atMost, $"{read} rows were read for '{query}' of '{office}':\n{plan}");
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode plan) =>
        [plan, .. (plan["Plans"]?.AsArray() ?? []).SelectMany(below => Nodes(below!))];
}
