namespace ClaimsEngine.Specs.Enrolments;

/// <summary>Voidance while a claim is open, and what a duplicate is.</summary>
public class VoidanceSpecs
{
    private static readonly VoidClaimedEnrolment ByAnApprover = new(TheEnrolment, "重复参保");

    [Fact]
    public void While_a_claim_is_open_one_officer_voids_nothing_and_an_approver_does_with_a_reason()
    {
        var (world, claim, enrolment) = Claimed();
        world.Do(Officer, new VoidEnrolment(enrolment, "重复参保")).IsRefused(Refuse.ClaimsOpen);
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Officer, new VoidEnrolment(enrolment, "重复参保")).IsRefused(Refuse.ClaimsOpen);
        world.Do(Officer, ByAnApprover with { Enrolment = enrolment }).IsRefused(Refuse.RoleMissing);
        var voided = world.Do(Approver, ByAnApprover with { Enrolment = enrolment }).The<EnrolmentVoided>();
        Assert.Equal(("重复参保", Approver.Id), (voided.Reason, voided.By));
        Assert.Equal(["reason"], (ByAnApprover with { Reason = " " }).BrokenFields());
        Assert.Equal(["duplicateOf"], (ByAnApprover with { DuplicateOf = TheEnrolment }).BrokenFields());
    }

    [Fact]
    public void Who_submitted_the_claim_does_not_void_its_certificate() =>
        VoidClaimedEnrolmentHandler.Handle(ByAnApprover, new(AnEnrolledTruckDriver().After(new ClaimOpened(TheClaim, Approver.Id)), null),
            Approver).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_submitted_the_claim_may_not_void_its_certificate_again_either() =>
        VoidClaimedEnrolmentHandler.Handle(ByAnApprover, new(AnEnrolledTruckDriver().After(new ClaimOpened(TheClaim, Approver.Id))
            with { Status = EnrolmentStatus.Void }, null), Approver).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Once_the_claim_is_withdrawn_or_refused_an_officer_may_void_again()
    {
        var (world, claim, enrolment) = Claimed();
        Assert.Equal(claim, world.Do(Officer, new WithdrawClaim(claim, "申领人撤回")).The<ClaimClosed>().Claim);
        var again = Journey.ToAClaimWithAllPapers(world, enrolment: enrolment);
        world.Do(Officer, new VoidEnrolment(enrolment, "重复参保")).IsRefused(Refuse.ClaimsOpen);
        Assert.Equal(again, world.Do(Approver, new RefuseClaim(again, "不属于保障责任")).The<ClaimClosed>().Claim);
        world.Do(Officer, new VoidEnrolment(enrolment, "重复参保")).The<EnrolmentVoided>();
    }

    [Fact]
    public void After_an_approval_nobody_voids()
    {
        var (world, claim, enrolment) = Claimed();
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).The<ClaimApproved>();
        Assert.Empty(world.All<Enrolment>().Single().OpenClaims);
        world.Do(Officer, new VoidEnrolment(enrolment, "重复参保")).IsRefused(Refuse.BenefitDrawn);
        world.Do(Approver, ByAnApprover with { Enrolment = enrolment }).IsRefused(Refuse.BenefitDrawn);
    }

    [Fact]
    public void A_claim_of_before_openings_were_recorded_ends_as_it_did() =>
        WithdrawClaimHandler.Handle(new WithdrawClaim(TheClaim, "申领人撤回"), ASubmittedClaim(), AnEnrolledTruckDriver(), Officer, Today)
            .Decides(new ClaimWithdrawn("申领人撤回", Officer.Id, Today));

    [Fact]
    public void A_duplicate_is_of_the_same_plan_and_of_days_in_common()
    {
        var other = AnEnrolledTruckDriver() with { Id = new EnrolmentId(Id(77)), Programme = "another-programme" };
        Void(other).The<EnrolmentVoided>();
        Void(other with { Plan = "another-plan" }).IsRefused(Refuse.NoDuplicate, "duplicateOf");
        Void(other with { CoverFrom = new LocalDate(2026, 1, 1), CoverTo = new LocalDate(2026, 12, 31) })
            .IsRefused(Refuse.NoDuplicate, "duplicateOf");
        Void(other with { CoverFrom = new LocalDate(2025, 12, 31), CoverTo = new LocalDate(2026, 12, 30) }).The<EnrolmentVoided>();
        Void(other with { Plan = "another-plan", Member = RelativeId }).IsRefused(Refuse.UnknownEnrolment, "duplicateOf");
    }

    private static (World, ClaimId, EnrolmentId) Claimed()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        return (world, claim, world.All<Enrolment>().Single().Id);
    }

    private static Decision Void(Enrolment other) =>
        VoidEnrolmentHandler.Handle(new VoidEnrolment(TheEnrolment, "重复参保", other.Id), new(AnEnrolledTruckDriver(), other), Officer);
}
