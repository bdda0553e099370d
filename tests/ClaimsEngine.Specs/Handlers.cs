using System.Reflection;
using System.Runtime.CompilerServices;

namespace ClaimsEngine.Specs;

/// <summary>
/// The handler of a command, found and run by the same conventions as Wolverine's: by its name, its parameters by their types.
/// </summary>
public sealed class Handlers
{
    /// <summary>What the host supplies besides the command and what was loaded.</summary>
    public static readonly IReadOnlyList<Type> Supplied = [typeof(Actor), typeof(LocalDate), typeof(Instant)];

    private static readonly Dictionary<Type, Handlers> Known = Engine.Modules.SelectMany(module => module.UseCases)
        .ToDictionary(useCase => useCase.CommandType, useCase => new Handlers(useCase.CommandType));

    private readonly MethodInfo load, handle;

    private Handlers(Type command)
    {
        var type = command.Assembly.GetType($"{command.FullName}Handler", throwOnError: true)!;
        (load, handle) = (type.GetMethod("LoadAsync")!, type.GetMethod("Handle")!);
    }

    public static Handlers Of(Type command) => Known[command];

    /// <summary>The types that <c>Handle</c> takes, in its order.</summary>
    public IReadOnlyList<Type> Taken => [.. handle.GetParameters().Select(parameter => parameter.ParameterType)];

    /// <summary>The types that <c>LoadAsync</c> answers: the elements of its tuple, or the one thing that it loads.</summary>
    public IReadOnlyList<Type> Loaded => load.ReturnType.GetGenericArguments()[0] is var loaded && typeof(ITuple).IsAssignableFrom(loaded)
        ? loaded.GetGenericArguments() : [loaded];

    public async Task<Decision> Run(Command command, IUseCaseContext context)
    {
        var task = (Task)load.Invoke(null, [command, context])!;
        await task;
        var answer = task.GetType().GetProperty("Result")!.GetValue(task);
        object?[] elements = answer is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])] : [answer];
        var values = Loaded.Zip(elements).ToDictionary(pair => pair.First, pair => pair.Second);
        (values[command.GetType()], values[typeof(Actor)]) = (command, context.By);
        (values[typeof(Instant)], values[typeof(LocalDate)]) = (context.Now, context.Now.Date());
        return (Decision)handle.Invoke(null, [.. Taken.Select(type => values[type])])!;
    }
}
