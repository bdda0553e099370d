namespace ClaimsEngine.Specs.Matrix;

/// <summary>A case brought to one of its states, by real commands.</summary>
/// <param name="Of">the stream that commands are addressed to</param>
public sealed record Built(World World, Guid Of)
{
    public T State<T>() where T : AggregateState => World.All<T>().Single(state => state.StreamId == Of);

    public Built Copy() => this with { World = World.Copy() };
}

/// <param name="Name">short, for the head of a column</param>
public sealed record NamedState(string Name, Func<Built> Build);

/// <summary>The states that one kind of case can be in.</summary>
public interface IFamily
{
    string Name { get; }

    /// <summary>The aggregate.</summary>
    Type Kind { get; }

    IReadOnlyList<NamedState> States { get; }

    /// <summary>What a state of the list should show and none does.</summary>
    IReadOnlyList<string> Unshown(IEnumerable<Built> built);
}

/// <param name="Traits">what can be true of such a case and matters to a rule: each is shown by one state of the list at least</param>
public sealed record Family<T>(
    string Name, IReadOnlyList<NamedState> States, params IReadOnlyList<(string Words, Func<T, bool> Holds)> Traits) : IFamily
    where T : AggregateState
{
    public Type Kind => typeof(T);

    public IReadOnlyList<string> Unshown(IEnumerable<Built> built)
    {
        var shown = built.Select(one => one.State<T>()).ToArray();
        return [.. Traits.Where(trait => !shown.Any(trait.Holds)).Select(trait => $"{Name}: {trait.Words}")];
    }

    /// <summary>One trait for each value of the status.</summary>
    public static (string, Func<T, bool>)[] Each<TStatus>(Func<T, TStatus> status) where TStatus : struct, Enum =>
        [.. Enum.GetValues<TStatus>().Select(value => (value.ToString(), (Func<T, bool>)(state => status(state).Equals(value))))];
}

/// <summary>A sample of a command that its shape rules take, for any state of a family.</summary>
/// <param name="By">who gives it; null for a person of its role who sees everything and has touched nothing</param>
/// <param name="RepeatsBecause">why the same again is stored again; null where it is not</param>
public sealed record Trial(Type Command, string Family, Func<Built, Command> Make, Actor? By = null, string? RepeatsBecause = null)
{
    public static Trial Of<TCommand>(string family, Func<Built, TCommand> make, Actor? by = null, string? repeatsBecause = null)
        where TCommand : Command => new(typeof(TCommand), family, make, by, repeatsBecause);

    public IUseCase UseCase => Engine.Modules.SelectMany(module => module.UseCases).Single(own => own.CommandType == Command);

    public Actor Actor => By ?? new Actor($"sample-fresh-{UseCase.Role.Name()}", [UseCase.Role], RegionCode.National);
}
