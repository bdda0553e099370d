namespace ClaimsEngine.Specs;

/// <summary>An approver names a stand-in with dates; the stand-in acts under his own name on behalf of the approver, and never
/// further.</summary>
public class DelegationSpecs
{
    private static readonly Actor StandIn = new("sample-stand-in", [Role.Officer, Role.Approver], Liangzhou, Money.Yuan(50_000));
    private static readonly DelegateDuty Week =
        new(StandIn.Id, Wuwei, Today, Today.PlusDays(6), "外出培训", Money.Yuan(200_000));

    [Fact]
    public void An_approver_names_a_stand_in() => Give(Week).Decides(
        new DutyDelegated(StandIn.Id, Wuwei, Gansu, Money.Yuan(200_000), Today, Today.PlusDays(6), "外出培训", Approver.Id, false));

    [Fact]
    public void Without_an_amount_the_own_limit_is_delegated() =>
        Assert.Equal(Approver.ApprovalLimit, Give(Week with { UpTo = null }).The<DutyDelegated>().Limit);

    [Fact]
    public void Nothing_is_delegated_that_one_does_not_hold()
    {
        Give(Week with { Region = RegionCode.Of("15") }).IsRefused(Refuse.OutsideRegion, "region");
        Give(Week with { UpTo = new Money(100_000_001) }).IsRefused(Refuse.OverLimit, "upTo");
        Give(Week with { To = Approver.Id }).IsRefused(Refuse.InvalidRequest, "to");
        Give(Week with { Until = Today.PlusDays(-1), From = Today.PlusDays(-9) }).IsRefused(Refuse.InvalidRequest, "until");
    }

    [Fact]
    public void A_stand_in_delegates_no_further_and_ends_nothing()
    {
        Give(Week with { To = "sample-third" }, by: Lent(ADelegation(), Today)).IsRefused(Refuse.DelegationNotOwn);
        End(ADelegation(), Lent(ADelegation(), Today)!).IsRefused(Refuse.DelegationNotOwn);
        End(ADelegation(), StandIn).IsRefused(Refuse.DelegationNotOwn);
    }

    [Fact]
    public void One_delegation_stands_between_two_people_at_a_time()
    {
        Give(Week, ADelegation()).ChangesNothing();
        Give(Week with { Until = Today.PlusDays(9) }, ADelegation()).IsRefused(Refuse.DelegationRunning);
        var ended = ADelegation().After(End(ADelegation(), Approver));
        Give(Week, ended).The<DutyDelegated>();
        End(ended, Approver).ChangesNothing();
        Assert.False(ended.After(Give(Week, ended)).Ended);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void It_is_in_force_from_its_first_to_its_last_day(int day, bool inForce) =>
        Assert.Equal(inForce, Lent(ADelegation(), Today.PlusDays(day)) is not null);

    [Fact]
    public void Who_stands_in_acts_under_his_own_name_as_an_approver_with_what_was_delegated()
    {
        var lent = Lent(ADelegation(), Today)!;
        Assert.Equal((StandIn.Id, Approver.Id, Wuwei, (Money?)Money.Yuan(200_000)),
            (lent.Id, lent.OnBehalfOf, lent.Region, lent.ApprovalLimit));
        Assert.Equal([Role.Approver], lent.Roles);
    }

    [Fact]
    public void Never_more_than_the_delegators_office_may_today()
    {
        Assert.Equal(Money.Yuan(10_000), ADelegation().Lent(StandIn, Today, Money.Yuan(10_000))!.ApprovalLimit);
        var unlimited = StateOf<Delegation>(Given() with { Limit = null });
        Assert.Equal(Money.Yuan(10_000), unlimited.Lent(StandIn, Today, Money.Yuan(10_000))!.ApprovalLimit);
        Assert.Null(unlimited.Lent(StandIn, Today, null)!.ApprovalLimit);
        Assert.Equal(Money.Yuan(200_000), ADelegation().Lent(StandIn, Today, null)!.ApprovalLimit);
    }

    [Fact]
    public void Nobody_else_stands_in_and_no_delegation_gives_a_role()
    {
        Assert.Null(ADelegation().Lent(StandIn with { Id = "sample-another" }, Today, null));
        Assert.Null(ADelegation().Lent(StandIn with { Roles = [Role.Officer] }, Today, null));
        Assert.Null(Lent(ADelegation().After(new DelegationEnded(Approver.Id)), Today));
    }

    [Fact]
    public void Who_stands_in_approves_what_the_own_limit_would_not_allow()
    {
        var claim = AnAssessedClaim();   // 120,000 yuan
        Approve(claim, StandIn).IsRefused(Refuse.OverLimit, "amount");
        var approved = Approve(claim, Lent(ADelegation(), Today)!);
        Assert.Equal((StandIn.Id, Approver.Id), (approved.The<ClaimApproved>().By, approved.The<ClaimApproved>().OnBehalfOf));
        Assert.Equal((StandIn.Id, Approver.Id), (approved.The<PayoutOrdered>().ApprovedBy, approved.The<PayoutOrdered>().ApprovedFor));
    }

    [Fact]
    public void Four_eyes_count_both_names()
    {
        var lent = Lent(ADelegation(), Today)!;
        var byDelegator = StateOf<Claim>([Submitted(), .. AllPapers(), Assessed(by: Approver)]);
        var byStandIn = StateOf<Claim>([Submitted(), .. AllPapers(), Assessed(by: StandIn)]);
        foreach (var claim in new[] { byDelegator, byStandIn })
        {
            Approve(claim, lent).IsRefused(Refuse.FourEyes);
            RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), claim, AnEnrolledTruckDriver(), lent, Today)
                .IsRefused(Refuse.FourEyes);
        }
        var reviewed = AnAssessedClaim().After(new ClaimReviewed(ReviewFinding.Agree, "相符", StandIn.Id, Approver.Id));
        Approve(reviewed, Approver).IsRefused(Refuse.FourEyes);
        Approve(reviewed, StandIn with { ApprovalLimit = null }).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void Whose_stand_in_refused_a_claim_does_not_decide_the_appeal() =>
        DecideAppealHandler.Handle(new DecideAppeal(TheClaim, AppealOutcome.Upheld, "维持"),
            AnAssessedClaim().After(TheRefusal with { By = StandIn.Id, OnBehalfOf = Approver.Id }, TheAppeal),
            AnEnrolledTruckDriver(), null,
            Approver with { Region = RegionCode.National }, Today).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Whose_stand_in_approved_neither_authorises_nor_releases()
    {
        var payout = StateOf<Payout>(Ordered() with { ApprovedBy = StandIn.Id, ApprovedFor = Cashier.Id });
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), payout, null, Cashier, Today).IsRefused(Refuse.FourEyes);
        Releasing(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(),
            [payout.After(new PayoutAuthorised(Releaser.Id))], Cashier).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void A_delegation_says_to_whom_until_when_and_why() => Assert.Equal(["reason", "to", "until", "upTo"],
        new DelegateDuty("", Wuwei, Today, Today.PlusDays(-1), "", Money.Zero).BrokenFields().Distinct().Order());

    [Theory]
    [InlineData(366, true)]
    [InlineData(367, false)]
    public void A_delegation_lasts_a_year_at_most(int days, bool fits) =>
        Assert.Equal(fits, !(Week with { Until = Today.PlusDays(days) }).BrokenFields().Any());

    [Fact]
    public void The_engines_own_names_stand_in_for_nobody() =>
        Assert.Equal(["to"], (Week with { To = EngineActors.OneClick }).BrokenFields());

    [Fact]
    public void A_standing_deputy_acts_only_on_days_on_which_the_delegator_is_absent()
    {
        var deputy = StateOf<Delegation>(Given() with { WhenAbsent = true });
        var absence = AnAbsence(Approver, Today.PlusDays(2), Today.PlusDays(3));
        bool[] acts = [.. Enumerable.Range(0, 6).Select(day => deputy.Lent(StandIn, Today.PlusDays(day), null, absence) is not null)];
        Assert.Equal([false, false, true, true, false, false], acts);
        Assert.Null(deputy.Lent(StandIn, Today.PlusDays(2), null));
        Assert.Null(deputy.Lent(StandIn, Today.PlusDays(2), null, absence.After(new AbsenceEnded(Approver.Id))));
    }

    [Fact]
    public void Nobody_stands_in_who_is_absent_when_it_begins()
    {
        Give(Week, absence: AnAbsence(StandIn, Today.PlusDays(-3), Today)).IsRefused(Refuse.StandInAbsent, "to");
        Give(Week, absence: AnAbsence(StandIn, Today.PlusDays(1), Today.PlusDays(2))).The<DutyDelegated>();
    }

    [Fact]
    public void An_approver_notes_an_absence_and_corrects_and_ends_it()
    {
        var noted = Note(null, Today, Today.PlusDays(3));
        noted.Decides(new AbsenceNoted(Today, Today.PlusDays(3), Gansu, Approver.Id));
        var absence = StateOf<Absence>(noted.Events);
        Note(absence, Today, Today.PlusDays(3)).ChangesNothing();
        Assert.True(absence.After(Note(absence, Today, Today.PlusDays(9))).Covers(Today.PlusDays(9)));
        var ended = absence.After(EndAbsenceHandler.Handle(new EndAbsence(absence.Id), absence, Approver));
        Assert.False(ended.Covers(Today));
        EndAbsenceHandler.Handle(new EndAbsence(absence.Id), ended, Approver).ChangesNothing();
        Note(ended, Today, Today.PlusDays(3)).The<AbsenceNoted>();
    }

    [Fact]
    public void An_absence_is_ones_own_and_not_of_the_past()
    {
        var absence = AnAbsence(Approver, Today, Today);
        EndAbsenceHandler.Handle(new EndAbsence(absence.Id), absence, StandIn).IsRefused(Refuse.DelegationNotOwn);
        EndAbsenceHandler.Handle(new EndAbsence(absence.Id), absence, Approver with { OnBehalfOf = "x" })
            .IsRefused(Refuse.DelegationNotOwn);
        Note(null, Today, Today, Approver with { OnBehalfOf = "x" }).IsRefused(Refuse.DelegationNotOwn);
        Note(null, Today.PlusDays(-2), Today.PlusDays(-1)).IsRefused(Refuse.InvalidRequest, "until");
        Assert.Equal(["until"], new NoteAbsence(Today, Today.PlusDays(-1)).BrokenFields());
        Assert.Equal(["until"], new NoteAbsence(Today, Today.PlusDays(367)).BrokenFields());
        Assert.Empty(new NoteAbsence(Today, Today.PlusDays(366)).BrokenFields());
    }

    private static Absence AnAbsence(Actor of, LocalDate from, LocalDate until) =>
        StateOf<Absence>(new AbsenceNoted(from, until, of.Region, of.Id));

    private static Decision Note(Absence? found, LocalDate from, LocalDate until, Actor? by = null) =>
        NoteAbsenceHandler.Handle(new NoteAbsence(from, until), found, by ?? Approver, Today);

    private static DutyDelegated Given() => Give(Week).The<DutyDelegated>();

    private static Delegation ADelegation() => StateOf<Delegation>(Given());

    private static Actor? Lent(Delegation delegation, LocalDate on) => delegation.Lent(StandIn, on, Approver.ApprovalLimit);

    private static Decision Give(DelegateDuty command, Delegation? found = null, Actor? by = null, Absence? absence = null) =>
        DelegateDutyHandler.Handle(command, found, absence, by ?? Approver, Today);

    private static Decision End(Delegation delegation, Actor by) =>
        EndDelegationHandler.Handle(new EndDelegation(delegation.Id), delegation, by);

    private static Decision Approve(Claim claim, Actor by) => ApproveClaimHandler.Handle(
        new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"), new(claim, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout],
        by, Today);
}
