using System.Diagnostics;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>
/// The patience of a test that waits for something. It is long, because only a fault takes so long: a slow machine must not fail a test,
/// and an engine that has stopped must not hang one.
/// </summary>
public sealed class Wait
{
    /// <summary>For what a quiet machine does within some seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Stopwatch begun = Stopwatch.StartNew();

    private Wait() { }

    public static Wait Begin() => new();

    /// <summary>Called in every round of a loop that waits. Fails the test when its patience has ended.</summary>
    /// <param name="missing">what has not happened, as a sentence</param>
    public void GoesOn(string missing)
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        if (begun.Elapsed > Patience) Assert.Fail($"After {Patience.TotalSeconds:0} s: {missing}");
    }

    /// <summary>Asks again and again, with a short pause between, until the answer is as wished.</summary>
    /// <param name="missing">what has not happened while no answer is as wished</param>
    public static async Task<T> For<T>(Func<Task<T>> ask, Func<T, bool> isReached, string missing)
    {
        for (var waiting = Begin(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            var answer = await ask();
            if (isReached(answer)) return answer;
            waiting.GoesOn($"{missing}; the last answer: {answer}");
        }
    }

    /// <inheritdoc cref="For{T}"/>
    public static Task Until(Func<Task<bool>> isReached, string missing) => For(isReached, reached => reached, missing);

    /// <inheritdoc cref="For{T}"/>
    public static Task Until(Func<bool> isReached, string missing) => Until(() => Task.FromResult(isReached()), missing);
}
