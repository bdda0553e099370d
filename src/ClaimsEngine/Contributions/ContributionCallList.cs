namespace ClaimsEngine.Contributions;

public sealed record ContributionCallRow(
    [property: Column("number printed on the call")] string Number,
    [property: Column("open or closed")] CallStatus Status,
    [property: Column("code of the plan")] string Plan,
    [property: Column("code of the programme")] string Programme,
    [property: Column("word for word as in the funding")] string Payer,
    [property: Column("code of the employer whose certificates are called for; null for all")] string? Employer,
    [property: Column("smallest GB/T 2260 region that holds all its certificates")] RegionCode Region,
    [property: Column("certificates")] int Count,
    [property: Column("what is called for, in fen")] Money Total,
    [property: Column("business date, Asia/Shanghai")] LocalDate CalledOn,
    [property: Column("last day in time, Asia/Shanghai")] LocalDate DueOn);

public static class ContributionCallList
{
    public static readonly ReadModel<ContributionCallRow> Model = new(
        "contribution_calls", "Calls for contributions (缴费通知)", ContributionCall.StreamType, Evolve, "status, region, id", "programme");

    public static ContributionCallRow? Evolve(ContributionCallRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        ContributionCalled e => new ContributionCallRow(
            e.Number, CallStatus.Open, e.Plan, e.Programme, e.Payer, e.Employer, e.Region, e.Count, e.Total, e.CalledOn, e.DueOn),
        ContributionCallClosed when row is not null => row with { Status = CallStatus.Closed },
        _ => row,
    };
}
