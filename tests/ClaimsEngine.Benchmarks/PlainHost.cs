using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.Marten;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// The peer of commands: a web application with Wolverine and Marten at their defaults and one Minimal API endpoint, on a database of its
/// own.
/// </summary>
internal sealed class PlainHost : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    private PlainHost(BenchDatabase database, WebApplication app, NpgsqlDataSource source) =>
        (Database, App, this.source) = (database, app, source);

    public BenchDatabase Database { get; }

    public WebApplication App { get; }

    public static async Task<PlainHost> Start(Workbench bench, IEnumerable<PreparedCase> cases)
    {
        var database = await bench.EmptyDatabase();
        var source = NpgsqlDataSource.Create(database.ConnectionString);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new MoneyAsWritten()));
        builder.Services.AddMarten(marten => PlainApproveHandler.Configure(marten, source))
            .UseLightweightSessions().IntegrateWithWolverine().ApplyAllDatabaseChangesOnStartup();
        builder.UseWolverine(PlainApproveHandler.Configure);
        var app = builder.Build();
        app.MapPost("/api/claims/{claim}/approval", (Guid claim, Approval body, HttpRequest request, IMessageBus bus) =>
        {
            var key = request.Headers["Idempotency-Key"].ToString();
            return bus.InvokeAsync<PlainAnswer>(new PlainApprove(claim, body.Amount, body.Reason, key));
        });
        await app.StartAsync();
        var host = new PlainHost(database, app, source);
        await host.Fill(cases);
        return host;
    }

    /// <summary>One approval without HTTP.</summary>
    public async Task Approve(PreparedCase one)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<IMessageBus>()
            .InvokeAsync<PlainAnswer>(new PlainApprove(one.Claim.Value, one.Amount, "sample", $"approve/{one.Claim}"));
        if (answer.Refusal is { } refusal) throw new InvalidOperationException($"the peer refused: {refusal}");
    }

    /// <summary>As many payouts, keys and answers as approvals; every approved claim one version on.</summary>
    public async Task MustHaveApproved(int count)
    {
        await Database.MustBe(count, "SELECT count(*) FROM mt_events WHERE type = 'payout_ordered'");
        await Database.MustBe(count, "SELECT count(*) FROM mt_streams WHERE version = 5");
        await Database.MustBe(count, "SELECT count(*) FROM mt_doc_plainkey");
        await Database.MustBe(count, "SELECT count(*) FROM mt_doc_plainreply");
    }

    /// <summary>Gives up connections that are not in use.</summary>
    public void Disconnect() => source.Clear();

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await source.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task Fill(IEnumerable<PreparedCase> cases)
    {
        var store = App.Services.GetRequiredService<IDocumentStore>();
        foreach (var part in cases.SelectMany(one => one.Streams).Prepend(CaseBook.Plan).Chunk(500))
        {
            await using var session = store.LightweightSession();
            foreach (var stream in part)
                session.Events.StartStream(typeof(PlainState<>).MakeGenericType(stream.Aggregate), stream.Id, stream.Events);
            await session.SaveChangesAsync();
        }
        await Database.Execute("ANALYZE");
    }

    /// <summary>The body of an approval.</summary>
    public sealed record Approval(Money Amount, string Reason);

    /// <summary>Money as our host writes it.</summary>
    private sealed class MoneyAsWritten : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Money>(ref reader, ClaimsJson.Options);

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, ClaimsJson.Options);
    }
}
