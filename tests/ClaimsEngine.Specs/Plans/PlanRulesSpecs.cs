namespace ClaimsEngine.Specs;

/// <summary>The interpreter as a whole: which rules come when, and what has no answer. Single rules have specs of their own below
/// <c>Rules</c>.</summary>
public class PlanRulesSpecs
{
    [Fact]
    public void A_card_of_format_2_is_computed_by_plan_rules_2_and_what_earlier_ones_decided_by_them()
    {
        Assert.Equal("plan-rules/2", Adjudication.InterpreterFor(SampleCards.TenThousand()));
        Assert.True(Adjudication.Knows("plan-rules/2"));
        Assert.True(Adjudication.Knows("plan-rules/1"));
        Assert.True(Adjudication.Knows("lump-sum/1"));
        Assert.False(Adjudication.Knows("plan-rules/3"));
        Assert.Throws<ArgumentException>(() => Adjudication.Assess("plan-rules/3", SampleCards.TenThousand(), SampleFacts.Death()));
    }

    [Fact]
    public void Waiting_form_reduction_others_and_caps_come_in_this_order()
    {
        var card = Samples.HospitalPlan with { NotBoth = null };
        var assessment = card.Assess(SampleFacts.Stays("20000.00") with
        {
            Cover = new CoverFacts(new LocalDate(2025, 5, 1), new LocalDate(2026, 4, 30)),
            OtherPayments = [new OtherPayment("criticalRelief", Money.Yuan(500))],
        });
        Assert.Equal(
        [
            "waiting.0", "benefits.hospitalisation.base", "benefits.hospitalisation.deductible", "benefits.hospitalisation.tiers.0",
            "waiting.0.reducedPercent",
            "coordination.less",
            "caps.perPeriod", "caps.perLifetime", "caps.acrossPlans",
        ], assessment.Rules());
        Assert.Equal("3500.00", assessment.Amount.ToString());   // (20000 − 10000) × 80 % = 8000, half of it 4000, less 500
        Assert.Equal("8000.00 − 4000.00 − 500.00", assessment.Steps[^1].Input);
    }

    [Fact]
    public void A_kind_without_benefit_is_not_covered() =>
        Assert.Contains("women's illness", SampleCards.TenThousand()
            .HasNoAnswer(SampleFacts.Of(IncidentKind.WomensIllness), Refuse.BenefitNotCovered, "incident.kind").Detail);

    [Fact]
    public void A_benefit_of_which_only_the_name_is_published_has_no_answer() =>
        (SampleCards.Of(new Benefit(IncidentKind.HospitalDays, SampleCards.Clause)) with { NotPublished = ["benefits.hospitalDays"] })
            .DoesNotPublish(SampleFacts.Of(IncidentKind.HospitalDays), "benefits.hospitalDays");

    [Fact]
    public void All_that_is_not_published_and_would_be_needed_is_named_at_once()
    {
        var card = SampleCards.Of(new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause)) with
        {
            Waiting = [new WaitingPeriod([IncidentKind.AccidentDeath], "样例第七条", 30, DayCounting.Inclusive,
                Trigger.Incident, ReducedToDay: 90)],
            NotPublished = ["benefits.accidentDeath", "waiting.0.reducedPercent"],
        };
        card.DoesNotPublish(SampleFacts.Death() with { Date = Day("2025-02-15") }, "waiting.0.reducedPercent", "benefits.accidentDeath");
    }

    [Fact]
    public void What_is_paid_once_is_paid_once_in_a_cover_period()
    {
        var card = SampleCards.TenThousand().With(benefit => benefit with { Once = true });
        Assert.Equal("10000.00", card.Pays(SampleFacts.Death()));
        Assert.Equal("10000.00", card.Pays(SampleFacts.Death().With(new Counters().After(IncidentKind.Disability, Money.Yuan(1), null))));
        // granted at 0.00 is not paid
        Assert.Equal("10000.00", card.Pays(SampleFacts.Death().With(new Counters().After(IncidentKind.AccidentDeath, Money.Zero, null))));
        var again = card.Assess(SampleFacts.Death().With(new Counters().After(IncidentKind.AccidentDeath, Money.Yuan(4_000), null)));
        Assert.Equal("0.00", again.Amount.ToString());
        Assert.Equal(("4000.00", "Paid once in a cover period, and 4000.00 yuan were paid already.", "保障期内限付一次，已给付4000.00元。"),
            (again.Step("benefits.accidentDeath.once").Input, again.Step("benefits.accidentDeath.once").Text,
                again.Step("benefits.accidentDeath.once").TextZh));
    }

    [Fact]
    public void What_is_assumed_is_marked_at_every_step_it_touches_and_at_the_end()
    {
        var card = SampleCards.TenThousand()
            with { Caps = new Caps(PerPeriod: Money.Yuan(5_000)), Assumed = [new Assumption("caps", "made up")] };
        var assessment = card.Assess(SampleFacts.Death());
        Assert.Equal([("benefits.accidentDeath", false), ("caps.perPeriod", true), ("payable", true)],
            assessment.Steps.Select(step => (step.Rule, step.Assumed)));
        Assert.All(SampleCards.TenThousand().Assess(SampleFacts.Death()).Steps, step => Assert.False(step.Assumed));
    }

    [Fact]
    public void After_a_step_that_closes_no_other_is_told()
    {
        var card = SampleCards.TenThousand() with
        {
            Waiting = [new WaitingPeriod([IncidentKind.AccidentDeath], "样例第七条", 365, DayCounting.Inclusive, Trigger.Incident)],
            Caps = new Caps(PerPeriod: Money.Yuan(5_000)),
        };
        var assessment = card.Assess(SampleFacts.Death());
        Assert.Equal(["waiting.0"], assessment.Rules());
        Assert.Equal("0.00", assessment.Steps[^1].Input);
    }
}
