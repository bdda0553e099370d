using NodaTime.Text;

namespace ClaimsEngine.Payouts;

/// <summary>Says when batches are made without a person, and of what. It only assembles: releasing stays a person's.</summary>
/// <param name="Days">of the week; all seven where empty</param>
/// <param name="Time">HH:mm in Asia/Shanghai</param>
/// <param name="LastDay">the last day on which it was followed; null for none</param>
/// <param name="LastBatch">that was made then; null where nothing could be batched</param>
public sealed record PaymentSchedule(
    PaymentScheduleId Id, string Name, RegionCode Region, PayoutFilter Filter, IReadOnlyList<IsoDayOfWeek> Days, string Time, int Most,
    string By, string? OnBehalfOf, bool Ended, LocalDate? LastDay, PaymentBatchId? LastBatch)
    : AggregateState, IAggregate<PaymentSchedule>
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static string StreamType => "payment_schedule";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Whether the text is a time of day, HH:mm.</summary>
    public static bool IsTime(string? text) => text is not null && Clock.Parse(text).Success;

    /// <summary>Whether it is to be followed now: on one of its days, at its time or later, and not yet that day. A day that passes while
    /// no process is there is not made up for: the next batch takes what is due.</summary>
    public bool IsDue(LocalDateTime now) => !Ended && !(LastDay >= now.Date) && (Days.Count == 0 || Days.Contains(now.DayOfWeek))
        && now.TimeOfDay >= Clock.Parse(Time).Value;

    public static PaymentSchedule? Evolve(PaymentSchedule? state, object @event) => @event switch
    {
        PaymentScheduleOpened e => new PaymentSchedule(
            e.Schedule, e.Name, e.Region, e.Filter, e.Days, e.Time, e.Most, e.By, e.OnBehalfOf, false, null, null),
        _ when state is null => null,
        PaymentScheduleFollowed e => state with { LastDay = e.Day, LastBatch = e.Batch },
        PaymentScheduleEnded => state with { Ended = true },
        _ => state,
    };
}

public sealed record PaymentScheduleRow(
    string Name,
    [property: Column("GB/T 2260 code or prefix: nothing outside is batched")] RegionCode Region,
    [property: Column("HH:mm in Asia/Shanghai")] string Time,
    [property: Column("it makes no more batches")] bool Ended,
    [property: Column("last day on which it was followed, Asia/Shanghai")] LocalDate? LastDay,
    [property: Column("batch that was made then; null where nothing could be batched")] PaymentBatchId? LastBatch);

public static class PaymentScheduleList
{
    public static readonly ReadModel<PaymentScheduleRow> Model = new(
        "payment_schedules", "Schedules by which batches are made", PaymentSchedule.StreamType, Evolve, "ended");

    public static PaymentScheduleRow? Evolve(PaymentScheduleRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        PaymentScheduleOpened e => new PaymentScheduleRow(e.Name, e.Region, e.Time, false, null, null),
        _ when row is null => null,
        PaymentScheduleFollowed e => row with { LastDay = e.Day, LastBatch = e.Batch },
        PaymentScheduleEnded => row with { Ended = true },
        _ => row,
    };
}
