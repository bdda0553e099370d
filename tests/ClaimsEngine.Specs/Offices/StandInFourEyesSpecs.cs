namespace ClaimsEngine.Specs;

/// <summary>Four eyes count both names: what a stand-in did is the delegator's as well, whichever of the two takes the next step.</summary>
public class StandInFourEyesSpecs
{
    private static readonly Actor Delegator = Approver with { Region = RegionCode.National, ApprovalLimit = null };
    private static readonly Actor StandIn = new("sample-stand-in", [Role.Approver], RegionCode.National, OnBehalfOf: Delegator.Id);
    private static readonly LocalDate AfterTheAppeal = TheRefusal.AppealableUntil!.Value.PlusDays(1);

    private static readonly Claim Appealed = AnAssessedClaim().After(TheRefusal with { By = "sample-approver-2" }, TheAppeal);

    public static TheoryData<string> Steps => [.. All.Keys];

    /// <summary>The first step taken by one person, and the second by another.</summary>
    private static Dictionary<string, Func<Actor, Actor, Decision>> All { get; } = new()
    {
        ["raise and clear a suspicion"] = (first, second) => ClearSuspicionHandler.Handle(
            new ClearSuspicion(TheClaim, SuspicionKind.FalsePapers, "已函复确认"), AnAssessedClaim().After(RaiseSuspicionHandler.Handle(
                new RaiseSuspicion(TheClaim, SuspicionKind.FalsePapers, "鉴定书编号不存在"), AnAssessedClaim(), [], first)), [], second),
        ["set and release a hold"] = (first, second) => ReleaseHoldHandler.Handle(new ReleaseHold(ThePayout, "账户已核实"),
            AnOrderedPayout().After(HoldPayoutHandler.Handle(new HoldPayout(ThePayout, "账户待核实"), AnOrderedPayout(), first)), second),
        ["open and confirm a recovery"] = (first, second) => ConfirmRecoveryHandler.Handle(
            new ConfirmRecovery(TheRecovery), Opened(ASettledPayout(), first), second),
        ["open a recovery and write it off"] = (first, second) => WriteOff(Opened(ASettledPayout(), first), second),
        ["approve a payment and write its recovery off"] = (first, second) => WriteOff(Opened(StateOf<Payout>(
            Ordered() with { ApprovedBy = first.Id, ApprovedFor = first.OnBehalfOf }, new PayoutAuthorised(Releaser.Id),
            new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id)), Cashier), second),
        ["propose and confirm a bar"] = (first, second) => ConfirmBarHandler.Handle(new ConfirmBar(TheBar),
            StateOf<Bar>(ProposeBarHandler.Handle(new ProposeBar(BarScope.Both, Today, Today, "冒名申领", TheEnrolment),
                new(ATruckDriver(), TheBar), first).Events), ATruckDriver(), second),
        ["approve a claim and decide an objection to it"] = (first, second) => DecideObjectionHandler.Handle(
            new DecideObjection(TheClaim, 1, ObjectionOutcome.Dismissed, "经核实在职"),
            StateOf<PublicNotice>(Approved(first).The<PublicNoticeOpened>(), new ObjectionRaised(1, "反映不实", Officer.Id)), second),
        ["refuse and reopen a claim"] = (first, second) => Reopen(AnAssessedClaim().After(Refused(first)), second),
        ["uphold a refusal and reopen the claim"] = (first, second) => Reopen(Appealed.After(DecideAppealHandler.Handle(
            new DecideAppeal(TheClaim, AppealOutcome.Upheld, "维持"), Appealed, AnEnrolledTruckDriver(), null, first, Today)), second),
        ["reopen and refuse a claim"] = (first, second) => RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"),
            AWithdrawnClaim().After(Reopen(AWithdrawnClaim(), first)).After(Assessed()), AnEnrolledTruckDriver(), second, Today),
        ["grant relief and authorise its payout"] = (first, second) => AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout),
            StateOf<Payout>(GrantReliefHandler.Handle(
                new GrantRelief(ReliefGiven.TheApplication, Money.Yuan(2_000), "符合条件"), ReliefGiven.ACheckedApplication(),
                ReliefGiven.AFundPassedDown(), TheAccount(), ThePayout, first, Today).The<ReliefPayoutOrdered>()), null, second, Today),
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Neither_follows_the_other_nor_himself(string steps)
    {
        var (own, lent) = (Delegator, StandIn);
        var himself = StandIn with { OnBehalfOf = null };
        foreach (var (first, second) in new[] { (own, own), (own, lent), (lent, own), (lent, lent), (lent, himself), (himself, lent) })
            All[steps](first, second).IsRefused(Refuse.FourEyes);
        Assert.Null(All[steps](lent, new Actor("sample-third", [Role.Approver], RegionCode.National)).Refusal);
    }

    [Fact]
    public void An_ordered_anew_payout_of_relief_still_names_whose_stand_in_granted_it()
    {
        var returned = StateOf<Payout>(ReliefGiven.ReliefOrdered() with { ApprovedFor = Cashier.Id },
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
        var anew = StateOf<Payout>(returned.OrderedAnew(OtherPayout, DriversAccount, null, Today, Releaser));
        AuthorisePayoutHandler.Handle(new AuthorisePayout(OtherPayout), anew, null, Cashier, Today).IsRefused(Refuse.FourEyes);
    }

    private static Recovery Opened(Payout payout, Actor by) => StateOf<Recovery>(OpenRecoveryHandler.Handle(
        new OpenRecovery(ThePayout, Money.Yuan(20_000), RecoveryCause.Overpayment, "复核发现多付"), payout, TheRecovery, by, Today)
        .The<RecoveryOpened>());

    private static Decision WriteOff(Recovery opened, Actor by) => ApproveWriteOffHandler.Handle(new ApproveWriteOff(TheRecovery, "同意核销"),
        opened.After(new RecoveryConfirmed("sample-approver-2"), new WriteOffProposed("无遗产", Cashier.Id)), by);

    private static ClaimRefused Refused(Actor by) => RefuseClaimHandler.Handle(
        new RefuseClaim(TheClaim, "不属于保障责任"), AnAssessedClaim(), AnEnrolledTruckDriver(), by, Today).The<ClaimRefused>();

    private static Decision Approved(Actor by)
    {
        var zhangye = StateOf<Claim>(Submitted() with { Region = RegionCode.Of("620702") });
        return ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
            new(zhangye.After([.. AllPapers(), Assessed()]), AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], by, Today);
    }

    private static Decision Reopen(Claim claim, Actor by) => ReopenClaimHandler.Handle(
        new ReopenClaim(TheClaim, ReopeningCause.NewEvidence, "补交材料"),
        new(claim, new IncidentRules(AnEnrolledTruckDriver(), TheRules().Card, ATruckDriver(), null), []), by,
        claim.Status == ClaimStatus.Refused ? AfterTheAppeal : Today);
}
