namespace ClaimsEngine.Specs;

/// <summary>A certificate goes along to another employer only where its member could enter.</summary>
public class ChangeEmployerSpecs
{
    private static readonly Actor OfTheProvince = Officer with { Region = Gansu };

    [Fact]
    public void A_certificate_goes_along_to_another_employer()
    {
        var first = Change(AnEnrolledTruckDriver(), AnEmployerOf("LZ-0002"));
        Assert.Equal(new EmployerChanged(null, "LZ-0002", Officer.Id), first.The<EmployerChanged>());
        var moved = AnEnrolledTruckDriver().After(first);
        Assert.Equal(("LZ-0002", Liangzhou), (moved.Employer, moved.Region));
        Change(moved, AnEmployerOf("LZ-0002")).ChangesNothing();
        Assert.Equal(new EmployerChanged("LZ-0002", "LZ-0003", Officer.Id),
            Change(moved, AnEmployerOf("LZ-0003")).The<EmployerChanged>());
        Change(APendingEnrolment(), AnEmployerOf("LZ-0002")).The<EmployerChanged>();
    }

    [Fact]
    public void The_first_member_there_begins_the_employers_cover_and_a_later_one_rests_on_it()
    {
        var target = AnEmployer();
        var first = Change(AnEnrolledTruckDriver(), target);
        Assert.Equal(new EmployerCovered(PlanCode, ProgrammeCode, Today, new LocalDate(2025, 12, 31), 1, Officer.Id),
            first.The<EmployerCovered>());
        var second = Change(AnEnrolledTruckDriver() with { Id = new EnrolmentId(Id(77)) }, target.After(first));
        Assert.Empty(second.Events.OfType<EmployerCovered>());
        Assert.Empty(Assert.Single(second.Changes, change => change.Stream == target.StreamId).Events);
    }

    [Theory]
    [InlineData(EnrolmentStatus.Cancelled)]
    [InlineData(EnrolmentStatus.Void)]
    [InlineData(EnrolmentStatus.Lapsed)]
    public void What_has_ended_stays_where_it_was(EnrolmentStatus status) =>
        Change(AnEnrolledTruckDriver() with { Status = status }, AnEmployer()).IsRefused(Refuse.WrongState);

    [Fact]
    public void There_must_be_such_an_employer() =>
        Handle(AnEnrolledTruckDriver(), "LZ-0002", null).IsRefused(Refuse.UnknownEmployer, "employer");

    [Fact]
    public void A_move_between_offices_needs_both_and_the_certificate_is_the_receiving_offices_then()
    {
        var elsewhere = AnEmployerOf("LANZHOU-1", Lanzhou);
        Assert.Contains("acts for both", Change(AnEnrolledTruckDriver(), elsewhere).IsRefused(Refuse.OutsideRegion, "employer").Detail);
        var decision = Change(AnEnrolledTruckDriver(), elsewhere, by: OfTheProvince);
        Assert.Equal(Lanzhou, decision.The<EmployerChanged>().Region);
        var moved = AnEnrolledTruckDriver().After(decision);
        Assert.Equal((Lanzhou, false, true), (moved.Region, Officer.Sees(moved), (Officer with { Region = Lanzhou }).Sees(moved)));
        Assert.Equal(Lanzhou, EnrolmentRegister.Evolve(Row(), World.Recorded(
            decision.The<EmployerChanged>(), TheEnrolment.Value, Enrolment.StreamType, 2, Instant.FromUtc(2025, 11, 20, 4, 0)))!.Region);
    }

    [Fact]
    public void An_employer_above_the_certificates_place_leaves_it_there() =>
        Assert.Null(Change(AnEnrolledTruckDriver(), AnEmployerOf("WUWEI-1", Wuwei), by: Assessor).The<EmployerChanged>().Region);

    [Fact]
    public void The_receiving_place_must_be_covered_by_programme_and_plan()
    {
        var shaanxi = AnEmployerOf("XIAN-1", RegionCode.Of("610102"));
        var national = Officer with { Region = RegionCode.National };
        Change(AnEnrolledTruckDriver(), shaanxi, by: national).IsRefused(Refuse.RegionNotCovered, "employer");
        Change(AnEnrolledTruckDriver(), AnEmployerOf("LANZHOU-1", Lanzhou), by: OfTheProvince,
            programme: StateOf<Programme>(Opened(regions: [Wuwei]))).IsRefused(Refuse.RegionNotCovered, "employer");
    }

    [Fact]
    public void Who_holds_another_number_of_units_stays()
    {
        var card = TheRules().Card with { Eligibility = new Eligibility(MaxUnits: 3, SameUnitsPerEmployer: true) };
        var target = AnEmployer().After(CoveredTogether(units: 2));
        Change(AnEnrolledTruckDriver(), target, card).IsRefused(Refuse.UnitsDiffer, "employer");
        Change(StateOf<Enrolment>(Enrolled(units: 2)), target, card).The<EmployerChanged>();
    }

    [Fact]
    public void A_certificate_of_a_period_that_has_ended_joins_the_cover_of_that_period()
    {
        var card = TheRules().Card with { Eligibility = new Eligibility(MaxUnits: 3, SameUnitsPerEmployer: true) };
        ChangeEmployerHandler.Handle(new ChangeEmployer(TheEnrolment, EmployerCode), new(AnEnrolledTruckDriver(), card, AProgramme(),
            AnEmployer().After(CoveredTogether(units: 2)), ATruckDriver(), null), Officer, new LocalDate(2026, 11, 20))
            .IsRefused(Refuse.UnitsDiffer, "employer");
    }

    [Fact]
    public void Who_is_barred_from_entering_there_does_not_move_there()
    {
        var barred = ATruckDriver().After(
            new PersonBarred(TheBar, BarScope.Enrolment, Liangzhou, Today, Today.PlusDays(9), Approver.Id));
        Handle(AnEnrolledTruckDriver(), EmployerCode, AnEmployer(), member: barred).IsRefused(Refuse.Barred, "employer");
        var elsewhere = ATruckDriver().After(
            new PersonBarred(TheBar, BarScope.Enrolment, Lanzhou, Today, Today.PlusDays(9), Approver.Id));
        Handle(AnEnrolledTruckDriver(), EmployerCode, AnEmployer(), member: elsewhere).The<EmployerChanged>();
    }

    [Fact]
    public void After_the_window_only_a_new_hire_joins()
    {
        var card = TheRules().Card with { Eligibility = new Eligibility(Entry: new EntryWindow(10, 2)) };
        var target = AnEmployer().After(CoveredTogether());
        Change(AnEnrolledTruckDriver(), target, card).IsRefused(Refuse.EntryWindowClosed, "hiredOn");
        Change(AnEnrolledTruckDriver(), target, card, hired: Today.PlusMonths(-3)).IsRefused(Refuse.EntryWindowClosed, "hiredOn");
        Change(AnEnrolledTruckDriver(), target, card, hired: Today.PlusDays(-5)).The<EmployerChanged>();
    }

    [Fact]
    public void Where_too_few_take_part_nobody_goes_to_be_covered_at_once()
    {
        var card = TheRules().Card with
        {
            Eligibility = new Eligibility(Participation: new Participation(75), Entry: new EntryWindow(null, 2)),
        };
        Change(AnEnrolledTruckDriver(), AnEmployer(), card, members: new MemberCount(88, 88))   // 89 of 120
            .IsRefused(Refuse.ParticipationTooLow, "employer");
        Change(AnEnrolledTruckDriver(), AnEmployer(), card, members: new MemberCount(89, 89)).The<EmployerChanged>();
        Change(AnEnrolledTruckDriver(), AnEmployer(), card, members: new MemberCount(88, 88), hired: Today).The<EmployerChanged>();
    }

    [Fact]
    public void On_record_a_change_asks_what_an_entry_there_asks()
    {
        var world = World.WithAProgramme(card: ACard(card => card["eligibility"]!["participation"] =
            new JsonObject { ["percent"] = 75, ["everyoneBelow"] = 10 }));
        world.Do(Officer, new RegisterEmployer("SMALL", "样例一", Liangzhou, 1, 0)).The<EmployerRegistered>();
        world.Do(Officer, new RegisterEmployer("LARGE", "样例二", Liangzhou, 60, 0)).The<EmployerRegistered>();
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode, Employer: "SMALL")).The<EnrolmentStarted>().Enrolment;
        world.Do(Officer, new ChangeEmployer(enrolment, "NONE")).IsRefused(Refuse.UnknownEmployer, "employer");
        world.Do(Officer, new ChangeEmployer(enrolment, "LARGE")).IsRefused(Refuse.ParticipationTooLow, "employer");
        world.Do(Officer, new CountStaff("LARGE", 1, 0)).The<StaffCounted>();
        world.Do(Officer, new ChangeEmployer(enrolment, "LARGE")).The<EmployerCovered>();
    }

    [Theory]
    [InlineData("A-1", true)]
    [InlineData("1234567890123456789012345678901234567890", true)]
    [InlineData("12345678901234567890123456789012345678901", false)]
    [InlineData("", false)]
    [InlineData("单位", false)]
    [InlineData("A_1", false)]
    [InlineData("A-1\n", false)]
    public void A_code_has_a_shape(string employer, bool good) =>
        Assert.Equal(good, !new ChangeEmployer(TheEnrolment, employer).BrokenFields().Any());

    private static Employer AnEmployerOf(string code, RegionCode? region = null) =>
        StateOf<Employer>(Listed() with { Employer = code, Region = region ?? Liangzhou });

    private static EnrolmentRow? Row() => EnrolmentRegister.Evolve(null, World.Recorded(
        Enrolled(), TheEnrolment.Value, Enrolment.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0)));

    private static Decision Change(Enrolment enrolment, Employer target, PlanCard? card = null, Actor? by = null,
        LocalDate? hired = null, MemberCount? members = null, Programme? programme = null) =>
        Handle(enrolment, target.Code, target, card, by, hired, members, programme);

    private static Decision Handle(Enrolment enrolment, string code, Employer? target, PlanCard? card = null, Actor? by = null,
        LocalDate? hired = null, MemberCount? members = null, Programme? programme = null, Person? member = null) =>
        ChangeEmployerHandler.Handle(new ChangeEmployer(enrolment.Id, code, hired),
            new(enrolment, card ?? TheRules().Card, programme ?? AProgramme(), target, member ?? ATruckDriver(), members),
            by ?? Officer, Today);
}
