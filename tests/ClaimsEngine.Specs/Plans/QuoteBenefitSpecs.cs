namespace ClaimsEngine.Specs;

/// <summary>What would be payable, for whoever asks: nobody is enrolled, nothing is stored.</summary>
public class QuoteBenefitSpecs
{
    private static readonly Incident GradeFour = new(IncidentKind.Disability, SampleFacts.June1, 4);
    private static readonly QuotedEnrolment TheYear = new(CoverFrom: new LocalDate(2025, 1, 1), CoverTo: new LocalDate(2025, 12, 31));

    [Fact]
    public void An_answer_holds_amount_steps_rules_documents_and_contribution()
    {
        var quote = Ask(GradeFour, new QuotedEnrolment(
            Units: 1, CoverFrom: new LocalDate(2025, 1, 1), BirthDate: new LocalDate(1985, 3, 12), Sex: Sex.Male,
            Occupation: Occupation.Of("truckDriver"), Region: Liangzhou));
        Assert.Equal("84000.00", quote.Payable.ToString());
        Assert.Equal(["benefits.disability", "benefits.disability.table", "caps.perPeriod", "payable"],
            quote.Steps.Select(step => step.Rule));
        Assert.Equal((PlanCode, 1, CardReading.Hash(ACard()), "plan-rules/2"),
            (quote.Plan, quote.PlanVersion, quote.RuleHash, quote.Interpreter));
        Assert.Equal(DisabilityPapers, quote.Documents);
        Assert.Equal((Money.Yuan(120), false), (quote.Contribution!.Amount, quote.Contribution.Refunded));
        Assert.Empty(quote.NotChecked);
        Assert.Equal(["benefits", "caps", "eligibility", "documents"], quote.Assumed.Select(assumption => assumption.Path));
    }

    [Fact]
    public void What_is_not_told_is_not_checked_and_the_answer_says_so()
    {
        var quote = Ask(GradeFour);
        Assert.Equal("84000.00", quote.Payable.ToString());
        Assert.Equal(
        [
            new UncheckedRule("eligibility.occupations", "enrolment.occupation is not told"),
            new UncheckedRule("eligibility.regions", "enrolment.region is not told"),
            new UncheckedRule("eligibility.ages", "enrolment.birthDate is not told"),
        ], quote.NotChecked);
        // a card that asks nothing
        Assert.Empty(Ask(GradeFour, plan: PlanOf(SampleCards.Disability(new GradeRule("jrt-0083-2013", Money.Yuan(1))))).NotChecked);
    }

    [Theory]
    [InlineData("worker", null, null, "occupation-not-covered", "enrolment.occupation")]
    [InlineData(null, "610102", null, "region-not-covered", "enrolment.region")]
    [InlineData(null, null, "2009-06-02", "age-not-covered", "enrolment.birthDate")]   // 15 on the first day of cover
    [InlineData(null, null, "1959-06-01", "age-not-covered", "enrolment.birthDate")]   // 66
    public void Who_is_told_and_not_eligible_is_refused_as_at_enrolment(
        string? occupation, string? region, string? born, string code, string field)
    {
        var (quote, refusal) = Answer(GradeFour, new QuotedEnrolment(
            CoverFrom: SampleFacts.June1, Occupation: occupation is null ? null : Occupation.Of(occupation),
            Region: region is null ? null : RegionCode.Of(region), BirthDate: born is null ? null : Day(born)));
        Assert.Null(quote);
        Assert.Equal((code, field), (refusal!.Code, refusal.Field));
    }

    [Fact]
    public void Ages_are_counted_on_the_first_day_of_cover_and_on_the_incidents_where_none_is_told()
    {
        Assert.Equal("84000.00",
            Ask(GradeFour, new QuotedEnrolment(CoverFrom: SampleFacts.June1, BirthDate: Day("2009-06-01"))).Payable.ToString());
        Assert.Equal("84000.00", Ask(GradeFour, new QuotedEnrolment(BirthDate: Day("2009-06-01"))).Payable.ToString());
        Assert.Equal(Refuse.AgeNotCovered,
            Answer(GradeFour, new QuotedEnrolment(CoverFrom: Day("2025-05-31"), BirthDate: Day("2009-06-01"))).Refusal!.Rule);
    }

    [Fact]
    public void Who_renews_is_eligible_by_the_rule_for_renewal()
    {
        var plan = PlanOf(SampleCards.TenThousand()
            with { Eligibility = new Eligibility([new AgeRule(16, 54, Entry: EntryKind.New), new AgeRule(16, Entry: EntryKind.Renewal)]) });
        var death = new Incident(IncidentKind.AccidentDeath, SampleFacts.June1);
        var sixty = TheYear with { BirthDate = Day("1965-01-01") };
        Assert.Equal(Refuse.AgeNotCovered, Answer(death, sixty, plan: plan).Refusal!.Rule);
        Assert.Equal("10000.00", Ask(death, sixty with { FirstCoverFrom = Day("2024-01-01") }, plan: plan).Payable.ToString());
        Assert.Equal(Refuse.AgeNotCovered, Answer(death, sixty with { FirstCoverFrom = TheYear.CoverFrom }, plan: plan).Refusal!.Rule);
    }

    [Fact]
    public void Senior_rank_counts_where_it_is_told()
    {
        var plan = PlanOf(SampleCards.TenThousand()
            with { Eligibility = new Eligibility([new AgeRule(To: 54), new AgeRule(To: 59, SeniorRank: true)]) });
        var death = new Incident(IncidentKind.AccidentDeath, SampleFacts.June1);
        Assert.Equal(Refuse.AgeNotCovered, Answer(death, TheYear with { BirthDate = Day("1968-01-01") }, plan: plan).Refusal!.Rule);
        Assert.Equal("10000.00",
            Ask(death, TheYear with { BirthDate = Day("1968-01-01"), SeniorRank = true }, plan: plan).Payable.ToString());
    }

    [Fact]
    public void More_units_than_a_person_may_hold_are_refused_and_where_they_are_void_they_are_not()
    {
        var refusal = Answer(GradeFour, new QuotedEnrolment(Units: 2)).Refusal!;
        Assert.Equal((Refuse.TooManyUnits, "enrolment.units"), (refusal.Rule, refusal.Field));
        var plan = PlanOf(SampleCards.TenThousand() with { Eligibility = new Eligibility(MaxUnits: 3, ExcessUnits: ExcessUnits.Void) });
        Assert.Equal("30000.00",
            Ask(new Incident(IncidentKind.AccidentDeath, SampleFacts.June1), new QuotedEnrolment(Units: 5), plan: plan).Payable.ToString());
    }

    // faults

    [Fact]
    public void All_faults_of_a_question_are_named_at_once()
    {
        var refusal = Answer(
            new Incident(IncidentKind.Hospitalisation, Day("2025-06-01"), 3,
                Admissions: [new Admission(Day("2025-06-02"), Day("2025-06-01"), OwnShare: Money.Yuan(2), Total: Money.Yuan(1))]),
            new QuotedEnrolment(0, Day("2025-06-10"), Day("2025-06-09"), Day("2025-06-11"), Day("2025-06-12")),
            new QuotedUse(new Money(-1), -1, -1, new Money(-1), new Money(-1),
                new Dictionary<IncidentKind, Money> { [IncidentKind.HospitalDays] = new Money(-1) }, new Money(-1),
                new Money(-1))).Refusal!;
        Assert.Equal(Refuse.InvalidRequest, refusal.Rule);
        Assert.Equal(
        [
            "incident.grade", "incident.date", "incident.admissions.0.discharged", "incident.admissions.0.admitted",
            "incident.admissions.0.ownShare",
            "enrolment.units", "enrolment.coverTo", "enrolment.firstCoverFrom", "enrolment.birthDate", "enrolment.firstCoverFrom",
            "used.days", "used.admissions", "used.amount", "used.deductible", "used.ownShare", "used.lifetime", "used.acrossPlans",
            "used.benefits.hospitalDays",
        ], refusal.Faults!.Select(fault => fault.Field));
    }

    [Fact]
    public void An_end_of_cover_or_an_earlier_period_needs_a_beginning()
    {
        Assert.Equal(["enrolment.coverFrom"],
            Answer(GradeFour, new QuotedEnrolment(CoverTo: Day("2025-12-31"))).Refusal!.Faults!.Select(fault => fault.Field));
        Assert.Equal(["enrolment.coverFrom"],
            Answer(GradeFour, new QuotedEnrolment(FirstCoverFrom: Day("2024-12-31"))).Refusal!.Faults!.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void One_to_a_hundred_units_can_be_asked_for(int units, bool may)
    {
        var plan = PlanOf(SampleCards.TenThousand() with { Eligibility = new Eligibility(MaxUnits: 100) });
        var (quote, refusal) =
            Answer(new Incident(IncidentKind.AccidentDeath, SampleFacts.June1), new QuotedEnrolment(Units: units), plan: plan);
        Assert.Equal((may, may ? null : "enrolment.units"), (quote is not null, refusal?.Field));
    }

    [Fact]
    public void A_fact_that_the_rule_needs_is_asked_for()
    {
        var refusal =
            Answer(new Incident(IncidentKind.Hospitalisation, SampleFacts.June1), plan: PlanOf(SampleCards.OverTheYear())).Refusal!;
        Assert.Equal((Refuse.IncidentIncomplete, "incident.admissions"), (refusal.Rule, refusal.Field));
    }

    [Fact]
    public void A_cover_tier_that_the_card_has_not_is_refused_and_the_known_ones_are_told()
    {
        var tiers = PlanOf(SampleCards.TenThousand()
            with { CoverTiers = [new CoverTier("100", new LocalName("甲", "a")), new CoverTier("26", new LocalName("乙", "b"))] });
        var refusal =
            Answer(new Incident(IncidentKind.AccidentDeath, SampleFacts.June1), new QuotedEnrolment(CoverTier: "50"), plan: tiers).Refusal!;
        Assert.Equal((Refuse.InvalidRequest, "enrolment.coverTier", "is none of 100, 26"), (refusal.Rule, refusal.Field, refusal.Detail));
        Assert.Equal(Refuse.InvalidRequest, Answer(GradeFour, new QuotedEnrolment(CoverTier: "100")).Refusal!.Rule);
    }

    // cover

    [Theory]
    [InlineData("2024-12-31", "2025-01-01", null, false)]
    [InlineData("2025-01-01", "2025-01-01", null, true)]
    [InlineData("2025-12-31", "2025-01-01", null, true)]    // twelve months, the plan's term
    [InlineData("2026-01-01", "2025-01-01", null, false)]
    [InlineData("2025-03-01", "2025-01-01", "2025-02-28", false)]
    [InlineData("2025-02-28", "2025-01-01", "2025-02-28", true)]
    public void An_incident_lies_within_the_cover_that_is_told(string date, string from, string? to, bool within)
    {
        var (quote, refusal) =
            Answer(GradeFour with { Date = Day(date) }, new QuotedEnrolment(CoverFrom: Day(from), CoverTo: to is null ? null : Day(to)));
        Assert.Equal((within, within ? null : ("incident-outside-cover", "incident.date")),
            (quote is not null, refusal is null ? ((string, string?)?)null : (refusal.Code, refusal.Field)));
    }

    [Fact]
    public void Where_neither_plan_nor_question_tells_when_cover_ends_no_end_is_made_up()
    {
        var plan = PlanOf(SampleCards.TenThousand() with { Cover = null, NotPublished = ["cover"],
            Prices = [new PriceLine(Money.Yuan(7), Months: 6), new PriceLine(Money.Yuan(50))] });
        var late = new Incident(IncidentKind.AccidentDeath, Day("2026-06-01"));
        var quote = Ask(late, new QuotedEnrolment(CoverFrom: Day("2025-01-01")), plan: plan);
        Assert.Equal([new UncheckedRule("cover", "the source does not publish its term, and enrolment.coverTo is not told")],
            quote.NotChecked);
        Assert.Equal(Money.Yuan(50), quote.Contribution!.Amount);
        Assert.Equal((Refuse.IncidentOutsideCover, "incident.date"),
            Blamed(Answer(late, new QuotedEnrolment(CoverFrom: Day("2026-06-02")), plan: plan)));
        Assert.Equal((Refuse.IncidentOutsideCover, "incident.date"), Blamed(Answer(late, TheYear, plan: plan)));
        Assert.Empty(Ask(late, TheYear with { CoverTo = Day("2026-06-01") }, plan: plan).NotChecked);
    }

    [Fact]
    public void The_version_is_the_one_that_binds_a_cover_of_that_day()
    {
        var plan = APlanOfTwoVersions();   // the second from 2026 on
        Assert.Equal(1,
            Ask(GradeFour with { Date = Day("2026-03-01") }, new QuotedEnrolment(CoverFrom: Day("2025-12-31")), plan: plan).PlanVersion);
        Assert.Equal(2,
            Ask(GradeFour with { Date = Day("2026-03-01") }, new QuotedEnrolment(CoverFrom: Day("2026-01-01")), plan: plan).PlanVersion);
        Assert.Equal(2, Ask(GradeFour with { Date = Day("2026-03-01") }, plan: plan).PlanVersion);   // no cover told: the incident's day
    }

    [Fact]
    public void A_version_may_be_named()
    {
        var plan = APlanOfTwoVersions();
        Assert.Equal(1, BenefitQuotes.Answer(plan, new QuoteBenefit(GradeFour with { Date = Day("2026-03-01") }), 1).Quote!.PlanVersion);
        var refusal = BenefitQuotes.Answer(plan, new QuoteBenefit(GradeFour), 3).Refusal!;
        Assert.Equal((Refuse.PlanNotEffective, $"{PlanCode} has no version 3"), (refusal.Rule, refusal.Detail));
    }

    [Fact]
    public void Before_the_first_version_there_is_no_answer()
    {
        Assert.Equal((Refuse.PlanNotEffective, "incident.date"), Blamed(Answer(GradeFour with { Date = Day("2024-12-31") })));
        Assert.Equal((Refuse.PlanNotEffective, "enrolment.coverFrom"),
            Blamed(Answer(GradeFour, new QuotedEnrolment(CoverFrom: Day("2024-12-31")))));
    }

    [Fact]
    public void A_waiting_period_is_reckoned_from_the_cover_that_is_told()
    {
        var plan = PlanOf(SampleCards.TenThousand() with
        {
            Waiting = [new WaitingPeriod([IncidentKind.AccidentDeath], "样例第七条", 30, DayCounting.Inclusive, Trigger.Incident)],
        });
        var early = new Incident(IncidentKind.AccidentDeath, Day("2025-01-30"));
        Assert.Equal("0.00", Ask(early, TheYear, plan: plan).Payable.ToString());
        Assert.Equal("10000.00", Ask(early, TheYear with { FirstCoverFrom = Day("2024-01-01") }, plan: plan).Payable.ToString());
        Assert.Equal((Refuse.IncidentIncomplete, "enrolment.coverFrom"), Blamed(Answer(early, plan: plan)));
    }

    // what was used, price, what is not published

    [Fact]
    public void What_was_used_is_reckoned_with()
    {
        Assert.Equal("70000.00", Ask(GradeFour, used: new QuotedUse(Money.Yuan(50_000))).Payable.ToString());
        var plan = PlanOf(SampleCards.OverTheYear());
        var stay = new Incident(IncidentKind.Hospitalisation, SampleFacts.June1, Admissions: SampleFacts.Stays("5000.00").Admissions);
        Assert.Equal("4000.00", Ask(stay, used: new QuotedUse(Deductible: Money.Yuan(10_000)), plan: plan).Payable.ToString());
        Assert.Equal("4500.00",
            Ask(stay, used: new QuotedUse(Money.Yuan(24_000), Deductible: Money.Yuan(10_000)), plan: plan).Payable.ToString());
        // 13500 − 10000, 80 %
        Assert.Equal("2800.00", Ask(stay, used: new QuotedUse(OwnShare: Cny("8500.00")), plan: plan).Payable.ToString());
        Assert.Equal("0.00", Ask(stay, plan: plan).Payable.ToString());
    }

    [Fact]
    public void Days_admissions_kinds_and_wider_caps_used_are_reckoned_with()
    {
        var days = PlanOf(SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 1, 180)));
        var tenNights =
            new Incident(IncidentKind.HospitalDays, SampleFacts.June1, Admissions: SampleFacts.Days("2025-06-01…2025-06-11").Admissions);
        Assert.Equal("80.00", Ask(tenNights, used: new QuotedUse(Days: 178), plan: days).Payable.ToString());
        var second = PlanOf(SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, ByAdmission: [80, 70])));
        var stay = new Incident(IncidentKind.Hospitalisation, SampleFacts.June1, Admissions: SampleFacts.Stays("1000.00").Admissions);
        Assert.Equal("700.00", Ask(stay, used: new QuotedUse(Admissions: 1), plan: second).Payable.ToString());
        var death = new Incident(IncidentKind.AccidentDeath, SampleFacts.June1);
        var once = PlanOf(SampleCards.TenThousand().With(benefit => benefit with { Once = true }));
        Assert.Equal("0.00", Ask(
            death, used: new QuotedUse(Benefits: new Dictionary<IncidentKind, Money> { [IncidentKind.AccidentDeath] = Money.Yuan(1) }),
            plan: once).Payable.ToString());
        var wide = PlanOf(SampleCards.TenThousand()
            with { Caps = new Caps(PerLifetime: Money.Yuan(50_000), AcrossPlans: new GroupCap("g", Money.Yuan(60_000))) });
        Assert.Equal("4000.00", Ask(death, used: new QuotedUse(Lifetime: Money.Yuan(46_000)), plan: wide).Payable.ToString());
        Assert.Equal("3000.00", Ask(death, used: new QuotedUse(AcrossPlans: Money.Yuan(57_000)), plan: wide).Payable.ToString());
    }

    [Fact]
    public void The_contribution_is_that_of_units_tier_work_card_term_and_renewal()
    {
        var plan = PlanOf(SampleCards.TenThousand() with
        {
            Eligibility = new Eligibility(MaxUnits: 3),
            Cover = new Cover(CoverStart.NextDay, 12, [6]),
            Prices =
            [
                new PriceLine(Money.Yuan(7), Months: 6), new PriceLine(Money.Yuan(60), HighRisk: true),
                new PriceLine(Money.Yuan(45), UnionCard: true),
                new PriceLine(Money.Yuan(48), Renewing: true),
                new PriceLine(Money.Yuan(50)),
            ],
        });
        var death = new Incident(IncidentKind.AccidentDeath, SampleFacts.June1);
        Money Of(QuotedEnrolment enrolment) => Ask(death, enrolment, plan: plan).Contribution!.Amount;
        Assert.Equal(Money.Yuan(100), Of(TheYear with { Units = 2 }));
        Assert.Equal(Money.Yuan(60), Of(TheYear with { Occupation = Occupation.Of("undergroundMiner") }));
        Assert.Equal(Money.Yuan(45), Of(TheYear with { UnionCard = true }));
        Assert.Equal(Money.Yuan(48), Of(TheYear with { FirstCoverFrom = Day("2024-01-01") }));
        Assert.Equal(Money.Yuan(7), Of(TheYear with { CoverTo = Day("2025-06-30") }));   // six whole months
        Assert.Equal(Money.Yuan(50), Of(TheYear with { CoverTo = Day("2025-06-29") }));
        Assert.Equal(Money.Yuan(50), Of(new QuotedEnrolment()));
    }

    [Fact]
    public void An_own_share_of_which_nobody_told_what_lies_in_scope_is_counted_whole_and_the_answer_says_so()
    {
        var plan = PlanOf(SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70)));
        var told = new Incident(IncidentKind.Hospitalisation, SampleFacts.June1, Admissions: SampleFacts.Stays("1000.00").Admissions);
        Assert.Empty(Ask(told, plan: plan).NotChecked);
        Assert.All(Ask(told, plan: plan).Steps, step => Assert.False(step.Assumed));

        var untold = Ask(told with { Admissions = [told.Admissions![0] with { InScope = null }] }, plan: plan);
        Assert.Equal("700.00", untold.Payable.ToString());
        Assert.Equal(["benefits.hospitalisation.base"], untold.NotChecked.Select(rule => rule.Rule));
        Assert.Equal([("benefits.hospitalisation.base", true), ("benefits.hospitalisation.percent", false), ("payable", true)],
            untold.Steps.Select(step => (step.Rule, step.Assumed)));
        Assert.Contains("is not told", untold.Steps[0].Text);
    }

    [Fact]
    public void Readings_of_other_benefits_are_none_that_the_answer_rests_on()
    {
        var card = SampleCards.Of(
            new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(10_000))),
            new Benefit(IncidentKind.HospitalDays, SampleCards.Clause, Allowance: new AllowanceRule(Money.Yuan(40)))) with
            {
                Waiting = [new WaitingPeriod([IncidentKind.HospitalDays], "样例第七条", 3, DayCounting.Inclusive, Trigger.Incident)],
                Readings = [new Assumption("benefits.hospitalDays.perDay", "made up"), new Assumption("waiting.0", "made up"),
                    new Assumption("prices", "made up"), new Assumption("benefits.accidentDeath", "made up")],
            };
        Assert.Equal(["prices", "benefits.accidentDeath"],
            Ask(new Incident(IncidentKind.AccidentDeath, SampleFacts.June1), plan: PlanOf(card)).Readings.Select(one => one.Path));
        var stay = new Incident(IncidentKind.HospitalDays, SampleFacts.June1,
            Admissions: SampleFacts.Days("2025-06-01…2025-06-11").Admissions);
        Assert.Equal(["benefits.hospitalDays.perDay", "waiting.0", "prices", "benefits.hospitalDays.days"],
            Ask(stay, TheYear, plan: PlanOf(card)).Readings.Select(one => one.Path));
    }

    [Fact]
    public void A_price_that_is_not_published_leaves_the_benefit_answered_and_says_so()
    {
        var quote = Ask(new Incident(IncidentKind.AccidentDeath, SampleFacts.June1),
            plan: PlanOf(SampleCards.TenThousand() with { Prices = null, NotPublished = ["prices"] }));
        Assert.Equal(("10000.00", (Contribution?)null), (quote.Payable.ToString(), quote.Contribution));
        Assert.Equal(["prices"], quote.NotChecked.Select(rule => rule.Rule));
    }

    [Fact]
    public void A_benefit_that_is_not_published_or_not_there_is_refused_by_that_name()
    {
        var plan = PlanOf(SampleCards.Of(new Benefit(IncidentKind.HospitalDays, SampleCards.Clause))
            with { NotPublished = ["benefits.hospitalDays"] });
        var refusal = Answer(new Incident(IncidentKind.HospitalDays, SampleFacts.June1), plan: plan).Refusal!;
        Assert.Equal((Refuse.NotPublished, "benefits.hospitalDays"), (refusal.Rule, Assert.Single(refusal.Faults!).Field));
        Assert.Equal((Refuse.BenefitNotCovered, "incident.kind"),
            Blamed(Answer(new Incident(IncidentKind.AccidentDeath, SampleFacts.June1), plan: plan)));
    }

    [Fact]
    public void Asking_for_a_plan_of_format_1_is_answered_by_its_own_interpreter()
    {
        var quote = Ask(GradeFour, plan: APlanOfFormat1());
        Assert.Equal(("84000.00", "lump-sum/1", Golden<PlanVersionPublished>().RuleHash),
            (quote.Payable.ToString(), quote.Interpreter, quote.RuleHash));
    }

    [Fact]
    public void The_same_question_has_the_same_answer_to_the_byte() => Assert.Equal(
        JsonSerializer.Serialize(Ask(GradeFour, TheYear), ClaimsJson.Options),
        JsonSerializer.Serialize(Ask(GradeFour, TheYear), ClaimsJson.Options));

    private static Plan PlanOf(PlanCard card)
    {
        Assert.Empty(card.Faults());
        return APlanWith(card.Json());
    }

    private static (RefusalCode?, string?) Blamed((Quote? Quote, Refusal? Refusal) answer) => (answer.Refusal?.Rule, answer.Refusal?.Field);

    private static Quote Ask(Incident incident, QuotedEnrolment? enrolment = null, QuotedUse? used = null, Plan? plan = null)
    {
        var (quote, refusal) = Answer(incident, enrolment, used, plan);
        Assert.True(refusal is null, $"refused: {refusal}");
        return quote!;
    }

    private static (Quote? Quote, Refusal? Refusal) Answer(
        Incident incident, QuotedEnrolment? enrolment = null, QuotedUse? used = null, Plan? plan = null) =>
        BenefitQuotes.Answer(plan ?? APlan(), new QuoteBenefit(incident, enrolment, used));
}
