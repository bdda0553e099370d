using System.CommandLine;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Seeding;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Cli;

/// <summary>The verbs of the program: serve (the default), seed, rebuild, verify, token.</summary>
public static class CommandLine
{
    /// <summary>The exit code: 0 all is well, 1 a check found something, 2 the machine lacks what is needed.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            return await Root().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (Explain(exception) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return 2;
        }
    }

    /// <summary>What the machine or the configuration lacks, in one message without a stack; null for what nobody foresaw.</summary>
    private static string? Explain(Exception exception) => exception switch
    {
        LocalPostgresException or InvalidOperationException => exception.Message,
        Npgsql.NpgsqlException => $"PostgreSQL: {exception.Message}",
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Another host may be running; choose an address with --urls.",
        _ => null,
    };

    private static RootCommand Root()
    {
        var seed = new Option<SeedLevel?>("--seed") { Description = "none, reference or demo; demo in Development, none elsewhere" };
        var root = new RootCommand("ClaimsEngine: event-sourced mutual-aid claims engine") { TreatUnmatchedTokensAsErrors = false };
        root.Options.Add(seed);
        root.SetAction((parsed, cancellation) => Serve.Run(Rest(parsed), parsed.GetValue(seed), cancellation));

        var serve = new Command("serve", "Serve the HTTP API (default). Configuration follows as --Key value, such as --urls http://127.0.0.1:5080") { TreatUnmatchedTokensAsErrors = false };
        serve.Options.Add(seed);
        serve.SetAction((parsed, cancellation) => Serve.Run(Rest(parsed), parsed.GetValue(seed), cancellation));
        root.Subcommands.Add(serve);

        root.Subcommands.Add(SeedVerb());
        root.Subcommands.Add(RebuildVerb());
        root.Subcommands.Add(VerifyVerb());
        root.Subcommands.Add(TokenVerb());
        return root;
    }

    private static Command SeedVerb()
    {
        var level = new Argument<SeedLevel>("level") { Description = "reference or demo", DefaultValueFactory = _ => SeedLevel.Reference };
        var verb = new Command("seed", "Publish the plans and open the programmes of seeds/, or play the scenarios too") { TreatUnmatchedTokensAsErrors = false };
        verb.Arguments.Add(level);
        verb.SetAction((parsed, cancellation) => Verbs.Seed(Rest(parsed), parsed.GetValue(level), cancellation));
        return verb;
    }

    private static Command RebuildVerb()
    {
        var model = new Argument<string>("read-model") { Description = $"one of {string.Join(", ", Engine.ReadModels.Select(model => model.Table))}, or all" };
        model.AcceptOnlyFromAmong([.. Engine.ReadModels.Select(model => model.Table), "all"]);
        var verb = new Command("rebuild", "Make a read model anew beside the live one and swap it in") { TreatUnmatchedTokensAsErrors = false };
        verb.Arguments.Add(model);
        verb.SetAction((parsed, cancellation) => Verbs.Rebuild(Rest(parsed), parsed.GetValue(model)!, cancellation));
        return verb;
    }

    private static Command VerifyVerb()
    {
        var verb = new Command("verify", "Compare every read model with a replay of its events, and every assessment with its recomputation") { TreatUnmatchedTokensAsErrors = false };
        verb.SetAction((parsed, cancellation) => Verbs.Verify(Rest(parsed), cancellation));
        return verb;
    }

    private static Command TokenVerb()
    {
        var user = new Option<string>("--user") { Description = "the token's subject", Required = true };
        var roles = new Option<string[]>("--role") { Description = RoleNames.All, Required = true, AllowMultipleArgumentsPerToken = true };
        roles.AcceptOnlyFromAmong([.. Enum.GetValues<Role>().Select(role => role.Name())]);
        var region = new Option<string>("--region") { Description = "GB/T 2260 code or its prefix; empty is national", DefaultValueFactory = _ => "" };
        var verb = new Command("token", "Print a token that the host believes in the Development environment") { TreatUnmatchedTokensAsErrors = false };
        verb.Options.Add(user);
        verb.Options.Add(roles);
        verb.Options.Add(region);
        verb.SetAction((parsed, cancellation) => Verbs.Token(Rest(parsed), parsed.GetValue(user)!, parsed.GetValue(roles)!, parsed.GetValue(region)!, cancellation));
        return verb;
    }

    /// <summary>What the verb itself does not know is configuration.</summary>
    private static string[] Rest(ParseResult parsed) => [.. parsed.UnmatchedTokens];

    internal static IConfiguration Configuration(string[] args) => WebApplication.CreateBuilder(args).Configuration;

}
