namespace ClaimsEngine.Host.Rosters;

/// <summary>Carries a file fault out of the depth of a stream or a parser. <see cref="RosterSheet"/> turns it into a value; no caller sees it.</summary>
internal sealed class UnreadableException(RosterFileFault fault) : Exception(fault.ToString())
{
    public RosterFileFault Fault { get; } = fault;
}
