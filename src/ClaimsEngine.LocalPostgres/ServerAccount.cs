using System.Globalization;

namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// The account that PostgreSQL runs under: the host's own, or an unprivileged one when the host is root, because PostgreSQL refuses
/// to run as root. Whatever happens inside the cluster's folder is done by commands of this account, never by root.
/// </summary>
internal sealed record ServerAccount(string Name, uint Uid, uint Gid, bool IsOwn)
{
    /// <summary>As root: who owns the cluster already, else <c>postgres</c>, else <c>nobody</c>.</summary>
    /// <param name="clusterFolder">may not exist yet</param>
    public static async Task<ServerAccount> For(string clusterFolder, PrivateServerOptions options)
    {
        if (!Environment.IsPrivilegedProcess) return new(Environment.UserName, 0, 0, IsOwn: true);

        var accounts = Accounts();
        if (Directory.Exists(clusterFolder) && await OwnerOf(clusterFolder) is var (uid, gid) && uid != 0)
            return accounts.Find(a => a.Uid == uid) is { } owner ? owner with { Gid = gid } : new($"uid {uid}", uid, gid, IsOwn: false);

        return accounts.Find(a => a.Name == "postgres") ?? accounts.Find(a => a.Name == "nobody") ?? throw new PrivateServerException(
            "The host runs as root, PostgreSQL never does, and there is neither an account postgres nor nobody to run it under. "
            + $"Start the host as an ordinary user, or {options.OtherServer}.");
    }

    /// <summary>Runs a program as this account.</summary>
    public async Task<Command> Run(
        string program, IEnumerable<string> arguments, string input = "", CancellationToken cancellation = default)
    {
        if (IsOwn) return await Command.Run(program, arguments, input, cancellation);

        var run = await Command.Run(
            "setpriv", [$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--", program, .. arguments], input, cancellation);
        return run.ExitCode == 127 && !HasProgram("setpriv")
            ? await Command.Run("runuser", ["-u", Name, "--", program, .. arguments], input, cancellation)
            : run;
    }

    /// <summary>Runs a program as this account and insists on its success.</summary>
    /// <param name="purpose">completes "could not …"</param>
    public async Task Do(
        string purpose, string program, IEnumerable<string> arguments, string input = "", CancellationToken cancellation = default)
    {
        var run = await Run(program, arguments, input, cancellation);
        if (!run.Succeeded) throw new PrivateServerException($"Could not {purpose} (as {Name}): {run.Output}");
    }

    /// <summary>Writes a file that only this account can read.</summary>
    public Task Write(string path, string text) =>
        Do($"write {path}", "sh", ["-c", "umask 077 && cat > \"$1\"", "sh", path], text);

    private static List<ServerAccount> Accounts() =>
    [
        .. from line in File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd") : []
           let field = line.Split(':')
           where field.Length >= 4 && uint.TryParse(field[2], out _) && uint.TryParse(field[3], out _)
           select new ServerAccount(field[0], Number(field[2]), Number(field[3]), IsOwn: false)
    ];

    public static async Task<(uint Uid, uint Gid)?> OwnerOf(string folder)
    {
        var list = await Command.Run("ls", ["-nd", folder]);
        var field = list.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return list.Succeeded && field.Length > 4 ? (Number(field[2]), Number(field[3])) : null;
    }

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, name)));

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
