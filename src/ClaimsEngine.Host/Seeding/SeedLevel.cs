namespace ClaimsEngine.Host.Seeding;

public enum SeedLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Publishes the plans and opens the programmes of <c>seeds/</c>.</summary>
    Reference,

    /// <summary>Reference, and plays the scenarios once.</summary>
    Demo,
}
