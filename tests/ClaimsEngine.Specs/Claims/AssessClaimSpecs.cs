namespace ClaimsEngine.Specs;

public class AssessClaimSpecs
{
    [Fact]
    public void An_assessment_holds_its_inputs_its_steps_and_the_rules_it_used() => Assess(AClaimWithAllPapers()).Decides(Assessed());

    [Fact]
    public void Missing_papers_are_named() =>
        Assert.Contains("disabilityCertificate, accountProof", Assess(ASubmittedClaim().After(AllPapers().Take(2))).IsRefused(Refuse.DocumentsMissing).Detail);

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
        Assess(Fold<Claim>([Submitted(new Incident(IncidentKind.Disability, IncidentDay)), .. AllPapers()])).IsRefused(Refuse.IncidentIncomplete, "incident.grade");

    [Fact]
    public async Task A_claim_that_does_not_exist_is_not_found() =>
        (await AssessClaimHandler.Run(new AssessClaim(TheClaim), new World())).IsRefused(Refuse.NoSuch);

    [Fact]
    public void The_rules_are_those_of_the_version_bound_to_the_certificate()
    {
        var world = World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(new PersonDetails("陈样例", DriversNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode)).The<EnrolmentStarted>();
        world.Publish(PlanCode, 2, new LocalDate(2025, 6, 1), ACard(card => card["caps"]!["perPeriod"] = "1.00"));
        var claim = world.Do(Officer, new SubmitClaim(enrolment.Enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>().Claim;
        foreach (var kind in DisabilityPapers) world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1)));
        var assessed = world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        Assert.Equal((1, Money.Yuan(120_000)), (assessed.PlanVersion, assessed.Amount));
    }

    private static Decision Assess(Claim claim, Enrolment? enrolment = null, Actor? by = null) =>
        AssessClaimHandler.Handle(claim, enrolment ?? AnEnrolledTruckDriver(), null, TheRules(), by ?? Assessor);
}
