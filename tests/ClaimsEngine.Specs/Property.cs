using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace ClaimsEngine.Specs;

/// <summary>
/// Runs a property on random values with FsCheck. A failure names its seed, <c>(123,457)</c>; give that as the environment variable
/// <c>SPECS_SEED=123,457</c> to see the same values again.
/// </summary>
public static class Property
{
    public static void Holds<T>(Gen<T> values, Action<T> law, int runs = 200) =>
        Check.One(Configuration(runs), Prop.ForAll(Arb.From(values), law));

    private static Config Configuration(int runs)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs);
        if (Environment.GetEnvironmentVariable("SPECS_SEED")?.Split(',') is not [var seed, var gamma]) return config;
        var replay = new Replay(new Rnd(ulong.Parse(seed), ulong.Parse(gamma)), FSharpOption<int>.None);
        return config.WithReplay(FSharpOption<Replay>.Some(replay));
    }
}
