namespace ClaimsEngine.Host.Cli;

/// <summary>What keeps a verb from running, and whoever started it can mend. The message is all that is shown.</summary>
internal sealed class UsageException(string message) : Exception(message);
