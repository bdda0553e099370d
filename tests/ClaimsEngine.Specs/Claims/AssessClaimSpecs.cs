namespace ClaimsEngine.Specs;

public class AssessClaimSpecs
{
    [Fact]
    public void An_assessment_holds_its_inputs_its_steps_and_the_rules_it_used() => Assess(AClaimWithAllPapers()).Decides(Assessed());

    [Fact]
    public void Missing_papers_are_named() =>
        Assert.Contains("disabilityCertificate, accountProof",
            Assess(ASubmittedClaim().After(AllPapers().Take(2))).IsRefused(Refuse.DocumentsMissing).Detail);

    [Fact]
    public void Assessing_twice_on_the_same_facts_changes_nothing_whoever_asks()
    {
        Assess(AnAssessedClaim()).ChangesNothing();
        Assess(AnAssessedClaim(), by: Officer).ChangesNothing();
    }

    [Fact]
    public void Benefit_used_since_is_reckoned_with()
    {
        var again = Assess(AnAssessedClaim(), AnEnrolledTruckDriver().After(Used(Money.Yuan(50_000)))).The<ClaimAssessed>();
        Assert.Equal((Money.Yuan(50_000), Money.Yuan(70_000)), (again.Facts.Used, again.Amount));
    }

    [Fact]
    public void Other_rules_or_another_interpreter_ask_for_a_new_assessment()
    {
        Assess(AClaimWithAllPapers().After(Assessed() with { RuleHash = "sha256:00" })).The<ClaimAssessed>();
        Assess(AClaimWithAllPapers().After(Assessed() with { Interpreter = "lump-sum/0" })).The<ClaimAssessed>();
    }

    [Fact]
    public void A_decided_or_withdrawn_claim_is_not_assessed()
    {
        Assess(AnApprovedClaim()).IsRefused(Refuse.WrongState);
        Assess(ARefusedClaim()).IsRefused(Refuse.WrongState);
        Assess(AWithdrawnClaim()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_disability_without_grade_cannot_be_assessed() =>
        Assess(StateOf<Claim>([Submitted(new Incident(IncidentKind.Disability, IncidentDay)), .. AllPapers()]))
            .IsRefused(Refuse.IncidentIncomplete, "incident.grade");

    [Fact]
    public void The_rules_are_those_of_the_version_bound_to_the_certificate()
    {
        var world = World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(new PersonDetails("陈样例", DriversNumber, Occupation.Of("truckDriver"), Liangzhou),
            ProgrammeCode)).The<EnrolmentStarted>();
        world.Publish(PlanCode, 2, new LocalDate(2025, 6, 1), ACard(card => card["caps"]!["perPeriod"] = "1.00"));
        var claim = world.Do(Officer, new SubmitClaim(enrolment.Enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>().Claim;
        foreach (var kind in DisabilityPapers) world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1)));
        var assessed = world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        Assert.Equal((1, Money.Yuan(120_000)), (assessed.PlanVersion, assessed.Amount));
    }

    [Fact]
    public void An_assessment_holds_what_it_uses_up_and_the_union_level_that_decides_it()
    {
        var card = SampleCards.OverTheYear()
            with { Review = [new ReviewLevel(UnionLevel.District, Money.Yuan(3_000)), new ReviewLevel(UnionLevel.Province)] };
        var version = APlanWith(card.Json()).Version(1)!;
        ClaimAssessed Of(string ownShare) => AssessClaimHandler.Handle(new AssessClaim(TheClaim), new(
            StateOf<Claim>([Submitted(new Incident(IncidentKind.Hospitalisation, SampleFacts.June1,
                Admissions: SampleFacts.Stays(ownShare).Admissions)), .. AllPapers()]),
            AnEnrolledTruckDriver(), null, version), Assessor, Today).The<ClaimAssessed>();
        Assert.Equal((Money.Yuan(3_000), UnionLevel.District), (Of("13750.00").Amount, Of("13750.00").ReviewLevel));
        Assert.Equal((Cny("3000.80"), UnionLevel.Province), (Of("13751.00").Amount, Of("13751.00").ReviewLevel));
        Assert.Equal(new Consumption(Admissions: 1, Deductible: Money.Yuan(10_000), OwnShare: Money.Yuan(13_751)), Of("13751.00").Consumed);
        Assert.Null(Assessed().ReviewLevel);
    }

    [Fact]
    public void The_facts_are_those_of_the_incident_the_certificate_and_what_was_used()
    {
        var enrolment =
            StateOf<Enrolment>(Enrolled(2) with { FirstCoverFrom = new LocalDate(2023, 1, 1), CoverTier = "26" }, Used(Money.Yuan(1_000)));
        var facts = Assess(StateOf<Claim>([Submitted(GradeOneDisability with { DiagnosedOn = IncidentDay }), .. AllPapers()]), enrolment)
            .The<ClaimAssessed>().Facts;
        Assert.Equal((2, Money.Yuan(1_000), "26", IncidentDay), (facts.Units, facts.Used, facts.CoverTier, facts.DiagnosedOn));
        Assert.Equal(new CoverFacts(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), new LocalDate(2023, 1, 1)), facts.Cover);
        Assert.Equal([new KindUse(IncidentKind.Disability, Money.Yuan(1_000))], facts.Counters!.Benefits!);
    }

    [Fact]
    public void What_the_plan_does_not_publish_is_not_assessed_and_every_missing_rule_is_named()
    {
        var card = SampleCards.Disability(new GradeRule("jrt-0083-2013")) with { NotPublished = ["benefits.disability"] };
        var refusal = AssessClaimHandler.Handle(
            new AssessClaim(TheClaim), new(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, APlanWith(card.Json()).Version(1)!),
            Assessor, Today).Refusal!;
        Assert.Equal((Refuse.NotPublished, "benefits.disability"), (refusal.Rule, Assert.Single(refusal.Faults!).Field));
    }

    private static Decision Assess(Claim claim, Enrolment? enrolment = null, Actor? by = null) =>
        AssessClaimHandler.Handle(new AssessClaim(TheClaim),
            new(claim, enrolment ?? AnEnrolledTruckDriver(), null, TheRules()), by ?? Assessor, Today);
}
