namespace ClaimsEngine.Specs;

public class HoldSpecs
{
    private static readonly HoldPlaced Set = new(HoldGround.Office, "账户待核实", Cashier.Id);
    private static readonly HoldPlaced Suspected = new(HoldGround.Suspicion, RaiseSuspicionHandler.HoldReason, Officer.Id);
    private static readonly PaymentLine OtherLine = new(OtherPayout, Money.Yuan(120_000));

    [Fact]
    public void What_the_bank_has_not_been_given_may_be_held()
    {
        foreach (var payout in (Payout[])[AnOrderedPayout(), AnAuthorisedPayout(), ABatchedPayout(), AReturnedPayout()])
            Hold(payout).Decides(Set);
        Hold(ASentPayout()).IsRefused(Refuse.WrongState);
        Hold(ASettledPayout()).IsRefused(Refuse.WrongState);
        Hold(AReturnedPayout().After(new PayoutReissued(OtherPayout, "户名已更正", Cashier.Id))).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_same_hold_again_changes_nothing_and_another_ones_is_refused()
    {
        Hold(AnOrderedPayout().After(Set)).ChangesNothing();
        Hold(AnOrderedPayout().After(Set), Releaser).IsRefused(Refuse.PayoutOnHold);
        Hold(AnOrderedPayout().After(Suspected)).Decides(Set);   // both hold it, each on its own ground
    }

    [Fact]
    public void A_held_payout_is_not_authorised_not_batched_and_not_ordered_anew()
    {
        foreach (var hold in (HoldPlaced[])[Set, Suspected])
        {
            AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AnOrderedPayout().After(hold), null, Cashier, Today)
                .IsRefused(Refuse.PayoutOnHold);
            Assembling(
                new AssemblePaymentBatch([OtherPayout, ThePayout]), [AnAuthorisedPayout(OtherPayout), AnAuthorisedPayout().After(hold)],
                TheBatch, Cashier, Today).IsRefused(Refuse.PayoutOnHold, "payouts.1");
            ReissuePayoutHandler.Handle(
                new ReissuePayout(ThePayout, DriversAccountDetails, "户名已更正"),
                new(AReturnedPayout().After(hold), ATruckDriverWithAnAccount(), OtherPayout, new AccountId(Id(78))), Cashier, Today)
                .IsRefused(Refuse.PayoutOnHold);
        }
    }

    [Fact]
    public void A_batch_with_a_held_payout_is_not_released_and_the_refusal_names_it()
    {
        var refusal = Release([ABatchedPayout(), ABatchedPayout(OtherPayout).After(Set)]).IsRefused(Refuse.PayoutOnHold);
        Assert.Contains(OtherPayout.ToString(), refusal.Detail);
        Assert.DoesNotContain(ThePayout.ToString(), refusal.Detail);
    }

    [Fact]
    public void Who_says_so_releases_the_batch_without_the_held_payout_which_may_be_batched_again()
    {
        var held = ABatchedPayout(OtherPayout).After(Set);
        var decision = Release([ABatchedPayout(), held], withoutHeld: true).Decides(
            new PaymentBatchReleased(Releaser.Id, [OtherLine], Content: Content), new PayoutSent(TheBatch, Releaser.Id),
            new PayoutUnbatched(TheBatch, Releaser.Id));
        var batch = AnAssembledBatch().After(decision);
        Assert.Equal((ThePayout, Money.Yuan(120_000)), (Assert.Single(batch.Lines).Payout, batch.Total));
        Assert.Equal(PaymentBatchStatus.Completed, batch.After(new PaymentResultsRecorded([TheSettlement], Releaser.Id)).Status);
        var free = held.After(decision).After(new HoldReleased(HoldGround.Office, "账户已核实", Releaser.Id));
        Assert.Equal((PayoutStatus.Authorised, null), (free.Status, free.Batch));
        Assembling(new AssemblePaymentBatch([OtherPayout]), [free], new PaymentBatchId(Id(99)), Cashier, Today)
            .The<PaymentBatchAssembled>();
    }

    [Fact]
    public void The_row_of_a_batch_counts_what_was_released()
    {
        var at = Instant.FromUtc(2025, 11, 20, 4, 0);
        PaymentBatchRow? row = null;
        foreach (var (data, version) in ((object, int)[])
            [(Assembled(), 1), (new PaymentBatchReleased(Releaser.Id, [OtherLine]), 2),
                (new PaymentResultsRecorded([TheSettlement], Releaser.Id), 3)])
            row = PaymentBatchList.Evolve(row, World.Recorded(data, TheBatch.Value, PaymentBatch.StreamType, version, at));
        Assert.Equal((1, Money.Yuan(120_000), PaymentBatchStatus.Completed), (row!.Lines, row.Total, row.Status));
    }

    [Fact]
    public void A_batch_of_held_payouts_alone_is_not_released_at_all() =>
        Release([ABatchedPayout().After(Set), ABatchedPayout(OtherPayout).After(Suspected)], withoutHeld: true)
            .IsRefused(Refuse.PayoutOnHold);

    [Fact]
    public void The_result_of_a_payout_that_was_sent_before_is_recorded_and_ends_its_holds()
    {
        var sent = ASentPayout().After(Suspected);
        var decision = RecordPaymentResultsHandler.Handle(new RecordPaymentResults(TheBatch, [SettlementTold]),
            new(AReleasedBatch(), new Dictionary<PayoutId, Payout> { [ThePayout] = sent }), Releaser);
        decision.The<PayoutSettled>();
        Assert.Empty(sent.After(decision).Holds);
    }

    [Fact]
    public void Another_person_than_who_set_it_releases_a_hold()
    {
        var held = AnOrderedPayout().After(Set);
        ReleaseHold(held, Cashier).IsRefused(Refuse.FourEyes);
        ReleaseHold(held, Releaser).Decides(new HoldReleased(HoldGround.Office, "账户已核实", Releaser.Id));
        ReleaseHold(AnOrderedPayout(), Releaser).IsRefused(Refuse.WrongState);
        Assert.Null(held.After(ReleaseHold(held, Releaser)).OnHold());
    }

    [Fact]
    public void A_hold_for_a_suspicion_is_not_released_past_its_clearance() =>
        ReleaseHold(AnOrderedPayout().After(Suspected), Releaser).IsRefused(Refuse.SuspicionOpen);

    [Fact]
    public void The_register_of_payouts_says_which_are_held()
    {
        bool Held(params object[] events) => events.Prepend(Ordered()).Aggregate((PayoutRow?)null, (row, data) => PayoutLedger.Evolve(
            row, World.Recorded(data, ThePayout.Value, Payout.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0))))!.Held;
        Assert.False(Held());
        Assert.True(Held(Set, Suspected, new HoldReleased(HoldGround.Office, "账户已核实", Releaser.Id)));
        Assert.False(Held(Set, new HoldReleased(HoldGround.Office, "账户已核实", Releaser.Id)));
        Assert.False(Held(Suspected, new PayoutSent(TheBatch, Releaser.Id), new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id)));
    }

    private static Decision Hold(Payout payout, Actor? by = null) =>
        HoldPayoutHandler.Handle(new HoldPayout(ThePayout, Set.Reason), payout, by ?? Cashier);

    private static Decision ReleaseHold(Payout payout, Actor by) =>
        ReleaseHoldHandler.Handle(new ReleaseHold(ThePayout, "账户已核实"), payout, by);

    private static Decision Release(IReadOnlyList<Payout> payouts, bool withoutHeld = false) =>
        Releasing(new ReleasePaymentBatch(TheBatch, withoutHeld), AnAssembledBatch(), payouts, Releaser);
}
