using System.Text.RegularExpressions;

namespace ClaimsEngine.LocalPostgres;

/// <summary>One installed PostgreSQL: the folder of its programs and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int OldestMajor = 14;

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>PATH, then where Debian, Red Hat and Homebrew keep programs that are not on it.</summary>
    public static IReadOnlyList<string> UsualFolders() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        .. Below("/usr/lib/postgresql", "*"), .. Below("/usr", "pgsql-*"),
        .. Below("/opt/homebrew/opt", "postgresql*"), .. Below("/usr/local/opt", "postgresql*")
    ];

    /// <summary>The newest version found; for an existing cluster one of exactly its major version, since no other can open it.</summary>
    /// <exception cref="PrivateServerUnavailableException">none is installed that could be used</exception>
    public static async Task<PostgresBinaries> Find(
        PrivateServerOptions options, int? clusterMajor, string cluster, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in options.SearchFolders.Select(Real).OfType<string>().Distinct())
        {
            var version = await Command.Run(Path.Combine(folder, "postgres"), ["--version"], cancellation: cancellation);
            if (version.Succeeded && Version().Match(version.Output) is { Success: true } match)
                found.Add(new(folder, int.Parse(match.Groups[1].Value)));
        }

        var versions = string.Join(", ", found.Select(b => b.Major).Distinct().Order());
        if (clusterMajor is { } major)
        {
            return found.Find(b => b.Major == major) ?? throw new PrivateServerUnavailableException(
                $"The cluster in {cluster} was made by PostgreSQL {major} and only that version can open it, but "
                + (found.Count == 0 ? "no PostgreSQL was found." : $"only version {versions} was found.")
                + $" Install version {major} (Debian: postgresql-{major}), move the data with pg_upgrade, or {options.OtherFolder}.",
                options);
        }
        return found.Where(b => b.Major >= OldestMajor).MaxBy(b => b.Major) ?? throw new PrivateServerUnavailableException(
            found.Count == 0
                ? "No database: no server is named, and no PostgreSQL (initdb, pg_ctl, postgres) was found on PATH or under "
                + "/usr/lib/postgresql/*/bin."
                : $"No database: no server is named, and the PostgreSQL found here is version {versions}; "
                + $"{OldestMajor} or newer is needed.",
            options);
    }

    /// <summary>The folder where the programs really are (PATH may hold links to them), or null unless all three are there.</summary>
    private static string? Real(string folder)
    {
        var postgres = new FileInfo(Path.Combine(Path.GetFullPath(folder), "postgres"));
        if (!postgres.Exists) return null;
        var real = Path.GetDirectoryName(postgres.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? postgres.FullName)!;
        return File.Exists(Path.Combine(real, "initdb")) && File.Exists(Path.Combine(real, "pg_ctl")) ? real : null;
    }

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, pattern).Select(d => Path.Combine(d, "bin")) : [];

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
