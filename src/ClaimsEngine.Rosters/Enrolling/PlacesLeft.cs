using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>
/// What is left of pools while rows draw on them one after another. A row takes all that it asks for or nothing: one that finds too little
/// leaves its part to those that come after it. Writes nothing.
/// </summary>
internal sealed class PlacesLeft(KeyReader keys, PatientReading reading)
{
    private readonly Dictionary<string, long> taken = [];

    /// <summary>Learns how much is taken of these pools, of each once.</summary>
    public async Task Look(IEnumerable<string> pools, CancellationToken cancellation)
    {
        var unseen = pools.Where(pool => !taken.ContainsKey(pool)).ToArray();
        if (unseen.Length == 0) return;
        var now = await reading.Ask(() => keys.PlacesTaken(unseen, cancellation));
        foreach (var pool in unseen) taken[pool] = now.GetValueOrDefault(pool);
    }

    /// <param name="places">of pools that were looked at</param>
    /// <returns>the refusal of the first pool that has not enough left; null if the row has taken its part of each</returns>
    public Refusal? Draw(IReadOnlyList<Guarded<PlaceChange>> places)
    {
        foreach (var (change, full) in places)
            if (taken[change.Pool] + change.Count > change.Limit) return full!;
        foreach (var (change, _) in places) taken[change.Pool] += change.Count;
        return null;
    }
}
