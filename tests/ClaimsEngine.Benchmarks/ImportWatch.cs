using System.Diagnostics;
using ClaimsEngine.Storage.Bulk;

namespace ClaimsEngine.Benchmarks;

/// <summary>When the first and the last fifth of an import were stored, and how much memory this process took at most.</summary>
internal sealed class ImportWatch(int rows) : IProgress<ImportState>
{
    private (long Rows, TimeSpan At) first, last;
    private long shown;

    public Stopwatch Clock { get; } = Stopwatch.StartNew();

    /// <summary>MiB at most.</summary>
    public double Memory { get; private set; }

    public void Report(ImportState value) => Told(value.Rows);

    public void Told(long done)
    {
        if (first == default || done <= rows / 5) first = (done, Clock.Elapsed);
        if (done <= rows / 5 * 4L) last = (done, Clock.Elapsed);
        if (done * 10 / rows == shown) return;
        shown = done * 10 / rows;
        Look();
        System.Console.Error.WriteLine($"{done:N0} enrolments after {Clock.Elapsed.TotalSeconds:0.0} s, {Memory:0} MiB");
    }

    public void Look()
    {
        using var process = Process.GetCurrentProcess();
        Memory = Math.Max(Memory, process.WorkingSet64 / 1024.0 / 1024.0);
    }

    /// <summary>The rate of the last fifth as a part of the rate of the first one.</summary>
    public double Tail(TimeSpan end) => (rows - last.Rows) / (end - last.At).TotalSeconds / (first.Rows / first.At.TotalSeconds);
}
