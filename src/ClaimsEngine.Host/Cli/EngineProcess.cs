namespace ClaimsEngine.Host.Cli;

/// <summary>The engine in a process without a web server, for one verb. It may run beside a serving host: then both are nodes of one
/// cluster.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly IHost host;
    private bool started;

    private EngineProcess(IHost host, HostDatabase database) => (this.host, Database) = (host, database);

    public HostDatabase Database { get; }

    /// <summary>Says first, on the error output, which database the verb works on: what a verb prints is its answer alone.</summary>
    /// <param name="mayMake">whether the verb may begin a new database; else one that is not there ends it</param>
    public static async Task<EngineProcess> Open(string[] args, bool mayMake, CancellationToken cancellation)
    {
        var builder = Builder(args);
        await System.Console.Error.WriteLineAsync($"Database: {HostDatabase.Named(builder.Configuration)}");
        var database = await HostDatabase.Open(builder.Configuration, System.Console.Error.WriteLine, mayMake, cancellation);
        try
        {
            builder.AddEngine(database.Storage, await database.IdentityKey(cancellation));
            return new EngineProcess(builder.Build(), database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    internal static HostApplicationBuilder Builder(string[] args)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Configuration = new ConfigurationManager(), Args = args, ApplicationName = typeof(EngineProcess).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddConfiguration(WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }).Configuration);
        // A verb tells what it does by itself. A minimum level would count for less than the level that the host's own settings name.
        builder.Logging.AddFilter((_, level) => level >= LogLevel.Error);
        return builder;
    }

    /// <summary>Runs Wolverine and the daemon, for verbs that send commands or wait for read models.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        if (started) return;
        started = true;
        await host.StartAsync(cancellation);
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (started) await host.StopAsync(TimeSpan.FromSeconds(10));
        host.Dispose();
        await Database.DisposeAsync();
    }
}
