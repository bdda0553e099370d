using System.CommandLine;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Importing;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Rosters.Enrolling;
using ClaimsEngine.Host.Seeding;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using NodaTime.Text;

namespace ClaimsEngine.Host.Cli;

/// <summary>The verbs of the program: serve (the default), seed, rebuild, verify, token, roster, import, population.</summary>
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
        root.Subcommands.Add(RosterVerb());
        root.Subcommands.Add(ImportVerb());
        root.Subcommands.Add(PopulationVerb());
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

    private static Command RosterVerb()
    {
        var verb = new Command("roster", "Make a roster of people who do not exist, or enrol the people of one");
        verb.Subcommands.Add(GenerateVerb());
        verb.Subcommands.Add(SendVerb());
        return verb;
    }

    private static Command GenerateVerb()
    {
        var seed = new Option<long>("--seed") { Description = "another number is another population", DefaultValueFactory = _ => 1 };
        var region = new Option<string>("--region") { Description = "GB/T 2260 code or its prefix: where they live", Required = true };
        var rows = new Option<int>("--rows") { Description = "how many people", Required = true };
        var format = new Option<SheetFormat>("--format") { Description = "csv or xlsx", DefaultValueFactory = _ => SheetFormat.Csv };
        var to = new Option<FileInfo>("--out") { Description = "the file to write", Required = true };
        var units = new Option<int?>("--units") { Description = "that everybody holds; one, and of every tenth two, if not told" };
        var occupations = new Option<string[]>("--occupation") { Description = "codes; the whole list if not told", AllowMultipleArgumentsPerToken = true };
        var year = new Option<int>("--year") { Description = "on whose first day they are 18 to 60", DefaultValueFactory = _ => 2025 };
        rows.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 0 or > 1_000_000) result.AddError("--rows is 0 to 1,000,000"); });
        units.Validators.Add(result => { if (result.GetValueOrDefault<int?>() is < 1 or > 100) result.AddError("--units is 1 to 100"); });
        year.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1970 or > 2100) result.AddError("--year is 1970 to 2100"); });
        occupations.AcceptOnlyFromAmong([.. Occupation.All.Select(occupation => occupation.Code)]);
        var verb = new Command("generate", "Write a sheet of made-up people with valid numbers; the same seed is the same sheet");
        foreach (var option in (Option[])[seed, region, rows, format, to, units, occupations, year]) verb.Options.Add(option);
        verb.SetAction((parsed, cancellation) =>
        {
            var place = RegionCode.TryParse(parsed.GetValue(region)!, out var known, out var error) ? known : throw new InvalidOperationException($"--region: {error}");
            var chosen = parsed.GetValue(occupations) is { Length: > 0 } codes ? codes.Select(code => Occupation.Of(code)).ToArray() : null;
            var roster = new SyntheticRoster(parsed.GetValue(seed), place, new LocalDate(parsed.GetValue(year), 1, 1), chosen, parsed.GetValue(units));
            return RosterVerbs.Generate(roster, parsed.GetValue(rows), parsed.GetValue(format), parsed.GetValue(to)!, cancellation);
        });
        return verb;
    }

    private static Command SendVerb()
    {
        var file = new Option<FileInfo>("--file") { Description = "CSV or XLSX", Required = true };
        var programme = new Option<string?>("--programme") { Description = "code of the programme; or --plan" };
        var plan = new Option<string?>("--plan") { Description = "code of the plan, for cover without a programme" };
        var unit = new Option<string?>("--unit") { Description = "code of the unit whose roster it is" };
        var accept = new Option<string>("--accept") { Description = "all-or-nothing or good-rows", DefaultValueFactory = _ => RosterAcceptNames.GoodRows };
        accept.AcceptOnlyFromAmong(RosterAcceptNames.AllOrNothing, RosterAcceptNames.GoodRows);
        var coverTier = new Option<string?>("--cover-tier") { Description = "a tier of the card" };
        var months = new Option<int?>("--months") { Description = "length of cover, where the plan leaves a choice" };
        var corrected = new Option<FileInfo?>("--corrected") { Description = "where the sheet with its reasons goes; beside the file if not told" };
        var user = new Option<string>("--user") { Description = "under whose name it is recorded", DefaultValueFactory = _ => "command-line" };
        var region = new Option<string>("--region") { Description = "acts for this place only; empty is national", DefaultValueFactory = _ => "" };
        var verb = new Command("send", "Enrol the people of a roster in this process, by the same code as POST /api/rosters") { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in (Option[])[file, programme, plan, unit, accept, coverTier, months, corrected, user, region]) verb.Options.Add(option);
        verb.SetAction((parsed, cancellation) =>
        {
            var order = new RosterOrder(parsed.GetValue(programme), parsed.GetValue(plan), parsed.GetValue(unit),
                parsed.GetValue(accept) == RosterAcceptNames.AllOrNothing ? RosterAccept.AllOrNothing : RosterAccept.GoodRows, parsed.GetValue(coverTier), parsed.GetValue(months));
            var asked = new RosterToSend(parsed.GetValue(file)!, order, parsed.GetValue(corrected), parsed.GetValue(user)!, parsed.GetValue(region)!);
            return Verbs.With(Rest(parsed), storage => RosterVerbs.Send(storage, asked, cancellation), cancellation);
        });
        return verb;
    }

    private static Command ImportVerb()
    {
        var file = new Argument<FileInfo?>("file") { Description = "CSV or XLSX of past enrolments", Arity = ArgumentArity.ZeroOrOne };
        var units = new Option<FileInfo?>("--units") { Description = "CSV of units, registered before the enrolments" };
        var programme = new Option<string?>("--programme") { Description = "code of the programme, where rows name none; or --plan" };
        var plan = new Option<string?>("--plan") { Description = "code of the plan, where rows name none" };
        var unit = new Option<string?>("--unit") { Description = "code of the unit, where rows name none" };
        var on = new Option<string?>("--enrolled-on") { Description = "the day whose rules decide, where rows name none: 2024-12-31" };
        var rejected = new Option<FileInfo?>("--rejected") { Description = "where rejected rows go with their reasons; beside the file if not told" };
        var user = new Option<string>("--user") { Description = "under whose name it is recorded", DefaultValueFactory = _ => "import" };
        var region = new Option<string>("--region") { Description = "acts for this place only; empty is national", DefaultValueFactory = _ => "" };
        var verb = new Command("import", "Store past enrolments in bulk, each decided by the rules of its own day; run again after a kill, it goes on where it stopped") { TreatUnmatchedTokensAsErrors = false };
        verb.Arguments.Add(file);
        foreach (var option in (Option[])[units, programme, plan, unit, on, rejected, user, region]) verb.Options.Add(option);
        verb.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(programme) is not null && parsed.GetValue(plan) is not null) throw new InvalidOperationException("name either --programme or --plan");
            LocalDate? day = parsed.GetValue(on) is not { } text ? null
                : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date : throw new InvalidOperationException($"--enrolled-on: '{text}' is no date such as 2024-12-31");
            var (enrolments, rest) = (parsed.GetValue(file), Rest(parsed));
            // where only units are named, the first word of the configuration looks like the file
            if (enrolments?.ToString() is { } word && word.StartsWith("--", StringComparison.Ordinal)) (enrolments, rest) = (null, [word, .. rest]);
            var order = new ImportOrder(parsed.GetValue(units), enrolments,
                new PastCover(parsed.GetValue(programme), parsed.GetValue(plan), parsed.GetValue(unit), day),
                parsed.GetValue(rejected), parsed.GetValue(user)!, parsed.GetValue(region)!);
            return Verbs.With(rest, storage => ImportVerbs.Import(storage, order, cancellation), cancellation);
        });
        return verb;
    }

    private static Command PopulationVerb()
    {
        var which = new Argument<string>("which") { Description = "gansu: 10,000 free places, 700 of them Wuwei's; hohhot: 166,000 members of 1,900 units" };
        which.AcceptOnlyFromAmong("gansu", "hohhot");
        var seed = new Option<long>("--seed") { Description = "another number is another population", DefaultValueFactory = _ => 1 };
        var keep = new Option<DirectoryInfo?>("--out") { Description = "a folder that keeps the generated sheets" };
        var verb = new Command("population", "Generate the rosters of a made-up population and enrol it") { TreatUnmatchedTokensAsErrors = false };
        verb.Arguments.Add(which);
        verb.Options.Add(seed);
        verb.Options.Add(keep);
        verb.SetAction((parsed, cancellation) =>
        {
            var population = parsed.GetValue(which) == "gansu" ? Population.Gansu(parsed.GetValue(seed)) : Population.Hohhot(parsed.GetValue(seed));
            return Verbs.With(Rest(parsed), storage => ImportVerbs.Populate(storage, population, parsed.GetValue(keep), cancellation), cancellation);
        });
        return verb;
    }

    /// <summary>What the verb itself does not know is configuration.</summary>
    private static string[] Rest(ParseResult parsed) => [.. parsed.UnmatchedTokens];

    internal static IConfiguration Configuration(string[] args) => WebApplication.CreateBuilder(args).Configuration;

}
