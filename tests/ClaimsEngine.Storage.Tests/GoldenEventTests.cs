using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Promise P11, through the store that Marten uses: every shape that an event ever had is read and written back the
/// same.</summary>
public sealed class GoldenEventTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "seeds", "events");

    protected override IReadOnlyList<IReadModel> ReadModels => [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_golden_event_is_stored_under_its_name_and_read_back_typed_and_equal_to_the_byte(bool byCopy)
    {
        await using var node = await Node.Open(Options, [], Engine.EventTypes);
        var files = Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length >= Engine.EventTypes.All.Count());
        var golden = files.Select(file => JsonNode.Parse(File.ReadAllText(file))!)
            .Select(node => (Stream: Guid.NewGuid(), Name: node["type"]!.GetValue<string>(), Json: node["data"]!)).ToArray();

        foreach (var (stream, name, json) in golden)
        {
            var type = Engine.EventTypes.TypeOf(name);
            var data = json.Deserialize(type, ClaimsJson.Options)!;
            if (byCopy)
            {
                var write = new PendingWrite();
                write.Add(Decision.Begin<Sample>(stream, data), _ => Samples.By());
                Assert.IsType<Stored>(await node.WriteInBulk(write));
            }
            else
            {
                await using var session = node.Store.LightweightSession();
                session.Events.StartStream(stream, data);
                await session.SaveChangesAsync();
            }
        }

        var serializer = ((Marten.DocumentStore)node.Store).Serializer;
        await using var query = node.Store.QuerySession();
        foreach (var (stream, name, json) in golden)
        {
            var stored = Assert.Single(await query.Events.FetchStreamAsync(stream));
            Assert.Equal((name, Engine.EventTypes.TypeOf(name)), (stored.EventTypeName, stored.Data.GetType()));
            // Marten's serializer and the engine's own write the same bytes, and these are the golden ones but for blanks and the order of
            // members.
            var engines = JsonSerializer.Serialize(stored.Data, stored.Data.GetType(), ClaimsJson.Options);
            Assert.Equal(engines, serializer.ToJson(stored.Data));
            Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(engines)), $"{name} is written back as {engines}");
            // The same of the golden bytes themselves, which no jsonb has ordered.
            var original = serializer.FromJson(stored.Data.GetType(), new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString())));
            Assert.Equal(JsonSerializer.Serialize(json.Deserialize(stored.Data.GetType(), ClaimsJson.Options), stored.Data.GetType(),
                ClaimsJson.Options), serializer.ToJson(original));
            Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(serializer.ToJson(original))));

            await using var command = node.Storage.Sessions.Application.CreateCommand(
                "SELECT type, data::text = $2::jsonb::text, data::text, $2::jsonb::text, mt_dotnet_type "
                + "FROM claims.mt_events WHERE stream_id = $1");
            command.Parameters.Add(new NpgsqlParameter { Value = stream });
            command.Parameters.Add(new NpgsqlParameter { Value = json.ToJsonString(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            await using var row = await command.ExecuteReaderAsync();
            Assert.True(await row.ReadAsync());
            Assert.Equal(name, row.GetString(0));
            Assert.True(row.GetBoolean(1), $"{name}: the table holds {row.GetString(2)}, golden is {row.GetString(3)}");
            Assert.Equal(EventTypes.DotnetNameFor(stored.Data.GetType()), row.GetString(4));
        }
        foreach (var (stream, _, _) in golden) Assert.Single(await node.Events.ReadStream(stream));
    }

    [Fact]
    public async Task An_event_under_an_old_name_of_its_class_is_read_by_its_published_name()
    {
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened());
        await Owner("UPDATE claims.mt_events SET mt_dotnet_type = 'Some.Class.That.Is.Gone, Nowhere'");
        Assert.Equal(Samples.Opened(), Assert.Single(await Events.ReadStream(stream)).Data);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
