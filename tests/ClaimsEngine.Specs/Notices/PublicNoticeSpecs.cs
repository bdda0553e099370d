namespace ClaimsEngine.Specs;

/// <summary>The organiser of the example (6207) publishes approvals from 10,000 yuan on for five working days; by default nobody
/// does.</summary>
public class PublicNoticeSpecs
{
    private static readonly LocalDate LastDay = Day("2025-11-27");
    private static readonly RegionCode Publishing = RegionCode.Of("620702");
    private static readonly Actor Decider = new("sample-approver-wuwei", [Role.Approver], Wuwei);

    [Fact]
    public void An_approval_is_published_where_the_organiser_wants_it()
    {
        var begun = Approve(Publishing, Money.Yuan(10_000)).The<PublicNoticeOpened>();
        Assert.Equal((PublicNoticeId.Of(TheClaim), Today, LastDay, Money.Yuan(10_000), "6207/1", "cn-2025/1", Approver.Id),
            (begun.Notice, begun.From, begun.To, begun.Amount, begun.Rules, begun.Calendar, begun.By));
        Assert.DoesNotContain(Approve(Publishing, Cny("9999.99")).Events, fact => fact is PublicNoticeOpened);
        Assert.DoesNotContain(Approve(Liangzhou, Money.Yuan(120_000)).Events, fact => fact is PublicNoticeOpened);
    }

    [Fact]
    public void A_rule_names_kinds_and_amounts_and_nothing_is_published_that_pays_nothing()
    {
        var rule = new PublicNoticeRule(7, DayUnit.CalendarDays, [IncidentKind.Disability], Money.Yuan(100));
        Assert.Equal(Today.PlusDays(7), rule.LastDay(IncidentKind.Disability, Money.Yuan(100), Today));
        Assert.Null(rule.LastDay(IncidentKind.Disability, Cny("99.99"), Today));
        Assert.Null(rule.LastDay(IncidentKind.CriticalIllness, Money.Yuan(100), Today));
        Assert.Null(new PublicNoticeRule(7, DayUnit.CalendarDays).LastDay(IncidentKind.Disability, Money.Zero, Today));
    }

    [Fact]
    public void A_payout_is_authorised_when_the_days_are_over_and_rests_on_the_notice()
    {
        Authorise(APublicNotice(), LastDay).IsRefused(Refuse.NoticeRunning);
        var authorised = Authorise(APublicNotice(), LastDay.PlusDays(1));
        authorised.Decides(new PayoutAuthorised(Cashier.Id));
        Assert.Contains(authorised.Changes, change => change.Stream == PublicNoticeId.Of(TheClaim).Value && change.Events.Count == 0);
        Assert.Single(Authorise(null, Today).Changes);
    }

    [Fact]
    public void An_objection_stops_the_authorisation_until_it_is_dismissed_and_for_good_if_it_is_upheld()
    {
        var later = LastDay.PlusDays(1);
        var objected = APublicNotice().After(Raise(APublicNotice()).Decides(new ObjectionRaised(1, "反映不实", Officer.Id)));
        Authorise(objected, later).IsRefused(Refuse.ObjectionOpen);
        Authorise(objected.After(Decide(objected, ObjectionOutcome.Dismissed)), LastDay).IsRefused(Refuse.NoticeRunning);
        Authorise(objected.After(Decide(objected, ObjectionOutcome.Dismissed)), later).The<PayoutAuthorised>();
        Authorise(objected.After(Decide(objected, ObjectionOutcome.Upheld)), later).IsRefused(Refuse.ObjectionStands);
        Authorise(objected.After(Raise(objected, "另一人反映")).After(Decide(objected, ObjectionOutcome.Upheld)), later)
            .IsRefused(Refuse.ObjectionStands);
    }

    [Fact]
    public void Objections_are_taken_until_the_last_day()
    {
        Raise(APublicNotice(), on: LastDay).The<ObjectionRaised>();
        Raise(APublicNotice(), on: LastDay.PlusDays(1)).IsRefused(Refuse.NoticeOver);
        var objected = APublicNotice().After(Raise(APublicNotice()));
        Raise(objected, on: LastDay.PlusDays(1)).ChangesNothing();
        Assert.Equal(2, Raise(objected, "另一人反映").The<ObjectionRaised>().Number);
        var full = APublicNotice().After(
            Enumerable.Range(1, RaiseObjection.MostObjections).Select(number => new ObjectionRaised(number, $"{number}", Officer.Id)));
        Raise(full, "又一人反映").IsRefused(Refuse.ObjectionOpen);
    }

    [Fact]
    public void Another_person_decides_than_who_recorded_the_objection_or_approved_the_claim()
    {
        var objected = APublicNotice().After(Raise(APublicNotice()));
        foreach (var person in new[] { Officer, Approver })
            Decide(objected, by: Decider with { Id = person.Id }).IsRefused(Refuse.FourEyes);
        Decide(objected with { ApprovedFor = Decider.Id }).IsRefused(Refuse.FourEyes);
        Assert.Equal(Decider.Id, StateOf<PublicNotice>([NoticeOpened() with { OnBehalfOf = Decider.Id }]).ApprovedFor);
        var dismissed = objected.After(Decide(objected, ObjectionOutcome.Dismissed));
        Decide(dismissed, ObjectionOutcome.Dismissed).ChangesNothing();
        Decide(dismissed, ObjectionOutcome.Upheld).IsRefused(Refuse.ObjectionDecided);
        DecideObjectionHandler.Handle(new DecideObjection(TheClaim, 2, ObjectionOutcome.Upheld, "属实"), objected, Decider)
            .IsRefused(Refuse.UnknownObjection, "number");
    }

    [Fact]
    public void The_list_counts_what_is_open_and_says_what_is_stopped()
    {
        var (row, version) = ((PublicNoticeRow?)null, 0L);
        foreach (var (fact, open, stopped) in ((object, int, bool)[])
        [
            (NoticeOpened(), 0, false), (new ObjectionRaised(1, "r", Officer.Id), 1, false),
            (new ObjectionRaised(2, "s", Officer.Id), 2, false),
            (new ObjectionDismissed(1, "r", Decider.Id), 1, false), (new ObjectionUpheld(2, "r", Decider.Id), 0, true),
        ])
        {
            row = PublicNoticeList.Evolve(row, World.Recorded(
                fact, PublicNoticeId.Of(TheClaim).Value, PublicNotice.StreamType, ++version, Instant.FromUtc(2025, 11, 20, 4, 0)));
            Assert.Equal((open, stopped), (row!.OpenObjections, row.Stopped));
        }
    }

    [Fact]
    public void Objections_and_their_decisions_have_reasons()
    {
        Assert.Equal(["reason"], new RaiseObjection(TheClaim, "").BrokenFields());
        Assert.Equal(["outcome", "reason"], new DecideObjection(TheClaim, 1, (ObjectionOutcome)7, "").BrokenFields());
    }

    private static Decision Approve(RegionCode region, Money amount)
    {
        var claim = StateOf<Claim>([Submitted() with { Region = region }, .. AllPapers(), Assessed()]);
        return ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, amount, "同意"),
            new(claim, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], Approver, Today);
    }

    private static Decision Authorise(PublicNotice? notice, LocalDate on) =>
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AnOrderedPayout(), notice, Cashier, on);

    private static Decision Raise(PublicNotice notice, string reason = "反映不实", LocalDate? on = null) =>
        RaiseObjectionHandler.Handle(new RaiseObjection(TheClaim, reason), notice, Officer, on ?? Today);

    private static Decision Decide(PublicNotice notice, ObjectionOutcome outcome = ObjectionOutcome.Upheld, Actor? by = null) =>
        DecideObjectionHandler.Handle(new DecideObjection(TheClaim, 1, outcome, "经核实"), notice, by ?? Decider);
}
