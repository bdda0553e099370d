namespace ClaimsEngine.Units;

public sealed record UnitRow(
    [property: Column("code of the unit")] string Code,
    string Name,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("people, as last counted")] int Staff,
    [property: Column("women among them")] int Women);

public static class UnitList
{
    public static readonly ReadModel<UnitRow> Model =
        new("units", "Units (employers and grassroots unions) whose people are enrolled together", Unit.StreamType, Evolve, "region", "code");

    public static UnitRow? Evolve(UnitRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        UnitRegistered e => new UnitRow(e.Unit, e.Name, e.Region, e.Staff, e.Women),
        StaffCounted e when row is not null => row with { Staff = e.Staff, Women = e.Women },
        _ => row,
    };
}
