namespace ClaimsEngine.Specs.Enrolments;

/// <summary>
/// What a single entry may do where the plan measures how many of an employer take part: it covers at once if with it the ratio stands, or
/// for a new hire of a cover in force; else it waits, and says for what.
/// </summary>
public class SingleEntrySpecs
{
    private static readonly Enrol OfTheEmployer = new(Journey.TheDriver, ProgrammeCode, Employer: EmployerCode);

    [Theory]
    [InlineData(60, 0, true)]      // the first of sixty
    [InlineData(60, 43, true)]     // 44 of 60 are 73.3 %
    [InlineData(60, 44, false)]    // 45 of 60 are 75 %
    [InlineData(9, 0, true)]       // of fewer than ten everyone takes part
    [InlineData(9, 7, true)]
    [InlineData(9, 8, false)]
    [InlineData(1, 0, false)]
    public void An_entry_covers_at_once_if_the_ratio_stands_with_it_and_else_waits(int staff, long members, bool waits)
    {
        var started = Enter(staff, new MemberCount(members, members)).The<EnrolmentStarted>();
        Assert.Equal((waits ? true : null, waits ? true : (bool?)null), (started.Pending, started.AwaitsRatio));
        var enrolment = StateOf<Enrolment>(started);
        Assert.Equal(waits ? [WaitsFor.Participation] : [], enrolment.WaitsFor);
        Assert.Equal(!waits, enrolment.Covers(IncidentDay));
        if (waits) Assert.Contains("too few of the employer take part", enrolment.NotInForce().Detail);
    }

    [Theory]
    [InlineData("2025-11-01", 1, false)]
    [InlineData("2025-11-01", 0, true)]    // nothing is in force that he could join
    [InlineData("2025-09-01", 1, true)]    // hired too long ago
    [InlineData(null, 1, true)]
    public void A_new_hire_within_the_plans_time_joins_a_cover_in_force(string? hired, long inForce, bool waits) =>
        Assert.Equal(waits ? true : null, Enter(60, new MemberCount(20, inForce), OfTheEmployer with
        {
            HiredOn = hired is null ? null : Day(hired),
        }).The<EnrolmentStarted>().AwaitsRatio);

    [Fact]
    public void Who_is_not_counted_adds_nothing_to_the_ratio()
    {
        var women = Measured(of: "women");
        Assert.True(Enter(60, new MemberCount(29, 29), card: women).The<EnrolmentStarted>().AwaitsRatio);   // a man; 29 of 40 women
        Assert.Null(Enter(60, new MemberCount(30, 30), card: women).The<EnrolmentStarted>().AwaitsRatio);
    }

    [Fact]
    public void Where_the_whole_list_is_measured_or_the_plan_measures_nothing_no_entry_waits()
    {
        Assert.Null(Enter(60, null).The<EnrolmentStarted>().Pending);   // a row of a roster, or of an import
        Assert.Null(Enter(60, new MemberCount(0, 0), card: ACard()).The<EnrolmentStarted>().Pending);
    }

    [Fact]
    public void Nobody_enters_a_measured_plan_without_an_employer() =>
        EnrolHandler.Handle(OfTheEmployer with { Employer = null },
            new(AProgramme(), APlanWith(Measured()), null, Known(DriverId), null, null, TheEnrolment), Officer, Today)
            .IsRefused(Refuse.EmployerRequired, "employer");

    [Fact]
    public void An_entry_may_wait_for_its_payment_and_for_the_ratio()
    {
        var started = EnrolHandler.Handle(OfTheEmployer, new(Shared, APlanWith(Measured()), AnEmployer(), Known(DriverId), null, null,
            TheEnrolment, Members: new MemberCount(0, 0)), Officer, Today).The<EnrolmentStarted>();
        var waiting = StateOf<Enrolment>(started);
        Assert.Equal([WaitsFor.Payment, WaitsFor.Participation], waiting.WaitsFor);

        var paid = Pay(waiting);
        Assert.Equal([typeof(ContributionPaid)], paid.Events.Select(fact => fact.GetType()));
        Assert.Equal([WaitsFor.Participation], waiting.After(paid).WaitsFor);
        Confirm(waiting.After(paid), 90).The<CoverTookEffect>();

        var measured = Confirm(waiting, 90);
        Assert.Equal([typeof(RatioReached)], measured.Events.Select(fact => fact.GetType()));
        Assert.Equal([WaitsFor.Payment], waiting.After(measured).WaitsFor);
        Assert.Equal(Today.PlusDays(1), Pay(waiting.After(measured)).The<CoverTookEffect>().From);
    }

    [Fact]
    public void Once_the_ratio_stands_cover_takes_effect_by_the_plans_start_rule()
    {
        var waiting = StateOf<Enrolment>(Enrolled() with { Employer = EmployerCode, Pending = true, AwaitsRatio = true });
        Confirm(waiting, 89).IsRefused(Refuse.ParticipationTooLow);
        Confirm(waiting, 90).Decides(
            new RatioReached(120, 90, 75, Today, Officer.Id),
            new CoverTookEffect(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), Officer.Id, Age: 39));   // a gift
        Confirm(waiting.After(Confirm(waiting, 90)), 90).ChangesNothing();
        Confirm(AnEnrolledTruckDriver(), 0).ChangesNothing();
        Confirm(waiting with { Status = EnrolmentStatus.Void }, 90).IsRefused(Refuse.WrongState);

        var paid = StateOf<Programme>(Opened() with { Funding = [new FundingShare("会员", Money.Yuan(120))] });
        var took = Confirm(waiting, 90, paid).The<CoverTookEffect>();
        Assert.Equal((Today.PlusDays(1), new LocalDate(2025, 12, 31)), (took.From, took.To));
    }

    [Fact]
    public void A_small_employer_enters_one_by_one_and_covers_with_the_last()
    {
        var world = World.WithAProgramme(card: Measured());
        world.Do(Officer, new RegisterEmployer(EmployerCode, "样例运输有限公司", Liangzhou, 2, 0)).The<EmployerRegistered>();
        var first = world.Do(Officer, OfTheEmployer).The<EnrolmentStarted>();
        Assert.True(first.AwaitsRatio);
        world.Do(Officer, new ConfirmParticipation(first.Enrolment)).IsRefused(Refuse.ParticipationTooLow);
        world.Do(Officer, new SubmitClaim(first.Enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).IsRefused(Refuse.NotInForce, "enrolmentId");
        var last = world.Do(Officer, OfTheEmployer with { Person = Journey.TheDriver with { Name = "李样例", IdNumber = RelativesNumber } });
        Assert.Null(last.The<EnrolmentStarted>().Pending);
        world.Do(Officer, new ConfirmParticipation(first.Enrolment)).The<CoverTookEffect>();
        Assert.All(world.All<Enrolment>(), enrolment => Assert.Equal(EnrolmentStatus.InForce, enrolment.Status));
    }

    [Fact]
    public void What_was_measured_rests_on_the_employer_whose_people_may_be_counted_anew()
    {
        var waiting = StateOf<Enrolment>(Enter(60, new MemberCount(43, 43)).The<EnrolmentStarted>());
        Assert.Contains(Confirm(waiting, 90).Changes, change => change.AggregateType == typeof(Employer) && change.Events.Count == 0);

        // so does an entry that joins a cover of the employer's; the first one writes to the employer
        var first = Enter(60, new MemberCount(44, 44));
        var employer = StateOf<Employer>(Listed(60, 40)).After(first);
        var next = EnrolHandler.Handle(OfTheEmployer, new(AProgramme(), APlanWith(Measured()), employer, Known(RelativeId), null, null,
            TheEnrolment, Members: new MemberCount(45, 45)), Officer, Today);
        Assert.Contains(next.Changes, change => change.AggregateType == typeof(Employer) && change.Events.Count == 0);
    }

    [Fact]
    public void In_a_period_that_has_ended_its_own_members_are_counted()
    {
        Assert.Equal(new LocalDate(2025, 12, 31), EmployerRules.Question(APlanWith(Measured()).Version(1)!.Card.Eligibility, EmployerCode,
            PlanCode, ProgrammeCode, new LocalDate(2026, 11, 20), AProgramme().To)!.From);
        Assert.Equal(Today.PlusDays(1), EmployerRules.Question(APlanWith(Measured()).Version(1)!.Card.Eligibility, EmployerCode,
            PlanCode, null, Today, null)!.From);
        Assert.Null(EmployerRules.Question(TheRules().Card.Eligibility, EmployerCode, PlanCode, null, Today, null));
    }

    private static readonly Programme Shared = StateOf<Programme>(Opened() with { Funding = EnrolledPending().Funding });

    /// <summary>75 % of an employer take part; of fewer than ten people everyone.</summary>
    private static JsonElement Measured(string of = "staff") => ACard(card =>
    {
        card["eligibility"]!["participation"] = new JsonObject { ["percent"] = 75, ["of"] = of, ["everyoneBelow"] = 10 };
        card["eligibility"]!["entry"] = new JsonObject { ["newHireMonths"] = 2 };
    });

    private static Decision Enter(int staff, MemberCount? members, Enrol? asked = null, JsonElement? card = null) => EnrolHandler.Handle(
        asked ?? OfTheEmployer,
        new(AProgramme(), APlanWith(card ?? Measured()), StateOf<Employer>(Listed(staff, Math.Min(staff, 40))), Known(DriverId), null, null,
            TheEnrolment, Members: members), Officer, Today);

    private static Decision Pay(Enrolment waiting) => RecordContributionHandler.Handle(
        new RecordContribution(TheEnrolment, Company, Money.Yuan(40), "T-1", Today),
        new(waiting, TheRules().Card, Shared, null, DriversNumber.BirthDate), Cashier, Today);

    private static Decision Confirm(Enrolment waiting, long members, Programme? programme = null) => ConfirmParticipationHandler.Handle(
        new ConfirmParticipation(waiting.Id),
        new(new(waiting, APlanWith(Measured()).Version(1)!.Card, programme ?? (waiting.Funding.Count == 1 ? AProgramme() : Shared), null,
            DriversNumber.BirthDate), AnEmployer(), new MemberCount(members, 0)), Officer, Today);
}
