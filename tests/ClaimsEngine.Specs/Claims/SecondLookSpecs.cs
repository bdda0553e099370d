using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Some approved claims are drawn for a second look, by chance and by risk; the draw can be repeated.</summary>
public class SecondLookSpecs
{
    private static readonly Actor Looker = new("sample-reviewer-gansu", [Role.Approver], Gansu);

    [Fact]
    public void With_a_share_of_a_thousand_every_approval_is_drawn_in_the_same_decision()
    {
        var rules = RulesOf(new Sampling("k", 1000));
        var sampled = Approve(AnAssessedClaim(), rules).The<ClaimSampled>();
        Assert.Equal(("default/1", "k", 1000, Draw.NumberOf(TheClaim, "default/1", "k")),
            (sampled.Rules, sampled.Key, sampled.PerMille, sampled.Number));
        Assert.Equal(["random"], sampled.Reasons);
        Assert.Equal(Approver.Id, sampled.By);
    }

    [Fact]
    public void Without_a_share_nothing_is_drawn() =>
        Assert.DoesNotContain(Approve(AnAssessedClaim(), RulesOf(new Sampling("k", 0))).Events, e => e is ClaimSampled);

    [Fact]
    public void The_highest_share_that_applies_holds_and_every_reason_is_told()
    {
        var rules = RulesOf(new Sampling("k", 1,
            [new RiskShare(1000, Over: Money.Yuan(119_999)), new RiskShare(10, Flag: ClaimFlags.IncidentBeforeEnrolment)]));
        var flagged = StateOf<Claim>([Submitted() with { Flags = [ClaimFlags.IncidentBeforeEnrolment] }, .. AllPapers(), Assessed()]);
        Assert.Equal(["random", "over-amount", ClaimFlags.IncidentBeforeEnrolment],
            Approve(flagged, rules).The<ClaimSampled>().Reasons);
        Assert.Equal(1000, Draw.Of(flagged, Money.Yuan(120_000), Approver.Id, rules).PerMille);
        Assert.Equal(10, Draw.Of(flagged, Money.Yuan(119_999), Approver.Id, rules).PerMille);
        Assert.Equal(1, Draw.Of(AnAssessedClaim(), Money.Yuan(119_999), Approver.Id, rules).PerMille);
    }

    [Fact]
    public void What_is_decided_straight_through_has_a_share_of_its_own()
    {
        var rules = RulesOf(new Sampling("k", 0, [new RiskShare(1000, StraightThrough: true)]));
        Assert.Equal(["straight-through"],
            Approve(AnAssessedClaim(), rules, Approver with { Id = StraightThrough.Approver }).The<ClaimSampled>().Reasons);
        Assert.DoesNotContain(Approve(AnAssessedClaim(), rules).Events, e => e is ClaimSampled);
    }

    [Fact]
    public void By_the_rules_of_Inner_Mongolia_all_that_is_decided_straight_through_is_drawn()
    {
        Assert.Equal(["straight-through"],
            Approve(AClaimOfHohhot(), null, Approver with { Id = StraightThrough.Approver }).The<ClaimSampled>().Reasons);
        Assert.DoesNotContain(Approve(AClaimOfHohhot(), null).Events, e => e is ClaimSampled);
    }

    [Fact]
    public void The_share_of_many_claims_that_are_drawn_is_near_its_rate()
    {
        foreach (var perMille in new[] { 10, 100, 500, 900 })
        {
            var drawn = Enumerable.Range(1, 20_000).Count(i => Draw.NumberOf(new ClaimId(Id(i)), "default/1", "2026") < perMille);
            var spread = 4 * Math.Sqrt(20_000.0 * perMille / 1000 * (1000 - perMille) / 1000);   // the ids are fixed, so this never varies
            Assert.InRange(drawn, 20 * perMille - spread, 20 * perMille + spread);
        }
    }

    [Fact]
    public void The_same_inputs_are_drawn_the_same_and_a_higher_share_draws_all_that_a_lower_one_does() =>
        Property.Holds(
            from id in Gen.Choose(1, int.MaxValue) from low in Gen.Choose(0, 1000) from high in Gen.Choose(0, 1000)
            select (Id: id, Low: Math.Min(low, high), High: Math.Max(low, high)), at =>
        {
            var claim = AnAssessedClaim() with { Id = new ClaimId(Id(at.Id)) };
            Draw Of(int share) => Draw.Of(claim, Money.Yuan(1), Approver.Id, RulesOf(new Sampling("k", share)));
            Assert.Equal((Of(at.Low).Number, Of(at.Low).Drawn), (Of(at.Low).Number, Of(at.Low).Drawn));
            Assert.Equal(Of(at.Low).Number, Of(at.High).Number);
            Assert.InRange(Of(at.Low).Number, 0, 999);
            Assert.True(!Of(at.Low).Drawn || Of(at.High).Drawn);
        });

    [Fact]
    public void Another_key_draws_other_claims() =>
        Assert.InRange(Enumerable.Range(1, 1_000).Count(i =>
            Draw.NumberOf(new ClaimId(Id(i)), "default/1", "2026") == Draw.NumberOf(new ClaimId(Id(i)), "default/1", "2027")), 0, 20);

    [Fact]
    public void An_auditor_repeats_the_draw_from_what_is_recorded()
    {
        var at = Instant.FromUtc(2025, 11, 20, 4, 0);
        object[] all = [.. ClaimOfHohhot, .. Approve(AClaimOfHohhot(), null, Approver with { Id = StraightThrough.Approver })
            .Events.Where(e => e is ClaimApproved or ClaimSampled)];
        var draw = DrawView.Of(StateOf<Claim>(all),
            all.Select((data, i) => World.Recorded(data, TheClaim.Value, Claim.StreamType, i + 1, at)))!;
        Assert.True(draw is { Drawn: true, Agrees: true });
        Assert.Equal((draw.Recorded!.Number, draw.Recorded.PerMille), (draw.Draw.Number, draw.Draw.PerMille));
        var missing = all.Where(e => e is not ClaimSampled).ToArray();
        Assert.False(DrawView.Of(StateOf<Claim>(missing),
            missing.Select((data, i) => World.Recorded(data, TheClaim.Value, Claim.StreamType, i + 1, at)))!.Agrees);
        Assert.Null(DrawView.Of(AnAssessedClaim(), []));
    }

    [Fact]
    public void Another_person_than_all_before_takes_the_second_look()
    {
        Look(ADrawnClaim(), Looker).Decides(new SecondLookCompleted(SecondLookFinding.Confirmed, "无误", Looker.Id));
        foreach (var hand in new[] { Officer, Assessor, Approver, Looker with { OnBehalfOf = Approver.Id } })
            Look(ADrawnClaim(), hand).IsRefused(Refuse.FourEyes);
        var forAnother = AnAssessedClaim().After(
            new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "材料齐全", OnBehalfOf: Looker.Id), Drawn());
        Look(forAnother, Looker).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void A_claim_that_was_not_drawn_has_no_second_look() => Look(AnApprovedClaim(), Looker).IsRefused(Refuse.NoSecondLook);

    [Fact]
    public void The_second_look_is_taken_once()
    {
        var done = ADrawnClaim().After(Look(ADrawnClaim(), Looker));
        Look(done, Looker).ChangesNothing();
        Look(done, Looker, SecondLookFinding.Questioned).IsRefused(Refuse.WrongState);
        Look(done, Looker with { Id = "sample-reviewer-2" }).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_board_shows_what_waits_for_its_second_look()
    {
        object[] events = [Submitted(), Assessed(), new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "材料齐全"), Drawn(),
            new SecondLookCompleted(SecondLookFinding.Questioned, "存疑", Looker.Id)];
        bool[] waits = [.. Enumerable.Range(1, events.Length).Select(count => events.Take(count).Select((data, i) =>
            World.Recorded(data, TheClaim.Value, Claim.StreamType, i + 1, Instant.FromUtc(2025, 11, 20, 4, 0)))
            .Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!.SecondLook)];
        Assert.Equal([false, false, false, true, false], waits);
    }

    private static HandlingRules RulesOf(Sampling sampling) => HandlingRules.For(Liangzhou, Today) with { Sampling = sampling };

    private static readonly object[] ClaimOfHohhot =
        [Submitted() with { Region = RegionCode.Of("150123") }, .. AllPapers(), Assessed()];

    private static Claim AClaimOfHohhot() => StateOf<Claim>(ClaimOfHohhot);

    private static ClaimSampled Drawn() => new("default/1", "k", 1, 1000, ["random"], Approver.Id);

    private static Claim ADrawnClaim() => AnApprovedClaim().After(Drawn());

    private static Decision Look(Claim claim, Actor by, SecondLookFinding finding = SecondLookFinding.Confirmed) =>
        CompleteSecondLookHandler.Handle(new CompleteSecondLook(TheClaim, finding, "无误"), claim, by);

    private static Decision Approve(Claim claim, HandlingRules? rules, Actor? by = null) => ApproveClaimHandler.Handle(
        new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"), new(claim, AnEnrolledTruckDriver(), null, TheRules(), rules),
        [ThePayout], by ?? Approver, Today);
}
