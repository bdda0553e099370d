namespace ClaimsEngine.LocalPostgres;

/// <summary>Where and how the private PostgreSQL cluster of this machine is kept.</summary>
/// <param name="Folder">holds the cluster, its password, its log and its locks; it is made if missing</param>
public sealed record PrivateServerOptions(string Folder)
{
    /// <summary>The role that owns the cluster and is its superuser. A cluster keeps the role that it was made with.</summary>
    public string Owner { get; init; } = "owner";

    /// <summary>The database that is made for the program.</summary>
    public string Database { get; init; } = "main";

    /// <summary>The folders that are searched for <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</summary>
    public IReadOnlyList<string> SearchFolders { get; init; } = PostgresBinaries.UsualFolders();

    /// <summary>False where a folder without a cluster is a mistake: then nothing is made there, and the start says so.</summary>
    public bool MayMake { get; init; } = true;

    /// <summary>The longest wait for a start, for a crash recovery, for a stop, and for another process's start or stop.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time between two looks whether the server still lives.</summary>
    public TimeSpan WatchEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Is told in plain sentences what is going on: a start that takes a moment, a server that died, its revival, a revival that failed.
    /// Any thread may call it. It must return soon, and it must not dispose the server.
    /// </summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Completes "You can …" in messages about a folder that cannot be used.</summary>
    public string OtherFolder { get; init; } = "name another folder";

    /// <summary>Completes "You can …" in messages about a machine that cannot run a server.</summary>
    public string OtherServer { get; init; } = "name a server of yours";

    /// <summary>
    /// Keeps the cluster in the folder that an environment variable names, else in a folder of the program's name in the user's data
    /// folder. For root that is <c>/var/lib</c>.
    /// </summary>
    /// <param name="program">the name of the folder, such as <c>my-program</c></param>
    /// <param name="variable">the name of the environment variable, such as <c>MY_DATA</c></param>
    /// <exception cref="PrivateServerException">the user has no data folder and the variable is not set</exception>
    public static PrivateServerOptions InDataFolder(string program, string variable)
    {
        var named = Environment.GetEnvironmentVariable(variable);
        return new PrivateServerOptions(string.IsNullOrWhiteSpace(named) ? DataFolder(program, variable) : Path.GetFullPath(named))
        {
            OtherFolder = $"name another folder with {variable}"
        };
    }

    /// <summary>The clock of the watch. Tests make it go faster.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal void Tell(string text)
    {
        try
        {
            Progress?.Invoke(text);
        }
        catch (Exception)
        {
            // A listener that fails must neither end the watch nor keep the server from being stopped.
        }
    }

    private static string DataFolder(string program, string variable)
    {
        // PostgreSQL refuses to run as root, and the account that runs it instead could not pass through /root (mode 700).
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()) return Path.Combine("/var/lib", program);

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data is not ""
            ? Path.Combine(data, program)
            : throw new PrivateServerException(
                $"This user has no data folder (HOME is not set). Set {variable} to a folder that the database may live in.");
    }
}
