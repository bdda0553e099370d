namespace ClaimsEngine.Specs;

public class SuspicionSpecs
{
    private static readonly SuspicionRaised Forged = new(SuspicionKind.FalsePapers, "鉴定书编号不存在", Officer.Id);
    private static readonly SuspicionRaised Twice = new(SuspicionKind.DoubleClaim, "异地已申领", Assessor.Id);

    [Fact]
    public void A_suspicion_on_a_claim_that_is_not_approved_is_noted_and_holds_no_money() =>
        Raise(AnAssessedClaim()).Decides(Forged);

    [Theory]
    [InlineData(ClaimStatus.Submitted)]
    [InlineData(ClaimStatus.Assessed)]
    [InlineData(ClaimStatus.Refused)]
    [InlineData(ClaimStatus.Appealed)]
    public void A_claim_that_may_yet_be_paid_may_be_suspected(ClaimStatus status) =>
        Raise(new[] { ASubmittedClaim(), AnAssessedClaim(), ARefusedClaim(), AnAppealedClaim() }.Single(claim => claim.Status == status))
            .The<SuspicionRaised>();

    [Fact]
    public void A_claim_that_was_withdrawn_is_not_suspected() => Raise(AWithdrawnClaim()).IsRefused(Refuse.WrongState);

    [Fact]
    public void After_the_approval_the_unpaid_payouts_are_held_in_the_same_decision()
    {
        var held = new HoldPlaced(HoldGround.Suspicion, RaiseSuspicionHandler.HoldReason, Officer.Id);
        Raise(AnApprovedClaim(), AnOrderedPayout(), AnAuthorisedPayout(OtherPayout)).Decides(Forged, held, held);
        Raise(AnApprovedClaim(), ABatchedPayout()).Decides(Forged, held);
        Raise(AnApprovedClaim(), AReturnedPayout()).Decides(Forged, held);
        Raise(AnApprovedClaim(), ASentPayout()).Decides(Forged, held);   // if it comes back it is not ordered anew
        Raise(AnApprovedClaim(), ASettledPayout()).Decides(Forged);
    }

    [Fact]
    public void The_reason_of_the_hold_tells_finance_nothing_of_what_is_suspected() =>
        Assert.DoesNotContain(Forged.Reason, Raise(AnApprovedClaim(), AnOrderedPayout()).The<HoldPlaced>().Reason);

    [Fact]
    public void The_same_suspicion_again_changes_nothing_and_another_kind_is_a_second_one()
    {
        var suspected = AnAssessedClaim().After(Forged);
        Raise(suspected).ChangesNothing();
        Raise(suspected, Forged with { Reason = "公章不符" }, Officer).IsRefused(Refuse.SuspicionOpen, "kind");
        Raise(suspected, Forged, Approver).IsRefused(Refuse.SuspicionOpen, "kind");
        Raise(suspected, Twice, Assessor).Decides(Twice);
    }

    [Fact]
    public void A_suspected_claim_is_approved_by_nobody_until_the_last_suspicion_is_cleared()
    {
        var suspected = AnAssessedClaim().After(Forged, Twice);
        Approve(suspected).IsRefused(Refuse.SuspicionOpen);
        var half = suspected.After(Clear(suspected, Forged.Kind, Approver));
        Approve(half).IsRefused(Refuse.SuspicionOpen);
        Approve(half.After(Clear(half, Twice.Kind, Approver))).The<ClaimApproved>();
    }

    [Fact]
    public void A_suspected_claim_is_not_decided_straight_through()
    {
        var rules = new OneClick(Money.Yuan(1_000_000), []);
        Assert.Null(StraightThrough.BeforeApproval(AnAssessedClaim(), rules));
        Assert.Equal(Refuse.SuspicionOpen, StraightThrough.BeforeApproval(AnAssessedClaim().After(Forged), rules)!.Rule);
    }

    [Fact]
    public void A_suspected_claim_may_be_refused_and_is_suspected_again_when_the_refusal_does_not_stand()
    {
        var suspected = AnAssessedClaim().After(Forged);
        RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "材料虚假"), suspected, AnEnrolledTruckDriver(), Approver, Today)
            .The<ClaimRefused>();
        var reopened = ARefusedClaim().After(Forged, TheAppeal, new RefusalReversed("鉴定结论成立",
            Deadline.For(ClaimStep.Assessment, Liangzhou, Today), "sample-approver-national"));
        Assert.Equal([Forged], reopened.Suspicions);
    }

    [Fact]
    public void Who_raised_a_suspicion_does_not_clear_it()
    {
        var own = AnAssessedClaim().After(Forged with { By = Approver.Id });
        Clear(own, Forged.Kind, Approver).IsRefused(Refuse.FourEyes);
        Clear(AnAssessedClaim().After(Forged), Forged.Kind, Approver)
            .Decides(new SuspicionCleared(Forged.Kind, "已函复确认", Approver.Id));
    }

    [Fact]
    public void Only_an_open_suspicion_is_cleared()
    {
        Clear(AnAssessedClaim(), Forged.Kind, Approver).IsRefused(Refuse.WrongState, "kind");
        Clear(AnAssessedClaim().After(Forged), Twice.Kind, Approver).IsRefused(Refuse.WrongState, "kind");
    }

    [Fact]
    public void The_last_clearance_releases_what_the_suspicion_held_and_not_what_an_office_holds()
    {
        var suspected = AnApprovedClaim().After(Forged, Twice);
        var payout = AnOrderedPayout().After(
            new HoldPlaced(HoldGround.Suspicion, RaiseSuspicionHandler.HoldReason, Officer.Id),
            new HoldPlaced(HoldGround.Office, "账户待核实", Cashier.Id));
        Assert.Empty(Clear(suspected, Forged.Kind, Approver, payout).Events.OfType<HoldReleased>());
        var cleared = Clear(AnApprovedClaim().After(Forged), Forged.Kind, Approver, payout);
        Assert.Equal(HoldGround.Suspicion, cleared.The<HoldReleased>().Ground);
        Assert.Equal(HoldGround.Office, Assert.Single(payout.After(cleared).Holds).Ground);
    }

    [Fact]
    public void Finance_reads_that_a_claim_is_suspected_and_not_why()
    {
        Assert.Null(SuspicionView.Of(Forged, Cashier).Reason);
        Assert.All([Officer, Approver, Cashier with { Roles = [Role.Finance, Role.Auditor] }],
            reader => Assert.Equal(Forged.Reason, SuspicionView.Of(Forged, reader).Reason));
        var entry = ClaimHistory.Of(World.Recorded(Forged, TheClaim.Value, Claim.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0)));
        Assert.Null(ClaimHistory.For(Cashier, entry).Reason);
        Assert.Equal(Forged.Reason, ClaimHistory.For(Officer, entry).Reason);
    }

    private static Decision Raise(Claim claim, params IReadOnlyList<Payout> payouts) =>
        RaiseSuspicionHandler.Handle(new RaiseSuspicion(TheClaim, Forged.Kind, Forged.Reason), claim, payouts, Officer);

    private static Decision Raise(Claim claim, SuspicionRaised what, Actor by) =>
        RaiseSuspicionHandler.Handle(new RaiseSuspicion(TheClaim, what.Kind, what.Reason), claim, [], by);

    private static Decision Clear(Claim claim, SuspicionKind kind, Actor by, params IReadOnlyList<Payout> payouts) =>
        ClearSuspicionHandler.Handle(new ClearSuspicion(TheClaim, kind, "已函复确认"), claim, payouts, by);

    private static Decision Approve(Claim claim) => ApproveClaimHandler.Handle(
        new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
        new ClaimCase(claim, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], Approver, Today);
}
