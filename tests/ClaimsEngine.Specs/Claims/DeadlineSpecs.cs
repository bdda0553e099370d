namespace ClaimsEngine.Specs;

/// <summary>The sample claim is submitted on Thursday, 20 November 2025; the default rules hold in Liangzhou.</summary>
public class DeadlineSpecs
{
    private static readonly LocalDate InTime = Day("2025-11-27"), Late = Day("2025-11-28");

    [Fact]
    public void A_new_claim_is_to_be_checked_within_five_working_days() =>
        Assert.Equal(new Deadline(ClaimStep.Check, InTime, "default/1", "cn-2025/1"), ATimedClaim().Deadline);

    [Fact]
    public void With_the_last_paper_the_time_for_the_assessment_begins()
    {
        var claim = ATimedClaim();
        foreach (var kind in DisabilityPapers)
        {
            Assert.Equal(ClaimStep.Check, claim.Deadline!.Step);
            claim = claim.After(Add(claim, kind, Late));
        }
        Assert.Equal(Deadline.For(ClaimStep.Assessment, Liangzhou, Late), claim.Deadline);
        Assert.Null(Add(claim, "other", Late).The<DocumentReceived>().Deadline);
    }

    [Fact]
    public void With_the_assessment_the_time_for_the_decision_begins_and_a_second_one_wins_no_time()
    {
        var assessed = Complete().After(Assess(Complete(), Late));
        Assert.Equal(Deadline.For(ClaimStep.Decision, Liangzhou, Late), assessed.Deadline);
        Assert.Equal(assessed.Deadline, Assess(assessed, Day("2025-12-01"), Used(Money.Yuan(500))).The<ClaimAssessed>().Deadline);
    }

    [Fact]
    public void A_claim_from_before_deadlines_were_kept_goes_on_without()
    {
        Assert.Null(Add(ASubmittedClaim().After(AllPapers().SkipLast(1)), DisabilityPapers[^1], Today).The<DocumentReceived>().Deadline);
        Assert.Null(Assess(AClaimWithAllPapers(), Today).The<ClaimAssessed>().Deadline);
        Pass(ASubmittedClaim(), Late).IsRefused(Refuse.DeadlineNotPassed);
    }

    [Fact]
    public void A_decided_claim_has_no_deadline()
    {
        var assessed = Complete().After(Assess(Complete(), Today));
        object[] ends =
        [
            new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "材料齐全"), new ClaimRefused("不属于保障责任", "第五条", Approver.Id),
            new ClaimWithdrawn("申领人撤回", Officer.Id), new ClaimExpired([], Today, "未补正", Officer.Id),
        ];
        Assert.All(ends, end => Assert.Null(assessed.After(end).Deadline));
    }

    [Fact]
    public void A_deadline_that_passed_is_noted_once_and_until_the_next_step()
    {
        Pass(ATimedClaim(), InTime).IsRefused(Refuse.DeadlineNotPassed);
        var late = ATimedClaim().After(Pass(ATimedClaim(), Late).Decides(new DeadlinePassed(ClaimStep.Check, InTime, Officer.Id)));
        Assert.NotNull(late.Overdue);
        Pass(late, Late).ChangesNothing();
        Assert.NotNull(late.After(Add(late, DisabilityPapers[0], Late)).Overdue);
        Assert.Null(late.After(AllPapers().SkipLast(1)).After(Received(3, DisabilityPapers[3]) with
        {
            Deadline = Deadline.For(ClaimStep.Assessment, Liangzhou, Late),
        }).Overdue);
    }

    private static Claim Complete() => ATimedClaim().After(AllPapers()).After(Received(9, "other") with
    {
        Deadline = Deadline.For(ClaimStep.Assessment, Liangzhou, Today),
    });

    private static Decision Add(Claim claim, string kind, LocalDate today) => AddDocumentHandler.Handle(
        new AddDocument(TheClaim, kind, "样例.pdf", Digest(7)), claim, ATruckDriver(), new DocumentId(Id(200)), Officer, today);

    private static Decision Assess(Claim claim, LocalDate today, params object[] before) => AssessClaimHandler.Handle(
        new AssessClaim(TheClaim), new(claim, AnEnrolledTruckDriver().After(before), null, TheRules()), Assessor, today);

    private static Decision Pass(Claim claim, LocalDate today) =>
        PassDeadlineHandler.Handle(new PassDeadline(TheClaim), claim, AnEnrolledTruckDriver(), Officer, today);
}
