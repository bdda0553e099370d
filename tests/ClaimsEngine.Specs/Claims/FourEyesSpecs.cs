namespace ClaimsEngine.Specs;

/// <summary>Promise P10, nobody pays himself: on recorded facts, for every pair of steps that two people must share, whatever roles a person has.</summary>
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
    public void Who_approved_a_claim_does_not_authorise_its_payout() =>
        AuthorisePayoutHandler.Handle(Fold<Payout>(Ordered() with { ApprovedBy = Everything.Id }), Everything).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_authorised_one_payout_does_not_release_its_batch() =>
        ReleasePaymentBatchHandler.Handle(
            AnAssembledBatch(), [ABatchedPayout(), Fold<Payout>(Ordered(OtherPayout), new PayoutAuthorised(Everything.Id))], Everything).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_proposed_a_plan_version_does_not_confirm_it() =>
        ConfirmPlanVersionHandler.Handle(new ConfirmPlanVersion(PlanCode, 1), Fold<Plan>(VersionProposed() with { By = Everything.Id }), Everything).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_submitted_may_assess_since_the_engine_computes() =>
        AssessClaimHandler.Handle(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, TheRules(), Officer).The<ClaimAssessed>();

    [Fact]
    public void Another_person_takes_each_step()
    {
        Approve(Everything, AnAssessedClaim()).The<ClaimApproved>();
        RefuseIt(Everything, AnAssessedClaim()).The<ClaimRefused>();
        AuthorisePayoutHandler.Handle(AnOrderedPayout(), Everything).The<PayoutAuthorised>();
        ReleasePaymentBatchHandler.Handle(AnAssembledBatch(), [ABatchedPayout(), ABatchedPayout(OtherPayout)], Everything).The<PaymentBatchReleased>();
        ConfirmPlanVersionHandler.Handle(new ConfirmPlanVersion(PlanCode, 1), AProposedPlan(), Everything).The<PlanVersionPublished>();
    }

    private static Claim ClaimOf(Actor submitter, Actor assessor) =>
        Fold<Claim>([Submitted() with { By = submitter.Id }, .. AllPapers(), Assessed(by: assessor)]);

    private static Decision Approve(Actor by, Claim claim) =>
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"), claim, AnEnrolledTruckDriver(), null, TheRules().Card, by, Today, ThePayout);

    private static Decision RefuseIt(Actor by, Claim claim) => RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), claim, by);
}
