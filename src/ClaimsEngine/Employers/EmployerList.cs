namespace ClaimsEngine.Employers;

public sealed record EmployerRow(
    [property: Column("code of the employer")] string Code,
    string Name,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("people, as last counted")] int Staff,
    [property: Column("women among them")] int Women);

public static class EmployerList
{
    public static readonly ReadModel<EmployerRow> Model =
        new("employers", "Employers and grassroots unions (单位) whose people are enrolled together", Employer.StreamType,
            Evolve, "region", "code");

    public static EmployerRow? Evolve(EmployerRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        EmployerRegistered e => new EmployerRow(e.Employer, e.Name, e.Region, e.Staff, e.Women),
        StaffCounted e when row is not null => row with { Staff = e.Staff, Women = e.Women },
        _ => row,
    };
}
