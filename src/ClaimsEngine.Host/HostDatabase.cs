using System.Globalization;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.LocalPostgres;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Schema;
using Npgsql;

namespace ClaimsEngine.Host;

/// <summary>The database of this process: on the server named in <c>ConnectionStrings:Claims</c>, or on a private local one.</summary>
public sealed class HostDatabase : IAsyncDisposable
{
    private const string Form = "It is written like Host=127.0.0.1;Port=5432;Database=claims;Username=claims_owner;Password=…";

    private readonly PrivateServer? local;

    private HostDatabase(ClaimsStorage storage, PrivateServer? local)
    {
        Storage = storage;
        this.local = local;
    }

    public ClaimsStorage Storage { get; }

    /// <summary>Where the data lies, for the start's one line of output: never a password.</summary>
    public string Where => local is null
        ? Named(Storage.Options.ConnectionString) : $"private PostgreSQL in {local.Folder}, port {local.Port}";

    /// <summary>Which database the configuration names, before anything is opened: never a password.</summary>
    /// <exception cref="DatabaseUnusableException">the configuration cannot be read</exception>
    public static string Named(IConfiguration configuration) => ConnectionString(configuration) is { } named
        ? Named(named) : $"private PostgreSQL in {LocalOptions().Folder}";

    /// <param name="mayMake">false where a database that is not there yet is a mistake: then none is made</param>
    /// <param name="tell">is told in plain sentences what becomes of the private server, from any thread</param>
    /// <exception cref="PrivateServerUnavailableException">
    /// no server is named and this machine has no PostgreSQL; the message names both ways out
    /// </exception>
    /// <exception cref="DatabaseUnusableException">a setting cannot be read</exception>
    /// <exception cref="StoreMissingException">the database has no tables of the engine, and none may be made</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">a bank's gateway is set wrongly</exception>
    public static async Task<HostDatabase> Open(
        IConfiguration configuration, Action<string> tell, bool mayMake, CancellationToken cancellation)
    {
        var named = ConnectionString(configuration);
        var (schema, readSchema) = (configuration["Store:Schema"] ?? "claims", configuration["Store:ReadSchema"] ?? "read");
        var connections = Connections(configuration);
        var gateways = BankGateways.Of(configuration);
        try
        {
            new StorageOptions("", schema, readSchema).Check();
        }
        catch (ArgumentException exception)
        {
            throw new DatabaseUnusableException($"Store:Schema or Store:ReadSchema: {exception.Message}");
        }
        var local = named is null
            ? await PrivateServer.Start(LocalOptions() with { Progress = tell, MayMake = mayMake }, cancellation) : null;
        try
        {
            var options = new StorageOptions(local?.ConnectionString ?? named!, schema, readSchema)
            {
                Connections = connections, MayMake = mayMake,
                SendsNotices = !string.IsNullOrWhiteSpace(configuration["Notices:GatewayUrl"]), ToldBanks = gateways.Codes,
            };
            return new HostDatabase(await ClaimsStorage.Open(options, Engine.EventTypes, Engine.ReadModels, cancellation), local);
        }
        catch
        {
            if (local is not null) await local.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database's own secret under which identity numbers are hashed.</summary>
    public async Task<IdentityKey> IdentityKey(CancellationToken cancellation) =>
        new(await Storage.Keys.Secret("identity-hash", cancellation));

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        if (local is not null) await local.DisposeAsync();
    }

    /// <summary>Null where no server is named.</summary>
    private static string? ConnectionString(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Claims") is not { } named || string.IsNullOrWhiteSpace(named)) return null;
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(named).Host)
                ? throw new DatabaseUnusableException($"ConnectionStrings:Claims names no Host. {Form}") : named;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new DatabaseUnusableException($"ConnectionStrings:Claims cannot be read: {malformed.Message.TrimEnd('.')}. {Form}");
        }
    }

    private static int Connections(IConfiguration configuration) =>
        configuration["Store:Connections"] is not { } text ? 60
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most
        : throw new DatabaseUnusableException($"Store:Connections is a whole number above 0, and not '{text}'.");

    private static string Named(string connectionString)
    {
        var told = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL, database {told.Database ?? told.Username} on {told.Host}:{told.Port}";
    }

    /// <summary>Where this machine keeps what is the engine's, whichever database it works on.</summary>
    internal static string DataFolder => LocalOptions().Folder;

    private static PrivateServerOptions LocalOptions() => PrivateServerOptions.InDataFolder("claims-engine", "CLAIMS_DATA") with
    {
        Owner = "claims_owner",
        Database = "claims",
        OtherServer = "run `docker compose up`, which brings PostgreSQL and the host, "
            + "or name any server of yours in ConnectionStrings__Claims",
    };
}

/// <summary>The configuration names no database that could be opened. The message names the setting, and never its password.</summary>
public sealed class DatabaseUnusableException(string message) : Exception(message);
