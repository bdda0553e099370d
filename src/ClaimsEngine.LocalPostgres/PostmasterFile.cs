using System.Globalization;

namespace ClaimsEngine.LocalPostgres;

/// <summary>A running server, as its <c>postmaster.pid</c> tells.</summary>
internal sealed record RunningServer(int ProcessId, int Port);

/// <summary>
/// <c>postmaster.pid</c>: lines of process id, data folder, start time, port, socket folder, address, shared memory, state.
/// The file alone proves nothing: it stays behind after a kill -9, and its process id may since belong to anybody.
/// </summary>
internal sealed class PostmasterFile(string dataFolder, ServerAccount account)
{
    // Beyond any system's largest process id, yet a number that PostgreSQL accepts in this place.
    private const string NoSuchProcess = "2147483647";

    private readonly string _path = Path.Combine(dataFolder, "postmaster.pid");

    /// <summary>The server of this folder, if its process lives and really is that server.</summary>
    public RunningServer? Running() =>
        Read() is { Length: >= 4 } lines && Number(lines[0]) is { } pid && Number(lines[3]) is { } port && IsServerOfThisFolder(pid)
            ? new(pid, port)
            : null;

    /// <summary>
    /// Makes sure that what a killed server left behind does not keep the next one from starting. The file is not simply removed: it
    /// names the shared memory by which PostgreSQL notices that backends of the killed server are still at work on the same data.
    /// </summary>
    public async Task Heal()
    {
        if (Read() is not { } lines) return;

        if (lines.Length == 0 || Number(lines[0]) is null)
            await account.Do($"remove the broken {_path}", "rm", ["-f", _path]); // a crash between creating and writing it
        else if (lines[0] != NoSuchProcess && IsAlive(Number(lines[0])!.Value))
            await account.Write(_path, string.Join('\n', [NoSuchProcess, .. lines[1..]]) + "\n");
    }

    private string[]? Read()
    {
        try
        {
            return [.. File.ReadAllLines(_path).Select(l => l.Trim())];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private bool IsServerOfThisFolder(int pid)
    {
        var words = CommandLine(pid);
        return words.Length > 0 && Path.GetFileName(words[0]) is "postgres" or "postmaster" && words.Contains(dataFolder);
    }

    private static bool IsAlive(int pid) => CommandLine(pid).Length > 0 || Directory.Exists($"/proc/{pid}");

    // The command line is readable to everyone, while /proc/PID/exe and cwd of another account are not, even to root in a container.
    private static string[] CommandLine(int pid)
    {
        try
        {
            if (Directory.Exists("/proc/self"))
                return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

            var ps = Command.Run("ps", ["-p", pid.ToString(CultureInfo.InvariantCulture), "-o", "command="]).GetAwaiter().GetResult();
            return ps.Output.Split(" -D ") is [var program, var rest] ? [program, rest.Split(" -")[0].Trim()] : ps.Output.Split(' ');
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && !Directory.Exists($"/proc/{pid}")))
        {
            return []; // Any other failure is thrown: without file handles a server that lives would look dead.
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
