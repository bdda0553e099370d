using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ClaimsEngine.Specs;

/// <summary>Promise P11, old events stay readable: one golden JSON of every event type and version, decoded for ever.</summary>
public class GoldenEventSpecs
{
    private static readonly string Folder = Repository.Seeds("events");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

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

    [Fact]
    public void Every_event_type_has_its_golden_file()
    {
        foreach (var type in Engine.EventTypes.All.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))))
        {
            var file = $"{Engine.EventTypes.NameOf(type)}.v1.json";
            Assert.True(File.Exists(Path.Combine(Folder, file)), $"seeds/events/{file} is missing; {Suggestion(type)}");
        }
    }

    [Fact]
    public void Every_golden_file_has_its_event_type()
    {
        var known = Engine.EventTypes.All.Select(Engine.EventTypes.NameOf).ToHashSet();
        Assert.All(Directory.GetFiles(Folder), file => Assert.Contains(Path.GetFileName(file).Split('.')[0], known));
    }

    private static string Suggestion(Type type)
    {
        if (Samples.Events.FirstOrDefault(sample => sample.GetType() == type) is not { } sample) return "add a sample of it to Samples.Events";
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), NewLine = "\n" };
        var golden = new JsonObject
        {
            ["type"] = Engine.EventTypes.NameOf(type), ["version"] = 1, ["data"] = JsonSerializer.SerializeToNode(sample, type, ClaimsJson.Options),
        };
        return "it could be\n" + golden.ToJsonString(options);
    }
}
