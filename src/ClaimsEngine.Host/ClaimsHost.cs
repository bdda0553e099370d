using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Screens;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Telemetry;
using Microsoft.AspNetCore.OpenApi;

namespace ClaimsEngine.Host;

/// <summary>The web application on its database, composed.</summary>
public sealed class ClaimsHost : IAsyncDisposable
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private readonly HostDatabase database;

    private ClaimsHost(WebApplication app, HostDatabase database)
    {
        App = app;
        this.database = database;
    }

    public WebApplication App { get; }

    public string Where => database.Where;

    /// <summary>Opens the database and composes the application. Its start runs the engine, plays the seeds, then listens.</summary>
    /// <param name="args">configuration as <c>--Key value</c>, such as <c>--urls http://127.0.0.1:5080</c></param>
    /// <param name="seed">null for the environment's default: demo in Development, none elsewhere</param>
    /// <param name="extend">adds to the composition before it is built, such as kinds of long work of a test's own</param>
    public static async Task<ClaimsHost> Create(
        string[] args, SeedLevel? seed, CancellationToken cancellation, Action<WebApplicationBuilder>? extend = null)
    {
        // Settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args, ApplicationName = typeof(ClaimsHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        ILogger? log = null;   // there is none before the application is composed
        var database = await HostDatabase.Open(builder.Configuration, Tell, mayMake: true, cancellation);
        try
        {
            var host = new ClaimsHost(await Compose(builder, database, seed, extend, cancellation), database);
            log = host.App.Logger;
            return host;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }

        void Tell(string text)
        {
            if (log is null) System.Console.Error.WriteLine(text);
            else log.LogWarning("{Text}", text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>The key of the Development environment's own tokens.</summary>
    public static async Task<DevelopmentTokenKey> TokenKeyFor(HostDatabase database, CancellationToken cancellation) =>
        new(await database.Storage.Keys.Secret("development-tokens", cancellation));

    private static async Task<WebApplication> Compose(
        WebApplicationBuilder builder, HostDatabase database, SeedLevel? seed, Action<WebApplicationBuilder>? extend,
        CancellationToken cancellation)
    {
        builder.AddTelemetry();
        builder.AddProblems();
        builder.AddBearerAuthentication(ProblemAnswers.Write);
        builder.AddRateLimits();
        builder.AddApiDescription();
        builder.AddEngine(database.Storage, await database.IdentityKey(cancellation));
        // Hosted services start in this order and the web server comes last: what answers has been seeded.
        builder.Services.AddSingleton(new SeedingOptions(seed ?? (builder.Environment.IsDevelopment() ? SeedLevel.Demo : SeedLevel.None)));
        builder.Services.AddHostedService<SeedingService>();
        builder.Services.Configure<OpenApiOptions>("v1", options => options
            .AddSchemaTransformer(new ModuleSchemas(Engine.Modules)).AddOperationTransformer(new RouteDescriptions()));
        builder.Services.AddSingleton(new CertificateLinkKey(await database.Storage.Keys.Secret("certificate-links", cancellation)));
        await builder.AddOutbox(database.Storage, cancellation);
        if (builder.Environment.IsDevelopment()) builder.Services.AddSingleton(await TokenKeyFor(database, cancellation));
        builder.AddScreens();
        extend?.Invoke(builder);

        var app = builder.Build();
        app.UseApiDoor();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseScreens();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseStandIns();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapScreens();
        app.MapUseCases(Engine.Modules);
        app.MapResources(Engine.Modules);
        app.MapLists(Engine.Modules, database.Storage.Options);
        app.MapFinance();
        app.MapBooks();
        app.MapPlanVersion();
        app.MapQuotes();
        app.MapActor();
        app.MapMembers();
        app.MapIdentities();
        app.MapClaimCase();
        app.MapPapers();
        app.MapUploads();
        app.MapWorklists();
        app.MapPlaces();
        app.MapReliefBalances();
        app.MapLetters();
        app.MapPublicNotices(database.Storage.Options);
        app.MapCertificates();
        app.MapCertificateLinks();
        app.MapPayoutAuthorisations();
        app.MapPaymentFile();
        app.MapPaymentResults();
        app.MapBankDeliveries();
        app.MapBankStatements();
        app.MapAudit();
        app.MapWhatIfs();
        app.MapAuditPacks();
        app.MapRosters();
        app.MapSettlements();
        app.MapContributionCalls();
        app.MapOutbox();
        app.MapOperations();
        app.MapWorks();
        app.MapDevelopmentTokens();
        app.MapMetrics();
        app.MapApiDescription();
        return app;
    }
}
