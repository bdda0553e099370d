using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ClaimsEngine.Specs;

/// <summary>
/// Old events stay readable: one golden JSON of every shape that an event type ever had, decoded for ever. A file once written
/// is never changed; a new shape gets the next version beside it.
/// </summary>
public class GoldenEventSpecs
{
    private static readonly string Folder = Repository.Seeds("events");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public static TheoryData<Type> Types => [.. Engine.EventTypes.All.OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static TheoryData<Type> KnownTypes => [.. Types.Select(row => row.Data).Where(type => VersionsOf(type).Length > 0)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_golden_event_is_read_and_written_again_the_same(string file)
    {
        var golden = Repository.Json(Path.Combine(Folder, file));
        var type = Engine.EventTypes.TypeOf(golden["type"]!.GetValue<string>());
        Assert.Equal(file, $"{golden["type"]}.v{golden["version"]}.json");
        var data = golden["data"].Deserialize(type, ClaimsJson.Options);
        var again = JsonSerializer.SerializeToNode(data, type, ClaimsJson.Options);
        Assert.True(JsonNode.DeepEquals(golden["data"], again), $"{file} is written again as {again}");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_type_has_golden_files_from_version_1_on_without_gaps(Type type)
    {
        var versions = VersionsOf(type);
        Assert.True(versions.Length > 0, $"seeds/events/{Engine.EventTypes.NameOf(type)}.v1.json is missing; {Suggestion(type, 1)}");
        Assert.Equal(Enumerable.Range(1, versions.Length), versions);
    }

    /// <summary>A member that was added to an event stands in no golden file yet: then today's shape wants one of its own.</summary>
    [Theory]
    [MemberData(nameof(KnownTypes))]
    public void The_newest_golden_file_shows_every_member_of_todays_shape(Type type)
    {
        var newest = VersionsOf(type)[^1];
        var golden = Members(Repository.Json(Path.Combine(Folder, $"{Engine.EventTypes.NameOf(type)}.v{newest}.json"))["data"]!)
            .ToHashSet();
        var today = Members(JsonSerializer.SerializeToNode(Sample(type), type, ClaimsJson.Options)!);
        Assert.True(golden.IsSupersetOf(today), Suggestion(type, newest + 1));
    }

    [Fact]
    public void Every_golden_file_has_its_event_type()
    {
        var known = Engine.EventTypes.All.Select(Engine.EventTypes.NameOf).ToHashSet();
        Assert.All(Directory.GetFiles(Folder), file => Assert.Contains(Path.GetFileName(file).Split('.')[0], known));
    }

    /// <summary>What was decided once under the rules of <c>plan-rules/1</c> is decided so again, word for word.</summary>
    [Fact]
    public void The_golden_decision_is_replayed_to_the_byte_under_the_golden_rules()
    {
        var claim = StateOf<Claim>([Submitted(Samples.TwoStays), .. AllPapers(), Golden<ClaimAssessed>(version: 2)]);
        var replay = DecisionReplay.Of(claim, StateOf<Plan>(Golden<PlanVersionPublished>(version: 2)))!;
        Assert.True(replay.Identical);
        Assert.Equal(("plan-rules/1", Cny("6300.40")), (replay.Interpreter, replay.Recomputed!.AssessedAmount));
    }

    private static int[] VersionsOf(Type type) =>
        [.. Directory.GetFiles(Folder, $"{Engine.EventTypes.NameOf(type)}.v*.json")
            .Select(file => int.Parse(Path.GetFileName(file).Split('.')[1][1..])).Order()];

    /// <summary>Paths of all members, without places in lists; what lies within a plan's card is the card's own affair.</summary>
    private static IEnumerable<string> Members(JsonNode node, string path = "") => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null)
            .SelectMany(member =>
                (string[])[$"{path}/{member.Key}", .. member.Key == "card" ? [] : Members(member.Value!, $"{path}/{member.Key}")]),
        JsonArray list => list.SelectMany(item => Members(item!, path)),
        _ => [],
    };

    private static object Sample(Type type) => Assert.Single(Samples.Events, sample => sample.GetType() == type);

    private static string Suggestion(Type type, int version)
    {
        var options =
            new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), NewLine = "\n" };
        var golden = new JsonObject
        {
            ["type"] = Engine.EventTypes.NameOf(type), ["version"] = version,
            ["data"] = JsonSerializer.SerializeToNode(Sample(type), type, ClaimsJson.Options),
        };
        return $"seeds/events/{Engine.EventTypes.NameOf(type)}.v{version}.json could be\n" + golden.ToJsonString(options);
    }
}
