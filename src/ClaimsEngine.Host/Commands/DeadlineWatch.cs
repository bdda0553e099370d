using ClaimsEngine.Claims;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using Npgsql;
using Wolverine;
using Wolverine.Attributes;

namespace ClaimsEngine.Host.Commands;

/// <summary>Time to look for deadlines that have passed. Wolverine keeps the next one scheduled in the database, one for all processes. It
/// survives them, and one that is late is sent when a process is there again.</summary>
public sealed record CheckDeadlines
{
    /// <summary>A day ends at midnight in Asia/Shanghai, 16:00 UTC; every hour, so that nothing waits a day when one was missed.</summary>
    public const string EveryHour = "5 * * * *";

    public static void Configure(WolverineOptions wolverine) => wolverine.Schedules.ScheduleRecurring<CheckDeadlines>(EveryHour);
}

public static class CheckDeadlinesHandler
{
    [MessageTimeout(3_600)]
    public static Task Handle(CheckDeadlines message, DeadlineWatch watch, CancellationToken cancellation) => watch.Run(cancellation);
}

/// <summary>Finds the claims whose deadline has passed, in the claims' read model, and tells each of them by the command that an officer
/// may give too. A claim that moved on meanwhile refuses, and one that was told before changes nothing.</summary>
public sealed class DeadlineWatch(ClaimsStorage storage, CommandDesk desk, IClock clock)
{
    private const int Page = 500;

    private static readonly Actor Clock = new(EngineActors.Deadlines, [Role.Officer], RegionCode.National);

    private static readonly IUseCase UseCase =
        Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == typeof(PassDeadline));

    /// <returns>how many claims were told</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var (today, told, after) = (clock.GetCurrentInstant().Date(), 0, (Due: new LocalDate(1, 1, 1), Claim: Guid.Empty));
        while (true)
        {
            var late = await Late(today, after, cancellation);
            foreach (var (_, claim) in late)
            {
                var values = new Dictionary<string, string> { ["claim"] = claim.ToString() };
                var path = UseCase.Route.Replace("{claim}", claim.ToString(), StringComparison.Ordinal);
                var request = new CommandRequest(UseCase, path, values, default, Clock, VersionMatch.Any, null, $"deadline/{claim}");
                if (await desk.Execute(request, cancellation) is Done { Position: > 0 }) told++;
            }
            if (late.Count < Page) return told;
            after = late[^1];
        }
    }

    private async Task<List<(LocalDate Due, Guid Claim)>> Late(
        LocalDate today, (LocalDate Due, Guid Claim) after, CancellationToken cancellation)
    {
        await using var command = storage.Sessions.Listing.CreateCommand($"""
            SELECT due_on, id FROM {storage.Options.ReadSchema}.{ClaimBoard.Model.Table}
            WHERE recorded_to = 'infinity' AND due_on < $1 AND NOT deadline_passed AND (due_on, id) > ($2, $3)
            ORDER BY due_on, id LIMIT {Page}
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = today.ToDateOnly() });
        command.Parameters.Add(new NpgsqlParameter { Value = after.Due.ToDateOnly() });
        command.Parameters.Add(new NpgsqlParameter { Value = after.Claim });
        var late = new List<(LocalDate, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            late.Add((LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(0)), reader.GetGuid(1)));
        return late;
    }
}
