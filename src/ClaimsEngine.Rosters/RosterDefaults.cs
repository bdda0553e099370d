namespace ClaimsEngine.Rosters;

/// <summary>What a roster need not say of every person, since the sender said it once.</summary>
/// <param name="Occupation">of everybody whose row names none; the heading may then be missing</param>
/// <param name="Region">of everybody whose row names none; the heading may then be missing</param>
/// <param name="Past">what rows of an import need not say of their covers; null for a roster, which says nothing of the kind</param>
/// <param name="Within">where names of regions are looked for first: of several of one name, the one that lies there is meant</param>
public sealed record RosterDefaults(
    Occupation? Occupation = null, RegionCode? Region = null, RegionCode Within = default, PastCover? Past = null)
{
    public static readonly RosterDefaults None = new();

    /// <summary>The columns that the sheet must have then.</summary>
    internal IEnumerable<RosterColumn> Required()
    {
        yield return RosterColumn.Name;
        yield return RosterColumn.IdNumber;
        if (Occupation is null) yield return RosterColumn.Occupation;
        if (Region is null) yield return RosterColumn.Region;
        if (Past is { Programme: null, Plan: null }) yield return RosterColumn.Programme;
    }
}
