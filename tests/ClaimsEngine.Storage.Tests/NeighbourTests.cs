using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Others may work on the same events with a plain Marten store of their own.</summary>
public sealed class NeighbourTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_plain_Marten_store_reads_a_stream_typed_and_appends_to_it_and_the_read_models_see_it()
    {
        await Start();
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened("一号"), Samples.Renamed("二号"));

        await using var neighbour = Neighbour();
        await using (var session = neighbour.LightweightSession())
        {
            var events = await session.Events.FetchStreamAsync(stream);
            Assert.Equal([Samples.Opened("一号"), Samples.Renamed("二号")], events.Select(e => e.Data));
            Assert.Equal(("tester", "test", "trace", "clerk"), (events[0].UserName, events[0].CausationId, events[0].CorrelationId,
                events[0].GetHeader("role")?.ToString()));
            session.Events.Append(stream, 3, Samples.Renamed("by the neighbour"));
            await session.SaveChangesAsync();
        }
        Assert.Equal("by the neighbour", ((SampleRenamed)(await Events.ReadStream(stream))[2].Data).Name);
        await CaughtUp();
        Assert.Equal("by the neighbour", await Owner("SELECT name FROM read.samples WHERE recorded_to = 'infinity'"));
        Assert.IsType<Conflict>(await Try(Samples.On(stream, 2, Samples.Renamed())));
        await Write(stream, 3, Samples.Renamed("ours"));
        await CaughtUp();
        await EqualsAReplay();
    }

    [Theory]
    [InlineData(EventAppendMode.QuickWithServerTimestamps)]
    [InlineData(EventAppendMode.Rich)]
    public async Task A_neighbour_that_writes_two_streams_in_one_transaction_without_expected_versions_bends_no_read_model(
        EventAppendMode mode)
    {
        await Start();
        Guid[] streams = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];
        foreach (var stream in streams) await Write(stream, 0, Samples.Opened());
        await using var neighbour = Neighbour(mode);
        var until = DateTime.UtcNow + Patience;
        var (theirs, ours) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            while ((theirs < 60 || ours < 10) && DateTime.UtcNow < until)
            {
                if (w < 4)
                {
                    await using var session = neighbour.LightweightSession();
                    var order = streams.OrderBy(_ => random.Next()).ToArray();
                    for (var i = 0; i < 2; i++) session.Events.Append(order[i], Samples.Renamed($"neighbour {w}"),
                        Samples.Renamed($"neighbour {w} again"));
                    try
                    {
                        await session.SaveChangesAsync();
                        Interlocked.Add(ref theirs, 4);
                    }
                    catch (Exception exception) when (exception is ConcurrencyException || Storage.Postgres.ErrorIn(exception)
                        is { SqlState: "40P01" or "23505" })
                    {
                        // It named no version and lost all the same: a deadlock, or somebody was quicker.
                    }
                }
                else
                {
                    var stream = streams[random.Next(3)];
                    if (await Try(Samples.On(stream, (await Events.ReadStream(stream)).Count, Samples.Renamed("ours")))
                        is Stored) Interlocked.Increment(ref ours);
                }
            }
        })));
        Assert.True(theirs >= 60 && ours >= 10, $"the neighbour stored {theirs} events, we {ours}");
        await CaughtUp();

        foreach (var stream in streams)
        {
            var events = await Events.ReadStream(stream);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(v => (long)v), events.Select(e => e.Version));
            // Where numbers of the sequence went against versions the stream is held, and healed by one call; it is never bent.
            if ((await Node.Upkeep.DeadLetters()).Any(letter => letter.Stream == stream)) Assert.True(await Node.Upkeep.Replay("samples",
                stream));
            Assert.Equal(((SampleRenamed)events[^1].Data).Name,
                await Owner($"SELECT name FROM read.samples WHERE id = '{stream}' AND recorded_to = 'infinity'"));
            Assert.Equal(events[^1].Version,
                await Owner($"SELECT version FROM read.samples WHERE id = '{stream}' AND recorded_to = 'infinity'"));
        }
        Assert.Equal(0L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to < recorded_from"));
        Assert.Equal(theirs + ours + 3, await Count("read.samples"));
        await EqualsAReplay();
    }

    /// <summary>What a neighbour writes who knows the published names and the JSON, and nothing of this engine's storage.</summary>
    private DocumentStore Neighbour(EventAppendMode mode = EventAppendMode.QuickWithServerTimestamps) => DocumentStore.For(marten =>
    {
        marten.Connection(new NpgsqlConnectionStringBuilder(Options.ConnectionString) { Options = "-c role=claims_app" }.ConnectionString);
        marten.DatabaseSchemaName = marten.Events.DatabaseSchemaName = "claims";
        marten.AutoCreateSchemaObjects = AutoCreate.None;
        marten.UseSystemTextJsonForSerialization(ClaimsJson.Options, EnumStorage.AsString, Casing.CamelCase,
            json => json.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));
        marten.Events.AppendMode = mode;
        marten.Events.MetadataConfig.EnableAll();
        marten.Events.MetadataConfig.UserNameEnabled = true;
        foreach (var type in Samples.Types.All) marten.Events.MapEventType(type, Samples.Types.NameOf(type));
    });
}
