namespace ClaimsEngine.Specs;

/// <summary>What is surely claimed twice is refused; what may be is flagged, and the approver's reason answers it.</summary>
public class LikenessSpecs
{
    private static readonly ClaimantDetails TheDriver = new("陈样例", DriversNumber, Relation.Self, DriversAccountDetails);

    private readonly World world = World.WithAProgramme();
    private readonly EnrolmentId first, second;

    public LikenessSpecs()
    {
        world.Now = Instant.FromUtc(2025, 1, 2, 4, 0);   // before the accident, which else has a flag of its own
        first = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        second = Journey.UnderAnotherPlan(world);
        world.Now = Instant.FromUtc(2025, 11, 20, 4, 0);
    }

    [Fact]
    public void The_same_accident_under_another_plan_is_flagged_for_the_approver()
    {
        var earlier = Submit(first).The<ClaimSubmitted>();
        var later = Submit(second).The<ClaimSubmitted>();
        Assert.Null(earlier.Flags);
        Assert.Equal([ClaimFlags.LikelyDuplicate], later.Flags);
        Assert.Equal([earlier.Claim], later.Resembles);
    }

    [Fact]
    public void The_reason_of_the_approval_answers_the_flag()
    {
        Submit(first).The<ClaimSubmitted>();
        var claim = Submit(second).The<ClaimSubmitted>().Claim;
        foreach (var kind in DisabilityPapers) world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        var amount = world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>().Amount;
        Assert.Equal([ClaimFlags.LikelyDuplicate],
            world.Do(Approver, new ApproveClaim(claim, amount, "两项计划均可给付")).The<ClaimApproved>().Answers);
    }

    [Fact]
    public void A_claim_that_was_withdrawn_is_resembled_by_none()
    {
        var earlier = Submit(first).The<ClaimSubmitted>();
        world.Do(Officer, new WithdrawClaim(earlier.Claim, "重复提交")).The<ClaimWithdrawn>();
        Assert.Null(Submit(second).The<ClaimSubmitted>().Flags);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_claim_that_is_open_again_resembles_what_came_in_since_it_ended(bool appealed)
    {
        var approver = Approver with { Id = "sample-approver-2" };
        var national = new Actor("sample-approver-national", [Role.Approver], RegionCode.National);
        var earlier = Journey.ToAClaimWithAllPapers(world, enrolment: first);
        world.Do(Assessor, new AssessClaim(earlier)).The<ClaimAssessed>();
        if (appealed) world.Do(Approver, new RefuseClaim(earlier, "不属于保障责任")).The<ClaimRefused>();
        else world.Do(Officer, new WithdrawClaim(earlier, "撤回")).The<ClaimWithdrawn>();
        var later = Submit(second).The<ClaimSubmitted>();
        Assert.Null(later.Flags);

        if (appealed) world.Do(Officer, new AppealRefusal(earlier, "有新材料")).The<ClaimAppealed>();
        var decision = appealed ? world.Do(national, new DecideAppeal(earlier, AppealOutcome.Reversed, "鉴定结论成立"))
            : world.Do(approver, new ReopenClaim(earlier, ReopeningCause.ClaimantAsks, "申领人请求"));
        Assert.Contains(decision.Changes, change => change.AggregateType == typeof(BenefitAccount) && change.Read is not null);
        var again = world.All<Claim>().Single(claim => claim.Id == earlier);
        Assert.Equal([later.Claim], again.Resembles);
        Assert.Equal([ClaimFlags.LikelyDuplicate], again.Flags!);
        Assert.True(world.Stream(earlier.Value).Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!.Flagged);
        world.Do(Assessor, new AssessClaim(earlier)).The<ClaimAssessed>();
        Assert.Equal([ClaimFlags.LikelyDuplicate], world.Do(appealed ? approver : Approver,
            new ApproveClaim(earlier, Money.Yuan(120_000), "两项计划均可给付")).The<ClaimApproved>().Answers);
    }

    [Fact]
    public void What_a_claim_resembled_already_is_not_noted_twice_when_it_is_open_again()
    {
        Submit(first).The<ClaimSubmitted>();
        var later = Submit(second).The<ClaimSubmitted>().Claim;
        world.Do(Officer, new WithdrawClaim(later, "撤回")).The<ClaimWithdrawn>();
        Assert.Null(world.Do(Approver, new ReopenClaim(later, ReopeningCause.ClaimantAsks, "申领人请求")).The<ClaimReopened>().Resembles);
        Assert.Single(world.All<Claim>().Single(claim => claim.Id == later).Resembles);
    }

    [Fact]
    public void Another_day_is_another_accident()
    {
        Submit(first).The<ClaimSubmitted>();
        Assert.Null(Submit(second, GradeOneDisability with { Date = IncidentDay.PlusDays(1) }).The<ClaimSubmitted>().Flags);
    }

    [Fact]
    public void A_correction_of_the_day_makes_two_claims_alike()
    {
        var earlier = Submit(first).The<ClaimSubmitted>();
        var later = Submit(second, GradeOneDisability with { Date = IncidentDay.PlusDays(1) }).The<ClaimSubmitted>();
        var corrected = world.Do(Officer, new ReclassifyClaim(later.Claim, GradeOneDisability, "日期有误"));
        Assert.Equal([ClaimFlags.LikelyDuplicate], corrected.The<ClaimReclassified>().Flags);
        Assert.Equal([earlier.Claim], corrected.The<ClaimReclassified>().Resembles);
        // a claim that comes in at this moment is not overlooked
        Assert.Contains(corrected.Changes, change => change.AggregateType == typeof(BenefitAccount));
    }

    [Fact]
    public void Two_claims_of_one_member_that_do_not_know_of_each_other_cannot_both_be_stored()
    {
        var account = world.All<BenefitAccount>().SingleOrDefault();
        Assert.Null(account);
        Assert.Contains(Submit(first).Changes, change => change.AggregateType == typeof(BenefitAccount) && change.Read is null);
        Assert.Contains(Submit(second).Changes, change => change.AggregateType == typeof(BenefitAccount) && change.Read is not null);
    }

    [Fact]
    public void A_receipt_is_paid_on_once_under_a_plan()
    {
        Submit(first, receipts: ["A-1", "A-2"]).The<ClaimSubmitted>();
        Submit(first, GradeOneDisability with { Date = IncidentDay.PlusDays(3) }, ["A-3", "A-2"])
            .IsRefused(Refuse.DuplicateReceipt, "receipts");
    }

    [Fact]
    public void A_receipt_is_the_same_in_capitals_and_in_small_letters()
    {
        Submit(first, receipts: ["A-1"]).The<ClaimSubmitted>();
        Submit(first, GradeOneDisability with { Date = IncidentDay.PlusDays(3) }, ["a-1"]).IsRefused(Refuse.DuplicateReceipt, "receipts");
        Submit(first, GradeOneDisability with { Date = IncidentDay.PlusDays(3) }, ["b-1", "B-1"])
            .IsRefused(Refuse.InvalidRequest, "receipts");
        Assert.Single(Submit(second, GradeOneDisability with { Date = IncidentDay.PlusDays(3) }, ["a-1"]).The<ClaimSubmitted>().Resembles!);
    }

    [Fact]
    public void A_receipt_may_be_paid_on_under_another_plan_and_is_flagged()
    {
        var earlier = Submit(first, receipts: ["A-1"]).The<ClaimSubmitted>();
        var later = Submit(second, GradeOneDisability with { Date = IncidentDay.PlusDays(3) }, ["A-1"]).The<ClaimSubmitted>();
        Assert.Equal([earlier.Claim], later.Resembles);
    }

    [Fact]
    public void A_receipt_of_a_claim_that_ended_unpaid_is_free_again()
    {
        var claim = Submit(first, receipts: ["A-1"]).The<ClaimSubmitted>().Claim;
        world.Do(Officer, new WithdrawClaim(claim, "填写有误")).The<ClaimWithdrawn>();
        Submit(first, receipts: ["A-1"]).The<ClaimSubmitted>();
    }

    [Theory]
    [InlineData("A-1", "A-1")]
    [InlineData("")]
    [InlineData("A 1")]
    public void A_receipt_has_one_plain_number(params string[] receipts) =>
        Submit(first, receipts: receipts).IsRefused(Refuse.InvalidRequest, "receipts");

    [Theory]
    [InlineData("2025-03-01", "2025-03-05", "2025-03-05", "2025-03-09", true)]
    [InlineData("2025-03-01", "2025-03-05", "2025-03-06", "2025-03-09", false)]
    [InlineData("2025-03-02", "2025-03-03", "2025-03-01", "2025-03-09", true)]
    public void Two_treatments_are_alike_where_their_days_overlap(string from, string to, string otherFrom, string otherTo, bool alike)
    {
        var claim = StateOf<Claim>(Submitted(Stay(IncidentKind.Hospitalisation, otherFrom, otherTo)));
        var found = Likeness.Of(
            Stay(IncidentKind.AccidentMedical, from, to), null, new ClaimId(Id(70)), null, [claim]);
        Assert.Equal(alike, found is not null);
    }

    [Fact]
    public void Benefits_that_were_reported_together_do_not_resemble_each_other()
    {
        var occurrence = new OccurrenceId(Id(61));
        var claim = StateOf<Claim>(Submitted() with { Occurrence = occurrence });
        Assert.Null(Likeness.Of(GradeOneDisability, null, new ClaimId(Id(70)), occurrence, [claim]));
        Assert.NotNull(Likeness.Of(GradeOneDisability, null, new ClaimId(Id(70)), new OccurrenceId(Id(62)), [claim]));
    }

    private static Incident Stay(IncidentKind kind, string from, string to) =>
        new(kind, Day(from), Admissions: [new Admission(Day(from), Day(to), 3)]);

    private Decision Submit(EnrolmentId enrolment, Incident? incident = null, IReadOnlyList<string>? receipts = null) =>
        world.Do(Officer, new SubmitClaim(enrolment, incident ?? GradeOneDisability, TheDriver, Receipts: receipts));
}
