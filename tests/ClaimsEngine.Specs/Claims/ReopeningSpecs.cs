namespace ClaimsEngine.Specs;

/// <summary>By the default rules a claim may be reopened for 180 days: after a refusal from the last day of its appeal on.</summary>
public class ReopeningSpecs
{
    private static readonly Actor Other = Approver with { Id = "sample-approver-2" };
    private static readonly Actor National = new("sample-approver-national", [Role.Approver], RegionCode.National);
    private static readonly LocalDate AfterTheAppeal = TheRefusal.AppealableUntil!.Value.PlusDays(1);

    private static readonly Claim Expired = AClaimWithAllPapers().After(
        new SupplementRequested(["accountProof"], ["accountProof"], null, Deadline.For(ClaimStep.Supplement, Liangzhou, Today),
            ClaimStep.Decision, 4, Officer.Id),
        new ClaimExpired(["accountProof"], Today, "未补正", "deadlines"));

    private static readonly Claim Withdrawn = AnAssessedClaim().After(new ClaimWithdrawn("申领人撤回", Officer.Id, Today));

    [Fact]
    public void A_withdrawn_claim_is_open_again_takes_its_incident_again_and_counts_on_its_certificate()
    {
        var decision = Reopen(Withdrawn);
        decision.Decides(
                new ClaimReopened(ReopeningCause.NewEvidence, "补交材料", Deadline.For(ClaimStep.Assessment, Liangzhou, Today), Other.Id),
                new ClaimOpened(TheClaim, Officer.Id))
            .Guards(Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), TheClaim.Value, Refuse.DuplicateClaim);
        var reopened = Withdrawn.After(decision);
        Assert.Equal((ClaimStatus.Submitted, true, null, null, ClaimStep.Assessment, null),
            (reopened.Status, reopened.IsOpen, reopened.Outcome, reopened.Assessment, reopened.Deadline!.Step, reopened.WithdrawnOn));
        Reopen(reopened).ChangesNothing();
        Reopen(reopened, National).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_clock_of_a_claim_that_expired_begins_anew_with_the_check_of_its_papers()
    {
        var reopened = Expired.After(Reopen(Expired));
        Assert.Equal(Deadline.For(ClaimStep.Check, Liangzhou, Today), reopened.Deadline);
        Assert.Equal(["accountProof"], reopened.MissingDocuments);
        var complete = AddDocumentHandler.Handle(
            new AddDocument(TheClaim, "accountProof", "样例.pdf", Digest(7)), reopened, ATruckDriver(), new DocumentId(Id(99)),
            Officer, Today);
        // not the four days that a decision had left before
        Assert.Equal(Deadline.For(ClaimStep.Assessment, Liangzhou, Today), complete.The<DocumentReceived>().Deadline);
    }

    [Fact]
    public void A_refused_claim_is_reopened_when_no_appeal_is_possible_any_more()
    {
        Reopen(ARefusedClaim()).IsRefused(Refuse.AppealStillPossible);
        Reopen(ARefusedClaim(), on: TheRefusal.AppealableUntil).IsRefused(Refuse.AppealStillPossible);
        Reopen(ARefusedClaim(), on: AfterTheAppeal).The<ClaimReopened>();
        Reopen(AnAppealedClaim()).IsRefused(Refuse.WrongState);
        Reopen(AnAppealedClaim().After(new AppealWithdrawn("撤回", Officer.Id))).The<ClaimReopened>();
    }

    [Fact]
    public void Nobody_reopens_what_he_ended()
    {
        Reopen(ARefusedClaim(), Approver, AfterTheAppeal).IsRefused(Refuse.FourEyes);
        Reopen(Withdrawn, Other with { Id = Officer.Id }).IsRefused(Refuse.FourEyes);
        Reopen(Expired, Other with { Id = "deadlines" }).IsRefused(Refuse.FourEyes);
        Reopen(Upheld(), National).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void Nor_does_he_on_whose_behalf_it_was_ended_and_who_reopens_for_another_counts_for_both()
    {
        Reopen(AnAssessedClaim().After(TheRefusal with { OnBehalfOf = Other.Id }), on: AfterTheAppeal).IsRefused(Refuse.FourEyes);
        Reopen(AnAppealedClaim().After(new RefusalUpheld("维持", null, "sample-approver-national-2", National.Id)), National)
            .IsRefused(Refuse.FourEyes);
        var reopened = Withdrawn.After(Reopen(Withdrawn, Other with { OnBehalfOf = Approver.Id }));
        Assert.All([Other, Approver], person => Assert.Equal(Refuse.FourEyes, reopened.SamePerson(person)!.Rule));
    }

    [Fact]
    public void A_refused_claim_is_reopened_by_a_union_of_at_least_the_level_that_refused()
    {
        Reopen(ARefusedClaim(), Other with { Region = Wuwei }, AfterTheAppeal).IsRefused(Refuse.HigherLevelNeeded);
        Reopen(ARefusedClaim(), Other, AfterTheAppeal).The<ClaimReopened>();
        Reopen(ARefusedClaim(), National, AfterTheAppeal).The<ClaimReopened>();
        Reopen(Withdrawn, Other with { Region = Liangzhou }).The<ClaimReopened>();
    }

    [Fact]
    public void After_an_appeal_was_decided_a_union_of_a_higher_level_reopens_the_claim()
    {
        Reopen(Upheld()).IsRefused(Refuse.HigherLevelNeeded);
        Reopen(Upheld(), National with { Id = "sample-approver-national-2" }).The<ClaimReopened>();
    }

    [Fact]
    public void A_claim_is_reopened_in_time()
    {
        Reopen(Withdrawn, on: Today.PlusDays(180)).The<ClaimReopened>();
        Reopen(Withdrawn, on: Today.PlusDays(181)).IsRefused(Refuse.ReopeningWindowPassed);
        Reopen(Expired, on: Today.PlusDays(181)).IsRefused(Refuse.ReopeningWindowPassed);
        Reopen(ARefusedClaim(), on: TheRefusal.AppealableUntil!.Value.PlusDays(180)).The<ClaimReopened>();
        Reopen(ARefusedClaim(), on: TheRefusal.AppealableUntil!.Value.PlusDays(181)).IsRefused(Refuse.ReopeningWindowPassed);
        // where the day was not kept, no time is checked
        Reopen(AWithdrawnClaim(), on: Today.PlusDays(500)).The<ClaimReopened>();
    }

    [Fact]
    public void An_approved_claim_is_never_reopened_because_its_money_was_ordered() =>
        Assert.Contains("ordered", Reopen(AnApprovedClaim(), National).IsRefused(Refuse.WrongState).Detail);

    [Fact]
    public void An_open_claim_is_not_reopened()
    {
        Reopen(ASubmittedClaim()).IsRefused(Refuse.WrongState);
        Reopen(AnAssessedClaim()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_rules_of_an_incident_are_asked_again()
    {
        var voided = AnEnrolledTruckDriver().After(new EnrolmentVoided("职业填报不实", null, Officer.Id));
        Reopen(Withdrawn, enrolment: voided).IsRefused(Refuse.NotInForce);
        var died = StateOf<Claim>(Submitted(DeathByAccident with { Date = IncidentDay.PlusDays(-1) }) with { Claim = new ClaimId(Id(77)) })
            .After(new ClaimApproved(Money.Yuan(1), ThePayout, Approver.Id, "同意"));
        Reopen(Withdrawn, death: died).IsRefused(Refuse.IncidentOutsideCover, "incident.date");
    }

    [Fact]
    public void Who_is_barred_comes_in_by_no_reopening()
    {
        var barred = ATruckDriver().After(new PersonBarred(TheBar, BarScope.Claim, Wuwei, Today, Today, Approver.Id));
        Reopen(Withdrawn, member: barred).IsRefused(Refuse.Barred);
        Reopen(Withdrawn, people: [ATruckDriver(), barred]).IsRefused(Refuse.Barred);   // an heir
        Reopen(Withdrawn, member: barred, on: Today.PlusDays(1)).The<ClaimReopened>();
    }

    [Fact]
    public void Who_reopened_a_claim_does_not_decide_it()
    {
        var assessed = Withdrawn.After(Reopen(Withdrawn)).After(Assessed());
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "同意"),
            new(assessed, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], Other, Today).IsRefused(Refuse.FourEyes);
        RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), assessed, AnEnrolledTruckDriver(), Other, Today)
            .IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void From_a_withdrawal_to_an_approval_the_claim_is_paid_once()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Officer, new WithdrawClaim(claim, "撤回")).The<ClaimWithdrawn>();
        world.Do(Other, new ReopenClaim(claim, ReopeningCause.ClaimantAsks, "申领人请求")).The<ClaimReopened>();
        var row = world.Stream(claim.Value).Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!;
        Assert.Equal((ClaimStatus.Submitted, true, ClaimStep.Assessment, null, null, 0),
            (row.Status, row.Open, row.Step, row.DecidedOn, row.DecidedBy, row.MissingDocuments));
        Assert.True(world.All<Enrolment>().Single().HasOpen(claim));
        world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).The<ClaimApproved>();
        Assert.Empty(world.All<Enrolment>().Single().OpenClaims);
        Assert.Contains("重新受理（申领人请求）", ClaimHistory.Of(world.Stream(claim.Value).Single(one => one.Data is ClaimReopened)).TextZh);
    }

    [Fact]
    public void An_incident_that_another_claim_has_taken_meanwhile_is_not_reopened()
    {
        var world = World.WithAProgramme();
        var first = Journey.ToAClaimWithAllPapers(world);
        world.Do(Officer, new WithdrawClaim(first, "撤回")).The<ClaimWithdrawn>();
        Journey.ToAClaimWithAllPapers(world, enrolment: world.All<Enrolment>().Single().Id);
        world.Do(Other, new ReopenClaim(first, ReopeningCause.ClaimantAsks, "申领人请求")).IsRefused(Refuse.DuplicateClaim);
    }

    [Fact]
    public void A_reopening_has_a_cause_and_a_reason() =>
        Assert.Equal(["cause", "reason"], new ReopenClaim(TheClaim, (ReopeningCause)9, "").BrokenFields());

    private static Claim Upheld() => AnAppealedClaim().After(new RefusalUpheld("维持", null, National.Id));

    private static Decision Reopen(
        Claim claim, Actor? by = null, LocalDate? on = null, Enrolment? enrolment = null, Claim? death = null, Person? member = null,
        IReadOnlyList<Person>? people = null) =>
        ReopenClaimHandler.Handle(new ReopenClaim(TheClaim, ReopeningCause.NewEvidence, "补交材料"), new(claim,
            new IncidentRules(enrolment ?? AnEnrolledTruckDriver(), TheRules().Card, member ?? ATruckDriver(), death), people ?? []),
            by ?? Other, on ?? Today);
}
