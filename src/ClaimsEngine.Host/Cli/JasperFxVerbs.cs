using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using JasperFx;

namespace ClaimsEngine.Host.Cli;

/// <summary>
/// The verbs that Marten and Wolverine bring: <c>codegen</c> writes the code of the handlers, <c>describe</c> tells how both are set up,
/// <c>db-assert</c>, <c>db-patch</c> and <c>db-dump</c> compare the schema with what is there or write it as SQL. Known by their first
/// word; all others are ours.
/// </summary>
internal static class JasperFxVerbs
{
    internal static readonly IReadOnlyList<string> Names =
        ["codegen", "describe", "check-env", "db-assert", "db-dump", "db-list", "db-patch", "capabilities"];

    /// <summary>Those that look at no database.</summary>
    private static readonly string[] Offline = ["codegen", "describe", "db-dump"];

    public static bool Has(string[] args) => args is [var verb, ..] && Names.Contains(verb);

    public static async Task<int> Run(string[] args, CancellationToken cancellation)
    {
        var builder = EngineProcess.Builder([]);
        builder.Environment.ContentRootPath = Directory.GetCurrentDirectory();   // where generated code and SQL go
        if (Offline.Contains(args[0]))
        {
            await using var unopened = ClaimsStorage.Unopened(new StorageOptions("Host=127.0.0.1"), Engine.EventTypes, Engine.ReadModels);
            return await Run(builder, unopened, new IdentityKey(new byte[32]), args);
        }
        await System.Console.Error.WriteLineAsync($"Database: {HostDatabase.Named(builder.Configuration)}");
        await using var database =
            await HostDatabase.Open(builder.Configuration, System.Console.Error.WriteLine, mayMake: false, cancellation);
        return await Run(builder, database.Storage, await database.IdentityKey(cancellation), args);
    }

    private static Task<int> Run(HostApplicationBuilder builder, ClaimsStorage storage, IdentityKey key, string[] args)
    {
        builder.AddEngine(storage, key);
        return builder.Build().RunJasperFxCommands(args);
    }
}
