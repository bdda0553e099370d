namespace ClaimsEngine.EventStore;

/// <summary>Where and how the private PostgreSQL cluster of this machine is kept.</summary>
/// <param name="Folder">holds the cluster, its password, its log and its locks; made if missing</param>
public sealed record LocalPostgresOptions(string Folder)
{
    /// <summary>The folders that are searched for <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</summary>
    public IReadOnlyList<string> SearchFolders { get; init; } = PostgresBinaries.UsualFolders();

    /// <summary>How long a start, a crash recovery, a stop and another process's start or stop are waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told in one plain sentence what is going on whenever it takes a moment.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>The folder that <c>CLAIMS_DATA</c> names, else <c>claims-engine</c> in the user's data folder.</summary>
    /// <exception cref="LocalPostgresException">the user has no data folder and CLAIMS_DATA is not set</exception>
    public static LocalPostgresOptions FromEnvironment()
    {
        var named = Environment.GetEnvironmentVariable("CLAIMS_DATA");
        if (!string.IsNullOrWhiteSpace(named)) return new(Path.GetFullPath(named));

        // PostgreSQL refuses to run as root, and the account that runs it instead could not pass through /root (mode 700).
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()) return new("/var/lib/claims-engine");

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data is ""
            ? throw new LocalPostgresException("This user has no data folder (HOME is not set). Set CLAIMS_DATA to a folder that the database may live in.")
            : new(Path.Combine(data, "claims-engine"));
    }
}
