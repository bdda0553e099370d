namespace ClaimsEngine.Storage.Projections;

/// <summary>What a rebuild did.</summary>
/// <param name="Events">events folded</param>
/// <param name="Rows">row versions in the new table</param>
/// <param name="LiveDigest">of the table that was replaced; null if there was none</param>
/// <param name="RebuiltDigest">of the new table at the same position</param>
public sealed record RebuildReport(string Table, long Events, long Rows, string? LiveDigest, string RebuiltDigest, TimeSpan Elapsed);

/// <summary>What a comparison of a live read model with a replay found.</summary>
/// <param name="Events">events folded</param>
/// <param name="Rows">row versions of the replay</param>
/// <param name="Elapsed">the whole comparison; the read model stood still for the last part of it only</param>
public sealed record VerifyReport(string Table, long Events, long Rows, string LiveDigest, string ReplayDigest, TimeSpan Elapsed)
{
    /// <summary>Whether the live table is what a replay of its events gives.</summary>
    public bool Equal => LiveDigest == ReplayDigest;
}

/// <param name="Phase"><c>fold</c>, <c>index</c>, <c>catch up</c>, <c>compare</c> or <c>done</c></param>
/// <param name="Events">events folded so far</param>
public sealed record RebuildProgress(string Table, string Phase, long Events);
