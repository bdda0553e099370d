namespace ClaimsEngine.Host.Seeding;

public enum SeedLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Publishes the plans and opens the programmes of <c>seeds/</c>.</summary>
    Reference,

    /// <summary>Reference, and plays the scenarios once.</summary>
    Demo,

    /// <summary>Reference, and a made-up year with the published totals of Hohhot and Gansu, paid through batches
    /// (<see cref="SeededYear"/>).</summary>
    Year,
}
