namespace ClaimsEngine.Specs;

public class EnrolSpecs
{
    internal static readonly PersonDetails TheDriver = Journey.TheDriver;

    [Fact]
    public void Under_a_programme_cover_is_its_period_and_its_payers_pay()
    {
        var decision = Enrol();
        var started = decision.The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31)), (started.CoverFrom, started.CoverTo));
        Assert.Equal([new FundingShare("甘肃省总工会", Money.Yuan(120))], started.Funding);
        Assert.Equal((Money.Yuan(120), 39, Sex.Male, DriverId, Officer.Id),
            (started.Contribution, started.Age, started.Sex, started.Member, started.By));
        Assert.StartsWith("E62-20251120-", started.CertificateNumber);
        decision.Guards(new UniqueKey("certificate-number", started.CertificateNumber), TheEnrolment.Value)
            .Guards(Enrolment.Key(PlanCode, ProgrammeCode, DriverId), TheEnrolment.Value);
    }

    [Fact]
    public void A_place_is_taken_from_the_pool_of_the_members_region()
    {
        Takes(Enrol(), Programme.RootPool(ProgrammeCode), 10_000);
        Takes(Enrol(programme: AProgrammeAllocatedDownToLiangzhou()), $"{Programme.RootPool(ProgrammeCode)}/620602", 100);
        Takes(Enrol(TheDriver with { Region = RegionCode.Of("620621") }, AProgrammeAllocatedDownToLiangzhou(), by: Assessor),
            $"{Programme.RootPool(ProgrammeCode)}/6206", 600);
    }

    [Fact]
    public void Directly_under_a_plan_cover_begins_tomorrow_and_the_member_pays()
    {
        var decision = EnrolDirectly();
        var started = decision.The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 11, 21), new LocalDate(2026, 11, 20)), (started.CoverFrom, started.CoverTo));
        Assert.Equal([new FundingShare("member", Money.Yuan(120))], started.Funding);
        Assert.Null(started.Pool);
        Assert.Empty(decision.Places);
        decision.Guards(Enrolment.Key(PlanCode, null, DriverId), TheEnrolment.Value);
    }

    [Fact]
    public void Directly_under_a_plan_the_next_certificate_begins_when_the_last_has_ended()
    {
        var first = StateOf<Enrolment>(EnrolDirectly().Events.OfType<EnrolmentStarted>());
        var again = new Enrol(TheDriver, Plan: PlanCode);
        var plan = APlanWith(ACardOfDirectEntry());
        Handle(again, plan, null, current: first, today: first.CoverTo.PlusDays(-1)).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber");
        var renewed = Handle(again, plan, null, current: first with { Id = new EnrolmentId(Guid.Empty) }, today: first.CoverTo);
        Assert.Equal(first.CoverTo.PlusDays(1), renewed.The<EnrolmentStarted>().CoverFrom);
        Assert.Contains(renewed.Keys,
            key => !key.Change.Take && key.Change.Key == Enrolment.Key(PlanCode, null, DriverId) && key.Change.Holder == Guid.Empty);
    }

    [Fact]
    public void An_enrolment_rests_on_the_programme_that_was_read() =>
        Assert.Contains(Enrol().Changes, change => change is StreamChange<Programme> { Events.Count: 0 });

    [Fact]
    public void Units_multiply_contribution_and_shares()
    {
        var plan = APlanWith(ACard(card => card["eligibility"]!["maxUnits"] = 3));
        var started = Enrol(plan: plan, units: 3).The<EnrolmentStarted>();
        Assert.Equal((3, Money.Yuan(360)), (started.Units, started.Contribution));
        Assert.Equal([new FundingShare("甘肃省总工会", Money.Yuan(360))], started.Funding);
    }

    [Fact]
    public void More_units_than_one_person_may_hold_are_refused() => Enrol(units: 2).IsRefused(Refuse.TooManyUnits, "units");

    [Fact]
    public void In_a_running_programme_cover_of_the_next_day_begins_tomorrow() => Assert.Equal(new LocalDate(2025, 11, 21),
        Enrol(plan: APlanWith(ACardOfDirectEntry())).The<EnrolmentStarted>().CoverFrom);

    [Fact]
    public void Before_a_programme_begins_cover_of_the_next_day_begins_with_it() => Assert.Equal(new LocalDate(2025, 1, 1),
        Enrol(plan: APlanWith(ACardOfDirectEntry()), today: new LocalDate(2024, 12, 1)).The<EnrolmentStarted>().CoverFrom);

    [Fact]
    public void After_a_programme_has_ended_no_cover_of_the_next_day_begins() =>
        Enrol(plan: APlanWith(ACardOfDirectEntry()), today: new LocalDate(2025, 12, 31)).IsRefused(Refuse.PlanNotEffective, "programme");

    [Fact]
    public void A_plan_whose_cover_is_a_programmes_needs_one() =>
        Handle(new Enrol(TheDriver, Plan: PlanCode), APlan(), null).IsRefused(Refuse.PlanNotEffective, "programme");

    [Fact]
    public void A_plan_not_yet_effective_covers_nobody() =>
        EnrolDirectly(today: new LocalDate(2024, 12, 30)).IsRefused(Refuse.PlanNotEffective, "plan");

    [Fact]
    public void The_version_is_the_programmes_or_the_one_effective_tomorrow()
    {
        Assert.Equal(1, Enrol(plan: APlanOfTwoVersions()).The<EnrolmentStarted>().PlanVersion);
        var direct = APlanWith(ACardOfDirectEntry())
            .After(VersionPublished(2, new LocalDate(2025, 11, 21), ACardOfDirectEntry(card => card["prices"]![0]!["perUnit"] = "150.00")));
        var started = EnrolDirectly(plan: direct).The<EnrolmentStarted>();
        Assert.Equal((2, Money.Yuan(150)), (started.PlanVersion, started.Contribution));
    }

    [Fact]
    public void An_occupation_outside_the_programme_or_the_plan_is_refused()
    {
        Enrol(TheDriver with { Occupation = Occupation.Of("carer") }).IsRefused(Refuse.OccupationNotCovered, "person.occupation");
        EnrolDirectly(TheDriver with { Occupation = Occupation.Of("constructionWorker") })
            .IsRefused(Refuse.OccupationNotCovered, "person.occupation");
    }

    [Fact]
    public void A_region_outside_the_programme_or_the_plan_is_refused()
    {
        Enrol(programme: StateOf<Programme>(Opened(regions: [Lanzhou]))).IsRefused(Refuse.RegionNotCovered, "person.region");
        EnrolDirectly(TheDriver with { Region = RegionCode.Of("610102") }, by: PlanAdmin)
            .IsRefused(Refuse.RegionNotCovered, "person.region");
    }

    [Fact]
    public void An_officer_enrols_only_in_his_region() =>
        Enrol(TheDriver with { Region = Lanzhou }).IsRefused(Refuse.OutsideRegion, "person.region");

    [Theory]
    [InlineData("20090101", 16, true)]
    [InlineData("20090102", 15, false)]
    [InlineData("19590102", 65, true)]
    [InlineData("19590101", 66, false)]
    public void Age_counts_whole_years_on_the_first_day_of_cover_both_ends_included(string born, int age, bool covered)
    {
        var decision = Enrol(TheDriver with { IdNumber = BornOn(born) });
        if (covered) Assert.Equal(age, decision.The<EnrolmentStarted>().Age);
        else Assert.Contains($"aged {age}", decision.IsRefused(Refuse.AgeNotCovered, "person.idNumber").Detail);
    }

    [Fact]
    public void Nobody_is_enrolled_before_birth() => EnrolDirectly(
        TheDriver with { IdNumber = BornOn("20251121") }, APlanWith(ACardOfDirectEntry(card => card["eligibility"] = new JsonObject())))
            .IsRefused(Refuse.AgeNotCovered, "person.idNumber");

    [Fact]
    public void A_plan_without_such_limits_takes_every_age_occupation_and_region() => EnrolDirectly(
        TheDriver
            with { IdNumber = BornOn("19200101"), Occupation = Occupation.Of("constructionWorker"), Region = RegionCode.Of("610102") },
        APlanWith(ACardOfDirectEntry(card => card["eligibility"] = new JsonObject())), PlanAdmin).The<EnrolmentStarted>();

    [Fact]
    public void A_person_known_under_another_name_is_refused() =>
        Handle(new Enrol(TheDriver, ProgrammeCode), APlan(), AProgramme(),
                new PersonOnRecord(DriverId, null, new Refusal(Refuse.IdentityMismatch, "another name", "person.name")))
            .IsRefused(Refuse.IdentityMismatch, "person.name");

    [Fact]
    public void A_new_person_and_account_are_stored_with_the_enrolment()
    {
        var decision = World.WithAProgramme().Do(Officer, new Enrol(TheDriver with { Account = DriversAccountDetails }, ProgrammeCode));
        Assert.Equal([typeof(PersonRegistered), typeof(AccountRegistered), typeof(EnrolmentStarted)],
            decision.Events.Select(e => e.GetType()));
        Assert.Equal(decision.The<PersonRegistered>().Person, decision.The<EnrolmentStarted>().Member);
    }

    [Fact]
    public void On_record_a_person_has_one_name_and_one_certificate_of_a_programme()
    {
        var world = World.WithAProgramme();
        world.Do(Officer, new Enrol(TheDriver, ProgrammeCode)).The<EnrolmentStarted>();
        world.Do(Officer, new Enrol(TheDriver, ProgrammeCode)).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber");
        world.Do(Officer, new Enrol(TheDriver with { Name = "陈例样" }, ProgrammeCode)).IsRefused(Refuse.IdentityMismatch, "person.name");
    }

    [Fact]
    public void The_place_after_the_last_is_refused()
    {
        var world = World.WithAProgramme(quota: 1);
        world.Do(Officer, new Enrol(TheDriver, ProgrammeCode)).The<EnrolmentStarted>();
        world.Do(Officer, new Enrol(TheDriver with { Name = "李样例", IdNumber = RelativesNumber }, ProgrammeCode))
            .IsRefused(Refuse.QuotaExceeded, "programme");
        Assert.Equal(1, world.Taken(Programme.RootPool(ProgrammeCode)));
    }

    [Fact]
    public void An_unknown_programme_or_plan_is_refused()
    {
        new World().Do(Officer, new Enrol(TheDriver, "no-such-programme")).IsRefused(Refuse.UnknownProgramme, "programme");
        new World().Do(Officer, new Enrol(TheDriver, Plan: "no-such-plan")).IsRefused(Refuse.UnknownPlan, "plan");
    }

    [Fact]
    public void Exactly_one_of_programme_and_plan_is_named()
    {
        Assert.Empty(new Enrol(TheDriver, ProgrammeCode).BrokenFields());
        Assert.Empty(new Enrol(TheDriver, Plan: PlanCode).BrokenFields());
        Assert.Equal(["programme"], new Enrol(TheDriver).BrokenFields());
        Assert.Equal(["programme"], new Enrol(TheDriver, ProgrammeCode, PlanCode).BrokenFields());
    }

    [Fact]
    public void The_person_has_a_shape()
    {
        Assert.Equal(["person.name", "person.phone", "person.region", "units"],
            new Enrol(TheDriver with { Name = "", Phone = "call me", Region = RegionCode.National }, ProgrammeCode, Units: 0)
                .BrokenFields());
        Assert.Equal(["person.account.bank", "person.account.holder"],
            new Enrol(TheDriver with { Account = RelativesAccountDetails with { Bank = "" } }, ProgrammeCode).BrokenFields());
        Assert.Equal([("person.account.holder", "the account must be the member's own")],
            new Enrol(TheDriver with { Account = RelativesAccountDetails }, ProgrammeCode).Breaches());
    }

    private static void Takes(Decision decision, string pool, long limit)
    {
        Assert.Equal(pool, decision.The<EnrolmentStarted>().Pool);
        var places = Assert.Single(decision.Places);
        Assert.Equal((new PlaceChange(pool, 1, limit), Refuse.QuotaExceeded.Code), (places.Change, places.Otherwise!.Code));
    }

    private static Decision EnrolDirectly(PersonDetails? person = null, Plan? plan = null, Actor? by = null, LocalDate? today = null) =>
        Handle(new Enrol(person ?? TheDriver, Plan: PlanCode), plan ?? APlanWith(ACardOfDirectEntry()), null, by: by, today: today);

    internal static IdentityNumber BornOn(string day) =>
        IdentityNumber.Of($"620602{day}001" + IdentityNumber.CheckCharacter($"620602{day}001"));

    internal static Decision Enrol(
        PersonDetails? person = null, Programme? programme = null, Plan? plan = null, int units = 1, Actor? by = null,
        LocalDate? today = null) =>
        Handle(new Enrol(person ?? TheDriver, ProgrammeCode, Units: units), plan ?? APlan(), programme ?? AProgramme(),
            by: by, today: today);

    internal static Decision Handle(
        Enrol command, Plan plan, Programme? programme, PersonOnRecord? member = null, Actor? by = null, LocalDate? today = null,
        Enrolment? current = null) =>
        EnrolHandler.Handle(
            command, new(programme, plan, null, member ?? Known(DriverId), current, null, TheEnrolment), by ?? Officer, today ?? Today);
}
