namespace ClaimsEngine.Specs.Enrolments;

/// <summary>What a plan asks of the people of one employer together: the same units, the time to join, an employer at all, and how many
/// take part.</summary>
public class EmployerRulesSpecs
{
    private static readonly Enrol OfTheEmployer = new(Journey.TheDriver, ProgrammeCode, Employer: EmployerCode);

    [Fact]
    public void The_first_of_an_employer_begins_its_cover_and_later_ones_join_it()
    {
        var first = Handle(OfTheEmployer, AnEmployer());
        Assert.Equal(CoveredTogether(), first.The<EmployerCovered>());
        Assert.Equal(EmployerCode, first.The<EnrolmentStarted>().Employer);
        var second = Handle(OfTheEmployer, AnEmployer().After(first));
        Assert.DoesNotContain(second.Events, fact => fact is EmployerCovered);
        Assert.DoesNotContain(second.Changes, change => change is StreamChange<Employer>);
    }

    [Fact]
    public void Who_joins_later_is_covered_until_the_employers_own_last_day()
    {
        var began = CoveredTogether(new LocalDate(2025, 10, 1), programme: null);
        var started = Directly(AnEmployer().After(began)).The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 11, 21), began.To), (started.CoverFrom, started.CoverTo));
    }

    [Fact]
    public void When_the_employers_cover_has_ended_another_begins()
    {
        var ended = CoveredTogether(new LocalDate(2024, 10, 1), programme: null);
        var decision = Directly(AnEmployer().After(ended));
        Assert.Equal((new LocalDate(2025, 11, 21), new LocalDate(2026, 11, 20)),
            (decision.The<EmployerCovered>().From, decision.The<EmployerCovered>().To));
    }

    [Fact]
    public void Everybody_of_an_employer_holds_the_same_number_of_units_where_the_plan_says_so()
    {
        var employer = AnEmployer().After(CoveredTogether(units: 2, programme: null));
        var same = APlanWith(ACardOfDirectEntry(card =>
            { card["eligibility"]!["sameUnitsPerEmployer"] = true; card["eligibility"]!["maxUnits"] = 3; }));
        Directly(employer, same, units: 1).IsRefused(Refuse.UnitsDiffer, "units");
        Assert.Equal(2, Directly(employer, same, units: 2).The<EnrolmentStarted>().Units);
        Directly(AnEmployer(), same, units: 3).The<EmployerCovered>();
        var free = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["maxUnits"] = 3));
        Directly(employer, free, units: 1).The<EnrolmentStarted>();
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
        Directly(AnEmployer().After(CoveredTogether(units: 2, programme: null)), plan, units: 5).The<EnrolmentStarted>();
    }

    [Theory]
    [InlineData("2025-11-10", null, true)]       // the tenth day
    [InlineData("2025-11-09", null, false)]
    [InlineData("2025-11-09", "2025-09-20", true)]
    [InlineData("2025-11-09", "2025-09-19", false)]
    [InlineData("2025-11-09", "2025-11-20", true)]
    [InlineData("2025-11-09", "2025-11-21", false)]   // not hired yet
    [InlineData("2025-11-21", null, true)]       // the employer's cover is about to begin
    public void Ten_days_after_the_start_only_new_hires_of_two_months_join(string began, string? hired, bool joins)
    {
        var plan = APlanWith(ACardOfDirectEntry(card =>
            card["eligibility"]!["entry"] = new JsonObject { ["lateJoinerDays"] = 10, ["newHireMonths"] = 2 }));
        var decision =
            Directly(AnEmployer().After(CoveredTogether(Day(began), programme: null)), plan, hired: hired is null ? null : Day(hired));
        if (joins) decision.The<EnrolmentStarted>();
        else decision.IsRefused(Refuse.EntryWindowClosed, "hiredOn");
    }

    [Fact]
    public void Where_the_plan_knows_no_new_hires_nobody_joins_after_the_window()
    {
        var plan = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["entry"] = new JsonObject { ["lateJoinerDays"] = 10 }));
        Directly(AnEmployer().After(CoveredTogether(new LocalDate(2025, 10, 1), programme: null)), plan, hired: Today)
            .IsRefused(Refuse.EntryWindowClosed, "hiredOn");
    }

    [Fact]
    public void A_person_belongs_to_an_employer_of_the_same_place()
    {
        Handle(OfTheEmployer with { Person = Journey.TheDriver with { Region = RegionCode.Of("620621") } }, AnEmployer(), Assessor)
            .IsRefused(Refuse.EmployerElsewhere, "person.region");
        Handle(OfTheEmployer with { Person = Journey.TheDriver with { Region = Wuwei } }, AnEmployer(), Assessor).The<EnrolmentStarted>();
    }

    [Fact]
    public void Where_nobody_enters_alone_an_employer_must_be_named()
    {
        var plan = APlanWith(ACardOfDirectEntry(card => card["eligibility"]!["entry"] = new JsonObject { ["individual"] = false }));
        EnrolHandler.Handle(
            new Enrol(Journey.TheDriver, Plan: PlanCode), new(null, plan, null, Known(DriverId), null, null, TheEnrolment), Officer, Today)
                .IsRefused(Refuse.EmployerRequired, "employer");
        Directly(AnEmployer(), plan).The<EnrolmentStarted>();
    }

    [Fact]
    public void On_record_an_employer_must_be_known_in_the_officers_region_and_a_second_employer_is_told_why()
    {
        var world = World.WithAProgramme();
        world.Do(Officer, OfTheEmployer).IsRefused(Refuse.UnknownEmployer, "employer");
        world.Do(Officer, new RegisterEmployer(EmployerCode, "样例运输有限公司", Liangzhou, 120, 40)).The<EmployerRegistered>();
        world.Do(Officer with { Region = Lanzhou }, OfTheEmployer).IsRefused(Refuse.UnknownEmployer, "employer");
        world.Do(Officer, OfTheEmployer).The<EmployerCovered>();
        world.Do(Officer, new RegisterEmployer("SAMPLE-0002", "样例物流有限公司", Liangzhou, 10, 4)).The<EmployerRegistered>();
        Assert.Contains("another employer",
            world.Do(Officer, OfTheEmployer with { Employer = "SAMPLE-0002" }).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber").Detail);
        Assert.DoesNotContain("another employer",
            world.Do(Officer, OfTheEmployer).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber").Detail);
        Assert.Equal(["employer"], (OfTheEmployer with { Employer = "单位" }).BrokenFields());
    }

    [Theory]
    [InlineData(80, null, 95, 79.1, false)]
    [InlineData(80, null, 96, 80.0, true)]
    [InlineData(80, 121, 119, 99.1, false)]
    [InlineData(80, 121, 120, 100.0, true)]
    [InlineData(80, 120, 96, 80.0, true)]    // not below 120
    [InlineData(80, null, 130, 108.3, true)]
    public void Participation_is_measured_by_the_staff_and_small_employers_enrol_everyone(
        int percent, int? everyoneBelow, int enrolled, double reached, bool enough)
    {
        var participation = EmployerRules.Reached(new Participation(percent, EveryoneBelow: everyoneBelow), AnEmployer(), enrolled);
        Assert.Equal((120, (decimal)reached, everyoneBelow > 120 ? 100 : percent, enough),
            (participation.Of, participation.Percent, participation.Required, participation.IsEnough()));
    }

    [Fact]
    public void Participation_of_women_is_measured_by_the_women()
    {
        Assert.Equal((40, 50m, true), (EmployerRules.Reached(new Participation(50, ParticipationBase.Women), AnEmployer(), 20) is var half
            ? half.Of : 0, half.Percent, half.IsEnough()));
        Assert.True(EmployerRules.Reached(new Participation(50, ParticipationBase.Women), StateOf<Employer>(Listed(women: 0)), 0)
            .IsEnough());
    }

    private static Decision Handle(Enrol command, Employer employer, Actor? by = null) =>
        EnrolHandler.Handle(command, new(AProgramme(), APlan(), employer, Known(DriverId), null, null, TheEnrolment), by ?? Officer, Today);

    private static Decision Directly(Employer employer, Plan? plan = null, int units = 1, LocalDate? hired = null) => EnrolHandler.Handle(
        new Enrol(Journey.TheDriver, Plan: PlanCode, Units: units, Employer: EmployerCode, HiredOn: hired),
        new(null, plan ?? APlanWith(ACardOfDirectEntry()), employer, Known(DriverId), null, null, TheEnrolment), Officer, Today);
}
