namespace ClaimsEngine.Specs;

/// <summary>Above an amount other people review an assessment before it is approved.</summary>
public class ReviewClaimSpecs
{
    private static readonly Actor First = new("sample-reviewer-1", [Role.Approver], Gansu);
    private static readonly Actor Second = new("sample-reviewer-2", [Role.Approver], Gansu);
    private static readonly HandlingRules TwoReviews = HandlingRules.For(Liangzhou, Today) with
    {
        Reviews = [new ReviewRule(Money.Yuan(50_000), 1), new ReviewRule(Money.Yuan(120_000), 2)],
    };

    [Theory]
    [InlineData("49999.99", 0)]
    [InlineData("50000.00", 1)]
    [InlineData("119999.99", 1)]
    [InlineData("120000.00", 2)]
    public void The_rules_say_how_many_review_an_amount(string amount, int count) =>
        Assert.Equal(count, TwoReviews.ReviewsFor(Cny(amount)));

    [Fact]
    public void Another_person_reviews_an_assessed_claim() =>
        Review(AnAssessedClaim(), First).Decides(new ClaimReviewed(ReviewFinding.Agree, "相符", First.Id));

    [Fact]
    public void A_claim_that_is_not_assessed_is_not_reviewed()
    {
        Review(AClaimWithAllPapers(), First).IsRefused(Refuse.WrongState);
        Review(AnApprovedClaim(), First).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_same_finding_twice_changes_nothing_and_another_one_takes_the_firsts_place()
    {
        var reviewed = AnAssessedClaim().After(Review(AnAssessedClaim(), First));
        Review(reviewed, First).ChangesNothing();
        var objected = reviewed.After(Review(reviewed, First, ReviewFinding.Object));
        Assert.Equal(ReviewFinding.Object, Assert.Single(objected.Reviews).Finding);
    }

    [Fact]
    public void Who_submitted_or_assessed_does_not_review()
    {
        Review(AnAssessedClaim(), Officer).IsRefused(Refuse.FourEyes);
        Review(AnAssessedClaim(), Assessor).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void Too_few_reviews_stand_in_the_way_of_an_approval()
    {
        var claim = Assessed(TwoReviews);
        Assert.Equal(2, claim.Assessment!.ReviewsNeeded);
        Approve(claim).IsRefused(Refuse.ReviewMissing);
        claim = claim.After(Review(claim, First));
        Approve(claim).IsRefused(Refuse.ReviewMissing);
        var objected = claim.After(Review(claim, Second, ReviewFinding.Object));
        Approve(objected).IsRefused(Refuse.ReviewMissing);
        Approve(claim.After(Review(claim, Second))).The<ClaimApproved>();
    }

    [Fact]
    public void Less_than_assessed_is_approved_with_the_reviews_of_what_was_assessed() =>
        Approve(Assessed(TwoReviews), Money.Yuan(1)).IsRefused(Refuse.ReviewMissing);

    [Fact]
    public void A_stand_in_and_whom_he_stands_in_for_count_once()
    {
        var claim = Assessed(TwoReviews);
        claim = claim.After(Review(claim, First));
        Review(claim, Second with { OnBehalfOf = First.Id }).ChangesNothing();
        claim = claim.After(Review(claim, Second with { OnBehalfOf = First.Id }, ReviewFinding.Object));
        Assert.Single(claim.Reviews);
    }

    [Fact]
    public void A_review_is_void_once_the_claim_is_assessed_anew_and_the_reviewer_still_does_not_decide()
    {
        var claim = Assessed(TwoReviews);
        claim = claim.After(Review(claim, First));
        claim = claim.After(Review(claim, Second));
        var anew = claim.After(claim.Assessment!);
        Assert.Empty(anew.Reviews);
        Approve(anew).IsRefused(Refuse.ReviewMissing);
        Approve(anew, by: First with { ApprovalLimit = null }).IsRefused(Refuse.FourEyes);
        Review(anew, First).The<ClaimReviewed>();
    }

    [Fact]
    public void A_review_is_void_once_the_incident_is_corrected()
    {
        var claim = AnAssessedClaim().After(new ClaimReviewed(ReviewFinding.Agree, "相符", First.Id)).After(new ClaimReclassified(
            GradeOneDisability, GradeOneDisability with { Grade = 2 }, DisabilityPapers, [], "鉴定为二级", "sample-officer-3"));
        Assert.Empty(claim.Reviews);
    }

    [Fact]
    public void A_finding_and_a_reason_belong_to_a_review() =>
        Assert.Equal(["finding", "reason"], new ReviewClaim(TheClaim, (ReviewFinding)9, "").BrokenFields());

    private static Claim Assessed(HandlingRules rules) => AClaimWithAllPapers().After(AssessClaimHandler.Handle(
        new AssessClaim(TheClaim), new(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, TheRules(), rules), Assessor, Today));

    private static Decision Review(Claim claim, Actor by, ReviewFinding finding = ReviewFinding.Agree) =>
        ReviewClaimHandler.Handle(new ReviewClaim(TheClaim, finding, "相符"), claim, by);

    private static Decision Approve(Claim claim, Money? amount = null, Actor? by = null) => ApproveClaimHandler.Handle(
        new ApproveClaim(TheClaim, amount ?? Money.Yuan(120_000), "材料齐全"),
        new(claim, AnEnrolledTruckDriver(), null, TheRules(), TwoReviews), [ThePayout], by ?? Approver, Today);
}
