using System.Globalization;
using System.Security.Cryptography;

#pragma warning disable CA1416 // PrivateServer.Start refuses Windows before anything here runs

namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// What lies where. Password, port and locks lie in the folder itself, which belongs to the host's user. The cluster and its log lie in
/// <c>postgres/</c>, which belongs to the account that runs PostgreSQL.
/// </summary>
internal sealed class ClusterFolder
{
    private const int LogLimit = 16 * 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly PrivateServerOptions _options;

    private ClusterFolder(string folder, ServerAccount account, PrivateServerOptions options) =>
        (Folder, Account, _options) = (folder, account, options);

    public string Folder { get; }

    public ServerAccount Account { get; }

    public string Data => DataIn(Folder);

    public string Log => Path.Combine(Cluster, "server.log");

    public string RememberedPort => Path.Combine(Folder, "postgres.port");

    private string Cluster => ClusterIn(Folder);

    private string PasswordFile => Path.Combine(Folder, "postgres.password");

    /// <summary>Major version of the cluster, null before there is one.</summary>
    /// <exception cref="PrivateServerException">something else lies in its place</exception>
    public int? Major
    {
        get
        {
            var version = VersionIn(Folder);
            if (File.Exists(version)) return int.Parse(File.ReadAllText(version).Trim(), CultureInfo.InvariantCulture);
            return !Directory.Exists(Data) || !Directory.EnumerateFileSystemEntries(Data).Any()
                ? null
                : throw new PrivateServerException(
                    $"{Data} holds files but no PostgreSQL cluster. Move it away, or {_options.OtherFolder}.");
        }
    }

    /// <summary>
    /// Makes the folder if it is missing and returns its name without links, so that every process gives it the same one.
    /// </summary>
    public static async Task<string> Make(string folder)
    {
        // A folder that was just made for us may let PostgreSQL's account pass; one with other things in it is not ours to open.
        var isNew = !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();
        Directory.CreateDirectory(folder, OwnerOnly);
        if (isNew && Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

        var spelled = await Command.Run("sh", ["-c", "cd \"$1\" && pwd -P", "sh", folder]);
        return spelled.Succeeded ? spelled.Output : throw new PrivateServerException($"Cannot enter {folder}: {spelled.Output}");
    }

    /// <summary>Makes sure that the account which runs PostgreSQL can work in the folder. Called under the start lock.</summary>
    public static async Task<ClusterFolder> Open(string folder, PrivateServerOptions options)
    {
        var opened = new ClusterFolder(folder, await ServerAccount.For(ClusterIn(folder), options), options);
        Directory.CreateDirectory(opened.Cluster, OwnerOnly);
        if (!opened.Account.IsOwn) await opened.HandOver();
        return opened;
    }

    /// <summary>
    /// Runs initdb unless there is a cluster. It works in a folder beside, which gets its name only when complete, so that an
    /// interrupted one leaves nothing but rubbish that the next start sweeps away.
    /// </summary>
    public async Task Initialise(PostgresBinaries binaries, CancellationToken cancellation)
    {
        // An initdb whose host was killed may still be writing there for a moment. It is in nobody's way. The next start sweeps what stays.
        await Account.Run("sh", ["-c", "rm -rf \"$1\"/new-*", "sh", Cluster], cancellation: cancellation);
        if (Major is not null) return;

        var made = Path.Combine(Cluster, "new-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
        var password = await MakePassword();
        await Account.Write(made + ".password", password + "\n");
        await Account.Do(
            "make a PostgreSQL cluster", binaries.Initdb,
            [
                $"--pgdata={made}", "--data-checksums", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256",
                $"--username={_options.Owner}", $"--pwfile={made}.password"
            ],
            cancellation: cancellation);
        // The name must outlive a power cut as surely as the events that will be acknowledged under it.
        await Account.Do(
            "name the new cluster", "sh",
            [
                "-c", "rm -f \"$1.password\" && { [ ! -d \"$2\" ] || rmdir \"$2\"; } && mv \"$1\" \"$2\" && sync \"$3\"",
                "sh", made, Data, Cluster
            ],
            cancellation: CancellationToken.None);
    }

    /// <exception cref="PrivateServerException">the cluster's password file is gone</exception>
    public string Password() => File.Exists(PasswordFile)
        ? File.ReadAllText(PasswordFile).Trim()
        : throw new PrivateServerException(
            $"{PasswordFile} is missing, which holds the password of the cluster beside it. "
            + $"Put it back, or move {Cluster} away to begin anew.");

    /// <summary>The log's last lines, for an error message.</summary>
    public string LogTail(int lines = 15)
    {
        if (!File.Exists(Log)) return "(no log)";
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(-Math.Min(log.Length, 16 * 1024), SeekOrigin.End);
        return string.Join(Environment.NewLine, new StreamReader(log).ReadToEnd().TrimEnd().Split('\n').TakeLast(lines));
    }

    /// <summary>Keeps the log from growing for ever: one older generation is kept beside it.</summary>
    public async Task RotateLog()
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > LogLimit) await Account.Do("rotate the log", "mv", ["-f", Log, Log + ".1"]);
    }

    /// <summary>Whether a cluster has been made in the folder. Makes nothing.</summary>
    public static bool HoldsCluster(string folder) => File.Exists(VersionIn(folder));

    private static string ClusterIn(string folder) => Path.Combine(folder, "postgres");

    private static string DataIn(string folder) => Path.Combine(ClusterIn(folder), "data");

    private static string VersionIn(string folder) => Path.Combine(DataIn(folder), "PG_VERSION");

    private async Task HandOver()
    {
        // Only when it is root's: new, or copied from a backup. On a live cluster chown -R would trip over files that come and go.
        if (await ServerAccount.OwnerOf(Cluster) is (0, _))
        {
            var handed = await Command.Run("chown", ["-R", $"{Account.Uid}:{Account.Gid}", Cluster]);
            if (!handed.Succeeded)
                throw new PrivateServerException($"Cannot give {Cluster} to the account {Account.Name}: {handed.Output}");
        }
        if ((await Account.Run("test", ["-w", Cluster])).Succeeded) return;

        throw new PrivateServerException(
            $"The host runs as root, so PostgreSQL runs as the account {Account.Name}, and that account cannot reach {Cluster}: "
            + "a folder on the way does not let it pass. "
            + $"Allow it with chmod o+x on that folder, {_options.OtherFolder}, or start the host as an ordinary user.");
    }

    private async Task<string> MakePassword()
    {
        if (File.Exists(PasswordFile)) return Password(); // of an interrupted initdb

        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        var half = PasswordFile + ".new";
        File.Delete(half);
        var writing = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
        };
        await using (var file = new FileStream(half, writing))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(password + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(half, PasswordFile);
        await Command.Run("sync", [Folder]);
        return password;
    }
}
