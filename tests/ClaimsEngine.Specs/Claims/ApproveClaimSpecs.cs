namespace ClaimsEngine.Specs;

public class ApproveClaimSpecs
{
    private static readonly Money Assessed120000 = Money.Yuan(120_000);

    [Fact]
    public void Approving_moves_claim_enrolment_and_payout_together()
    {
        var decision = Approve(AnAssessedClaim()).Decides(
            new ClaimApproved(Assessed120000, ThePayout, Approver.Id, "材料齐全"),
            new BenefitUsed(TheClaim, ThePayout, Assessed120000, Approver.Id, IncidentKind.Disability),
            new BenefitCounted(DriverId, TheClaim, PlanCode, null, IncidentKind.Disability, Assessed120000, Approver.Id),
            Ordered() with
            {
                PayBy = HandlingRules.For(Liangzhou, Today).PayBy(IncidentKind.Disability, Assessed120000, Today),
                Basis = PayoutBasis.Of(AnEnrolledTruckDriver(), IncidentDay),
            });

        Assert.Equal([TheClaim.Value, TheEnrolment.Value, BenefitAccount.IdOf(DriverId), ThePayout.Value],
            decision.Changes.Select(change => change.Stream));
        Assert.Equal(Liangzhou, decision.Changes.Single(change => change.StreamType == BenefitAccount.StreamType).Within);
        decision.Guards(Payout.LiveKey(TheClaim, IncidentKind.Disability), ThePayout.Value, Refuse.PayoutLive);
    }

    [Fact]
    public void Less_than_assessed_may_be_approved()
    {
        var decision = Approve(AnAssessedClaim(), amount: Money.Yuan(100_000));
        Assert.Equal(Money.Yuan(100_000), decision.The<ClaimApproved>().Amount);
        Assert.Equal(Money.Yuan(100_000), decision.The<BenefitUsed>().Amount);
        Assert.Equal(Money.Yuan(100_000), decision.The<PayoutOrdered>().Amount);
    }

    [Fact]
    public void More_than_assessed_is_refused() =>
        Approve(AnAssessedClaim(), amount: new Money(12_000_001)).IsRefused(Refuse.AboveAssessed, "amount");

    [Fact]
    public void Approving_the_same_amount_twice_changes_nothing() => Approve(AnApprovedClaim()).ChangesNothing();

    [Fact]
    public void Who_may_not_approve_is_refused_though_it_is_approved_already()
    {
        Approve(AnApprovedClaim(), by: Approver with { Id = Officer.Id }).IsRefused(Refuse.FourEyes);     // submitted it
        Approve(AnApprovedClaim(), by: Approver with { Id = Assessor.Id }).IsRefused(Refuse.FourEyes);    // assessed it
        Approve(AnApprovedClaim(), by: Approver with { ApprovalLimit = new Money(11_999_999) }).IsRefused(Refuse.OverLimit, "amount");
        var byTheCity = StateOf<Claim>([Submitted(), .. AllPapers(), Assessed() with { ReviewLevel = UnionLevel.City },
            new ClaimApproved(Assessed120000, ThePayout, Approver.Id, "材料齐全")]);
        Approve(byTheCity, by: Approver with { Region = Liangzhou, ApprovalLimit = null }).IsRefused(Refuse.OverLimit, "amount");
    }

    [Fact]
    public void Approving_another_amount_afterwards_is_refused() =>
        Approve(AnApprovedClaim(), amount: Money.Yuan(1)).IsRefused(Refuse.WrongState);

    [Fact]
    public void A_claim_that_is_not_assessed_cannot_be_approved()
    {
        Approve(AClaimWithAllPapers()).IsRefused(Refuse.WrongState);
        Approve(AClaimWithAllPapers() with { Status = ClaimStatus.Assessed }).IsRefused(Refuse.WrongState);   // nor one without its sum
    }

    [Fact]
    public void A_refused_claim_cannot_be_approved() => Approve(ARefusedClaim()).IsRefused(Refuse.WrongState);

    [Fact]
    public void A_withdrawn_claim_cannot_be_approved() => Approve(AWithdrawnClaim()).IsRefused(Refuse.WrongState);

    [Fact]
    public void Up_to_the_approvers_limit_is_allowed() =>
        Approve(AnAssessedClaim(), by: Approver with { ApprovalLimit = Assessed120000 }).The<ClaimApproved>();

    [Fact]
    public void Above_the_approvers_limit_is_refused() =>
        Approve(AnAssessedClaim(), by: Approver with { ApprovalLimit = new Money(11_999_999) }).IsRefused(Refuse.OverLimit, "amount");

    [Fact]
    public void Who_has_no_limit_approves_any_assessed_amount() =>
        Approve(AnAssessedClaim(), by: Approver with { ApprovalLimit = null }).The<ClaimApproved>();

    [Fact]
    public void A_benefit_approved_since_the_assessment_asks_for_a_new_assessment() =>
        Approve(AnAssessedClaim(), enrolment: AnEnrolledTruckDriver().After(Used(Money.Yuan(10_000)))).IsRefused(Refuse.AssessmentOutdated);

    [Fact]
    public void Nothing_is_not_approved_where_something_is_payable() =>
        Approve(AnAssessedClaim(), amount: Money.Zero).IsRefused(Refuse.NothingToApprove, "amount");

    [Fact]
    public void An_amount_below_nothing_breaks_the_shape()
    {
        Assert.Equal(["amount", "reason"], new ApproveClaim(TheClaim, new Money(-1), "").BrokenFields());
        Assert.Empty(new ApproveClaim(TheClaim, Money.Zero, "未超过起付线").BrokenFields());
    }

    [Fact]
    public void A_reason_of_up_to_500_characters_fits_the_shape()
    {
        Assert.Empty(new ApproveClaim(TheClaim, Assessed120000, new string('理', 500)).BrokenFields());
        Assert.Equal(["reason"], new ApproveClaim(TheClaim, Assessed120000, new string('理', 501)).BrokenFields());
    }

    [Theory]
    [InlineData("", UnionLevel.National, true)]
    [InlineData("62", UnionLevel.National, false)]
    [InlineData("62", UnionLevel.Province, true)]
    [InlineData("6206", UnionLevel.Province, false)]
    [InlineData("6206", UnionLevel.City, true)]
    [InlineData("62", UnionLevel.City, true)]          // or any above it
    [InlineData("620602", UnionLevel.City, false)]
    [InlineData("620602", UnionLevel.District, true)]
    public void The_union_level_that_the_plan_names_decides_or_any_above_it(string region, UnionLevel level, bool may)
    {
        var decision = Approve(AClaimWithAllPapers().After(Assessed() with { ReviewLevel = level }),
            by: Approver with { Region = RegionCode.Of(region), ApprovalLimit = null });
        if (may) decision.The<ClaimApproved>();
        else Assert.Contains(level.ToString().ToLowerInvariant(), decision.IsRefused(Refuse.OverLimit, "amount").Detail);
    }

    [Fact]
    public void What_an_assessment_uses_up_counts_with_the_approval_however_much_is_approved()
    {
        var consumed = new Consumption(Admissions: 1, Deductible: Money.Yuan(10_000), OwnShare: Money.Yuan(20_000));
        var claim = AClaimWithAllPapers().After(Assessed() with { Consumed = consumed });
        Assert.Equal(consumed, Approve(claim, amount: Money.Yuan(1)).The<BenefitUsed>().Consumed);
    }

    [Fact]
    public void Nothing_is_approved_where_nothing_is_payable_and_something_counts_on()
    {
        var claim = AClaimWithAllPapers()
            .After(Assessed() with { Amount = Money.Zero, Consumed = new Consumption(OwnShare: Money.Yuan(6_000)) });
        var decision = Approve(claim, amount: Money.Zero);
        Assert.Null(decision.The<ClaimApproved>().Payout);
        Assert.Null(decision.The<BenefitUsed>().Payout);
        Assert.DoesNotContain(decision.Events, e => e is PayoutOrdered);
        Assert.Empty(decision.Keys);
        Approve(claim, amount: new Money(1)).IsRefused(Refuse.AboveAssessed, "amount");
        Approve(AClaimWithAllPapers().After(Assessed() with { Amount = Money.Zero }), amount: Money.Zero)
            .IsRefused(Refuse.NothingToApprove, "amount");
        Approve(AClaimWithAllPapers()
            .After(Assessed() with { Amount = Money.Zero, Consumed = new Consumption(Days: 3, Admissions: 1) }), amount: Money.Zero)
            .IsRefused(Refuse.NothingToApprove, "amount");
    }

    [Fact]
    public void Other_counters_than_those_that_were_assessed_ask_for_a_new_assessment() =>
        Approve(AnAssessedClaim(), enrolment: AnEnrolledTruckDriver().After(new BenefitUsed(
            new ClaimId(Id(60)), null, Money.Zero, Approver.Id, IncidentKind.Disability, new Consumption(Days: 1))))
            .IsRefused(Refuse.AssessmentOutdated);

    [Fact]
    public void A_claim_of_format_1_is_approved_on_what_it_was_assessed_on()
    {
        var version = APlanOfFormat1().Version(1)!;
        var claim = AClaimWithAllPapers().After(Golden<ClaimAssessed>());
        var approved = ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Assessed120000, "材料齐全"),
            new(claim, AnEnrolledTruckDriver(), null, version), [ThePayout], Approver, Today);
        Assert.Equal((IncidentKind.Disability, null), (approved.The<BenefitUsed>().Kind, approved.The<BenefitUsed>().Consumed));
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Assessed120000, "材料齐全"),
            new(claim, AnEnrolledTruckDriver().After(Golden<BenefitUsed>()), null, version), [ThePayout], Approver, Today)
            .IsRefused(Refuse.AssessmentOutdated);
    }

    private static Decision Approve(Claim claim, Enrolment? enrolment = null, Money? amount = null, Actor? by = null) =>
        ApproveClaimHandler.Handle(
            new ApproveClaim(TheClaim, amount ?? Assessed120000, "材料齐全"),
            new(claim, enrolment ?? AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], by ?? Approver, Today);
}
