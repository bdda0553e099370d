namespace ClaimsEngine.Units;

public static class UnitsModule
{
    public static Module Create() => new Module("units")
        .Stores(typeof(UnitRegistered), typeof(StaffCounted), typeof(UnitCovered))
        .Creates<RegisterUnit, Unit>("/api/units", Role.Officer, RegisterUnitHandler.Run, "Register a unit whose people are enrolled together")
        .On<CountStaff, Unit>("/api/units/{unit}/staff", Role.Officer, c => UnitId.Of(c.Unit).Value, CountStaffHandler.Run, "Tell how many people a unit has")
        .Shows<Unit, UnitView>("/api/units/{unit}", code => UnitId.Of(code).Value, unit => $"/api/units/{unit.Code}", UnitView.Of, "A unit and its covers",
            Role.Officer, Role.Approver, Role.Finance, Role.Auditor)
        .Projects(UnitList.Model)
        .Offers(new ListRoute("/api/units", UnitList.Model, nameof(UnitRow.Region), "The units", [Role.Officer, Role.Approver, Role.Finance, Role.Auditor],
            new ListFilter("code", nameof(UnitRow.Code)),
            new ListFilter("region", nameof(UnitRow.Region), ListMatch.RegionPrefix)));
}

public sealed record UnitView(string Code, string Name, RegionCode Region, string RegionName, int Staff, int Women, IReadOnlyList<UnitCoverView> Covers)
{
    public static Task<UnitView> Of(Unit unit, IRecords records) => Task.FromResult(new UnitView(
        unit.Code, unit.Name, unit.Region, unit.Region.Name, unit.Staff, unit.Women,
        [.. unit.Covers.Select(cover => new UnitCoverView(cover.Plan, cover.Programme, cover.From, cover.To, cover.Units))]));
}

/// <param name="Units">that the first one of the unit holds</param>
public sealed record UnitCoverView(string Plan, string? Programme, LocalDate From, LocalDate To, int Units);
