namespace ClaimsEngine.Rosters.Sheets;

/// <summary>
/// Carries a file fault out of the depth of a stream or a parser. Whoever opens the file tells its sender.
/// </summary>
internal sealed class UnreadableException(RosterFileFault fault) : Exception(fault.ToString())
{
    public RosterFileFault Fault { get; } = fault;
}
