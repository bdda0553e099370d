namespace ClaimsEngine.Specs.Enrolments;

/// <summary>What a plan asks of the people of one unit together: the same units, the time to join, a unit at all, and how many take part.</summary>
public class UnitRulesSpecs
{
    private static readonly Enrol OfTheUnit = new(Journey.TheDriver, ProgrammeCode, Unit: UnitCode);

    [Fact]
    public void The_first_of_a_unit_begins_its_cover_and_later_ones_join_it()
    {
        var first = Handle(OfTheUnit, AUnit());
        Assert.Equal(CoveredTogether(), first.The<UnitCovered>());
        Assert.Equal(UnitCode, first.The<EnrolmentStarted>().Unit);
        var second = Handle(OfTheUnit, AUnit().After(first));
        Assert.DoesNotContain(second.Events, fact => fact is UnitCovered);
        Assert.DoesNotContain(second.Changes, change => change is StreamChange<Unit>);
    }

    [Fact]
    public void Who_joins_later_is_covered_until_the_units_own_last_day()
    {
        var began = CoveredTogether(new LocalDate(2025, 10, 1), programme: null);
        var started = Directly(AUnit().After(began)).The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 11, 21), began.To), (started.CoverFrom, started.CoverTo));
    }

    [Fact]
    public void When_the_units_cover_has_ended_another_begins()
    {
        var ended = CoveredTogether(new LocalDate(2024, 10, 1), programme: null);
        var decision = Directly(AUnit().After(ended));
        Assert.Equal((new LocalDate(2025, 11, 21), new LocalDate(2026, 11, 20)), (decision.The<UnitCovered>().From, decision.The<UnitCovered>().To));
    }

    [Fact]
    public void Everybody_of_a_unit_holds_the_same_number_of_units_where_the_plan_says_so()
    {
        var unit = AUnit().After(CoveredTogether(units: 2, programme: null));
        var same = APlanWith(ACardOfDirectEntry(card => { card["eligibility"]!["sameUnitsPerEmployer"] = true; card["eligibility"]!["maxUnits"] = 3; }));
        Directly(unit, same, units: 1).IsRefused(Refuse.UnitsDiffer, "units");
        Assert.Equal(2, Directly(unit, same, units: 2).The<EnrolmentStarted>().Units);
        Directly(AUnit(), same, units: 3).The<UnitCovered>();
        var free = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["maxUnits"] = 3));
        Directly(unit, free, units: 1).The<EnrolmentStarted>();
    }

    [Fact]
    public void What_is_void_above_the_limit_does_not_count_as_another_number()
    {
        var plan = APlanWith(ACardOfDirectEntry(card =>
        {
            card["eligibility"]!["sameUnitsPerEmployer"] = true;
            card["eligibility"]!["maxUnits"] = 2;
            card["eligibility"]!["excessUnits"] = "void";
        }));
        Directly(AUnit().After(CoveredTogether(units: 2, programme: null)), plan, units: 5).The<EnrolmentStarted>();
    }

    [Theory]
    [InlineData("2025-11-10", null, true)]       // the tenth day
    [InlineData("2025-11-09", null, false)]
    [InlineData("2025-11-09", "2025-09-20", true)]
    [InlineData("2025-11-09", "2025-09-19", false)]
    [InlineData("2025-11-09", "2025-11-20", true)]
    [InlineData("2025-11-09", "2025-11-21", false)]   // not hired yet
    [InlineData("2025-11-21", null, true)]       // the unit's cover is about to begin
    public void Ten_days_after_the_start_only_new_hires_of_two_months_join(string began, string? hired, bool joins)
    {
        var plan = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["entry"] = new JsonObject { ["lateJoinerDays"] = 10, ["newHireMonths"] = 2 }));
        var decision = Directly(AUnit().After(CoveredTogether(Day(began), programme: null)), plan, hired: hired is null ? null : Day(hired));
        if (joins) decision.The<EnrolmentStarted>();
        else decision.IsRefused(Refuse.EntryWindowClosed, "hiredOn");
    }

    [Fact]
    public void Where_the_plan_knows_no_new_hires_nobody_joins_after_the_window()
    {
        var plan = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["entry"] = new JsonObject { ["lateJoinerDays"] = 10 }));
        Directly(AUnit().After(CoveredTogether(new LocalDate(2025, 10, 1), programme: null)), plan, hired: Today).IsRefused(Refuse.EntryWindowClosed, "hiredOn");
    }

    [Fact]
    public void A_person_belongs_to_a_unit_of_the_same_place()
    {
        Handle(OfTheUnit with { Person = Journey.TheDriver with { Region = RegionCode.Of("620621") } }, AUnit(), Assessor).IsRefused(Refuse.UnitElsewhere, "person.region");
        Handle(OfTheUnit with { Person = Journey.TheDriver with { Region = Wuwei } }, AUnit(), Assessor).The<EnrolmentStarted>();
    }

    [Fact]
    public void Where_nobody_enters_alone_a_unit_must_be_named()
    {
        var plan = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["entry"] = new JsonObject { ["individual"] = false }));
        EnrolHandler.Handle(new Enrol(Journey.TheDriver, Plan: PlanCode), plan, null, Known(DriverId), null, Officer, Today, TheEnrolment).IsRefused(Refuse.UnitRequired, "unit");
        Directly(AUnit(), plan).The<EnrolmentStarted>();
    }

    [Fact]
    public void On_record_a_unit_must_be_known_in_the_officers_region_and_a_second_unit_is_told_why()
    {
        var world = World.WithAProgramme();
        world.Do(Officer, OfTheUnit).IsRefused(Refuse.UnknownUnit, "unit");
        world.Do(Officer, new RegisterUnit(UnitCode, "样例运输有限公司", Liangzhou, 120, 40)).The<UnitRegistered>();
        world.Do(Officer with { Region = Lanzhou }, OfTheUnit).IsRefused(Refuse.UnknownUnit, "unit");
        world.Do(Officer, OfTheUnit).The<UnitCovered>();
        world.Do(Officer, new RegisterUnit("SAMPLE-0002", "样例物流有限公司", Liangzhou, 10, 4)).The<UnitRegistered>();
        Assert.Contains("another unit", world.Do(Officer, OfTheUnit with { Unit = "SAMPLE-0002" }).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber").Detail);
        Assert.DoesNotContain("another unit", world.Do(Officer, OfTheUnit).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber").Detail);
        Assert.Equal(["unit"], (OfTheUnit with { Unit = "单位" }).BrokenFields());
    }

    [Theory]
    [InlineData(80, null, 95, 79.1, false)]
    [InlineData(80, null, 96, 80.0, true)]
    [InlineData(80, 121, 119, 99.1, false)]
    [InlineData(80, 121, 120, 100.0, true)]
    [InlineData(80, 120, 96, 80.0, true)]    // not below 120
    [InlineData(80, null, 130, 108.3, true)]
    public void Participation_is_measured_by_the_staff_and_small_units_enrol_everyone(int percent, int? everyoneBelow, int enrolled, double reached, bool enough)
    {
        var participation = UnitRules.Reached(new Participation(percent, EveryoneBelow: everyoneBelow), AUnit(), enrolled);
        Assert.Equal((120, (decimal)reached, everyoneBelow > 120 ? 100 : percent, enough),
            (participation.Of, participation.Percent, participation.Required, participation.IsEnough()));
    }

    [Fact]
    public void Participation_of_women_is_measured_by_the_women()
    {
        Assert.Equal((40, 50m, true), (UnitRules.Reached(new Participation(50, ParticipationBase.Women), AUnit(), 20) is var half ? half.Of : 0, half.Percent, half.IsEnough()));
        Assert.True(UnitRules.Reached(new Participation(50, ParticipationBase.Women), Fold<Unit>(Listed(women: 0)), 0).IsEnough());
    }

    private static Decision Handle(Enrol command, Unit unit, Actor? by = null) =>
        EnrolHandler.Handle(command, APlan(), AProgramme(), Known(DriverId), null, by ?? Officer, Today, TheEnrolment, unit);

    private static Decision Directly(Unit unit, Plan? plan = null, int units = 1, LocalDate? hired = null) => EnrolHandler.Handle(
        new Enrol(Journey.TheDriver, Plan: PlanCode, Units: units, Unit: UnitCode, HiredOn: hired), plan ?? APlanWith(ACardOfDirectEntry()), null,
        Known(DriverId), null, Officer, Today, TheEnrolment, unit);
}
