using System.Text.Json;
using FluentValidation;

namespace ClaimsEngine.Kernel;

/// <summary>
/// What one folder of the domain offers: its events, its commands with their routes, its resources and read models. Data only: Wolverine
/// finds the handler of a command by its name, and the host maps the routes.
/// </summary>
public sealed class Module(string name)
{
    public string Name { get; } = name;
    public List<EventKind> Events { get; } = [];
    public List<IUseCase> UseCases { get; } = [];
    public List<IResource> Resources { get; } = [];
    public List<IReadModel> ReadModels { get; } = [];
    public List<ListRoute> Lists { get; } = [];

    /// <summary>The events of the streams of <typeparamref name="T"/>.</summary>
    public Module Stores<T>(params IEnumerable<Type> events) where T : AggregateState, IAggregate<T>
    {
        Events.AddRange(events.Select(type => new EventKind(type, typeof(T), T.StreamType)));
        return this;
    }

    /// <summary>A command on a resource that exists: <c>If-Match</c> is required.</summary>
    /// <param name="of">the stream that the command is addressed to</param>
    /// <param name="also">other roles whose work it is as well</param>
    public Module On<TCommand, T>(string route, Role role, Func<TCommand, Guid> of, string summary, params IReadOnlyList<Role> also)
        where TCommand : Command where T : AggregateState, IAggregate<T>
    {
        UseCases.Add(new UseCase<TCommand, T>("POST", route, role, of, summary, Creates: false) { Also = also });
        return this;
    }

    /// <summary>A command that the engine gives itself, with what it found out and no request may say. No body of HTTP becomes
    /// one.</summary>
    /// <param name="route">that the request came to, of which it is made</param>
    public Module Inside<TCommand, T>(string route, Role role, Func<TCommand, Guid> of, string summary)
        where TCommand : Command where T : AggregateState, IAggregate<T>
    {
        UseCases.Add(new UseCase<TCommand, T>("POST", route, role, of, summary, Creates: false) { IsInside = true });
        return this;
    }

    /// <summary>A command that makes a resource: 201 with its location.</summary>
    /// <param name="also">other roles whose work it is as well</param>
    public Module Creates<TCommand, T>(
        string route, Role role, string summary, string method = "POST", params IReadOnlyList<Role> also)
        where TCommand : Command where T : AggregateState, IAggregate<T>
    {
        UseCases.Add(new UseCase<TCommand, T>(method, route, role, null, summary, Creates: true) { Also = also });
        return this;
    }

    /// <summary>How a stream is shown, and where.</summary>
    /// <param name="location">the address of one, for <c>Location</c></param>
    /// <param name="identify">the stream of a route's last value; null when the text can be none</param>
    public Module Shows<T, TView>(
        string route, Func<string, Guid?> identify, Func<T, string> location, Func<T, IRecords, Task<TView>> view, string summary,
        params Role[] roles)
        where T : AggregateState, IAggregate<T> where TView : notnull
    {
        Resources.Add(new Resource<T, TView>(route, identify, location, view, summary, roles));
        return this;
    }

    public Module Projects(IReadModel model)
    {
        ReadModels.Add(model);
        return this;
    }

    public Module Offers(ListRoute list)
    {
        Lists.Add(list);
        return this;
    }

    /// <summary>Who may look at the cases of the own region.</summary>
    public static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Finance, Role.Auditor];

    /// <summary>Of these, who handle or examine the case itself, and not its money alone.</summary>
    public static readonly Role[] CaseReaders = [Role.Officer, Role.Approver, Role.Auditor];

    public static Guid? ById(string text) => Guid.TryParse(text, out var id) ? id : null;
}

/// <summary>A use case as the host sees it.</summary>
public interface IUseCase
{
    string Method { get; }
    string Route { get; }
    Role Role { get; }

    /// <summary>Other roles whose work it is as well; mostly none.</summary>
    IReadOnlyList<Role> Also { get; }

    string Summary { get; }
    bool Creates { get; }

    /// <summary>Whether only the engine itself gives the command: it has no JSON form over HTTP.</summary>
    bool IsInside { get; }

    Type CommandType { get; }
    Type AggregateType { get; }
    string StreamType { get; }

    /// <summary>The stream addressed, or null for a command that makes one.</summary>
    Guid? Target(object command);

    /// <summary>The role in which this person may; null where none of theirs is enough.</summary>
    Role? RoleOf(Actor by);

    /// <summary>Breaches of the request's shape, as (camelCase path, message); at most <see cref="Refusal.MostFaults"/>.</summary>
    IReadOnlyList<(string Field, string Message)> Validate(object command);

    /// <summary>Loads the addressed stream into the context; null if it is not there or not in the actor's region.</summary>
    Task<IAggregate?> Load(Guid stream, IRecords records);
}

public sealed record UseCase<TCommand, T>(
    string Method, string Route, Role Role, Func<TCommand, Guid>? Of, string Summary, bool Creates)
    : IUseCase where TCommand : Command where T : AggregateState, IAggregate<T>
{
    private readonly IValidator<TCommand>? validator = ShapeRules.For<TCommand>();

    public IReadOnlyList<Role> Also { get; init; } = [];
    public bool IsInside { get; init; }
    public Type CommandType => typeof(TCommand);
    public Type AggregateType => typeof(T);
    public string StreamType => T.StreamType;

    public Role? RoleOf(Actor by) => by.Is(Role) ? Role : Also.Where(by.Is).Select(role => (Role?)role).FirstOrDefault();

    public Guid? Target(object command) => Of?.Invoke((TCommand)command);

    public IReadOnlyList<(string Field, string Message)> Validate(object command) =>
        validator is null ? []
            : [.. validator.Validate((TCommand)command).Errors.Take(Refusal.MostFaults)
                .Select(error => (ShapeRules.Camel(error.PropertyName), error.ErrorMessage))];

    public async Task<IAggregate?> Load(Guid stream, IRecords records) => await records.Find<T>(stream);
}

/// <summary>The validator nested in a command, by the house's convention <c>TCommand.Validator</c>.</summary>
public static class ShapeRules
{
    public static IValidator<TCommand>? For<TCommand>() =>
        typeof(TCommand).GetNestedType("Validator") is { } type ? (IValidator<TCommand>)Activator.CreateInstance(type)! : null;

    /// <summary><c>Lines[0].BankReference</c> → <c>lines.0.bankReference</c>, the form in which every refusal names a field.</summary>
    public static string Camel(string path) =>
        string.Join('.', path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
        .Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

/// <summary>A resource as the host sees it.</summary>
public interface IResource
{
    string Route { get; }
    string Summary { get; }
    IReadOnlyList<Role> Roles { get; }
    Type AggregateType { get; }
    Type ViewType { get; }

    Guid? Identify(string text);

    string Location(IAggregate state);

    Task<object> View(IAggregate state, IRecords records);

    /// <summary>Loads it into the records, up to a version if one is given; null if it is not there or not in the actor's region.</summary>
    Task<IAggregate?> Load(Guid stream, long? toVersion, IRecords records);
}

public sealed record Resource<T, TView>(
    string Route, Func<string, Guid?> OfText, Func<T, string> At, Func<T, IRecords, Task<TView>> Show, string Summary,
    IReadOnlyList<Role> Roles)
    : IResource where T : AggregateState, IAggregate<T> where TView : notnull
{
    public Type AggregateType => typeof(T);
    public Type ViewType => typeof(TView);

    public Guid? Identify(string text) => OfText(text);

    public string Location(IAggregate state) => At((T)state);

    public async Task<object> View(IAggregate state, IRecords records) => await Show((T)state, records);

    public async Task<IAggregate?> Load(Guid stream, long? toVersion, IRecords records) => await records.Find<T>(stream, toVersion);
}

/// <summary>A pageable list over a read model.</summary>
/// <param name="RegionColumn">property of the row that scopes it to the caller's region; null for what everybody may see</param>
/// <param name="Filters">query parameter → how it narrows</param>
public sealed record ListRoute(string Route, IReadModel Model, string? RegionColumn, string Summary, IReadOnlyList<Role> Roles,
    params IReadOnlyList<ListFilter> Filters)
{
    /// <summary>Whose name stands beside each row; null for nobody's.</summary>
    public ListedPerson? Person { get; init; }

    /// <summary>Properties of the rows that only <see cref="Actor.SeesMedicalFacts"/> is shown.</summary>
    public IReadOnlyList<string> Medical { get; init; } = [];
}

/// <summary>A person in the rows of a list, by id there. The name is read from the person's own stream, for the page that is shown and as
/// known at its moment. No read model keeps it: what is erased with the person is gone from every list.</summary>
/// <param name="Property">of the row: the id</param>
/// <param name="Shown">member of the answer: <c>memberName</c>; absent where there is no such person on record</param>
/// <param name="Roles">who is shown it</param>
public sealed record ListedPerson(string Property, string Shown, params IReadOnlyList<Role> Roles);

/// <summary>How a query parameter narrows a list.</summary>
public enum ListMatch
{
    Equal,
    RegionPrefix,
    From,
    To,

    /// <summary>Earlier than the value; what has no value does not match.</summary>
    Before,

    /// <summary>A line of the JSON list has the value as its <c>payer</c>.</summary>
    Payer,
}

public sealed record ListFilter(string Parameter, string Property, ListMatch Match = ListMatch.Equal);
