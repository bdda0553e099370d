using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Cancellation, voidance and lapse: three ends of a certificate, each of which frees its place and its key.</summary>
public class EndOfEnrolmentSpecs
{
    private static readonly LocalDate BeforeCover = new(2024, 12, 31);

    private static readonly UniqueKey TheKey = Enrolment.Key(PlanCode, ProgrammeCode, DriverId);

    [Fact]
    public void Before_cover_begins_a_certificate_is_cancelled_and_its_place_is_free() =>
        FreesPlaceAndKey(Cancel(today: BeforeCover).Decides(new EnrolmentCancelled("申请退出", null, Officer.Id)));

    [Fact]
    public void A_pending_certificate_is_cancelled_at_any_time() =>
        FreesPlaceAndKey(Cancel(APendingEnrolment(), Card(RefundKind.None)).Decides(new EnrolmentCancelled("申请退出", null, Officer.Id)));

    [Fact]
    public void Once_cover_has_begun_a_plan_that_pays_nothing_back_has_no_exit()
    {
        Cancel(card: Card(RefundKind.None)).IsRefused(Refuse.NoExit);
        Cancel(card: Card(RefundKind.None), today: new LocalDate(2025, 1, 1)).IsRefused(Refuse.NoExit);
        Cancel(card: Card(RefundKind.None), today: BeforeCover).The<EnrolmentCancelled>();
    }

    [Fact]
    public void Within_the_term_of_another_plan_the_day_of_cancellation_is_the_last_day_of_cover()
    {
        var decision = Cancel();
        FreesPlaceAndKey(decision.Decides(new EnrolmentCancelled("申请退出", Today, Officer.Id)));
        var ended = AnEnrolledTruckDriver().After(decision);
        Assert.True(ended.Covers(IncidentDay) && ended.Covers(Today));
        Assert.False(ended.Covers(Today.PlusDays(1)));
        Assert.Equal((EnrolmentStatus.Cancelled, Today), (ended.Status, ended.CoverTo));
    }

    [Fact]
    public void Before_cover_every_payer_gets_back_what_it_has_paid()
    {
        var paid = APendingEnrolment().After(Paid(Company, 15, "T-1"), Paid("甘肃省总工会", 80, "T-1"), Paid(Company, 5, "T-2"));
        var decision = Cancel(paid, Card(RefundKind.None));
        decision.Decides(new EnrolmentCancelled(
            "申请退出", null, Officer.Id, [new Refund(Company, Money.Yuan(20), Today), new Refund("甘肃省总工会", Money.Yuan(80), Today)]));
        Assert.Equal(2, paid.After(decision).End!.Refunds!.Count);
    }

    [Fact]
    public void Within_the_term_only_refunded_units_are_paid_back_and_at_the_end_of_the_term()
    {
        var paid = AnEnrolledTruckDriver().After(Paid("甘肃省总工会", 120, "T-1"));
        Cancel(paid, RefundedAt(120)).Decides(new EnrolmentCancelled(
            "申请退出", Today, Officer.Id, [new Refund("甘肃省总工会", Money.Yuan(120), new LocalDate(2026, 1, 1))]));
        // another line was refunded, not the one that was paid
        Cancel(paid, RefundedAt(410)).Decides(new EnrolmentCancelled("申请退出", Today, Officer.Id));
        Cancel(paid).Decides(new EnrolmentCancelled("申请退出", Today, Officer.Id));                    // nothing is published
        Cancel(AnEnrolledTruckDriver(), RefundedAt(120)).Decides(new EnrolmentCancelled("申请退出", Today, Officer.Id));
    }

    [Fact]
    public void Never_is_more_paid_back_than_was_paid() => Property.Holds(
        from payments in (from employer in Gen.Elements(true, false) from fen in Gen.Choose(1, 4_000) select (employer, fen)).ArrayOf(6)
        from days in Gen.Choose(-400, 400) from card in Gen.Elements(Card(), Card(RefundKind.None), RefundedAt(120), RefundedAt(410))
        select (payments, days, card), at =>
        {
            var enrolment = APendingEnrolment();
            foreach (var ((employer, fen), i) in at.payments.Select((payment, i) => (payment, i)))
            {
                var payment =
                    new RecordContribution(TheEnrolment, employer ? Company : "甘肃省总工会", new Money(fen), $"T-{i}", Today.PlusDays(-i));
                enrolment = enrolment.After(RecordContributionHandler.Handle(
                    payment, new(enrolment, at.card, AProgramme(), null, DriversNumber.BirthDate), Cashier, Today));
            }
            var decision = Cancel(enrolment, at.card, enrolment.CoverFrom.PlusDays(at.days));
            if (decision.Refusal is not null) return;
            var cancelled = decision.The<EnrolmentCancelled>();
            var refunds = cancelled.Refunds ?? [];
            Assert.All(refunds, refund => Assert.True(refund.Amount.IsPositive && refund.Amount <= enrolment.PaidBy(refund.Payer)));
            Assert.Equal(refunds.Count, refunds.Select(refund => refund.Payer).Distinct().Count());
            var (paid, back) =
                (Money.Sum(enrolment.Paid.Select(payment => payment.Amount)), Money.Sum(refunds.Select(refund => refund.Amount)));
            Assert.True(back == paid || (cancelled.LastDay is not null && back == Money.Zero), $"{back} of {paid}");
        });

    [Fact]
    public void After_its_term_nothing_is_left_to_cancel() => Cancel(today: new LocalDate(2026, 1, 1)).IsRefused(Refuse.NoExit);

    [Fact]
    public void Cancelling_twice_changes_nothing() => Cancel(AnEnrolledTruckDriver().After(Cancel())).ChangesNothing();

    [Fact]
    public void After_a_benefit_nothing_is_cancelled_or_void()
    {
        var used = AnEnrolledTruckDriver().After(Used(Money.Yuan(1)));
        Cancel(used).IsRefused(Refuse.BenefitDrawn);
        Void(used).IsRefused(Refuse.BenefitDrawn);
    }

    [Fact]
    public void A_certificate_beyond_those_allowed_is_void_with_the_one_that_stands()
    {
        var other = AnEnrolledTruckDriver() with { Id = new EnrolmentId(Id(77)) };
        FreesPlaceAndKey(Void(AnEnrolledTruckDriver(), other).Decides(new EnrolmentVoided("重复参保", other.Id, Officer.Id)));
        FreesPlaceAndKey(Void(AnEnrolledTruckDriver()).Decides(new EnrolmentVoided("重复参保", null, Officer.Id)));
        var ended = AnEnrolledTruckDriver().After(Void(AnEnrolledTruckDriver(), other));
        Assert.False(ended.Covers(IncidentDay));
        Assert.Equal((EnrolmentStatus.Void, other.Id), (ended.Status, ended.End!.DuplicateOf!.Value));
        Void(ended).ChangesNothing();
    }

    [Fact]
    public void A_voidance_rests_on_the_certificate_that_stands_as_it_was_read()
    {
        var other = AnEnrolledTruckDriver().After(Paid("甘肃省总工会", 120, "T-1")) with { Id = new EnrolmentId(Id(77)) };
        var rests = Assert.Single(Void(AnEnrolledTruckDriver(), other).Changes, change => change.Stream == other.StreamId);
        Assert.Equal((2, 0), (rests.Read!.StreamVersion, rests.Events.Count));
        Assert.Single(Void(AnEnrolledTruckDriver()).Changes);
    }

    [Fact]
    public void The_certificate_that_stands_is_the_same_persons_and_stands()
    {
        var other = AnEnrolledTruckDriver() with { Id = new EnrolmentId(Id(77)) };
        var named = new VoidEnrolment(TheEnrolment, "重复参保", other.Id);
        VoidEnrolmentHandler.Handle(named, new(AnEnrolledTruckDriver(), null), Officer).IsRefused(Refuse.UnknownEnrolment, "duplicateOf");
        Void(AnEnrolledTruckDriver(), other with { Member = RelativeId }).IsRefused(Refuse.UnknownEnrolment, "duplicateOf");
        Void(AnEnrolledTruckDriver(), other with { Status = EnrolmentStatus.Void }).IsRefused(Refuse.UnknownEnrolment, "duplicateOf");
    }

    [Fact]
    public void A_pending_certificate_lapses()
    {
        FreesPlaceAndKey(Lapse(APendingEnrolment()).Decides(new EnrolmentLapsed("逾期未缴费", Cashier.Id)));
        Lapse(APendingEnrolment().After(Lapse(APendingEnrolment()))).ChangesNothing();
        Lapse(AnEnrolledTruckDriver()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_certificate_that_is_paid_and_waits_for_the_plans_ratio_does_not_lapse()
    {
        var waiting = StateOf<Enrolment>(Enrolled() with { Employer = EmployerCode, Pending = true, AwaitsRatio = true });
        Assert.Equal([WaitsFor.Participation], waiting.WaitsFor);
        Lapse(waiting).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void What_has_ended_one_way_ends_no_other_way()
    {
        var lapsed = APendingEnrolment().After(Lapse(APendingEnrolment()));
        Cancel(lapsed).IsRefused(Refuse.WrongState);
        Void(lapsed).IsRefused(Refuse.WrongState);
        Lapse(AnEnrolledTruckDriver().After(Cancel())).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_place_given_up_is_anothers_and_the_person_may_enrol_again()
    {
        var world = World.OfSharedFunding(quota: 1);
        var relative = Journey.TheDriver with { Name = "李样例", IdNumber = RelativesNumber };
        var first = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        world.Do(Officer, new Enrol(relative, ProgrammeCode)).IsRefused(Refuse.QuotaExceeded, "programme");
        world.Do(Cashier, new LapseEnrolment(first, "逾期未缴费")).The<EnrolmentLapsed>();
        Assert.Equal(0, world.Taken(Programme.RootPool(ProgrammeCode)));
        var second = world.Do(Officer, new Enrol(relative, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        world.Do(Officer, new VoidEnrolment(second, "录入有误")).The<EnrolmentVoided>();
        var third = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        world.Do(Officer, new CancelEnrolment(third, "申请退出")).The<EnrolmentCancelled>();
        world.Do(Officer, new CancelEnrolment(third, "申请退出")).ChangesNothing();
        Assert.Equal(0, world.Taken(Programme.RootPool(ProgrammeCode)));
    }

    [Fact]
    public void What_was_drawn_of_the_budget_is_free_again_unless_cover_was_given()
    {
        var (drew, pending) = (StateOf<Enrolment>(Enrolled() with { Drawn = Money.Yuan(120) }),
            StateOf<Enrolment>(EnrolledPending() with { Drawn = Money.Yuan(80) }));
        Assert.Equal(-12_000, Budget(Cancel(drew, today: BeforeCover)));
        Assert.Equal(-8_000, Budget(Cancel(pending)));
        Assert.Equal(-12_000, Budget(Void(drew)));
        Assert.Equal(-8_000, Budget(Lapse(pending)));
        Assert.Null(Budget(Cancel(drew)));
        Assert.Null(Budget(Cancel(today: BeforeCover)));   // of a programme without a budget

        static long? Budget(Decision decision) =>
            decision.Places.SingleOrDefault(places => places.Change.Pool == Programme.BudgetPool(ProgrammeCode))?.Change.Count;
    }

    [Fact]
    public void A_claim_submitted_before_a_voidance_is_neither_assessed_nor_approved_after_it()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        var enrolment = world.All<Claim>().Single().Enrolment;
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new VoidClaimedEnrolment(enrolment, "重复参保")).The<EnrolmentVoided>();
        world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).IsRefused(Refuse.NotInForce);
        world.Do(Assessor, new AssessClaim(claim)).IsRefused(Refuse.NotInForce);
        world.Do(Approver, new RefuseClaim(claim, "凭证作废", null)).The<ClaimRefused>();
    }

    [Fact]
    public void The_requests_have_a_shape()
    {
        Assert.Equal(["reason"], new CancelEnrolment(TheEnrolment, "").BrokenFields());
        Assert.Equal(["reason"], new LapseEnrolment(TheEnrolment, new string('长', 501)).BrokenFields());
        Assert.Equal(["duplicateOf", "reason"], new VoidEnrolment(TheEnrolment, " ", TheEnrolment).BrokenFields());
    }

    private static void FreesPlaceAndKey(Decision decision)
    {
        decision.Guards(TheKey, TheEnrolment.Value, take: false);
        Assert.Equal((Programme.RootPool(ProgrammeCode), -1L),
            (Assert.Single(decision.Places).Change.Pool, decision.Places[0].Change.Count));
    }

    private static ContributionPaid Paid(string payer, long yuan, string reference) =>
        new(payer, Money.Yuan(yuan), reference, new LocalDate(2024, 12, 1), Cashier.Id);

    /// <summary>Units at this price are paid back at expiry, those of 120 yuan otherwise not.</summary>
    private static PlanCard RefundedAt(long yuan) => Card(RefundKind.AtExpiry) with
    {
        Prices = [new PriceLine(Money.Yuan(yuan), Refunded: true), new PriceLine(Money.Yuan(120))],
    };

    private static PlanCard Card(RefundKind? refund = null) => TheRules().Card with { Refund = refund };

    private static Decision Cancel(Enrolment? enrolment = null, PlanCard? card = null, LocalDate? today = null) =>
        CancelEnrolmentHandler.Handle(new CancelEnrolment(TheEnrolment, "申请退出"), enrolment ?? AnEnrolledTruckDriver(), card ?? Card(),
            Officer, today ?? Today);

    private static Decision Void(Enrolment enrolment, Enrolment? other = null) =>
        VoidEnrolmentHandler.Handle(new VoidEnrolment(TheEnrolment, "重复参保", other?.Id), new Voidance(enrolment, other), Officer);

    private static Decision Lapse(Enrolment enrolment) =>
        LapseEnrolmentHandler.Handle(new LapseEnrolment(TheEnrolment, "逾期未缴费"), enrolment, Cashier);
}
