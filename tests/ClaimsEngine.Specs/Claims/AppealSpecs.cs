namespace ClaimsEngine.Specs;

/// <summary>The sample claim is refused by the approver of Gansu on 20 November 2025; by the default rules an appeal is possible for 60
/// days, and is decided within 20 working days.</summary>
public class AppealSpecs
{
    private static readonly string Objection = TheAppeal.Reason;
    private static readonly LocalDate LastDay = Day("2026-01-19");
    private static readonly Deadline ToDecide = TheAppeal.Deadline;
    private static readonly Actor National = new("sample-approver-national", [Role.Approver], RegionCode.National);

    [Fact]
    public void A_refusal_says_until_when_the_claimant_may_appeal() =>
        Assert.Equal(LastDay, RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), AnAssessedClaim(), AnEnrolledTruckDriver(),
            Approver, Today).The<ClaimRefused>().AppealableUntil);

    [Fact]
    public void An_appeal_is_to_be_decided_within_twenty_working_days()
    {
        Appeal(ARefusedClaim()).Decides(TheAppeal);
        var appealed = AnAppealedClaim();
        Assert.Equal((ClaimStatus.Appealed, ToDecide, false), (appealed.Status, appealed.Deadline, appealed.IsOpen));
        Assert.Equal(Approver.Id, appealed.Outcome!.By);
        Assert.Null(appealed.Appeal!.Outcome);
    }

    [Fact]
    public void An_appeal_is_in_time_until_its_last_day()
    {
        Appeal(ARefusedClaim(), on: LastDay).The<ClaimAppealed>();
        Appeal(ARefusedClaim(), on: LastDay.PlusDays(1)).IsRefused(Refuse.AppealWindowPassed);
    }

    [Fact]
    public void A_refusal_of_before_appeals_were_recorded_has_no_last_day_and_another_person_decides()
    {
        var old = AnAssessedClaim().After(Golden<ClaimRefused>());
        var appealed = old.After(Appeal(old, on: Day("2029-01-01")));
        Assert.Null(old.Refusals[^1].ByRegion);
        Decide(appealed, by: Approver with { Id = "sample-approver-2" }).The<RefusalUpheld>();
    }

    [Fact]
    public void Only_a_refused_claim_is_appealed_against()
    {
        foreach (var claim in new[] { ASubmittedClaim(), AnAssessedClaim(), AnApprovedClaim(), AWithdrawnClaim() })
            Appeal(claim).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_same_appeal_again_changes_nothing_and_another_one_is_refused()
    {
        Appeal(AnAppealedClaim()).ChangesNothing();
        Appeal(AnAppealedClaim(), "另有新证据").IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void While_an_appeal_is_open_nothing_else_is_done_with_the_claim()
    {
        var claim = AnAppealedClaim();
        AssessClaimHandler.Handle(new AssessClaim(TheClaim), new(claim, AnEnrolledTruckDriver(), null, TheRules()), Assessor, Today)
            .IsRefused(Refuse.WrongState);
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(1), "同意"), new(claim, AnEnrolledTruckDriver(), null, TheRules()),
            [ThePayout], Approver, Today).IsRefused(Refuse.WrongState);
        RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), claim, AnEnrolledTruckDriver(), Approver, Today)
            .IsRefused(Refuse.WrongState);
        WithdrawClaimHandler.Handle(new WithdrawClaim(TheClaim, "撤回"), claim, AnEnrolledTruckDriver(), Officer, Today)
            .IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void That_an_appeal_was_not_decided_in_time_is_noted() =>
        PassDeadlineHandler.Handle(
                new PassDeadline(TheClaim), AnAppealedClaim(), AnEnrolledTruckDriver(), Officer, ToDecide.DueOn.PlusDays(1))
            .Decides(new DeadlinePassed(ClaimStep.AppealDecision, ToDecide.DueOn, Officer.Id));

    [Fact]
    public void A_refusal_that_is_upheld_stands_for_good()
    {
        Decide(AnAppealedClaim(), clause: "第五条").Decides(new RefusalUpheld("复核", "第五条", National.Id));
        var upheld = AnAppealedClaim().After(Decide(AnAppealedClaim(), clause: "第五条"));
        Assert.Equal((ClaimStatus.Refused, null, Approver.Id), (upheld.Status, upheld.Deadline, upheld.Outcome!.By));
        Assert.Equal(new Appeal(Objection, ToDecide.DueOn, Officer.Id, AppealOutcome.Upheld, "复核", "第五条", National.Id), upheld.Appeal);
        Appeal(upheld).IsRefused(Refuse.AppealDecided);
        Decide(upheld).ChangesNothing();
        Decide(upheld, AppealOutcome.Reversed).IsRefused(Refuse.AppealDecided);
    }

    [Fact]
    public void A_claim_whose_refusal_is_reversed_is_open_again_and_takes_its_incident_again()
    {
        var decision = Decide(AnAppealedClaim(), AppealOutcome.Reversed);
        decision.Decides(
                new RefusalReversed("复核", Deadline.For(ClaimStep.Assessment, Liangzhou, Today), National.Id),
                new ClaimOpened(TheClaim, Officer.Id))
            .Guards(Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), TheClaim.Value, Refuse.DuplicateClaim);
        var reopened = AnAppealedClaim().After(decision);
        Assert.Equal((ClaimStatus.Submitted, null, null, ClaimStep.Assessment),
            (reopened.Status, reopened.Assessment, reopened.Outcome, reopened.Deadline!.Step));
        Assert.Equal((AppealOutcome.Reversed, "复核", National.Id),
            (reopened.Appeal!.Outcome, reopened.Appeal.Decision, reopened.Appeal.DecidedBy));
    }

    [Fact]
    public void A_claim_without_all_its_papers_is_checked_again() =>
        Assert.Equal(Deadline.For(ClaimStep.Check, Liangzhou, Today),
            Decide(ASubmittedClaim().After(TheRefusal, TheAppeal), AppealOutcome.Reversed)
                .The<RefusalReversed>().Deadline);

    [Fact]
    public void Nothing_is_reopened_under_a_certificate_that_gives_no_cover() =>
        Decide(AnAppealedClaim(), AppealOutcome.Reversed, enrolment: AnEnrolledTruckDriver().After(
            new EnrolmentVoided("职业填报不实", null, Officer.Id))).IsRefused(Refuse.NotInForce);

    [Fact]
    public void Who_handled_the_claim_or_the_appeal_does_not_decide_the_appeal()
    {
        foreach (var person in new[] { Officer, Assessor, Approver })
            Decide(AnAppealedClaim(), by: National with { Id = person.Id }).IsRefused(Refuse.FourEyes);
        Decide(ARefusedClaim().After(TheAppeal with { By = "sample-recorder" }), by: National with { Id = "sample-recorder" })
            .IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void A_union_of_a_higher_level_decides_than_the_one_that_refused()
    {
        Assert.Contains("甘肃省", Decide(AnAppealedClaim(), by: Approver with { Id = "sample-approver-2" })
            .IsRefused(Refuse.HigherLevelNeeded).Detail);
        var byTheDistrict = AnAssessedClaim().After(
            TheRefusal with { By = "sample-approver-liangzhou", ByRegion = Liangzhou }, TheAppeal);
        Decide(byTheDistrict, by: Approver with { Id = "sample-approver-2", Region = Liangzhou }).IsRefused(Refuse.HigherLevelNeeded);
        Decide(byTheDistrict, by: Approver with { Id = "sample-approver-2", Region = Wuwei }).The<RefusalUpheld>();
        Decide(byTheDistrict, by: Approver).The<RefusalUpheld>();
    }

    [Fact]
    public void After_the_national_office_another_person_of_it_is_enough()
    {
        var claim = AnAssessedClaim().After(
            TheRefusal with { By = National.Id, ByRegion = RegionCode.National }, TheAppeal);
        Decide(claim, by: National).IsRefused(Refuse.FourEyes);
        Decide(claim, by: National with { Id = "sample-approver-national-2" }).The<RefusalUpheld>();
    }

    [Fact]
    public void Without_an_appeal_there_is_nothing_to_decide()
    {
        Decide(ARefusedClaim()).IsRefused(Refuse.WrongState);
        Decide(AnAssessedClaim()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Who_reversed_a_refusal_may_repeat_it_and_does_not_decide_the_claim()
    {
        var reopened = AnAppealedClaim().After(Decide(AnAppealedClaim(), AppealOutcome.Reversed));
        Decide(reopened, AppealOutcome.Reversed).ChangesNothing();
        Decide(reopened).IsRefused(Refuse.AppealDecided);
        var assessed = reopened.After(Assessed());
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "同意"),
            new(assessed, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], National, Today).IsRefused(Refuse.FourEyes);
        RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), assessed, AnEnrolledTruckDriver(), National, Today)
            .IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void A_claim_that_is_refused_once_more_may_be_appealed_against_once_more()
    {
        var again = AnAppealedClaim().After(Decide(AnAppealedClaim(), AppealOutcome.Reversed))
            .After(TheRefusal with { By = "sample-approver-3" });
        Assert.Null(again.Appeal);
        var appealed = again.After(Appeal(again));
        Decide(appealed).IsRefused(Refuse.FourEyes);   // the same person reversed the first refusal
        Decide(appealed, by: National with { Id = Approver.Id }).IsRefused(Refuse.FourEyes);   // and this one refused it first
        Decide(appealed, by: National with { Id = "sample-approver-national-2" }).The<RefusalUpheld>();
    }

    [Fact]
    public void From_a_reversed_refusal_to_an_approval_the_claim_is_assessed_anew_and_approved_once()
    {
        var (world, claim) = Reopened();
        var row = ClaimRow(world, claim);
        Assert.Equal((ClaimStatus.Submitted, null, null, null, ClaimStep.Assessment),
            (row.Status, row.AssessedAmount, row.DecidedOn, row.DecidedBy, row.Step));
        Assert.Null(world.Stream(claim.Value).Aggregate((AssessmentRow?)null, AssessmentBoard.Evolve));
        Assert.True(world.All<Enrolment>().Single().HasOpen(claim));
        world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).IsRefused(Refuse.WrongState);
        world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).The<ClaimApproved>();
        Assert.Empty(world.All<Enrolment>().Single().OpenClaims);
    }

    [Fact]
    public void Of_an_appealed_and_an_upheld_refusal_the_list_still_says_who_refused_and_when()
    {
        var (world, claim) = Refused();
        world.Do(Officer, new AppealRefusal(claim, Objection)).The<ClaimAppealed>();
        var row = ClaimRow(world, claim);
        Assert.Equal((ClaimStatus.Appealed, ClaimStep.AppealDecision, ToDecide.DueOn, Today, Approver.Id),
            (row.Status, row.Step, row.DueOn, row.DecidedOn, row.DecidedBy));
        world.Do(National, new DecideAppeal(claim, AppealOutcome.Upheld, "维持")).The<RefusalUpheld>();
        row = ClaimRow(world, claim);
        Assert.Equal((ClaimStatus.Refused, null, Today, Approver.Id), (row.Status, row.Step, row.DecidedOn, row.DecidedBy));
    }

    [Fact]
    public void An_incident_that_another_claim_has_taken_meanwhile_is_not_reopened()
    {
        var (world, first) = Refused();
        world.Do(Officer, new AppealRefusal(first, Objection)).The<ClaimAppealed>();
        Journey.ToAClaimWithAllPapers(world, enrolment: world.All<Enrolment>().Single().Id);
        world.Do(National, new DecideAppeal(first, AppealOutcome.Reversed, "复核")).IsRefused(Refuse.DuplicateClaim);
        world.Do(National, new DecideAppeal(first, AppealOutcome.Upheld, "复核")).The<RefusalUpheld>();
    }

    [Fact]
    public void An_appeal_and_its_decision_have_their_reasons_and_only_what_stands_has_a_clause()
    {
        Assert.Equal(["reason"], new AppealRefusal(TheClaim, "").BrokenFields());
        var decision = new DecideAppeal(TheClaim, AppealOutcome.Upheld, "维持", "第五条");
        Assert.Empty(decision.BrokenFields());
        Assert.Equal(["clause", "reason"], (decision with { Reason = "", Clause = new string('条', 201) }).BrokenFields());
        Assert.Equal(["clause"], (decision with { Outcome = AppealOutcome.Reversed }).BrokenFields());
    }

    private static Decision Appeal(Claim claim, string? reason = null, LocalDate? on = null) =>
        AppealRefusalHandler.Handle(new AppealRefusal(TheClaim, reason ?? Objection), claim, Officer, on ?? Today);

    private static Decision Decide(
        Claim claim, AppealOutcome outcome = AppealOutcome.Upheld, Actor? by = null, string? clause = null, Enrolment? enrolment = null) =>
        DecideAppealHandler.Handle(new DecideAppeal(TheClaim, outcome, "复核", clause), claim, enrolment ?? AnEnrolledTruckDriver(), null,
            by ?? National, Today);

    private static (World World, ClaimId Claim) Refused()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new RefuseClaim(claim, "不属于保障责任")).The<ClaimRefused>();
        return (world, claim);
    }

    private static (World World, ClaimId Claim) Reopened()
    {
        var (world, claim) = Refused();
        world.Do(Officer, new AppealRefusal(claim, Objection)).The<ClaimAppealed>();
        world.Do(National, new DecideAppeal(claim, AppealOutcome.Reversed, "复核")).The<RefusalReversed>();
        return (world, claim);
    }

    private static ClaimRow ClaimRow(World world, ClaimId claim) =>
        world.Stream(claim.Value).Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!;
}
