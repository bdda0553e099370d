namespace ClaimsEngine.Specs;

/// <summary>Nobody pays himself: on recorded facts, for every pair of steps that two people must share, whatever roles a
/// person has.</summary>
public class FourEyesSpecs
{
    private static readonly Actor Everything = new("sample-everything", Enum.GetValues<Role>(), RegionCode.National);

    [Fact]
    public void Who_submitted_a_claim_does_not_approve_it() =>
        Approve(Everything, ClaimOf(submitter: Everything, assessor: Assessor)).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_assessed_a_claim_does_not_approve_it() =>
        Approve(Everything, ClaimOf(submitter: Officer, assessor: Everything)).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_assessed_a_claim_once_does_not_approve_it_after_another_persons_assessment() =>
        Approve(Everything, ClaimOf(submitter: Officer, assessor: Everything).After(Assessed())).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_submitted_a_claim_does_not_refuse_it() =>
        RefuseIt(Everything, ClaimOf(submitter: Everything, assessor: Assessor)).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_assessed_a_claim_does_not_refuse_it() =>
        RefuseIt(Everything, ClaimOf(submitter: Officer, assessor: Everything)).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_refused_a_claim_does_not_decide_the_appeal() =>
        DecideAppealHandler.Handle(new DecideAppeal(TheClaim, AppealOutcome.Upheld, "维持"),
            AnAssessedClaim().After(TheRefusal with { By = Everything.Id }, TheAppeal), AnEnrolledTruckDriver(), null, Everything, Today)
            .IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_reversed_a_refusal_does_not_decide_the_claim()
    {
        var claim = AnAppealedClaim().After(
            new RefusalReversed("鉴定结论成立", Deadline.For(ClaimStep.Assessment, Liangzhou, Today), Everything.Id), Assessed());
        Approve(Everything, claim).IsRefused(Refuse.FourEyes);
        RefuseIt(Everything, claim).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void Who_approved_a_claim_does_not_authorise_its_payout() =>
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout),
            StateOf<Payout>(Ordered() with { ApprovedBy = Everything.Id }), null, Everything, Today).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_authorised_one_payout_does_not_release_its_batch() =>
        Releasing(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(),
            [ABatchedPayout(), StateOf<Payout>(Ordered(OtherPayout), new PayoutAuthorised(Everything.Id))], Everything)
            .IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_approved_a_claim_does_not_release_the_batch_that_pays_it() =>
        Releasing(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(),
            [ABatchedPayout(), StateOf<Payout>(Ordered(OtherPayout) with { ApprovedBy = Everything.Id }, new PayoutAuthorised(Cashier.Id))],
            Everything).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_proposed_a_plan_version_does_not_confirm_it() =>
        ConfirmPlanVersionHandler.Handle(new ConfirmPlanVersion(PlanCode, 1),
            StateOf<Plan>(VersionProposed() with { By = Everything.Id }), Everything).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_submitted_may_assess_since_the_engine_computes() =>
        AssessClaimHandler.Handle(
                new AssessClaim(TheClaim), new(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, TheRules()), Officer, Today)
            .The<ClaimAssessed>();

    [Fact]
    public void Another_person_takes_each_step()
    {
        Approve(Everything, AnAssessedClaim()).The<ClaimApproved>();
        RefuseIt(Everything, AnAssessedClaim()).The<ClaimRefused>();
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AnOrderedPayout(), null, Everything, Today).The<PayoutAuthorised>();
        Releasing(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(),
            [ABatchedPayout(), ABatchedPayout(OtherPayout)], Everything).The<PaymentBatchReleased>();
        ConfirmPlanVersionHandler.Handle(new ConfirmPlanVersion(PlanCode, 1), AProposedPlan(), Everything).The<PlanVersionPublished>();
    }

    private static Claim ClaimOf(Actor submitter, Actor assessor) =>
        StateOf<Claim>([Submitted() with { By = submitter.Id }, .. AllPapers(), Assessed(by: assessor)]);

    private static Decision Approve(Actor by, Claim claim) =>
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
            new(claim, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], by, Today);

    private static Decision RefuseIt(Actor by, Claim claim) =>
        RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), claim, AnEnrolledTruckDriver(), by, Today);
}
