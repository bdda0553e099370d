using ClaimsEngine.Payouts;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using Npgsql;
using Wolverine;
using Wolverine.Attributes;

namespace ClaimsEngine.Host.Commands;

/// <summary>Time to look for schedules of batches that are due. Wolverine keeps the next one scheduled in the database, one for all
/// processes.</summary>
public sealed record CheckPaymentSchedules
{
    /// <summary>A schedule names a minute; a batch that is made five minutes after it is in time for a person who releases it.</summary>
    public const string EveryFiveMinutes = "*/5 * * * *";

    public static void Configure(WolverineOptions wolverine) =>
        wolverine.Schedules.ScheduleRecurring<CheckPaymentSchedules>(EveryFiveMinutes);
}

public static class CheckPaymentSchedulesHandler
{
    [MessageTimeout(3_600)]
    public static Task Handle(CheckPaymentSchedules message, PaymentScheduleWatch watch, CancellationToken cancellation) =>
        watch.Run(cancellation);
}

/// <summary>Follows the schedules that are due. What is due is asked again by the command itself, on the schedule's own stream, so that a
/// second process finds it done.</summary>
public sealed partial class PaymentScheduleWatch(ClaimsStorage storage, CommandDesk desk, IClock clock, ILogger<PaymentScheduleWatch> log)
{
    private static readonly IUseCase UseCase =
        Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == typeof(FollowPaymentSchedule));

    /// <returns>how many schedules were followed</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var followed = 0;
        foreach (var (schedule, region) in await Waiting(cancellation))
        {
            var by = new Actor(EngineActors.PaymentSchedules, [Role.Finance], region);
            var values = new Dictionary<string, string> { ["schedule"] = schedule.ToString() };
            var path = UseCase.Route.Replace("{schedule}", schedule.ToString(), StringComparison.Ordinal);
            var request = new CommandRequest(
                UseCase, path, values, default, by, VersionMatch.Any, null, $"payment-schedule/{schedule}");
            try
            {
                var answer = await desk.Execute(request, cancellation);
                if (answer is Done { Position: > 0 }) followed++;
                if (answer is NotDone no) NotFollowed(schedule, no.Rule.Code);   // the next round tries again
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                NotFollowed(schedule, exception.GetType().Name);   // one schedule holds no other up
            }
        }
        return followed;
    }

    /// <summary>Schedules that were not yet followed today; whether it is their time they say themselves.</summary>
    private async Task<List<(Guid Schedule, RegionCode Region)>> Waiting(CancellationToken cancellation)
    {
        var today = clock.GetCurrentInstant().Date();
        await using var command = storage.Sessions.Listing.CreateCommand($"""
            SELECT id, region FROM {storage.Options.ReadSchema}.{PaymentScheduleList.Model.Table}
            WHERE recorded_to = 'infinity' AND NOT ended AND (last_day IS NULL OR last_day < $1) ORDER BY id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = today.ToDateOnly() });
        var waiting = new List<(Guid, RegionCode)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) waiting.Add((reader.GetGuid(0), RegionCode.Of(reader.GetString(1))));
        return waiting;
    }

    [LoggerMessage(LogLevel.Warning, "Schedule {Schedule} of batches could not be followed ({Rule}); the next round tries again")]
    private partial void NotFollowed(Guid schedule, string rule);
}
