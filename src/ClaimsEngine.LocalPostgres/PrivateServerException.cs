namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// The private PostgreSQL cluster could not be started or used. The message is complete and written for the person at the console.
/// </summary>
public class PrivateServerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>This machine has no usable PostgreSQL binaries. The message names both ways out.</summary>
public sealed class PrivateServerUnavailableException : PrivateServerException
{
    internal PrivateServerUnavailableException(string found, PrivateServerOptions options) : base(
        $"""
         {found}
         Two ways out:
           1. install PostgreSQL 14 or newer on this machine (Debian, Ubuntu: apt-get install postgresql) and start again;
           2. {options.OtherServer}.
         """)
    {
    }
}
