namespace ClaimsEngine.Payouts;

/// <summary>The engine does what a schedule says, once a day: the event stands on the schedule's own stream, so that of several processes
/// that try at once one alone stores it.</summary>
public sealed record FollowPaymentSchedule(PaymentScheduleId Schedule) : Command;

public static class FollowPaymentScheduleHandler
{
    public sealed record Case(PaymentSchedule Schedule, PayoutsFound Found, PaymentBatchId Batch);

    public static async Task<Case> LoadAsync(FollowPaymentSchedule command, IUseCaseContext context)
    {
        var schedule = await context.Get<PaymentSchedule>(command.Schedule.Value);
        var found = schedule.IsDue(context.Now.InBusinessZone())
            ? await PayoutsFound.By(schedule.Filter with { Region = schedule.Region }, schedule.Most, context)
            : new PayoutsFound([], new LeftOut(0, 0, 0, 0));
        return new Case(schedule, found, new PaymentBatchId(context.NewId()));
    }

    public static Decision Handle(FollowPaymentSchedule command, Case @case, Actor by, LocalDate today, Instant now)
    {
        var (schedule, found, batch) = @case;
        if (!schedule.IsDue(now.InBusinessZone())) return Decision.Nothing;
        if (found.Payouts.Count == 0)
            return Decision.On(schedule, new PaymentScheduleFollowed(today, null, 0, found.LeftOut, by.Id));
        var origin = new BatchOrigin(schedule.By, schedule.OnBehalfOf, schedule.Filter, found.LeftOut, schedule.Id);
        return Decision.On(schedule, new PaymentScheduleFollowed(today, batch, found.Payouts.Count, found.LeftOut, by.Id))
            .And(AssemblePaymentBatchHandler.Together(found.Payouts, origin, batch, today));
    }
}
