using System.ComponentModel;
using System.Diagnostics;

namespace ClaimsEngine.LocalPostgres;

/// <summary>One run of a program, waited for, with everything it said.</summary>
internal sealed record Command(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Runs a program to its end; a cancelled one is killed with its children first.</summary>
    /// <param name="input">written to its standard input</param>
    /// <returns>exit code 127, as in a shell, if there is no such program</returns>
    public static async Task<Command> Run(
        string program, IEnumerable<string> arguments, string input = "", CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/" // an unprivileged account may not be able to enter the folder that the host was started in
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name); // PGDATA, PGPORT and the like are about another server of this user
        start.Environment["LC_ALL"] = "C";

        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception e)
        {
            return new(127, e.Message);
        }

        using var _ = process;
        var output = process!.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading; its exit code tells
        }

        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return new(process.ExitCode, (await output + await error).Trim());
    }
}
