namespace ClaimsEngine.Specs.Matrix;

/// <summary>Nobody keeps to the main paths. Commands of all kinds, by many people, in any order: after each that is taken all that is
/// stored agrees. The walks are the same on every run.</summary>
public class RandomWalkSpecs
{
    private const int Steps = 20;

    private static readonly Actor[] People =
    [
        .. from role in Enum.GetValues<Role>() from number in Enumerable.Range(1, 3)
           select new Actor($"sample-{role.Name()}-{number}", [role], RegionCode.National),
    ];

    [Fact]
    public void Whatever_is_done_in_whatever_order_all_that_is_stored_agrees()
    {
        var done = new Dictionary<string, int>();
        foreach (var (walk, state) in Trials.Families.SelectMany(family => family.States).Index())
        {
            var (chance, world) = (new Random(walk), state.Build().World);   // with a seed, the same on every machine
            for (var step = 0; step < Steps; step++) Step(world, chance, done, $"walk {walk} from '{state.Name}', step {step}");
        }
        Assert.True(done.Count >= 40, $"only these commands were ever taken: {string.Join(", ", done.Keys.Order())}");
    }

    private static void Step(World world, Random chance, Dictionary<string, int> done, string place)
    {
        if (chance.Next(10) == 0) world.Now += Duration.FromDays(chance.Next(1, 12));
        var trial = Trials.All[chance.Next(Trials.All.Count)];
        var family = Trials.Families.Single(family => family.Name == trial.Family);
        var streams = world.All<AggregateState>().Where(state => state.GetType() == family.Kind).Select(state => state.StreamId).ToArray();
        if (streams.Length == 0) return;
        var command = trial.Make(new Built(world, streams[chance.Next(streams.Length)]));
        var able = People.Where(person => trial.UseCase.RoleOf(person) is not null).ToArray();
        var decision = world.Do(able[chance.Next(able.Length)], command);
        if (decision.Refusal is not null || decision.IsNothing) return;
        done[command.GetType().Name] = done.GetValueOrDefault(command.GetType().Name) + 1;
        Invariants.Hold(world, $"{place}: {command.GetType().Name}");
    }
}
