namespace ClaimsEngine.Specs;

public class EnrolSpecs
{
    private static readonly PersonDetails TheDriver = Journey.TheDriver;

    [Fact]
    public void Under_a_programme_cover_is_its_period_and_its_payers_pay()
    {
        var decision = Enrol();
        var started = decision.The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31)), (started.CoverFrom, started.CoverTo));
        Assert.Equal([new FundingShare("甘肃省总工会", Money.Yuan(120))], started.Funding);
        Assert.Equal((Money.Yuan(120), 39, Sex.Male, DriverId, Officer.Id), (started.Contribution, started.Age, started.Sex, started.Member, started.By));
        Assert.StartsWith("E62-20251120-", started.CertificateNumber);
        decision.Guards(new UniqueKey("certificate-number", started.CertificateNumber), TheEnrolment.Value)
            .Guards(Enrolment.Key(PlanCode, ProgrammeCode, DriverId), TheEnrolment.Value);
    }

    [Fact]
    public void A_place_is_taken_from_the_pool_of_the_members_region()
    {
        Takes(Enrol(), Programme.RootPool(ProgrammeCode), 10_000);
        Takes(Enrol(programme: AProgrammeAllocatedDownToLiangzhou()), $"{Programme.RootPool(ProgrammeCode)}/620602", 100);
        Takes(Enrol(TheDriver with { Region = RegionCode.Of("620621") }, AProgrammeAllocatedDownToLiangzhou(), by: Assessor), $"{Programme.RootPool(ProgrammeCode)}/6206", 600);
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
        var first = Fold<Enrolment>(EnrolDirectly().Events.OfType<EnrolmentStarted>());
        var again = new Enrol(TheDriver, Plan: PlanCode);
        var plan = APlanWith(ACardOfDirectEntry());
        Handle(again, plan, null, current: first, today: first.CoverTo.PlusDays(-1)).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber");
        var renewed = Handle(again, plan, null, current: first with { Id = new EnrolmentId(Guid.Empty) }, today: first.CoverTo);
        Assert.Equal(first.CoverTo.PlusDays(1), renewed.The<EnrolmentStarted>().CoverFrom);
        Assert.Contains(renewed.Keys, key => !key.Change.Take && key.Change.Key == Enrolment.Key(PlanCode, null, DriverId) && key.Change.Holder == Guid.Empty);
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
    public void A_plan_not_yet_effective_covers_nobody() => EnrolDirectly(today: new LocalDate(2024, 12, 30)).IsRefused(Refuse.PlanNotEffective, "plan");

    [Fact]
    public void The_version_is_the_programmes_or_the_one_effective_tomorrow()
    {
        Assert.Equal(1, Enrol(plan: APlanOfTwoVersions()).The<EnrolmentStarted>().PlanVersion);
        var direct = APlanWith(ACardOfDirectEntry()).After(VersionPublished(2, new LocalDate(2025, 11, 21), ACardOfDirectEntry(card => card["prices"]![0]!["perUnit"] = "150.00")));
        var started = EnrolDirectly(plan: direct).The<EnrolmentStarted>();
        Assert.Equal((2, Money.Yuan(150)), (started.PlanVersion, started.Contribution));
    }

    [Fact]
    public void An_occupation_outside_the_programme_or_the_plan_is_refused()
    {
        Enrol(TheDriver with { Occupation = Occupation.Of("carer") }).IsRefused(Refuse.OccupationNotCovered, "person.occupation");
        EnrolDirectly(TheDriver with { Occupation = Occupation.Of("constructionWorker") }).IsRefused(Refuse.OccupationNotCovered, "person.occupation");
    }

    [Fact]
    public void A_region_outside_the_programme_or_the_plan_is_refused()
    {
        Enrol(programme: Fold<Programme>(Opened(regions: [Lanzhou]))).IsRefused(Refuse.RegionNotCovered, "person.region");
        EnrolDirectly(TheDriver with { Region = RegionCode.Of("610102") }, by: PlanAdmin).IsRefused(Refuse.RegionNotCovered, "person.region");
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
        TheDriver with { IdNumber = BornOn("19200101"), Occupation = Occupation.Of("constructionWorker"), Region = RegionCode.Of("610102") },
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
        Assert.Equal([typeof(PersonRegistered), typeof(AccountRegistered), typeof(EnrolmentStarted)], decision.Events.Select(e => e.GetType()));
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
        world.Do(Officer, new Enrol(TheDriver with { Name = "李样例", IdNumber = RelativesNumber }, ProgrammeCode)).IsRefused(Refuse.QuotaExceeded, "programme");
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
            new Enrol(TheDriver with { Name = "", Phone = "call me", Region = RegionCode.National }, ProgrammeCode, Units: 0).BrokenFields());
        Assert.Equal(["person.account.bank", "person.account.holder"],
            new Enrol(TheDriver with { Account = RelativesAccountDetails with { Bank = "" } }, ProgrammeCode).BrokenFields());
        Assert.Equal([("person.account.holder", "the account must be the member's own")],
            new Enrol(TheDriver with { Account = RelativesAccountDetails }, ProgrammeCode).Breaches());
    }

    // plans with choices

    /// <summary>Like CCEIA 2011 and Tianjin 2019 in one: tiers, dearer high-risk work, cheaper with a union card, half a year, thirty days to renew.</summary>
    private static readonly PlanCard WithChoices = SampleCards.TenThousand() with
    {
        CoverTiers = [new CoverTier("100", new LocalName("100元档", "100-yuan tier")), new CoverTier("26", new LocalName("26元档", "26-yuan tier"))],
        Cover = new Cover(CoverStart.NextDay, 12, [6, 36], new Renewal(30)),
        Prices =
        [
            new PriceLine(Money.Yuan(124), "100", HighRisk: true), new PriceLine(Money.Yuan(32), "26", HighRisk: true), new PriceLine(Money.Yuan(50), "100", Months: 6),
            new PriceLine(Money.Yuan(90), "100", UnionCard: true, Months: 12), new PriceLine(Money.Yuan(95), "100", Renewing: true, Months: 12),
            new PriceLine(Money.Yuan(100), "100", Months: 12),
            new PriceLine(Money.Yuan(26), "26", Months: 12),
        ],
    };

    [Fact]
    public void The_first_tier_and_the_plans_own_term_are_taken_when_none_are_told()
    {
        var started = Choose(new Enrol(TheDriver));
        Assert.Equal((null, Money.Yuan(100), new LocalDate(2026, 11, 20)), (started.CoverTier, started.Contribution, started.CoverTo));
        Assert.Null(started.FirstCoverFrom);
    }

    [Fact]
    public void A_tier_that_is_chosen_stands_in_the_certificate_and_has_its_price()
    {
        var started = Choose(new Enrol(TheDriver, CoverTier: "26", Units: 3));
        Assert.Equal(("26", Money.Yuan(78)), (started.CoverTier, started.Contribution));
        Assert.Equal("is none of 100, 26", Handle(new Enrol(TheDriver, Plan: PlanCode, CoverTier: "50"), PlanOf(WithChoices), null)
            .IsRefused(Refuse.InvalidRequest, "coverTier").Detail);
        Handle(new Enrol(TheDriver, Plan: PlanCode, CoverTier: "100"), PlanOf(SampleCards.TenThousand()), null).IsRefused(Refuse.InvalidRequest, "coverTier");
    }

    [Fact]
    public void Another_term_of_the_plan_may_be_chosen_and_no_other()
    {
        var half = Choose(new Enrol(TheDriver, Months: 6));
        Assert.Equal((new LocalDate(2026, 5, 20), Money.Yuan(50)), (half.CoverTo, half.Contribution));
        Assert.Equal(new LocalDate(2026, 11, 20), Choose(new Enrol(TheDriver, Months: 12)).CoverTo);
        Assert.Contains("12, 6, 36 months", Handle(new Enrol(TheDriver, Plan: PlanCode, Months: 24), PlanOf(WithChoices), null).IsRefused(Refuse.InvalidRequest, "months").Detail);
        Handle(new Enrol(TheDriver, Plan: PlanCode, Months: 36), PlanOf(WithChoices), null).IsRefused(Refuse.NotPublished, "prices");   // a term without a published price
    }

    [Fact]
    public void A_union_card_and_high_risk_work_have_their_prices()
    {
        Assert.Equal(Money.Yuan(90), Choose(new Enrol(TheDriver, UnionCard: true)).Contribution);
        Assert.Equal(Money.Yuan(124), Choose(new Enrol(TheDriver with { Occupation = Occupation.Of("undergroundMiner") })).Contribution);
        Assert.Equal(Money.Yuan(32), Choose(new Enrol(TheDriver with { Occupation = Occupation.Of("tunneller") }, CoverTier: "26")).Contribution);
    }

    [Theory]
    [InlineData("2026-11-21", "2025-11-21", "95.00")]   // the next day
    [InlineData("2026-12-21", "2025-11-21", "95.00")]   // thirty days later
    [InlineData("2026-12-22", null, "100.00")]
    public void A_renewal_within_the_grace_continues_the_first_period(string from, string? first, string price)
    {
        var before = Fold<Enrolment>(Choose(new Enrol(TheDriver)));   // to 2026-11-20
        var renewed = Handle(new Enrol(TheDriver, Plan: PlanCode), PlanOf(WithChoices), null, current: before, today: Day(from).PlusDays(-1)).The<EnrolmentStarted>();
        Assert.Equal((Day(from), first is null ? (LocalDate?)null : Day(first), Cny(price)), (renewed.CoverFrom, renewed.FirstCoverFrom, renewed.Contribution));
    }

    [Fact]
    public void A_renewal_of_a_renewal_continues_the_very_first_period()
    {
        var first = Fold<Enrolment>(Choose(new Enrol(TheDriver)));
        var second = Fold<Enrolment>(Renewed(first));
        Assert.Equal(first.CoverFrom, Renewed(second).FirstCoverFrom);
    }

    [Fact]
    public void A_plan_without_grace_begins_anew_each_time()
    {
        var plan = PlanOf(WithChoices with { Cover = WithChoices.Cover! with { Renewal = null } });
        var before = Fold<Enrolment>(Choose(new Enrol(TheDriver)));
        var next = Handle(new Enrol(TheDriver, Plan: PlanCode), plan, null, current: before, today: before.CoverTo).The<EnrolmentStarted>();
        Assert.Equal((null, Money.Yuan(100)), (next.FirstCoverFrom, next.Contribution));
    }

    [Fact]
    public void Who_renews_is_let_in_by_the_age_for_renewal()
    {
        var plan = PlanOf(WithChoices with { Eligibility = new Eligibility([new AgeRule(16, 39, Entry: EntryKind.New), new AgeRule(16, Entry: EntryKind.Renewal)]) });
        Handle(new Enrol(TheDriver, Plan: PlanCode), plan, null).IsRefused(Refuse.AgeNotCovered, "person.idNumber");   // 40
        var before = Fold<Enrolment>(Choose(new Enrol(TheDriver)));
        Handle(new Enrol(TheDriver, Plan: PlanCode), plan, null, current: before, today: before.CoverTo).The<EnrolmentStarted>();
    }

    [Fact]
    public void Ages_may_differ_by_sex_and_senior_rank()
    {
        var plan = PlanOf(SampleCards.TenThousand() with
        {
            Eligibility = new Eligibility([new AgeRule(To: 59, Sex: Sex.Male), new AgeRule(To: 54, Sex: Sex.Female), new AgeRule(To: 59, Sex: Sex.Female, SeniorRank: true)]),
        });
        var woman = TheDriver with { IdNumber = IdentityNumber.Of("62060219680101002" + IdentityNumber.CheckCharacter("62060219680101002")) };   // 57
        Handle(new Enrol(woman, Plan: PlanCode), plan, null).IsRefused(Refuse.AgeNotCovered, "person.idNumber");
        Handle(new Enrol(woman, Plan: PlanCode, SeniorRank: true), plan, null).The<EnrolmentStarted>();
        Handle(new Enrol(TheDriver with { IdNumber = BornOn("19680101") }, Plan: PlanCode), plan, null).The<EnrolmentStarted>();
    }

    [Fact]
    public void Who_pays_which_share_stands_in_the_certificate_where_the_plan_publishes_it()
    {
        var plan = PlanOf(SampleCards.TenThousand() with
        {
            Funding = new FundingRule([FundingKind.Union, FundingKind.Member],
                [new FundingPart(new LocalName("市总工会", "city union"), Money.Yuan(20)), new FundingPart(new LocalName("个人", "member"), Money.Yuan(30))]),
        });
        Assert.Equal([new FundingShare("city union (市总工会)", Money.Yuan(40)), new FundingShare("member (个人)", Money.Yuan(60))],
            Handle(new Enrol(TheDriver, Plan: PlanCode, Units: 2), plan, null).The<EnrolmentStarted>().Funding);
    }

    [Fact]
    public void Units_that_the_plan_voids_are_neither_held_nor_paid_for() =>
        Assert.Equal((3, Money.Yuan(150)), Units(Handle(new Enrol(TheDriver, Plan: PlanCode, Units: 5),
            PlanOf(SampleCards.TenThousand() with { Eligibility = new Eligibility(MaxUnits: 3, ExcessUnits: ExcessUnits.Void) }), null).The<EnrolmentStarted>()));

    [Fact]
    public void A_programme_whose_payers_do_not_give_what_this_cover_costs_takes_nobody_in_at_that_price()
    {
        var plan = PlanOf(WithChoices with { Eligibility = new Eligibility(Regions: [Gansu]) });
        var programme = Fold<Programme>(OpenProgrammeHandler.Handle(new OpenProgramme(ProgrammeCode, PlanCode, "甘肃省总工会", 10, new LocalDate(2025, 1, 1),
            new LocalDate(2026, 12, 31), [Gansu],
            [Occupation.Of("truckDriver"), Occupation.Of("undergroundMiner")], [new FundingShare("甘肃省总工会", Money.Yuan(100))]), null, plan, PlanAdmin).Events);
        Assert.Equal(Money.Yuan(100), Enrol(programme: programme, plan: plan).The<EnrolmentStarted>().Contribution);
        Assert.Contains("124.00", Enrol(TheDriver with { Occupation = Occupation.Of("undergroundMiner") }, programme, plan).IsRefused(Refuse.FundingMismatch, "programme").Detail);
        Handle(new Enrol(TheDriver, ProgrammeCode, CoverTier: "26"), plan, programme).IsRefused(Refuse.FundingMismatch, "programme");
    }

    [Fact]
    public void A_plan_whose_term_or_price_is_not_published_enrols_nobody()
    {
        Handle(new Enrol(TheDriver, Plan: PlanCode), PlanOf(SampleCards.TenThousand() with { Cover = null, NotPublished = ["cover"] }), null)
            .IsRefused(Refuse.NotPublished, "plan");
        Handle(new Enrol(TheDriver, Plan: PlanCode), PlanOf(SampleCards.TenThousand() with { Prices = null, NotPublished = ["prices"] }), null)
            .IsRefused(Refuse.NotPublished, "prices");
    }

    [Fact]
    public void The_sponsors_share_is_drawn_from_the_programmes_budget_beside_the_place()
    {
        var programme = Fold<Programme>(Opened() with { Funding = EnrolledPending().Funding, Budget = Money.Yuan(1_000) });
        var decision = Enrol(programme: programme, plan: APlanWith(ACard(card => card["eligibility"]!["maxUnits"] = 3)), units: 3);
        Assert.Equal(Money.Yuan(240), decision.The<EnrolmentStarted>().Drawn);
        Assert.Equal(
            [(new PlaceChange(Programme.RootPool(ProgrammeCode), 1, 10_000), Refuse.QuotaExceeded.Code),
             (new PlaceChange(Programme.BudgetPool(ProgrammeCode), 24_000, 100_000), Refuse.BudgetExceeded.Code)],
            decision.Places.Select(places => (places.Change, places.Otherwise!.Code)));
        Assert.Null(Enrol().The<EnrolmentStarted>().Drawn);
    }

    [Fact]
    public void A_senior_rank_is_recorded_because_its_age_rule_may_be_asked_again() => Assert.Equal((true, null), (
        Handle(new Enrol(TheDriver, ProgrammeCode, SeniorRank: true), APlan(), AProgramme()).The<EnrolmentStarted>().SeniorRank, Enrol().The<EnrolmentStarted>().SeniorRank));

    [Fact]
    public void A_proposed_version_enrols_nobody() =>
        Handle(new Enrol(TheDriver, Plan: PlanCode), AProposedPlan(ACardOfDirectEntry()), null).IsRefused(Refuse.PlanNotEffective, "plan");

    [Fact]
    public void On_record_a_renewal_hands_the_key_on_and_nobody_holds_two_certificates_of_a_day()
    {
        var world = new World();
        world.Publish("sample-plan", 1, new LocalDate(2025, 1, 1), WithChoices.Json());
        var first = Journey.UnderAPlan(world, "sample-plan", Day("2025-02-01"));
        world.Do(Officer, new Enrol(TheDriver, Plan: "sample-plan")).IsRefused(Refuse.AlreadyEnrolled, "person.idNumber");
        var second = Journey.UnderAPlan(world, "sample-plan", Day("2026-02-01"));
        Assert.Equal(first.CoverFrom, second.FirstCoverFrom);
        var third = Journey.UnderAPlan(world, "sample-plan", Day("2027-06-01"));
        Assert.Null(third.FirstCoverFrom);
    }

    private static Plan PlanOf(PlanCard card)
    {
        Assert.Empty(card.Faults());
        return APlanWith(card.Json());
    }

    private static EnrolmentStarted Choose(Enrol command) => Handle(command with { Plan = PlanCode }, PlanOf(WithChoices), null).The<EnrolmentStarted>();

    private static EnrolmentStarted Renewed(Enrolment current) =>
        Handle(new Enrol(TheDriver, Plan: PlanCode), PlanOf(WithChoices), null, current: current, today: current.CoverTo).The<EnrolmentStarted>();

    private static (int, Money) Units(EnrolmentStarted started) => (started.Units, started.Contribution);

    private static IdentityNumber BornOn(string day) => IdentityNumber.Of($"620602{day}001" + IdentityNumber.CheckCharacter($"620602{day}001"));

    private static void Takes(Decision decision, string pool, long limit)
    {
        Assert.Equal(pool, decision.The<EnrolmentStarted>().Pool);
        var places = Assert.Single(decision.Places);
        Assert.Equal((new PlaceChange(pool, 1, limit), Refuse.QuotaExceeded.Code), (places.Change, places.Otherwise!.Code));
    }

    private static Decision Enrol(
        PersonDetails? person = null, Programme? programme = null, Plan? plan = null, int units = 1, Actor? by = null, LocalDate? today = null) =>
        Handle(new Enrol(person ?? TheDriver, ProgrammeCode, Units: units), plan ?? APlan(), programme ?? AProgramme(), by: by, today: today);

    private static Decision EnrolDirectly(PersonDetails? person = null, Plan? plan = null, Actor? by = null, LocalDate? today = null) =>
        Handle(new Enrol(person ?? TheDriver, Plan: PlanCode), plan ?? APlanWith(ACardOfDirectEntry()), null, by: by, today: today);

    private static Decision Handle(Enrol command, Plan plan, Programme? programme, PersonOnRecord? member = null, Actor? by = null, LocalDate? today = null,
        Enrolment? current = null) =>
        EnrolHandler.Handle(command, plan, programme, member ?? Known(DriverId), current, by ?? Officer, today ?? Today, TheEnrolment);
}
