namespace ClaimsEngine.Payouts;

/// <summary>From now on a batch is made of what fits the filter, on these days at this time. A person releases it.</summary>
/// <param name="Region">that of who made it, or a smaller one: nothing outside is batched</param>
/// <param name="Days">of the week; all seven where empty</param>
/// <param name="Time">HH:mm in Asia/Shanghai</param>
/// <param name="Most">payouts of one batch</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record PaymentScheduleOpened(
    PaymentScheduleId Schedule, string Name, RegionCode Region, PayoutFilter Filter, IReadOnlyList<IsoDayOfWeek> Days,
    string Time, int Most, string By, string? OnBehalfOf = null);

/// <summary>The engine has done what the schedule says, once for the day.</summary>
/// <param name="Batch">that was made; null where nothing could be batched</param>
public sealed record PaymentScheduleFollowed(LocalDate Day, PaymentBatchId? Batch, int Payouts, LeftOut LeftOut, string By);

public sealed record PaymentScheduleEnded(string Reason, string By);
