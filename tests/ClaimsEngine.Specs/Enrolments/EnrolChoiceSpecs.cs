using static ClaimsEngine.Specs.EnrolSpecs;

namespace ClaimsEngine.Specs;

/// <summary>Enrolling under plans with choices: tiers, terms, prices, renewals, who pays.</summary>
public class EnrolChoiceSpecs
{
    /// <summary>Like CCEIA 2011 and Tianjin 2019 in one: tiers, dearer high-risk work, cheaper with a union card, half a year, thirty days
    /// to renew.</summary>
    private static readonly PlanCard WithChoices = SampleCards.TenThousand() with
    {
        Eligibility = new Eligibility(MaxUnits: 3),
        CoverTiers =
            [new CoverTier("100", new LocalName("100元档", "100-yuan tier")), new CoverTier("26", new LocalName("26元档", "26-yuan tier"))],
        Cover = new Cover(CoverStart.NextDay, 12, [6, 36], new Renewal(30)),
        Prices =
        [
            new PriceLine(Money.Yuan(124), "100", HighRisk: true), new PriceLine(Money.Yuan(32), "26", HighRisk: true),
            new PriceLine(Money.Yuan(50), "100", Months: 6),
            new PriceLine(Money.Yuan(90), "100", UnionCard: true, Months: 12),
            new PriceLine(Money.Yuan(95), "100", Renewing: true, Months: 12),
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
        Handle(new Enrol(TheDriver, Plan: PlanCode, CoverTier: "100"), PlanOf(SampleCards.TenThousand()), null)
            .IsRefused(Refuse.InvalidRequest, "coverTier");
    }

    [Fact]
    public void Another_term_of_the_plan_may_be_chosen_and_no_other()
    {
        var half = Choose(new Enrol(TheDriver, Months: 6));
        Assert.Equal((new LocalDate(2026, 5, 20), Money.Yuan(50)), (half.CoverTo, half.Contribution));
        Assert.Equal(new LocalDate(2026, 11, 20), Choose(new Enrol(TheDriver, Months: 12)).CoverTo);
        Assert.Contains("12, 6, 36 months", Handle(new Enrol(TheDriver, Plan: PlanCode, Months: 24), PlanOf(WithChoices), null)
            .IsRefused(Refuse.InvalidRequest, "months").Detail);
        // a term without a published price
        Handle(new Enrol(TheDriver, Plan: PlanCode, Months: 36), PlanOf(WithChoices), null).IsRefused(Refuse.NotPublished, "prices");
    }

    [Fact]
    public void A_union_card_and_high_risk_work_have_their_prices()
    {
        Assert.Equal(Money.Yuan(90), Choose(new Enrol(TheDriver, UnionCard: true)).Contribution);
        Assert.Equal(Money.Yuan(124), Choose(new Enrol(TheDriver with { Occupation = Occupation.Of("undergroundMiner") })).Contribution);
        Assert.Equal(Money.Yuan(32),
            Choose(new Enrol(TheDriver with { Occupation = Occupation.Of("tunneller") }, CoverTier: "26")).Contribution);
    }

    [Theory]
    [InlineData("2026-11-21", "2025-11-21", "95.00")]   // the next day
    [InlineData("2026-12-21", "2025-11-21", "95.00")]   // thirty days later
    [InlineData("2026-12-22", null, "100.00")]
    public void A_renewal_within_the_grace_continues_the_first_period(string from, string? first, string price)
    {
        var before = StateOf<Enrolment>(Choose(new Enrol(TheDriver)));   // to 2026-11-20
        var renewed = Handle(new Enrol(TheDriver, Plan: PlanCode), PlanOf(WithChoices), null, current: before,
            today: Day(from).PlusDays(-1)).The<EnrolmentStarted>();
        Assert.Equal((Day(from), first is null ? (LocalDate?)null : Day(first), Cny(price)),
            (renewed.CoverFrom, renewed.FirstCoverFrom, renewed.Contribution));
    }

    [Fact]
    public void A_renewal_of_a_renewal_continues_the_very_first_period()
    {
        var first = StateOf<Enrolment>(Choose(new Enrol(TheDriver)));
        var second = StateOf<Enrolment>(Renewed(first));
        Assert.Equal(first.CoverFrom, Renewed(second).FirstCoverFrom);
    }

    [Fact]
    public void A_plan_without_grace_begins_anew_each_time()
    {
        var plan = PlanOf(WithChoices with { Cover = WithChoices.Cover! with { Renewal = null } });
        var before = StateOf<Enrolment>(Choose(new Enrol(TheDriver)));
        var next = Handle(new Enrol(TheDriver, Plan: PlanCode), plan, null, current: before, today: before.CoverTo).The<EnrolmentStarted>();
        Assert.Equal((null, Money.Yuan(100)), (next.FirstCoverFrom, next.Contribution));
    }

    [Fact]
    public void Who_renews_is_let_in_by_the_age_for_renewal()
    {
        var plan = PlanOf(WithChoices
            with { Eligibility = new Eligibility([new AgeRule(16, 39, Entry: EntryKind.New), new AgeRule(16, Entry: EntryKind.Renewal)]) });
        Handle(new Enrol(TheDriver, Plan: PlanCode), plan, null).IsRefused(Refuse.AgeNotCovered, "person.idNumber");   // 40
        var before = StateOf<Enrolment>(Choose(new Enrol(TheDriver)));
        Handle(new Enrol(TheDriver, Plan: PlanCode), plan, null, current: before, today: before.CoverTo).The<EnrolmentStarted>();
    }

    [Fact]
    public void Ages_may_differ_by_sex_and_senior_rank()
    {
        var plan = PlanOf(SampleCards.TenThousand() with
        {
            Eligibility = new Eligibility([new AgeRule(To: 59, Sex: Sex.Male), new AgeRule(To: 54, Sex: Sex.Female),
                new AgeRule(To: 59, Sex: Sex.Female, SeniorRank: true)]),
        });
        // 57
        var woman = TheDriver
            with { IdNumber = IdentityNumber.Of("62060219680101002" + IdentityNumber.CheckCharacter("62060219680101002")) };
        Handle(new Enrol(woman, Plan: PlanCode), plan, null).IsRefused(Refuse.AgeNotCovered, "person.idNumber");
        Handle(new Enrol(woman, Plan: PlanCode, SeniorRank: true), plan, null).The<EnrolmentStarted>();
        Handle(new Enrol(TheDriver with { IdNumber = BornOn("19680101") }, Plan: PlanCode), plan, null).The<EnrolmentStarted>();
    }

    [Fact]
    public void Who_pays_which_share_stands_in_the_certificate_where_the_plan_publishes_it()
    {
        var plan = PlanOf(SampleCards.TenThousand() with
        {
            Eligibility = new Eligibility(MaxUnits: 2),
            Funding = new FundingRule([FundingKind.Union, FundingKind.Member],
                [new FundingPart(new LocalName("市总工会", "city union"), Money.Yuan(20)),
                    new FundingPart(new LocalName("个人", "member"), Money.Yuan(30))]),
        });
        Assert.Equal([new FundingShare("city union (市总工会)", Money.Yuan(40)), new FundingShare("member (个人)", Money.Yuan(60))],
            Handle(new Enrol(TheDriver, Plan: PlanCode, Units: 2), plan, null).The<EnrolmentStarted>().Funding);
    }

    [Fact]
    public void Units_that_the_plan_voids_are_neither_held_nor_paid_for() =>
        Assert.Equal((3, Money.Yuan(150)), Units(Handle(new Enrol(TheDriver, Plan: PlanCode, Units: 5),
            PlanOf(SampleCards.TenThousand() with { Eligibility = new Eligibility(MaxUnits: 3, ExcessUnits: ExcessUnits.Void) }), null)
            .The<EnrolmentStarted>()));

    [Fact]
    public void A_programme_whose_payers_do_not_give_what_this_cover_costs_takes_nobody_in_at_that_price()
    {
        var plan = PlanOf(WithChoices with { Eligibility = new Eligibility(Regions: [Gansu]) });
        var programme = StateOf<Programme>(OpenProgrammeHandler.Handle(new OpenProgramme(
            ProgrammeCode, PlanCode, "甘肃省总工会", 10, new LocalDate(2025, 1, 1), new LocalDate(2026, 12, 31), [Gansu],
            [Occupation.Of("truckDriver"), Occupation.Of("undergroundMiner")], [new FundingShare("甘肃省总工会", Money.Yuan(100))]), null,
            plan, PlanAdmin).Events);
        Assert.Equal(Money.Yuan(100), Enrol(programme: programme, plan: plan).The<EnrolmentStarted>().Contribution);
        Assert.Contains("124.00", Enrol(TheDriver with { Occupation = Occupation.Of("undergroundMiner") }, programme, plan)
            .IsRefused(Refuse.FundingMismatch, "programme").Detail);
        Handle(new Enrol(TheDriver, ProgrammeCode, CoverTier: "26"), plan, programme).IsRefused(Refuse.FundingMismatch, "programme");
    }

    [Fact]
    public void A_plan_whose_term_or_price_is_not_published_enrols_nobody()
    {
        Handle(new Enrol(TheDriver, Plan: PlanCode),
            PlanOf(SampleCards.TenThousand() with { Cover = null, NotPublished = ["cover"] }), null)
            .IsRefused(Refuse.NotPublished, "plan");
        Handle(new Enrol(TheDriver, Plan: PlanCode),
            PlanOf(SampleCards.TenThousand() with { Prices = null, NotPublished = ["prices"] }), null)
            .IsRefused(Refuse.NotPublished, "prices");
    }

    [Fact]
    public void The_sponsors_share_is_drawn_from_the_programmes_budget_beside_the_place()
    {
        var programme = StateOf<Programme>(Opened() with { Funding = EnrolledPending().Funding, Budget = Money.Yuan(1_000) });
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
        Handle(new Enrol(TheDriver, ProgrammeCode, SeniorRank: true), APlan(), AProgramme()).The<EnrolmentStarted>().SeniorRank,
        Enrol().The<EnrolmentStarted>().SeniorRank));

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

    private static EnrolmentStarted Choose(Enrol command) =>
        Handle(command with { Plan = PlanCode }, PlanOf(WithChoices), null).The<EnrolmentStarted>();

    private static EnrolmentStarted Renewed(Enrolment current) =>
        Handle(new Enrol(TheDriver, Plan: PlanCode), PlanOf(WithChoices), null, current: current, today: current.CoverTo)
            .The<EnrolmentStarted>();

    private static (int, Money) Units(EnrolmentStarted started) => (started.Units, started.Contribution);
}
