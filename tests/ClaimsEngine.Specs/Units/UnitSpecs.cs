namespace ClaimsEngine.Specs.Units;

public class UnitSpecs
{
    private static readonly RegisterUnit TheUnit = new(UnitCode, "样例运输有限公司", Liangzhou, 120, 40);

    [Fact]
    public void A_unit_is_registered_under_its_code()
    {
        RegisterUnitHandler.Handle(TheUnit, null, Officer).Decides(Listed());
        Assert.Equal(UnitId.Of(UnitCode).Value, AUnit().StreamId);
        Assert.Equal(Liangzhou, AUnit().Scope);
    }

    [Fact]
    public void The_same_again_changes_nothing_and_other_content_is_refused()
    {
        RegisterUnitHandler.Handle(TheUnit, AUnit(), Officer).ChangesNothing();
        RegisterUnitHandler.Handle(TheUnit with { Name = "另一样例公司" }, AUnit(), Officer).IsRefused(Refuse.UnitExists, "code");
        RegisterUnitHandler.Handle(TheUnit with { Staff = 121 }, AUnit(), Officer).IsRefused(Refuse.UnitExists, "code");
        RegisterUnitHandler.Handle(TheUnit, AUnit().After(new StaffCounted(130, 41, Officer.Id)), Officer).IsRefused(Refuse.UnitExists, "code");
    }

    [Fact]
    public void An_officer_registers_units_only_in_his_region() =>
        RegisterUnitHandler.Handle(TheUnit with { Region = Lanzhou }, null, Officer).IsRefused(Refuse.OutsideRegion, "region");

    [Fact]
    public void Staff_is_counted_again_and_the_same_count_changes_nothing()
    {
        var counted = CountStaffHandler.Handle(new CountStaff(UnitCode, 130, 41), AUnit(), Officer);
        counted.Decides(new StaffCounted(130, 41, Officer.Id));
        CountStaffHandler.Handle(new CountStaff(UnitCode, 130, 41), AUnit().After(counted), Officer).ChangesNothing();
    }

    [Fact]
    public void A_unit_and_its_count_have_a_shape()
    {
        Assert.Empty(TheUnit.BrokenFields());
        var all = TheUnit with { Code = "单位 1", Name = " ", Region = RegionCode.National, Staff = 0, Women = -1 };
        Assert.Equal(["code", "name", "region", "staff", "women"], all.BrokenFields().Distinct().Order());
        Assert.Equal(["code"], (TheUnit with { Code = new string('A', 41) }).BrokenFields());
        Assert.Empty((TheUnit with { Code = new string('A', 40) }).BrokenFields());
        Assert.Equal(["women"], (TheUnit with { Women = 121 }).BrokenFields());
        Assert.Equal(["women"], new CountStaff(UnitCode, 10, 11).BrokenFields());
        Assert.Equal(["staff", "women"], new CountStaff(UnitCode, 0, 1).BrokenFields());
    }

    [Fact]
    public void An_enrolment_joins_the_units_cover_of_its_plan_or_programme_until_that_has_ended()
    {
        var ofProgramme = CoveredTogether();
        var ofPlan = CoveredTogether(programme: null);
        var next = CoveredTogether(new LocalDate(2026, 1, 1));
        var unit = AUnit().After(ofProgramme, ofPlan, next);
        Assert.Equal(next, unit.CoverOf(PlanCode, ProgrammeCode, new LocalDate(2026, 2, 1)));
        Assert.Equal(ofPlan, unit.CoverOf(PlanCode, null, new LocalDate(2025, 12, 31)));
        Assert.Null(unit.CoverOf(PlanCode, null, new LocalDate(2026, 1, 1)));
        Assert.Null(unit.CoverOf("another-plan", null, new LocalDate(2025, 6, 1)));
    }

    [Fact]
    public void On_record_a_unit_is_registered_once_and_seen_in_its_region()
    {
        var world = new World();
        world.Do(Officer, TheUnit).The<UnitRegistered>();
        world.Do(Officer, TheUnit).ChangesNothing();
        world.Do(Officer, new CountStaff(UnitCode, 121, 40)).The<StaffCounted>();
        world.Do(Officer with { Region = Lanzhou }, new CountStaff(UnitCode, 122, 40)).IsRefused(Refuse.NoSuch);
    }
}
