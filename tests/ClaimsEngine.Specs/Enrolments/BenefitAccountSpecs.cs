namespace ClaimsEngine.Specs;

/// <summary>What was used of an enrolment, and by a member under all of them, from one claim to the next.</summary>
public class BenefitAccountSpecs
{
    private const string Hospital = "sample-hospital", Critical = "sample-critical", Other = "sample-other";
    private static readonly LocalDate January1 = new(2025, 1, 1);

    // a deductible over the year: 10,000, then 80 % to 40,000

    [Fact]
    public void A_claim_below_the_deductible_is_approved_at_nothing_without_a_payout_and_moves_it()
    {
        var (world, enrolment) = InHospitalPlan();
        var assessed = Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "6000.00"), out var claim);
        Assert.Equal((Money.Zero, new Consumption(Admissions: 1, Deductible: Money.Yuan(6_000), OwnShare: Money.Yuan(6_000))),
            (assessed.Amount, assessed.Consumed));

        world.Do(Approver, new ApproveClaim(claim, Money.Zero, "未超过起付线，计入年度累计")).Decides(
            new ClaimApproved(Money.Zero, null, Approver.Id, "未超过起付线，计入年度累计"),
            new BenefitUsed(claim, null, Money.Zero, Approver.Id, IncidentKind.Hospitalisation, assessed.Consumed),
            new BenefitCounted(enrolment.Member, claim, Hospital, null, IncidentKind.Hospitalisation, Money.Zero, Approver.Id));
        Assert.Empty(world.All<Payout>());
        Assert.Equal((Money.Yuan(6_000), Money.Yuan(6_000), 1), (Counters(world, enrolment).Of(IncidentKind.Hospitalisation).Deductible,
            Counters(world, enrolment).Of(IncidentKind.Hospitalisation).OwnShare,
            Counters(world, enrolment).Of(IncidentKind.Hospitalisation).Admissions));
        world.Do(Approver, new ApproveClaim(claim, Money.Zero, "再次")).ChangesNothing();
    }

    [Fact]
    public void The_next_claim_is_paid_from_there_and_the_one_after_from_there()
    {
        var (world, enrolment) = InHospitalPlan();
        Granted(world, enrolment, Stay("2025-03-01", "6000.00"), "0.00");
        Granted(world, enrolment, Stay("2025-05-01", "10000.00"), "4800.00");    // 4000 of the deductible left, 6000 × 80 %
        Granted(world, enrolment, Stay("2025-07-01", "30000.00"), "24600.00");   // 24000 × 80 %, then 6000 × 90 %
        Granted(world, enrolment, Stay("2025-09-01", "50000.00"), "20600.00");   // 45000 would be, 50000 − 29400 are left of the cap
        Granted(world, enrolment, Stay("2025-10-01", "100.00"), "0.00");         // used up; the own share counts on
        Assert.Equal((Money.Yuan(50_000), Money.Yuan(10_000), Cny("96100.00"), 5),
            (world.All<Enrolment>().Single().Used, Counters(world, enrolment).Of(IncidentKind.Hospitalisation).Deductible,
                Counters(world, enrolment).Of(IncidentKind.Hospitalisation).OwnShare,
                Counters(world, enrolment).Of(IncidentKind.Hospitalisation).Admissions));
    }

    [Fact]
    public void Several_admissions_in_one_claim_move_it_as_far_as_one_by_one()
    {
        var (world, enrolment) = InHospitalPlan();
        var both = Stay("2025-03-01", "6000.00")
            with { Admissions = [.. Stay("2025-03-01", "6000.00").Admissions!, .. Stay("2025-05-01", "10000.00").Admissions!] };
        Granted(world, enrolment, both, "4800.00");
        Assert.Equal((Cny("16000.00"), 2), (Counters(world, enrolment).Of(IncidentKind.Hospitalisation).OwnShare,
            Counters(world, enrolment).Of(IncidentKind.Hospitalisation).Admissions));
    }

    [Fact]
    public void A_claim_that_pays_nothing_and_moves_nothing_is_refused_and_not_approved()
    {
        var (world, enrolment) =
            InHospitalPlan(SampleCards.OverTheYear() with { Exclusions = [new Exclusion("selfHarm", new LocalName("自伤", "self-harm"))] });
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "60000.00") with { Circumstances = ["selfHarm"] }, out var claim);
        world.Do(Approver, new ApproveClaim(claim, Money.Zero, "同意")).IsRefused(Refuse.NothingToApprove, "amount");
        world.Do(Approver, new RefuseClaim(claim, "属于除外责任")).The<ClaimRefused>();
        Assert.Equal(new Counters(), Counters(world, enrolment));
    }

    [Fact]
    public void A_refused_or_withdrawn_claim_moves_nothing()
    {
        var (world, enrolment) = InHospitalPlan();
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "6000.00"), out var first);
        world.Do(Approver, new RefuseClaim(first, "材料不实")).The<ClaimRefused>();
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "6000.00"), out var second);   // the stay is free again
        world.Do(Officer, new WithdrawClaim(second, "申领人撤回")).The<ClaimWithdrawn>();
        Granted(world, enrolment, Stay("2025-03-01", "11000.00"), "800.00");
    }

    [Fact]
    public void Of_two_claims_assessed_at_once_the_second_is_assessed_again_before_it_is_approved()
    {
        var (world, enrolment) = InHospitalPlan();
        Assert.Equal("1600.00",
            Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "12000.00"), out var first).Amount.ToString());
        Assert.Equal("1600.00",
            Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-05-01", "12000.00"), out var second).Amount.ToString());
        world.Do(Approver, new ApproveClaim(first, Cny("1600.00"), "同意")).The<PayoutOrdered>();
        world.Do(Approver, new ApproveClaim(second, Cny("1600.00"), "同意")).IsRefused(Refuse.AssessmentOutdated);
        Assert.Equal("9600.00", world.Do(Assessor, new AssessClaim(second)).The<ClaimAssessed>().Amount.ToString());
        world.Do(Approver, new ApproveClaim(second, Cny("9600.00"), "同意")).The<PayoutOrdered>();
    }

    [Fact]
    public void An_approval_at_nothing_outdates_the_other_assessment_too()
    {
        var (world, enrolment) = InHospitalPlan();
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "6000.00"), out var first);
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-05-01", "6000.00"), out var second);
        world.Do(Approver, new ApproveClaim(first, Money.Zero, "计入年度累计")).The<ClaimApproved>();
        world.Do(Approver, new ApproveClaim(second, Money.Zero, "计入年度累计")).IsRefused(Refuse.AssessmentOutdated);
        Assert.Equal("1600.00", world.Do(Assessor, new AssessClaim(second)).The<ClaimAssessed>().Amount.ToString());
    }

    [Fact]
    public void Two_approvals_decided_on_the_same_state_change_the_same_streams_so_that_one_is_decided_again()
    {
        var (world, enrolment) = InHospitalPlan();
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-03-01", "12000.00"), out var first);
        Journey.ToAnAssessment(world, enrolment.Id, Stay("2025-05-01", "12000.00"), out var second);
        IEnumerable<Guid> Streams(ClaimId claim) => ApproveClaimHandler.Handle(
            new ApproveClaim(claim, Cny("1600.00"), "同意"),
            new(world.All<Claim>().Single(own => own.Id == claim), world.All<Enrolment>().Single(),
                null, APlanWith(SampleCards.OverTheYear().Json()).Version(1)!), [ThePayout], Approver, Today)
                .Changes.Select(change => change.Stream);
        Assert.Equal([enrolment.StreamId, BenefitAccount.IdOf(enrolment.Member), ThePayout.Value],
            Streams(first).Intersect(Streams(second)));
    }

    // caps that reach further than an enrolment

    [Fact]
    public void A_cap_across_plans_holds_over_two_plans()
    {
        var group = new Caps(AcrossPlans: new GroupCap("sample-group", Money.Yuan(25_000)));
        var world = new World();
        world.Publish(Critical, 1, January1, (Illness(20_000) with { Caps = group }).Json());
        world.Publish(Other, 1, January1, (Illness(15_000) with { Caps = group }).Json());
        var (one, other) = (Journey.UnderAPlan(world, Critical, Day("2025-02-01")), Journey.UnderAPlan(world, Other, Day("2025-02-01")));
        Granted(world, one, Cancer("2025-03-01"), "20000.00");
        Granted(world, other, Cancer("2025-03-01"), "5000.00");
        Granted(world, other, Cancer("2025-04-01", "stroke"), "0.00", counts: false);
        Assert.Equal([("sample-group", Money.Yuan(20_000)), ("sample-group", Money.Yuan(5_000))],
            world.All<BenefitAccount>().Single().Benefits.Select(benefit => (benefit.Group!, benefit.Amount)));
    }

    [Fact]
    public void A_benefit_approved_under_the_other_plan_outdates_the_assessment()
    {
        var group = new Caps(AcrossPlans: new GroupCap("sample-group", Money.Yuan(25_000)));
        var world = new World();
        world.Publish(Critical, 1, January1, (Illness(20_000) with { Caps = group }).Json());
        world.Publish(Other, 1, January1, (Illness(15_000) with { Caps = group }).Json());
        var (one, other) = (Journey.UnderAPlan(world, Critical, Day("2025-02-01")), Journey.UnderAPlan(world, Other, Day("2025-02-01")));
        Journey.ToAnAssessment(world, one.Id, Cancer("2025-03-01"), out var first);
        Assert.Equal(Money.Yuan(15_000), Journey.ToAnAssessment(world, other.Id, Cancer("2025-03-01"), out var second).Amount);
        world.Do(Approver, new ApproveClaim(first, Money.Yuan(20_000), "同意")).The<PayoutOrdered>();
        world.Do(Approver, new ApproveClaim(second, Money.Yuan(15_000), "同意")).IsRefused(Refuse.AssessmentOutdated);
        Assert.Equal(Money.Yuan(5_000), world.Do(Assessor, new AssessClaim(second)).The<ClaimAssessed>().Amount);
    }

    [Fact]
    public void Plans_of_another_group_or_of_none_do_not_count()
    {
        var world = new World();
        world.Publish(Critical, 1, January1,
            (Illness(20_000) with { Caps = new Caps(AcrossPlans: new GroupCap("sample-group", Money.Yuan(25_000))) }).Json());
        world.Publish(Other, 1, January1,
            (Illness(15_000) with { Caps = new Caps(AcrossPlans: new GroupCap("another-group", Money.Yuan(25_000))) }).Json());
        world.Publish(Hospital, 1, January1, Illness(12_000).Json());
        var enrolments = new[] { Critical, Other, Hospital }.Select(plan => Journey.UnderAPlan(world, plan, Day("2025-02-01"))).ToArray();
        Granted(world, enrolments[0], Cancer("2025-03-01"), "20000.00");
        Granted(world, enrolments[1], Cancer("2025-03-01"), "15000.00");
        Granted(world, enrolments[2], Cancer("2025-03-01"), "12000.00");
        // nothing used when it was read, and no wide cap asks
        Assert.Null(BenefitAccount.CountersFor(enrolments[2], Illness(12_000), world.All<BenefitAccount>().Single()));
    }

    [Fact]
    public void Of_a_group_only_the_kinds_that_the_cap_names_count()
    {
        var account = StateOf<BenefitAccount>(
            Counted(Money.Yuan(1)) with { Group = "g", Kind = IncidentKind.IllnessDeath },
            Counted(Money.Yuan(2)) with { Group = "g", Kind = IncidentKind.CriticalIllness },
            Counted(Money.Yuan(4)) with { Group = "g", Plan = Other, Kind = IncidentKind.IllnessDeath },
            Counted(Money.Yuan(8)) with { Kind = IncidentKind.IllnessDeath });
        var card = SampleCards.TenThousand() with { Caps =
            new Caps(PerLifetime: Money.Yuan(99), AcrossPlans: new GroupCap("g", Money.Yuan(99), [IncidentKind.IllnessDeath])) };
        var counters = BenefitAccount.CountersFor(AnEnrolledTruckDriver(), card, account)!;
        // 1 + 4 of the group; 1 + 2 + 8 of this plan
        Assert.Equal((Money.Yuan(5), Money.Yuan(11)), (counters.AcrossPlans, counters.Lifetime));
        Assert.Equal((Money.Zero, Money.Zero), (BenefitAccount.CountersFor(AnEnrolledTruckDriver(), card, null)!.AcrossPlans,
            BenefitAccount.CountersFor(AnEnrolledTruckDriver(), card, null)!.Lifetime));
    }

    [Fact]
    public void A_cap_in_a_lifetime_holds_over_renewed_cover_and_that_of_a_period_begins_anew()
    {
        var card = Illness(20_000) with { Caps = new Caps(PerPeriod: Money.Yuan(25_000), PerLifetime: Money.Yuan(30_000)) };
        var world = new World();
        world.Publish(Critical, 1, January1, card.Json());
        var first = Journey.UnderAPlan(world, Critical, Day("2025-02-01"));
        Granted(world, first, Cancer("2025-03-01"), "20000.00");
        Granted(world, first, Cancer("2025-04-01", "stroke"), "5000.00");
        var second = Journey.UnderAPlan(world, Critical, Day("2026-02-01"));
        Assert.Equal(Money.Zero, second.Used);
        Granted(world, second, Cancer("2026-03-01"), "5000.00");
    }

    [Fact]
    public void Members_do_not_share_what_they_used()
    {
        var world = new World();
        world.Publish(Critical, 1, January1, (Illness(20_000) with { Caps = new Caps(PerLifetime: Money.Yuan(30_000)) }).Json());
        Granted(world, Journey.UnderAPlan(world, Critical, Day("2025-02-01")), Cancer("2025-03-01"), "20000.00");
        var relative = Journey.UnderAPlan(world, Critical, Day("2025-02-01"),
            new Enrol(Journey.TheDriver with { Name = "李样例", IdNumber = RelativesNumber }));
        var claimant = new ClaimantDetails("李样例", RelativesNumber, Relation.Self, RelativesAccountDetails);
        world.Now = Instant.FromUtc(2025, 11, 20, 4, 0);
        var claim = world.Do(Officer, new SubmitClaim(relative.Id, Cancer("2025-03-01"), claimant)).The<ClaimSubmitted>().Claim;
        world.Do(Officer, new AddDocument(claim, "identityDocument", "样例.pdf", Digest(1))).The<DocumentReceived>();
        Assert.Equal(Money.Yuan(20_000), world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>().Amount);
    }

    private static (World World, Enrolment Enrolment) InHospitalPlan(PlanCard? card = null)
    {
        var world = new World();
        world.Publish(Hospital, 1, January1, (card ?? SampleCards.OverTheYear()).Json());
        return (world, Journey.UnderAPlan(world, Hospital, Day("2025-02-01")));
    }

    private static Counters Counters(World world, Enrolment enrolment) =>
        world.All<Enrolment>().Single(own => own.Id == enrolment.Id).Counters;

    /// <summary>Claimed, assessed at this amount and approved at it; or, where nothing is payable and nothing counts on, not to be
    /// approved.</summary>
    private static void Granted(World world, Enrolment enrolment, Incident incident, string amount, bool counts = true)
    {
        Assert.Equal(amount, Journey.ToAnAssessment(world, enrolment.Id, incident, out var claim).Amount.ToString());
        var decision = world.Do(Approver, new ApproveClaim(claim, Cny(amount), "同意"));
        if (counts) Assert.Equal(amount == "0.00", decision.The<ClaimApproved>().Payout is null);
        else decision.IsRefused(Refuse.NothingToApprove, "amount");
    }

    private static Incident Stay(string admitted, string ownShare) =>
        new(IncidentKind.Hospitalisation, Day(admitted),
            Admissions: [new Admission(Day(admitted), Day(admitted).PlusDays(10), OwnShare: Cny(ownShare))]);

    private static PlanCard Illness(int sum) => SampleCards.Critical(new IllnessRule([new IllnessAmount(Money.Yuan(sum))]));

    private static Incident Cancer(string date, string illness = "cancer") =>
        new(IncidentKind.CriticalIllness, Day(date), Illness: illness);
}
