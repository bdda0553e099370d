namespace ClaimsEngine.Specs;

/// <summary>An approval of which nothing was paid is taken back: what it used is free again, and the claimant may appeal.</summary>
public class RevokeApprovalSpecs
{
    private static readonly Actor Second = new("sample-approver-gansu-2", [Role.Approver], Gansu, Money.Yuan(1_000_000));

    private readonly World world = Journey.ToAnApprovedClaim(out _);

    private Claim TheOnly => world.All<Claim>().Single();

    [Fact]
    public void The_claim_is_refused_its_payout_cancelled_and_the_certificate_as_before()
    {
        var decision = Revoke();
        Assert.Equal(
            [typeof(ApprovalRevoked), typeof(ClaimRefused), typeof(BenefitReturned), typeof(BenefitUncounted), typeof(PayoutCancelled)],
            decision.Events.Select(e => e.GetType()));
        Assert.Equal((ClaimStatus.Refused, PayoutStatus.Cancelled), (TheOnly.Status, world.All<Payout>().Single().Status));
        var certificate = world.All<Enrolment>().Single();
        Assert.Equal((Money.Zero, 0, new Counters()), (certificate.Used, certificate.Benefits, certificate.Counters));
        Assert.Empty(world.All<BenefitAccount>().Single().Benefits);
    }

    [Fact]
    public void The_claimant_may_appeal_and_may_claim_anew()
    {
        Revoke();
        Assert.NotNull(TheOnly.Refusals[^1].AppealableUntil);
        world.Do(Officer, new SubmitClaim(TheOnly.Enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>();
    }

    [Fact]
    public void Who_approved_does_not_take_it_back() =>
        Revoke(Approver).IsRefused(Refuse.FourEyes, null);

    [Fact]
    public void Nor_does_whose_stand_in_approved() =>
        Revoke(Second with { OnBehalfOf = Approver.Id }).IsRefused(Refuse.FourEyes, null);

    [Fact]
    public void It_takes_the_approval_limit_of_the_amount() =>
        Revoke(Second with { ApprovalLimit = Money.Yuan(119_999) }).IsRefused(Refuse.OverLimit, null);

    [Theory]
    [InlineData(RevocationCause.Suspicion)]
    [InlineData(RevocationCause.Objection)]
    public void A_cause_is_one_that_the_records_bear_out(RevocationCause cause) =>
        Revoke(cause: cause).IsRefused(Refuse.WrongState, "cause");

    [Fact]
    public void A_suspicion_that_is_open_is_a_cause()
    {
        world.Do(Officer, new RaiseSuspicion(TheOnly.Id, SuspicionKind.FalsePapers, "鉴定书编号不存在")).The<SuspicionRaised>();
        Revoke(cause: RevocationCause.Suspicion).The<ApprovalRevoked>();
        Assert.Empty(world.All<Payout>().Single().Holds);
    }

    [Fact]
    public void What_was_given_to_the_bank_is_asked_back_by_a_recovery()
    {
        var payout = world.All<Payout>().Single().Id;
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>().Batch;
        Assert.Contains("batch", Revoke().Refusal!.Detail);
        world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>();
        Assert.Contains("recovery", Revoke().Refusal!.Detail);
    }

    [Fact]
    public void A_batch_that_was_not_released_is_taken_apart_and_its_payout_is_batched_again()
    {
        var payout = world.All<Payout>().Single().Id;
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>().Batch;
        world.Do(Cashier, new DissolvePaymentBatch(batch, "一笔付款已暂缓")).The<PaymentBatchDissolved>();
        world.Do(Cashier, new DissolvePaymentBatch(batch, "一笔付款已暂缓")).ChangesNothing();
        world.Do(Releaser, new ReleasePaymentBatch(batch)).IsRefused(Refuse.WrongState, null);
        world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>();
    }

    [Fact]
    public void Counters_are_counted_again_from_the_benefits_that_are_left()
    {
        BenefitUsed Use(int claim, int days) => new(
            new ClaimId(Id(claim)), null, Money.Yuan(100), Approver.Id, IncidentKind.HospitalDays, new Consumption(Days: days));
        var two = StateOf<Enrolment>([Enrolled(), Use(60, 3), Use(61, 5)]);
        var left = StateOf<Enrolment>([Enrolled(), Use(60, 3), Use(61, 5), new BenefitReturned(new ClaimId(Id(60)), Money.Yuan(100), "x")]);
        var one = StateOf<Enrolment>([Enrolled(), Use(61, 5)]);
        Assert.NotEqual(two.Used, left.Used);
        Assert.Equal((one.Used, one.Benefits), (left.Used, left.Benefits));
        Assert.Equal(one.Counters.Of(IncidentKind.HospitalDays), left.Counters.Of(IncidentKind.HospitalDays));
    }

    private Decision Revoke(Actor? by = null, RevocationCause cause = RevocationCause.OfficeError) =>
        world.Do(by ?? Second, new RevokeApproval(TheOnly.Id, cause, "鉴定书非本人", "第八条"));
}
