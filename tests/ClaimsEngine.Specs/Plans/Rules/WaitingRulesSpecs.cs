namespace ClaimsEngine.Specs;

/// <summary>Cover from 1 January 2025: day 30 is 30 January if the first day is day 1, and 31 January if it is day 0.</summary>
public class WaitingRulesSpecs
{
    private const string WaitingClause = "样例第七条";

    private static readonly WaitingPeriod ThirtyThenReduced =
        new([IncidentKind.AccidentDeath], WaitingClause, 30, DayCounting.Inclusive, Trigger.Incident, ReducedToDay: 90, ReducedPercent: 50);

    /// <summary>Like Tianjin 2019: a cancer counts from its pathology report, other illnesses from the admission.</summary>
    private static readonly PlanCard ByIllness = SampleCards.Critical(
        new IllnessRule([new IllnessAmount(Money.Yuan(10_000))], "tianjin-critical-16")) with
    {
        Waiting =
        [
            new WaitingPeriod([IncidentKind.CriticalIllness], WaitingClause, 30, DayCounting.Inclusive, Trigger.Admission,
                Triggers: new Dictionary<string, Trigger> { ["cancer"] = Trigger.PathologyReport }),
        ],
    };

    [Theory]
    [InlineData("2025-01-01", "0.00")]
    [InlineData("2025-01-30", "0.00")]
    [InlineData("2025-01-31", "5000.00")]
    [InlineData("2025-03-31", "5000.00")]
    [InlineData("2025-04-01", "10000.00")]
    public void Counted_inclusively_days_30_and_90_are_in(string date, string payable) => Assert.Equal(payable, Card().Pays(On(date)));

    [Theory]
    [InlineData("2025-01-01", "0.00")]
    [InlineData("2025-01-31", "0.00")]
    [InlineData("2025-02-01", "5000.00")]
    [InlineData("2025-04-01", "5000.00")]
    [InlineData("2025-04-02", "10000.00")]
    public void Counted_exclusively_the_first_day_of_cover_is_day_0(string date, string payable) =>
        Assert.Equal(payable, Card(ThirtyThenReduced with { Counting = DayCounting.Exclusive }).Pays(On(date)));

    [Fact]
    public void Within_the_waiting_period_one_step_says_why_nothing_is_payable()
    {
        var steps = Card().Assess(On("2025-01-30")).Steps;
        Assert.Equal(
        [
            new Step("waiting.0", WaitingClause, "2025-01-01 … 2025-01-30", "0.00",
                "The incident of 2025-01-30 falls on day 30 of cover, within the waiting period of 30 days: nothing is payable.",
                "事故日期2025-01-30为保障第30天，在30天免责期内，不予给付。", Adds: Money.Zero),
            new Step("payable", SampleCards.Clause, "0.00", "0.00", "Payable: 0.00 yuan.", "应付0.00元。"),
        ], steps);
    }

    [Fact]
    public void In_the_reduced_period_the_day_and_the_share_are_two_steps()
    {
        var assessment = Card().Assess(On("2025-02-15"));
        Assert.Equal(["waiting.0", "benefits.accidentDeath", "waiting.0.reducedPercent"], assessment.Rules());
        Assert.Equal(("46", "The incident of 2025-02-15 falls on day 46 of cover, within the reduced period up to day 90."),
            (assessment.Step("waiting.0").Output, assessment.Step("waiting.0").Text));
        Assert.Equal(new Step("waiting.0.reducedPercent", WaitingClause, "10000.00 × 50 %", "5000.00",
            "In the reduced period 50 % of the benefit is paid: 5000.00 yuan.", "减责期内按50%给付，计5000.00元。", Adds: Cny("-5000.00")),
            assessment.Step("waiting.0.reducedPercent"));
    }

    [Fact]
    public void After_the_waiting_period_a_step_says_so() =>
        Assert.Equal("The incident of 2025-06-01 falls on day 152 of cover, after the waiting period of 30 days.",
            Card().Assess(On("2025-06-01")).Step("waiting.0").Text);

    [Fact]
    public void A_reduced_benefit_is_rounded_half_up_to_the_fen()
    {
        var card = SampleCards.DeathByAccident(new LumpSumRule(Cny("100.05"))) with { Waiting = [ThirtyThenReduced] };
        Assert.Equal("50.03", card.Pays(On("2025-02-15")));   // 50.025
    }

    [Fact]
    public void Unbroken_cover_counts_from_its_first_day()
    {
        var renewed = On("2025-01-10") with { Cover = SampleFacts.Year2025 with { FirstFrom = new LocalDate(2024, 1, 1) } };
        Assert.Equal("10000.00", Card().Pays(renewed));
        var begunLately = On("2025-01-10") with { Cover = SampleFacts.Year2025 with { FirstFrom = new LocalDate(2024, 12, 1) } };
        Assert.Equal("5000.00", Card().Pays(begunLately));   // day 41
    }

    [Fact]
    public void A_plan_that_does_not_waive_it_on_renewal_counts_anew()
    {
        var renewed = On("2025-01-10") with { Cover = SampleFacts.Year2025 with { FirstFrom = new LocalDate(2024, 1, 1) } };
        Assert.Equal("0.00", Card(ThirtyThenReduced with { WaivedOnRenewal = false }).Pays(renewed));
    }

    [Fact]
    public void A_cancer_counts_from_its_pathology_report_and_nothing_else()
    {
        var cancer = SampleFacts.Illness("cancer")
            with { Date = Day("2025-01-20"), DiagnosedOn = Day("2025-01-31"), Admissions = [Stay("2025-01-10")] };
        Assert.Equal("10000.00", ByIllness.Pays(cancer));
        var reportedEarly = cancer with { Date = Day("2025-02-20"), DiagnosedOn = Day("2025-01-30"), Admissions = [Stay("2025-02-10")] };
        Assert.Equal("0.00", ByIllness.Pays(reportedEarly));
        Assert.StartsWith("The pathology report of 2025-01-30", ByIllness.Assess(reportedEarly).Step("waiting.0").Text);
    }

    [Fact]
    public void Another_illness_counts_from_its_first_admission_and_without_one_the_admission_is_asked_for()
    {
        var other = SampleFacts.Illness("other") with { Date = Day("2025-01-20"), DiagnosedOn = Day("2025-01-05") };
        ByIllness.HasNoAnswer(other, Refuse.IncidentIncomplete, "incident.admissions");
        ByIllness.HasNoAnswer(other with { Admissions = [] }, Refuse.IncidentIncomplete, "incident.admissions");
        // what was decided on the day of the incident is still computed so
        Assert.Equal("0.00", Adjudication.Assess(PlanRules1.Interpreter, ByIllness, other).Assessment!.Amount.ToString());
        Assert.Equal("0.00",
            ByIllness.Pays(other with { Date = Day("2025-02-20"), Admissions = [Stay("2025-02-15"), Stay("2025-01-30")] }));
        Assert.Equal("10000.00", ByIllness.Pays(other with { Admissions = [Stay("2025-02-15"), Stay("2025-01-31")] }));
        Assert.StartsWith("The admission of 2025-01-31",
            ByIllness.Assess(other with { Admissions = [Stay("2025-01-31")] }).Step("waiting.0").Text);
    }

    [Fact]
    public void A_date_that_the_rule_counts_to_is_asked_for()
    {
        ByIllness.HasNoAnswer(SampleFacts.Illness("cancer"), Refuse.IncidentIncomplete, "incident.diagnosedOn");
        Card().HasNoAnswer(On("2025-06-01") with { Cover = null }, Refuse.IncidentIncomplete, "enrolment.coverFrom");
    }

    [Fact]
    public void A_kind_without_waiting_period_does_not_wait()
    {
        var card = SampleCards.Of(
            new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(10_000))),
            new Benefit(IncidentKind.IllnessDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(5_000))))
            with { Waiting = [ThirtyThenReduced] };
        Assert.Equal("5000.00", card.Pays(On("2025-01-02") with { Kind = IncidentKind.IllnessDeath, Cover = null }));
        Assert.Equal("0.00", card.Pays(On("2025-01-02")));
    }

    [Fact]
    public void Each_kind_has_its_own_waiting_period()
    {
        var card = SampleCards.Of(
            new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(10_000))),
            new Benefit(IncidentKind.IllnessDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(5_000)))) with
            {
                Waiting = [ThirtyThenReduced,
                    new WaitingPeriod([IncidentKind.IllnessDeath], WaitingClause, 180, DayCounting.Inclusive, Trigger.Incident)],
            };
        Assert.Equal("0.00", card.Pays(On("2025-06-01") with { Kind = IncidentKind.IllnessDeath }));
        Assert.Equal("waiting.1", card.Assess(On("2025-06-01") with { Kind = IncidentKind.IllnessDeath }).Steps[0].Rule);
    }

    [Fact]
    public void A_share_that_is_not_published_is_missed_in_the_reduced_period_only()
    {
        var card = Card(ThirtyThenReduced with { ReducedPercent = null }) with { NotPublished = ["waiting.0.reducedPercent"] };
        card.DoesNotPublish(On("2025-02-15"), "waiting.0.reducedPercent");
        Assert.Equal("0.00", card.Pays(On("2025-01-30")));
        Assert.Equal("10000.00", card.Pays(On("2025-04-01")));
    }

    private static PlanCard Card(WaitingPeriod? waiting = null) =>
        SampleCards.TenThousand() with { Waiting = [waiting ?? ThirtyThenReduced] };

    private static CaseFacts On(string date) => SampleFacts.Death() with { Date = Day(date) };

    private static Admission Stay(string admitted) => new(Day(admitted), Day(admitted).PlusDays(3));
}
