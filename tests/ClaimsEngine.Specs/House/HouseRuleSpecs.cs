using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Specs;

/// <summary>The habits of the house, held by reflection.</summary>
public class HouseRuleSpecs
{
    private static readonly Assembly Domain = typeof(Engine).Assembly;
    private static readonly IReadOnlyList<Type> Types =
        [.. Domain.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))];
    private static readonly Type[] Plain =
        [typeof(string), typeof(int), typeof(long), typeof(bool), typeof(LocalDate), typeof(Instant), typeof(JsonElement)];

    public static TheoryData<Type> Events => [.. Engine.EventTypes.All];

    public static TheoryData<Type> Addressed =>
        [.. Engine.Modules.SelectMany(module => module.UseCases).Where(useCase => !useCase.Creates).Select(useCase => useCase.CommandType)];

    public static TheoryData<Type> Aggregates => [.. Types.Where(IsAggregate)];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_a_sealed_record_of_values_that_nothing_changes(Type type) => AssertFact(type, []);

    [Fact]
    public void Every_event_of_an_events_file_is_registered()
    {
        var names = Directory.GetFiles(Path.Combine(Repository.Root, "src", "ClaimsEngine"), "*Events.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"public sealed record (\w+)\(")
                .Select(match => match.Groups[1].Value))
            .Where(name => Regex.IsMatch(name, "(ed|Sent|Withdrawn|Paid|Upheld|TookEffect)$"));
        Assert.Equal(names.Order(), Engine.EventTypes.All.Select(type => type.Name).Order());
    }

    [Fact]
    public void No_line_is_longer_than_140_columns() => Assert.Empty(
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Generated")
        from line in File.ReadLines(file).Index()
        where line.Item.Length > 140
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}");

    [Fact]
    public void An_event_is_named_in_the_past_without_the_word_event() =>
        Assert.All(Engine.EventTypes.All, type => Assert.Matches("(ed|Sent|Withdrawn|Paid|Upheld|TookEffect)$", type.Name));

    [Fact]
    public void No_name_says_service_manager_helper_util_or_dto()
    {
        var names = Types.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
            | BindingFlags.Instance
            | BindingFlags.DeclaredOnly).Select(member => $"{type.Name}.{member.Name}"));
        Assert.DoesNotContain(names, name => Regex.IsMatch(name, "(Service|Manager|Helper|Util|Dto)(s|$|[A-Z.])"));
    }

    [Fact]
    public void The_domain_points_at_nothing_but_NodaTime_FluentValidation_and_the_framework() =>
        Assert.All(Domain.GetReferencedAssemblies(), reference =>
            Assert.True(reference.Name is "NodaTime" or "FluentValidation"
                || reference.Name!.StartsWith("System.", StringComparison.Ordinal), reference.Name));

    [Fact]
    public void Every_refusal_code_is_unique_kebab_case_and_titled_in_both_languages()
    {
        Assert.Equal(RefusalFields().Select(field => (RefusalCode)field.GetValue(null)!), Refuse.All);
        Assert.Equal(Refuse.All.Count, Refuse.All.Select(code => code.Code).Distinct().Count());
        Assert.All(Refuse.All, code =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", code.Code);
            Assert.NotEmpty(code.Title);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", code.TitleZh);
        });
    }

    [Fact]
    public void Every_refusal_code_is_used()
    {
        var sources = string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")).Select(File.ReadAllText));
        Assert.All(RefusalFields(), field => Assert.True(
            Regex.IsMatch(sources, $@"Refuse\.{field.Name}\b|new\({field.Name},"), $"nothing refuses with {field.Name}"));
    }

    [Fact]
    public void Every_use_case_has_a_route_below_api_a_defined_role_and_a_summary()
    {
        var useCases = Engine.Modules.SelectMany(module => module.UseCases).ToArray();
        Assert.All(useCases, useCase =>
        {
            Assert.StartsWith("/api/", useCase.Route);
            Assert.True(Enum.IsDefined(useCase.Role));
            Assert.NotEmpty(useCase.Summary);
        });
        var open = useCases.Where(useCase => !useCase.IsInside).ToArray();
        Assert.Equal(open.Length, open.Select(useCase => (useCase.Method, useCase.Route)).Distinct().Count());
        Assert.Equal([nameof(AddPapers)], useCases.Where(useCase => useCase.IsInside).Select(useCase => useCase.CommandType.Name));
        Assert.Equal(Types.Where(IsHandler).Select(type => type.FullName).Order(),
            useCases.Select(useCase => $"{useCase.CommandType.FullName}Handler").Order());
    }

    [Fact]
    public void Every_command_tells_its_name_and_nothing_of_its_contents()
    {
        var commands = Types.Where(type => type.IsSubclassOf(typeof(Command))).ToArray();
        Assert.Equal(Engine.Modules.SelectMany(module => module.UseCases).Select(useCase => useCase.CommandType.Name).Order(),
            commands.Select(type => type.Name).Order());
        Assert.All(commands, type =>
        {
            Assert.True(type.IsSealed);
            Assert.Equal(type.Name, RuntimeHelpers.GetUninitializedObject(type).ToString());
        });
    }

    /// <summary>
    /// Wolverine binds the parameters of <c>Handle</c> by their types: to the command, to what was loaded, and to what the host supplies.
    /// </summary>
    [Fact]
    public void Every_handler_loads_once_and_decides_once_on_things_of_distinct_types() =>
        Assert.All(Engine.Modules.SelectMany(module => module.UseCases).Select(useCase => useCase.CommandType), command =>
        {
            var type = Domain.GetType($"{command.FullName}Handler", throwOnError: true)!;
            Assert.True(type is { IsAbstract: true, IsSealed: true }, $"{type.Name} is not static");
            var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .OrderBy(method => method.Name, StringComparer.Ordinal).ToArray();
            Assert.Equal(["Handle", "LoadAsync"], methods.Select(method => method.Name));
            Assert.Equal([command, typeof(IUseCaseContext)], methods[1].GetParameters().Select(parameter => parameter.ParameterType));

            var handler = Handlers.Of(command);
            Assert.Equal(typeof(Decision), methods[0].ReturnType);
            Assert.Equal(command, handler.Taken[0]);
            Assert.DoesNotContain(methods[0].GetParameters(), parameter => parameter.HasDefaultValue);
            Assert.Equal(handler.Taken.Count, handler.Taken.Distinct().Count());
            Assert.Equal(handler.Loaded.Count, handler.Loaded.Distinct().Count());
            Assert.Empty(handler.Taken.Skip(1).Except(handler.Loaded).Except(Handlers.Supplied));
            Assert.Empty(handler.Loaded.Intersect(Handlers.Supplied));
        });

    /// <summary>The pipeline asks first whether it is there, and answers 404.</summary>
    [Theory]
    [MemberData(nameof(Addressed))]
    public async Task What_a_command_is_addressed_to_must_be_there_and_is_never_begun(Type type)
    {
        var useCase = Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == type);
        var (command, world) = ((Command)RuntimeHelpers.GetUninitializedObject(type), new World());
        Assert.Null(await useCase.Load(useCase.Target(command)!.Value, world));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Handlers.Of(type).Run(command, world));
    }

    [Fact]
    public void Each_use_case_is_one_roles_and_few_are_anothers_as_well() => Assert.Equal(
        [
            "Approver: ApproveClaim, ApproveWriteOff, ClearSuspicion, CompleteSecondLook, ConfirmBar, ConfirmRecovery, DecideAppeal, "
                + "DecideObjection, DelegateDuty, EndAbsence, EndDelegation, GrantRelief, LiftBar, NoteAbsence, RefuseClaim, "
                + "RefuseRelief, ReopenClaim, ReviewClaim, RevokeApproval, VoidClaimedEnrolment",
            "Finance: AgreeInstalments, AllocateReliefMoney, AssemblePaymentBatch, AuthorisePayout, CancelRecovery (or Approver), "
                + "ClosePeriod, ClosePlanYear, ConfirmReopening, DissolvePaymentBatch, HoldPayout (or Approver), LapseEnrolment, "
                + "OpenRecovery (or Approver), ProposeReopening, ProposeWriteOff, RecordContribution, RecordPaymentResults, "
                + "RecordRepayment, ReissuePayout, ReleaseHold (or Approver), "
                + "ReleasePaymentBatch, ReturnReliefMoney",
            "Officer: AddDocument, AddPapers, AnswerSupplement, AppealRefusal, ApplyForRelief, AssessClaim, CancelEnrolment, "
                + "ChangeEmployer, CheckOriginal, CheckReliefApplication, ConfirmParticipation, CorrectPerson, CountStaff, Enrol, "
                + "PassDeadline, ProposeBar (or Approver), RaiseObjection, RaiseSuspicion (or Approver), ReclassifyClaim, "
                + "RegisterEmployer, ReportOccurrence, RequestSupplement, SubmitAssistedClaim, SubmitClaim, TellClaimant, VoidEnrolment, "
                + "WithdrawAppeal, WithdrawClaim, WithdrawReliefApplication",
            "Operator: PauseWebhook, RegisterWebhook, RemoveWebhook, ResumeWebhook, RotateWebhookSecret",
            "PlanAdmin: AllocatePlaces, CloseReliefFund, ConfirmPlanVersion, OpenProgramme, OpenReliefFund, ProposePlanVersion, "
                + "RejectPlanVersion",
        ],
        Engine.Modules.SelectMany(module => module.UseCases).GroupBy(useCase => $"{useCase.Role}",
                useCase => useCase.CommandType.Name + string.Concat(useCase.Also.Select(role => $" (or {role})")))
            .Select(role => $"{role.Key}: {string.Join(", ", role.Order())}").Order());

    [Fact]
    public void No_two_folders_use_each_other_and_the_kernel_uses_none()
    {
        var arrows = Sources().SelectMany(UsedBySource).Concat(Domain.GetTypes().SelectMany(UsedBySignatures))
            .Where(arrow => arrow.From != arrow.To && arrow.From.Length > 0 && arrow.To.Length > 0).Distinct()
                .ToLookup(arrow => arrow.From, arrow => arrow.To);
        Assert.Contains("Enrolments", arrows["Claims"]);
        Assert.Empty(arrows["Kernel"]);
        Assert.All(arrows, folder => Assert.DoesNotContain(folder.Key, Reached(folder.Key, [])));

        HashSet<string> Reached(string from, HashSet<string> seen)
        {
            foreach (var to in arrows[from])
                if (seen.Add(to)) Reached(to, seen);
            return seen;
        }
    }

    [Fact]
    public void Every_read_model_is_snake_case_and_says_what_it_is()
    {
        Assert.All(Engine.ReadModels, model =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", model.Table);
            Assert.NotEmpty(model.Comment);
            var columns = model.RowType.GetProperties()
                .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)).ToHashSet();
            Assert.All(columns, column => Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", column));
            Assert.All(model.Indexes.SelectMany(index => index.Split(", ")),
                column => Assert.Contains(column, (string[])["id", .. columns]));
        });
        Assert.Equal(Engine.ReadModels.Count, Engine.ReadModels.Select(model => model.Table).Distinct().Count());
    }

    [Fact]
    public void Every_list_narrows_by_properties_that_its_rows_have() =>
        Assert.All(Engine.Modules.SelectMany(module => module.Lists), list =>
        {
            Assert.StartsWith("/api/", list.Route);
            Assert.All(list.Filters, filter => Assert.NotNull(list.Model.RowType.GetProperty(filter.Property)));
            if (list.RegionColumn is { } region)
                Assert.Contains(list.Model.RowType.GetProperty(region)!.PropertyType, (Type[])[typeof(RegionCode), typeof(RegionCode?)]);
        });

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void A_fold_ignores_events_it_does_not_know_and_begins_with_nothing(Type aggregate)
    {
        var evolve = aggregate.GetMethod("Evolve", BindingFlags.Public | BindingFlags.Static)!;
        Assert.Null(evolve.Invoke(null, [null, "an event of later"]));
        var state = Samples.Events.Select(sample => evolve.Invoke(null, [null, sample])).First(made => made is not null);
        Assert.Same(state, evolve.Invoke(null, [state, "an event of later"]));
    }

    [Fact]
    public void Every_read_model_ignores_events_it_does_not_know() => Assert.All(Engine.ReadModels, model =>
    {
        Assert.Null(model.Evolve(null, Unknown(model)));
        var row = Samples.Events.Select(sample =>
            model.Evolve(null, World.Recorded(sample, Id(1), model.StreamTypes[0], 1, Instant.FromUtc(2025, 11, 20, 4, 0))))
            .First(made => made is not null);
        Assert.Same(row, model.Evolve(row, Unknown(model)));
    });

    [Fact]
    public void Every_stream_type_has_one_aggregate() =>
        Assert.Equal(Types.Count(IsAggregate),
            Types.Where(IsAggregate).Select(type => type.GetProperty("StreamType")!.GetValue(null)).Distinct().Count());

    private static bool IsHandler(Type type) => type.Name.EndsWith("Handler", StringComparison.Ordinal);

    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src", "ClaimsEngine"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

    private static IEnumerable<(string From, string To)> UsedBySource(string file)
    {
        var path = Path.GetRelativePath(Path.Combine(Repository.Root, "src", "ClaimsEngine"), file).Split(Path.DirectorySeparatorChar);
        return path.Length == 1 ? []
            : Regex.Matches(File.ReadAllText(file), @"^using (?:static )?ClaimsEngine\.(\w+)", RegexOptions.Multiline)
            .Select(match => (path[0], match.Groups[1].Value));
    }

    private static IEnumerable<(string From, string To)> UsedBySignatures(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
            | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var used = type.GetMembers(All).SelectMany(member => member switch
        {
            FieldInfo field => [field.FieldType],
            MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
            ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
            _ => Enumerable.Empty<Type>(),
        });
        return used.Concat(type.GetInterfaces()).Append(type.BaseType ?? typeof(object))
            .SelectMany(Parts).Select(part => (FolderOf(type), FolderOf(part)));
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
            : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];

    private static string FolderOf(Type type) =>
        type.Assembly == Domain && type.Namespace?.Split('.') is ["ClaimsEngine", var folder, ..] ? folder : "";

    private static bool IsAggregate(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(IAggregate).IsAssignableFrom(type);

    private static RecordedEvent Unknown(IReadModel model) =>
        World.Recorded("an event of later", Id(1), model.StreamTypes[0], 2, Instant.FromUtc(2025, 11, 20, 4, 0));

    private static IEnumerable<FieldInfo> RefusalFields() =>
        typeof(Refuse).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(RefusalCode));

    private static void AssertFact(Type type, IReadOnlyList<Type> within)
    {
        if (within.Contains(type)) return;
        Assert.True(type.IsSealed, $"{type.Name} is not sealed");
        Assert.NotNull(type.GetMethod("<Clone>$"));
        foreach (var property in type.GetProperties())
        {
            if (property.SetMethod is { } set)
                Assert.Contains(typeof(IsExternalInit), set.ReturnParameter.GetRequiredCustomModifiers());
            AssertValue(property.PropertyType, $"{type.Name}.{property.Name}", [.. within, type]);
        }
    }

    private static void AssertValue(Type type, string what, IReadOnlyList<Type> within)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Plain.Contains(plain) || plain.IsEnum) return;
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            AssertValue(plain.GetGenericArguments()[0], what, within);
        else if (plain.IsValueType) Assert.True(plain.IsDefined(typeof(IsReadOnlyAttribute)), $"{what} can be changed");
        else AssertFact(plain, within);
    }
}
