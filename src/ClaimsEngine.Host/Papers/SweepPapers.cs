using ClaimsEngine.Storage.Papers;
using Wolverine;
using Wolverine.Attributes;

namespace ClaimsEngine.Host.Papers;

/// <summary>Time to delete uploads that nobody goes on with, and what killed processes left of files. Kept scheduled by Wolverine, one for
/// all processes.</summary>
public sealed record SweepPapers
{
    public const string EveryHour = "35 * * * *";

    /// <summary>An upload that nothing was added to for so long is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>No process needs so long between storing a file and telling of it.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(1);

    public static void Configure(WolverineOptions wolverine) => wolverine.Schedules.ScheduleRecurring<SweepPapers>(EveryHour);
}

public static class SweepPapersHandler
{
    [MessageTimeout(3_600)]
    public static async Task Handle(SweepPapers message, Uploads uploads, PaperDesk desk, CancellationToken cancellation)
    {
        await uploads.Sweep(SweepPapers.Patience, cancellation);
        await desk.Sweep(SweepPapers.Age, cancellation);
    }
}
