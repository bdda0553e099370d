using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Telemetry;
using Microsoft.AspNetCore.OpenApi;

namespace ClaimsEngine.Host;

/// <summary>The web application on its database, composed.</summary>
public sealed class ClaimsHost : IAsyncDisposable
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private readonly Storage storage;

    private ClaimsHost(WebApplication app, Storage storage)
    {
        App = app;
        this.storage = storage;
    }

    public WebApplication App { get; }

    /// <summary>Opens the database, starts projecting, plays the seeds and composes the application; the caller starts it.</summary>
    /// <param name="args">configuration as <c>--Key value</c>, such as <c>--urls http://127.0.0.1:5080</c></param>
    /// <param name="seed">null for the environment's default: demo in Development, none elsewhere</param>
    public static async Task<ClaimsHost> Create(string[] args, SeedLevel? seed, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(ClaimsHost).Assembly.GetName().Name });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        var storage = await Storage.Open(builder.Configuration, cancellation);
        try
        {
            var host = new ClaimsHost(await Compose(builder, storage.Database, cancellation), storage);
            storage.Database.Projector.Start();
            var level = seed ?? (builder.Environment.IsDevelopment() ? SeedLevel.Demo : SeedLevel.None);
            await host.App.Services.GetRequiredService<SeedPlayer>()
                .Play(level, new Progress<string>(text => host.App.Logger.LogInformation("Seed: {Text}", text)), cancellation);
            return host;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    public string Where => storage.Where;

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await storage.DisposeAsync();
    }

    /// <summary>What commands need besides the database; also for verbs that run without a web server.</summary>
    public static async Task<CommandPipeline> PipelineFor(ClaimsDatabase database, CancellationToken cancellation) =>
        new(database.Events, await IdentityKeyFor(database, cancellation), SystemClock.Instance, Engine.Modules);

    public static async Task<IdentityKey> IdentityKeyFor(ClaimsDatabase database, CancellationToken cancellation) => new(await database.Secret("identity-hash", cancellation));

    public static async Task<DevelopmentTokenKey> TokenKeyFor(ClaimsDatabase database, CancellationToken cancellation) =>
        new(await database.Secret("development-tokens", cancellation));

    private static async Task<WebApplication> Compose(WebApplicationBuilder builder, ClaimsDatabase database, CancellationToken cancellation)
    {
        builder.AddTelemetry();
        builder.AddProblems();
        builder.AddBearerAuthentication();
        builder.AddRateLimits();
        builder.AddApiDescription();
        builder.AddLongWork();
        builder.Services.Configure<OpenApiOptions>("v1", options => options.AddOperationTransformer(new RouteDescriptions(Engine.Modules)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IClock>(SystemClock.Instance);
        builder.Services.AddSingleton(await IdentityKeyFor(database, cancellation));
        builder.Services.AddSingleton(await PipelineFor(database, cancellation));
        builder.Services.AddSingleton<SeedPlayer>();
        // instances the container did not make are not disposed by it: the database outlives the application
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(database.Events);
        builder.Services.AddSingleton(database.Projector);
        if (builder.Environment.IsDevelopment()) builder.Services.AddSingleton(await TokenKeyFor(database, cancellation));

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();

        app.MapUseCases(Engine.Modules);
        app.MapResources(Engine.Modules);
        app.MapLists(Engine.Modules, database.Options);
        app.MapPlanVersion();
        app.MapQuotes();
        app.MapMembers();
        app.MapPlaces();
        app.MapCertificates();
        app.MapPaymentFile();
        app.MapPaymentResultsCsv(Engine.Modules);
        app.MapAudit();
        app.MapWhatIfs();
        app.MapRosters();
        app.MapOperations();
        app.MapDevelopmentTokens();
        app.MapMetrics();
        app.MapApiDescription();
        return app;
    }
}
