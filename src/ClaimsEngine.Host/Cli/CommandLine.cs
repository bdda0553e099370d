using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.LocalPostgres;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Enrolling;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Schema;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using NodaTime.Text;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace ClaimsEngine.Host.Cli;

/// <summary>The verbs of the program: serve (the default), seed, rebuild, verify, token, roster, import, population, settlements,
/// audit-pack, verify-pack.</summary>
public static class CommandLine
{
    private const int Unusable = 2, Interrupted = 130;

    /// <summary>Longer than PostgreSQL may take for its last checkpoint, so that an interrupted program still stops it.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(90);

    // Of a setting that stands twice the later one counts, as everywhere in a program's configuration.
    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = $"where it listens; {ClaimsHost.DefaultUrl} if not told", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> EnvironmentName = new("--environment")
    {
        Description = "Development or Production", Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>
    /// The exit code: 0 all is well, 1 a check found something, 2 the words or the machine do not allow it, 130 it was interrupted.
    /// </summary>
    public static async Task<int> Run(string[] args)
    {
        // Spectre also writes colours into pipes of some environments.
        if (System.Console.IsOutputRedirected) AnsiConsole.Profile.Capabilities.Ansi = false;
        try
        {
            if (JasperFxVerbs.Has(args)) return await JasperFxVerbs.Run(args, CancellationToken.None);
            var parsed = Root().Parse(Settings.AsOptions(args));
            if (parsed.Errors.Count > 0) return await Hint(parsed);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Farewell });
        }
        catch (Exception exception) when (Explain(exception) is { } message)
        {
            await System.Console.Error.WriteLineAsync(message);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await System.Console.Error.WriteLineAsync("Interrupted.");
            return Interrupted;
        }
    }

    /// <summary>What could not be understood, what may have been meant, and where the rest stands.</summary>
    private static async Task<int> Hint(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction told) told.ShowHelp = false;
        await parsed.InvokeAsync(new InvocationConfiguration { Output = System.Console.Error });
        var words = new List<string>();
        for (var at = parsed.CommandResult; at.Command is not RootCommand; at = (CommandResult)at.Parent!) words.Insert(0, at.Command.Name);
        await System.Console.Error.WriteLineAsync(
                $"All that there is: {string.Join(' ', (string[])["ClaimsEngine.Host", .. words, "--help"])}");
        return Unusable;
    }

    /// <summary>The place that an option names.</summary>
    internal static RegionCode Place(string text) =>
        RegionCode.TryParse(text, out var place, out var error) ? place : throw new UsageException($"--region: {error}");

    /// <summary>What the machine or the configuration lacks, in one message without a stack; null for what nobody foresaw.</summary>
    private static string? Explain(Exception exception) => exception switch
    {
        UsageException or PrivateServerException or SourceTakenException or SeedRefusedException or DatabaseUnusableException
            or StoreMissingException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
            exception.Message,
        Npgsql.NpgsqlException => $"PostgreSQL: {exception.Message}",
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message} Another host may be running; choose an address with --urls.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } =>
            $"The host cannot listen there: {exception.Message}. Choose an address with --urls.",
        // The configuration's own words for a value that it cannot convert; it names the setting.
        InvalidOperationException
            { InnerException: ArgumentException or FormatException, Source: "Microsoft.Extensions.Configuration.Binder" } =>
            exception.Message,
        _ => null,
    };

    private static RootCommand Root()
    {
        var seed = Asks<SeedLevel?>("--seed", "none, reference, demo or year; demo in Development, none elsewhere");
        var root = new RootCommand("ClaimsEngine: event-sourced mutual-aid claims engine");
        foreach (var option in (Option[])[seed, Urls, EnvironmentName, Settings.Option]) root.Options.Add(option);
        root.SetAction(Stoppable(Run));
        Command[] verbs =
        [
            Verb("serve", "Serve the HTTP API (default)", Run, seed, Urls),
            SeedVerb(), RebuildVerb(), VerifyVerb(), TokenVerb(), RosterVerb(), ImportVerb(), PopulationVerb(), SettlementsVerb(),
            AuditPackVerb(), VerifyPackVerb(),
            .. JasperFxVerbs.Names.Select(name => new Command(name, "Of Marten and Wolverine")),
        ];
        foreach (var verb in verbs) root.Subcommands.Add(verb);
        return root;

        Task<int> Run(ParseResult parsed, CancellationToken cancellation) =>
            Serve.Run(Rest(parsed), parsed.GetValue(seed), cancellation);
    }

    private static Command SeedVerb()
    {
        var level = new Argument<SeedLevel>("level")
        {
            Description = "reference, demo or year", DefaultValueFactory = _ => SeedLevel.Reference,
        };
        return Verb("seed", "Publish the plans and open the programmes of seeds/, or play the scenarios too, or a whole year",
            (parsed, cancellation) => Verbs.Seed(Rest(parsed), parsed.GetValue(level), cancellation), level);
    }

    private static Command RebuildVerb()
    {
        string[] names = [.. Engine.ReadModels.Select(model => model.Table)];
        var model = new Argument<string>("read-model") { Description = $"one of {string.Join(", ", names)}, or all" };
        model.AcceptOnlyFromAmong([.. names, "all"]);
        return Verb("rebuild", "Make a read model anew beside the live one and swap it in",
            (parsed, cancellation) => Verbs.Rebuild(Rest(parsed), parsed.GetValue(model)!, cancellation), model);
    }

    private static Command VerifyVerb() => Verb("verify",
        "Compare every read model with a replay of its events, and every assessment with its recomputation",
        (parsed, cancellation) => Verbs.Verify(Rest(parsed), cancellation));

    private static Command TokenVerb()
    {
        var (user, region) = (Needs<string>("--user", "the token's subject"), Region("GB/T 2260 code or its prefix; empty is national"));
        var roles = new Option<string[]>("--role") { Description = RoleNames.All, Required = true, AllowMultipleArgumentsPerToken = true };
        roles.AcceptOnlyFromAmong([.. Enum.GetValues<Role>().Select(role => role.Name())]);
        return Verb("token", "Print a token that the host believes in the Development environment",
            (parsed, cancellation) => Verbs.Token(
                Rest(parsed), parsed.GetValue(user)!, parsed.GetValue(roles)!, Place(parsed.GetValue(region)!), cancellation),
            user, roles, region);
    }

    private static Command RosterVerb() =>
        new("roster", "Make a roster of people who do not exist, or enrol the people of one") { GenerateVerb(), SendVerb() };

    private static Command GenerateVerb()
    {
        var seed = Asks("--seed", "another number is another population", 1L);
        var region = Needs<string>("--region", "GB/T 2260 code or its prefix: where they live");
        var rows = Needs<int>("--rows", "how many people");
        var format = Asks("--format", "csv or xlsx", SheetFormat.Csv);
        var to = Needs<FileInfo>("--out", "the file to write");
        var units = Asks<int?>("--units", "that everybody holds; one, and of every tenth two, if not told");
        var occupations = Asks<string[]>("--occupation", "codes; the whole list if not told");
        var year = Asks("--year", "on whose first day they are 18 to 60", 2025);
        occupations.AllowMultipleArgumentsPerToken = true;
        occupations.AcceptOnlyFromAmong([.. Occupation.All.Select(occupation => occupation.Code)]);
        Within(rows, 0, 1_000_000);
        Within(units, 1, 100);
        Within(year, 1970, 2100);
        var verb = Verb("generate", "Write a sheet of made-up people with valid numbers; the same seed is the same sheet",
            (parsed, cancellation) =>
            {
                var place = Place(parsed.GetValue(region)!);
                var chosen = parsed.GetValue(occupations)?.Select(code => Occupation.Of(code)).ToArray();
                var first = new LocalDate(parsed.GetValue(year), 1, 1);
                var roster = new SyntheticRoster(parsed.GetValue(seed), place, first, chosen, parsed.GetValue(units));
                return RosterVerbs.Generate(roster, parsed.GetValue(rows), parsed.GetValue(format), parsed.GetValue(to)!, cancellation);
            },
            seed, region, rows, format, to, units, occupations, year);
        foreach (var none in (Option[])[EnvironmentName, Settings.Option]) verb.Options.Remove(none);   // it opens no database
        return verb;
    }

    private static Command SendVerb()
    {
        var file = Needs<FileInfo>("--file", "CSV or XLSX");
        var programme = Asks<string?>("--programme", "code of the programme; or --plan");
        var plan = Asks<string?>("--plan", "code of the plan, for cover without a programme");
        var employer = Asks<string?>("--employer", "code of the employer whose roster it is");
        var accept = Asks("--accept", "all-or-nothing or good-rows", RosterAcceptNames.GoodRows);
        accept.AcceptOnlyFromAmong(RosterAcceptNames.AllOrNothing, RosterAcceptNames.GoodRows);
        var coverTier = Asks<string?>("--cover-tier", "a tier of the card");
        var months = Asks<int?>("--months", "length of cover, where the plan leaves a choice");
        var corrected = Asks<FileInfo?>("--corrected", "where the sheet with its reasons goes; beside the file if not told");
        var user = Asks("--user", "under whose name it is recorded", "command-line");
        var region = Region("acts for this place only; empty is national");
        return Verb("send", "Enrol the people of a roster in this process, by the same code as POST /api/rosters",
            (parsed, cancellation) =>
            {
                var order = new RosterOrder(parsed.GetValue(programme), parsed.GetValue(plan), parsed.GetValue(employer),
                    RosterAcceptNames.Of(parsed.GetValue(accept)!), parsed.GetValue(coverTier), parsed.GetValue(months));
                var asked = new RosterToSend(
                    parsed.GetValue(file)!, order, parsed.GetValue(corrected), By(parsed.GetValue(user)!, parsed.GetValue(region)!));
                return Verbs.With(Rest(parsed), engine => RosterVerbs.Send(engine, asked, cancellation), cancellation);
            },
            file, programme, plan, employer, accept, coverTier, months, corrected, user, region);
    }

    private static Command ImportVerb()
    {
        var file = new Argument<FileInfo?>("file") { Description = "CSV or XLSX of past enrolments", Arity = ArgumentArity.ZeroOrOne };
        var employers = Asks<FileInfo?>("--employers", "CSV of employers, registered before the enrolments");
        var programme = Asks<string?>("--programme", "code of the programme, where rows name none; or --plan");
        var plan = Asks<string?>("--plan", "code of the plan, where rows name none");
        var employer = Asks<string?>("--employer", "code of the employer, where rows name none");
        var on = Asks<string?>("--enrolled-on", "the day whose rules decide, where rows name none: 2024-12-31");
        var rejected = Asks<FileInfo?>("--rejected", "where rejected rows go with their reasons; beside the file if not told");
        var user = Asks("--user", "under whose name it is recorded", "import");
        var region = Region("acts for this place only; empty is national");
        return Verb("import",
            "Store past enrolments in bulk, each decided by the rules of its own day; run again after a kill, it goes on where it stopped",
            (parsed, cancellation) =>
            {
                if (parsed.GetValue(programme) is not null && parsed.GetValue(plan) is not null)
                    throw new UsageException("name either --programme or --plan");
                var past = new PastCover(
                    parsed.GetValue(programme), parsed.GetValue(plan), parsed.GetValue(employer), Day(parsed.GetValue(on)));
                var order = new ImportOrder(parsed.GetValue(employers), parsed.GetValue(file), past, parsed.GetValue(rejected),
                    By(parsed.GetValue(user)!, parsed.GetValue(region)!));
                return Verbs.With(Rest(parsed), engine => ImportVerbs.Import(engine, order, cancellation), cancellation);
            },
            file, employers, programme, plan, employer, on, rejected, user, region);

        static LocalDate? Day(string? text) => text is null ? null
            : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date
            : throw new UsageException($"--enrolled-on: '{text}' is no date such as 2024-12-31");
    }

    private static Command PopulationVerb()
    {
        var which = new Argument<string>("which")
        {
            Description = "gansu: 10,000 free places, 700 of them Wuwei's; hohhot: 166,000 members of 1,900 employers",
        };
        which.AcceptOnlyFromAmong("gansu", "hohhot");
        var seed = Asks("--seed", "another number is another population", 1L);
        var keep = Asks<DirectoryInfo?>("--out", "a folder that keeps the generated sheets");
        return Verb("population", "Generate the rosters of a made-up population and enrol it",
            (parsed, cancellation) =>
            {
                var number = parsed.GetValue(seed);
                var population = parsed.GetValue(which) == "gansu" ? Population.Gansu(number) : Population.Hohhot(number);
                return Verbs.With(
                    Rest(parsed), engine => ImportVerbs.Populate(engine, population, parsed.GetValue(keep), cancellation), cancellation,
                    mayMake: true);
            },
            which, seed, keep);
    }

    private static Command SettlementsVerb()
    {
        var whole = SettlementTarget.Hohhot;
        var which = new Argument<string>("which")
        {
            Description = $"hohhot: {whole.Lines:N0} stays of members of 'population hohhot' with benefits of {whole.Sum} yuan together",
        };
        which.AcceptOnlyFromAmong("hohhot");
        var lines = Asks("--lines", "how many stays", whole.Lines);
        var sum = Asks<string?>("--sum", "yuan that the benefits of all lines add up to; in proportion to the lines if not told");
        var format = Asks("--format", "csv or jsonLines", SettlementForm.Csv);
        var to = Asks<FileInfo?>("--out", "the file to write; standard output if not told");
        var seed = Asks("--seed", "that the population was made with", 1L);
        Within(lines, 1, 500_000);
        var verb = Verb("settlements",
            "Write a made-up feed of hospital insurance for POST /api/settlements; the same seed is the same feed",
            (parsed, cancellation) =>
            {
                var order = new SettlementsOrder(parsed.GetValue(lines), parsed.GetValue(sum), parsed.GetValue(format),
                    parsed.GetValue(to), parsed.GetValue(seed));
                return SettlementVerbs.Generate(order, cancellation);
            },
            which, lines, sum, format, to, seed);
        foreach (var none in (Option[])[EnvironmentName, Settings.Option]) verb.Options.Remove(none);   // it opens no database
        return verb;
    }

    private static Command AuditPackVerb()
    {
        var plan = new Argument<string>("plan") { Description = "code of the plan" };
        var year = new Argument<int>("year") { Description = "plan year: the calendar year in which the cover begins" };
        var to = Needs<FileInfo>("--out", "the ZIP to write");
        var position = Asks<long?>("--position", "place in the log up to which it is packed; everything if not told");
        var seed = Asks<string?>("--seed", "of the draw of the sample; plan and year if not told");
        return Verb("audit-pack",
            "Pack a plan year for auditors in one file: events, sheets, sampled decisions computed again, bank results and hashes",
            (parsed, cancellation) =>
            {
                var asked = new PackToMake(parsed.GetValue(plan)!, parsed.GetValue(year), parsed.GetValue(to)!, parsed.GetValue(position),
                    parsed.GetValue(seed));
                return Verbs.With(Rest(parsed), engine => AuditPackVerbs.Make(engine, asked, cancellation), cancellation);
            },
            plan, year, to, position, seed);
    }

    private static Command VerifyPackVerb()
    {
        var file = new Argument<FileInfo>("file") { Description = "the ZIP of an audit pack" };
        var sha256 = Asks<string?>("--sha256", "the hash of its list of files, as the office gave it");
        var verb = Verb("verify-pack",
            "Verify an audit pack without server and database: its files, and that everything in it follows from its events",
            (parsed, cancellation) =>
                Task.FromResult(AuditPackVerbs.Verify(parsed.GetValue(file)!, parsed.GetValue(sha256), cancellation)),
            file, sha256);
        foreach (var none in (Option[])[EnvironmentName, Settings.Option]) verb.Options.Remove(none);   // it opens no database
        return verb;
    }

    private static Command Verb(
        string name, string words, Func<ParseResult, CancellationToken, Task<int>> run, params IReadOnlyList<Symbol> takes)
    {
        var verb = new Command(name, words);
        foreach (var option in takes.OfType<Option>()) verb.Options.Add(option);
        foreach (var option in (Option[])[EnvironmentName, Settings.Option]) verb.Options.Add(option);
        foreach (var argument in takes.OfType<Argument>())
        {
            argument.Validators.Add(result =>
            {
                // The parser takes an option that it does not know for the argument that may stand there.
                if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } stray)
                    result.AddError($"'{stray.Value}' is no option of {name}; it has "
                        + $"{string.Join(", ", verb.Options.Select(option => option.Name))}.");
            });
            verb.Arguments.Add(argument);
        }
        verb.SetAction(Stoppable(run));
        return verb;
    }

    /// <summary>Once it is being stopped, whatever it fails with is of the stopping.</summary>
    private static Func<ParseResult, CancellationToken, Task<int>> Stoppable(Func<ParseResult, CancellationToken, Task<int>> run) =>
        async (parsed, cancellation) =>
        {
            try
            {
                return await run(parsed, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
        };

    private static Option<T> Asks<T>(string name, string words) => new(name) { Description = words };

    private static Option<T> Asks<T>(string name, string words, T otherwise) =>
        new(name) { Description = words, DefaultValueFactory = _ => otherwise };

    private static Option<T> Needs<T>(string name, string words) => new(name) { Description = words, Required = true };

    private static Option<string> Region(string words) => Asks("--region", words, "");

    private static void Within<T>(Option<T> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is int number && (number < least || number > most))
            result.AddError($"{option.Name} is {least:N0} to {most:N0}");
    });

    private static Actor By(string user, string region) => new(user, [Role.Officer], Place(region));

    /// <summary>The configuration among the words, as the host reads it.</summary>
    private static string[] Rest(ParseResult parsed) =>
    [
        .. (parsed.GetValue(Settings.Option) ?? []).Select(setting => $"--{setting}"),
        .. ((Option<string[]>[])[Urls, EnvironmentName]).Where(option => parsed.GetResult(option) is not null)
            .Select(option => $"{option.Name}={parsed.GetValue(option)![^1]}"),
    ];
}
