namespace ClaimsEngine.Specs;

/// <summary>Decided claims under a draft card: what would have been paid instead, without touching anything.</summary>
public class WhatIfSpecs
{
    private static readonly LocalDate Day = new(2025, 6, 1);

    [Fact]
    public void Under_the_rules_they_were_decided_by_nothing_differs()
    {
        var card = ACard70();
        var whatIf = new WhatIf(card);
        var used = Money.Zero;
        foreach (var (ownShare, member) in new[] { (1_000, 1), (2_000, 1), (5_000, 2) })
        {
            if (member == 2) used = Money.Zero;
            var claim = Decided(card, member, ownShare, used);
            used += claim.Approved;
            var line = whatIf.Next(claim);
            Assert.Equal((claim.Approved, (string?)null), (line.After, line.Reason));
        }
    }

    [Fact]
    public void A_higher_ratio_pays_more()
    {
        var line = new WhatIf(ACard70(80)).Next(Decided(ACard70(), 1, 1_000, Money.Zero));
        Assert.Equal((Money.Yuan(700), Money.Yuan(800)), (line.Before, line.After));
    }

    [Fact]
    public void What_an_earlier_claim_would_have_been_paid_instead_counts_against_the_cap_of_the_later_ones()
    {
        var card = ACard70(70, cap: 2_000);
        var whatIf = new WhatIf(ACard70(90, cap: 2_000));
        Assert.Equal(Money.Yuan(1_800), whatIf.Next(Decided(card, 1, 2_000, Money.Zero)).After);   // 1,400 before
        var second = whatIf.Next(Decided(card, 1, 2_000, Money.Yuan(1_400)));
        // 2,000 − 1,400 before, 2,000 − 1,800 now
        Assert.Equal((Money.Yuan(600), Money.Yuan(200)), (second.Before, second.After));
        Assert.Equal(Money.Yuan(1_800), whatIf.Next(Decided(card, 2, 2_000, Money.Zero)).After);   // another member begins anew
    }

    [Fact]
    public void A_lower_ratio_leaves_more_of_the_cap_to_the_later_ones()
    {
        var card = ACard70(70, cap: 2_000);
        var whatIf = new WhatIf(ACard70(50, cap: 2_000));
        Assert.Equal(Money.Yuan(1_000), whatIf.Next(Decided(card, 1, 2_000, Money.Zero)).After);
        Assert.Equal(Money.Yuan(1_000), whatIf.Next(Decided(card, 1, 2_000, Money.Yuan(1_400))).After);
    }

    [Fact]
    public void A_deductible_that_would_have_accumulated_is_used_up_by_the_earlier_claims()
    {
        var draft = ACard70() with
        {
            Benefits = [new Benefit(IncidentKind.Hospitalisation, "draft",
                Medical: new MedicalRule(CostBase.OwnShare, Per.Year, Money.Yuan(1_500), Percent: 100))],
        };
        var whatIf = new WhatIf(draft);
        Assert.Equal(Money.Zero, whatIf.Next(Decided(ACard70(), 1, 1_000, Money.Zero)).After);
        Assert.Equal(Money.Yuan(500), whatIf.Next(Decided(ACard70(), 1, 1_000, Money.Yuan(700))).After);
        Assert.Equal(Money.Yuan(1_000), whatIf.Next(Decided(ACard70(), 1, 1_000, Money.Yuan(1_400))).After);
    }

    [Fact]
    public void What_a_refused_claim_would_have_used_up_was_never_counted()
    {
        static PlanCard OfDeductible(int yuan) => ACard70() with
        {
            Benefits = [new Benefit(IncidentKind.Hospitalisation, "sample",
                Medical: new MedicalRule(CostBase.OwnShare, Per.Year, Money.Yuan(yuan), Percent: 50))],
        };
        DecidedClaim Of(int ownShare, bool granted, Counters? counters)
        {
            var facts = new CaseFacts(IncidentKind.Hospitalisation, Day, 1, Money.Zero,
                Admissions: [new Admission(Day, Day.PlusDays(5), OwnShare: Money.Yuan(ownShare))], Counters: counters);
            var assessment = Adjudication.Assess(OfDeductible(1_000), facts).Assessment!;
            return Decided(ACard70(), 1, ownShare, Money.Zero) with { Granted = granted, Approved = assessment.Amount,
                Assessed = assessment.Amount, Facts = facts, Consumed = assessment.Consumed };
        }
        var counted = new Counters()
            .After(IncidentKind.Hospitalisation, Money.Zero, new Consumption(1, 0, Money.Yuan(300), Money.Yuan(300)));
        var whatIf = new WhatIf(OfDeductible(500));
        Assert.Equal(Money.Zero, whatIf.Next(Of(300, granted: true, null)).After);          // 300 of 500
        // 900 − 500, half of it; was refused as nothing was payable
        Assert.Equal(Money.Yuan(200), whatIf.Next(Of(600, granted: false, counted)).After);
        Assert.Equal(Money.Yuan(800), whatIf.Next(Of(1_600, granted: true, counted)).After);   // the deductible is used up by now
    }

    [Fact]
    public void A_lifetime_cap_that_only_the_draft_has_holds_over_two_certificates()
    {
        var card = ACard70();
        var draft = ACard70() with { Caps = new Caps(PerLifetime: Money.Yuan(1_000)) };
        var whatIf = new WhatIf(draft);
        Assert.Equal(Money.Yuan(700), whatIf.Next(Decided(card, 1, 1_000, Money.Zero)).After);
        Assert.Equal(Money.Yuan(300), whatIf.Next(Decided(card, 1, 1_000, Money.Zero) with { Enrolment = new EnrolmentId(Id(200)) }).After);
        Assert.Equal(Money.Zero, whatIf.Next(Decided(card, 1, 1_000, Money.Zero) with { Enrolment = new EnrolmentId(Id(201)) }).After);
    }

    [Fact]
    public void A_persons_refusal_stands_and_one_by_the_rules_is_reckoned_again()
    {
        var card = ACard70();
        var refusedByPerson = Decided(card, 1, 1_000, Money.Zero) with { Granted = false, Approved = Money.Zero };
        Assert.Equal((Money.Zero, WhatIfLine.Kept),
            (new WhatIf(card).Next(refusedByPerson).After, new WhatIf(card).Next(refusedByPerson).Reason));
        var neverAssessed = refusedByPerson with { Facts = null, Assessed = null };
        Assert.Equal(WhatIfLine.Kept, new WhatIf(card).Next(neverAssessed).Reason);
        var nothingPayable = Decided(card, 1, 0, Money.Zero) with { Granted = false, Facts = Decided(card, 1, 1_000, Money.Zero).Facts };
        Assert.Equal(Money.Yuan(700), new WhatIf(card).Next(nothingPayable).After);
    }

    [Fact]
    public void Where_less_was_granted_than_assessed_no_more_is_granted()
    {
        var cut = Decided(ACard70(), 1, 1_000, Money.Zero) with { Approved = Money.Yuan(600) };
        Assert.Equal(Money.Yuan(600), new WhatIf(ACard70(90)).Next(cut).After);
        Assert.Equal(Money.Yuan(500), new WhatIf(ACard70(50)).Next(cut).After);
    }

    [Fact]
    public void A_draft_without_an_answer_pays_nothing_and_says_why()
    {
        var draft = ACard70()
            with { Benefits = [new Benefit(IncidentKind.AccidentDeath, "draft", LumpSum: new LumpSumRule(Money.Yuan(1)))] };
        var line = new WhatIf(draft).Next(Decided(ACard70(), 1, 1_000, Money.Zero));
        Assert.Equal(Money.Zero, line.After);
        Assert.StartsWith("benefit-not-covered: ", line.Reason);
        Assert.False(line.IsAnswered);
    }

    [Fact]
    public void A_claim_that_is_more_than_can_be_reckoned_with_has_no_answer_and_the_others_have_theirs()
    {
        var card = ACard70(cap: 2_000);
        var endless = new Admission(Day, Day.PlusDays(5), OwnShare: new Money(long.MaxValue / 50));
        var claim = Decided(card, 1, 2_000, Money.Zero);
        var whatIf = new WhatIf(card);
        var line = whatIf.Next(claim with { Facts = claim.Facts! with { Admissions = [endless] } });
        Assert.Equal((Money.Zero, false), (line.After, line.IsAnswered));
        Assert.StartsWith("invalid-request: ", line.Reason);
        // 600 before; the draft has paid nothing of the cap so far
        Assert.Equal(Money.Yuan(1_400), whatIf.Next(Decided(card, 1, 2_000, Money.Yuan(1_400))).After);
        Assert.Equal(Money.Yuan(1_400), whatIf.Next(Decided(card, 2, 2_000, Money.Zero)).After);
    }

    [Fact]
    public void Claims_whose_sum_is_more_than_can_be_reckoned_with_are_answered_up_to_it()
    {
        var card = ACard70(percent: 1);
        var claim = Decided(card, 1, 100, Money.Zero);
        var huge = new Admission(Day, Day.PlusDays(5), OwnShare: new Money(long.MaxValue / 2));   // 1 % of it goes 200 times into a sum
        claim = claim with { Facts = claim.Facts! with { Admissions = [huge] } };
        var whatIf = new WhatIf(card);
        for (var i = 0; i < 200; i++) Assert.True(whatIf.Next(claim).IsAnswered);
        var line = whatIf.Next(claim);
        Assert.Equal((Money.Zero, false), (line.After, line.IsAnswered));
        Assert.True(whatIf.Next(claim with { Member = new PersonId(Id(2)) }).IsAnswered);
    }

    private static PlanCard ACard70(int percent = 70, int? cap = null) => new(
        2, new LocalName("样例", "sample"), "sample", [], new Eligibility(),
        [new Benefit(IncidentKind.Hospitalisation, "sample", Medical: new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: percent))],
        new Dictionary<IncidentKind, IReadOnlyList<string>>(), Caps: cap is { } yuan ? new Caps(PerPeriod: Money.Yuan(yuan)) : null);

    /// <summary>A claim as the engine decided it then.</summary>
    private static DecidedClaim Decided(PlanCard card, int member, int ownShare, Money used)
    {
        var facts = new CaseFacts(IncidentKind.Hospitalisation, Day, 1, used,
            Admissions: [new Admission(Day, Day.PlusDays(5), OwnShare: Money.Yuan(ownShare))]);
        var assessment = Adjudication.Assess(card, facts).Assessment!;
        return new DecidedClaim("C62-20250701-7K3F9QTN", new PersonId(Id(member)), new EnrolmentId(Id(100 + member)), Liangzhou,
            IncidentKind.Hospitalisation, Day.PlusDays(30),
            Granted: true, assessment.Amount, assessment.Amount, facts, assessment.Consumed);
    }
}
