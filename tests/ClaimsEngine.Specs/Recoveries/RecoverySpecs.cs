using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

public class RecoverySpecs
{
    private static readonly Actor Second = Approver with { Id = "sample-approver-wuwei", Region = Wuwei };

    [Fact]
    public void A_part_of_a_settled_payout_is_asked_back()
    {
        Open(ASettledPayout(), 20_000).Guards(Recovery.LiveKey(ThePayout), TheRecovery.Value, Refuse.RecoveryLive)
            .Decides(new PayoutReclaimed(TheRecovery, Money.Yuan(20_000), Cashier.Id), Reclaimed() with
            {
                Number = ReferenceNumber.For('R', Liangzhou, Today, TheRecovery.Value),
            });
        foreach (var payout in (Payout[])[AnOrderedPayout(), ASentPayout(), AReturnedPayout()])
            Open(payout, 1).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void No_more_is_asked_back_than_was_paid_and_has_not_come_back()
    {
        Open(ASettledPayout(), 120_001).IsRefused(Refuse.MoreThanOwed, "amount");
        var half = ASettledPayout().After(new PayoutRecovered(TheRecovery, Money.Yuan(100_000), Cashier.Id));
        Open(half, 20_001).IsRefused(Refuse.MoreThanOwed, "amount");
        Open(half, 20_000).The<RecoveryOpened>();
    }

    [Fact]
    public void A_second_person_confirms_it()
    {
        Confirm(AnOpenedRecovery(), Approver with { Id = Cashier.Id }).IsRefused(Refuse.FourEyes);
        Confirm(AnOpenedRecovery(), Second).Decides(new RecoveryConfirmed(Second.Id));
        Confirm(AConfirmedRecovery(), Second).ChangesNothing();
        Confirm(AConfirmedRecovery(), Approver).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Nothing_is_owed_before_it_is_confirmed()
    {
        Repay(AnOpenedRecovery(), 1).IsRefused(Refuse.WrongState);
        Agree(AnOpenedRecovery(), TheInstalments.Instalments).IsRefused(Refuse.WrongState);
        ProposeWriteOffHandler.Handle(new ProposeWriteOff(TheRecovery, "r"), AnOpenedRecovery(), Cashier).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Before_it_is_confirmed_it_is_cancelled_and_another_may_be_opened()
    {
        var decision = Cancel(AnOpenedRecovery()).Guards(Recovery.LiveKey(ThePayout), TheRecovery.Value, take: false);
        var cancelled = AnOpenedRecovery().After(decision);
        Assert.Equal((RecoveryStatus.Cancelled, Money.Zero), (cancelled.Status, cancelled.Outstanding));
        Cancel(cancelled).ChangesNothing();
        Cancel(AConfirmedRecovery()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_instalments_are_together_what_is_outstanding()
    {
        Agree(AConfirmedRecovery(), TheInstalments.Instalments).Decides(TheInstalments);
        Agree(ARecoveryByInstalments(), TheInstalments.Instalments).ChangesNothing();
        Agree(AConfirmedRecovery(), [new Instalment(Today, Money.Yuan(19_999))]).IsRefused(Refuse.InstalmentsDiffer, "instalments");
        Agree(AConfirmedRecovery(), [new Instalment(Today.PlusDays(-1), Money.Yuan(20_000))])
            .IsRefused(Refuse.InvalidRequest, "instalments.0.dueOn");
        var partly = ARecoveryByInstalments().After(Received(5_000, "B-1"));
        Agree(partly, TheInstalments.Instalments).IsRefused(Refuse.InstalmentsDiffer, "instalments");
        var later = new Instalment(new LocalDate(2026, 6, 30), Money.Yuan(15_000));
        Assert.Equal(later.DueOn, partly.After(Agree(partly, [later])).DueOn);
    }

    [Fact]
    public void Instalments_are_in_the_order_of_their_days_and_above_nothing()
    {
        var (first, second) = (TheInstalments.Instalments[0], TheInstalments.Instalments[1]);
        Assert.Empty(new AgreeInstalments(TheRecovery, [first, second]).Breaches());
        Assert.Equal(["instalments"], new AgreeInstalments(TheRecovery, [second, first]).BrokenFields());
        Assert.Equal(["instalments"], new AgreeInstalments(TheRecovery, [first, first]).BrokenFields());
        Assert.Equal(["instalments"], new AgreeInstalments(TheRecovery, []).BrokenFields());
        Assert.Equal(["instalments.0.amount"], new AgreeInstalments(TheRecovery, [first with { Amount = Money.Zero }]).BrokenFields());
    }

    [Fact]
    public void It_is_due_on_the_day_of_the_first_instalment_that_has_not_come_whole()
    {
        var recovery = ARecoveryByInstalments();
        Assert.Equal(new LocalDate(2025, 12, 31), recovery.DueOn);
        Assert.Equal(new LocalDate(2025, 12, 31), recovery.After(Received(11_999, "B-1")).DueOn);
        Assert.Equal(new LocalDate(2026, 1, 31), recovery.After(Received(11_999, "B-1"), Received(1, "B-2")).DueOn);
        Assert.Null(recovery.After(Received(12_000, "B-1"), Received(8_000, "B-2")).DueOn);
        Assert.Null(AConfirmedRecovery().DueOn);
    }

    [Fact]
    public void The_same_transfer_is_recorded_once()
    {
        var partly = ARecoveryByInstalments().After(Received(12_000, "B-1"));
        Repay(partly, 12_000, "B-1").ChangesNothing();
        Repay(partly, 8_000, "B-1").IsRefused(Refuse.PaymentContradicts, "bankReference");
        Repay(partly, 8_000, "B-2")
            .Guards(Recovery.ReferenceKey(Liangzhou, "B-2"), TheRecovery.Value, Refuse.PaymentContradicts);
        Repay(partly, 12_000, "b-1").ChangesNothing();
        Assert.Equal(Recovery.ReferenceKey(Liangzhou, "B-2"), Recovery.ReferenceKey(Liangzhou, "b-2"));
        Repay(partly.After(Received(8_000, "B-2")), 12_000, "B-1").ChangesNothing();   // also when all has come back
    }

    [Fact]
    public void No_more_comes_back_than_is_owed_and_nothing_of_tomorrow()
    {
        Repay(AConfirmedRecovery(), 20_001).IsRefused(Refuse.MoreThanOwed, "amount");
        RecordRepaymentHandler.Handle(new RecordRepayment(TheRecovery, Money.Yuan(1), Today.PlusDays(1), "B-1"), AConfirmedRecovery(),
            ASettledPayout(), Cashier, Today).IsRefused(Refuse.InvalidRequest, "receivedOn");
    }

    [Fact]
    public void With_the_last_fen_it_is_closed_and_the_payout_may_be_asked_back_again()
    {
        var partly = ARecoveryByInstalments().After(Received(12_000, "B-1"));
        Assert.DoesNotContain(Repay(ARecoveryByInstalments(), 12_000).Keys, key => !key.Change.Take);
        var last = Repay(partly, 8_000, "B-2").Guards(Recovery.LiveKey(ThePayout), TheRecovery.Value, take: false);
        var closed = partly.After(last);
        Assert.Equal((RecoveryStatus.Closed, Money.Zero), (closed.Status, closed.Outstanding));
        Repay(closed, 1, "B-3").IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_payout_that_came_back_whole_is_recovered()
    {
        var payout = ASettledPayout().After(new PayoutRecovered(TheRecovery, Money.Yuan(100_000), Cashier.Id));
        Assert.Equal((PayoutStatus.Settled, Money.Yuan(100_000)), (payout.Status, payout.Recovered));
        var last = RecordRepaymentHandler.Handle(
            new RecordRepayment(TheRecovery, Money.Yuan(20_000), Today, "B-1"), AConfirmedRecovery(), payout, Cashier, Today);
        Assert.Equal(PayoutStatus.Recovered, payout.After(last).Status);
    }

    [Fact]
    public void Two_people_without_a_part_in_it_before_write_the_rest_off()
    {
        var proposed = ARecoveryByInstalments().After(Received(12_000, "B-1"))
            .After(new WriteOffProposed("无力偿还", Releaser.Id));
        WriteOff(ARecoveryByInstalments(), Second).IsRefused(Refuse.WrongState);
        foreach (var partaker in (string[])[Releaser.Id, Cashier.Id, Approver.Id])   // proposed it; opened it; approved the payment
            WriteOff(proposed, Second with { Id = partaker }).IsRefused(Refuse.FourEyes);
        WriteOff(proposed, Second with { ApprovalLimit = Money.Yuan(7_999) }).IsRefused(Refuse.OverLimit);
        var decision = WriteOff(proposed, Second).Guards(Recovery.LiveKey(ThePayout), TheRecovery.Value, take: false)
            .Decides(new WriteOffApproved(Money.Yuan(8_000), "同意核销", Second.Id));
        var over = proposed.After(decision);
        Assert.Equal((RecoveryStatus.WrittenOff, Money.Zero, null), (over.Status, over.Outstanding, over.DueOn));
        Repay(over, 1, "B-9").IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void What_is_owed_is_what_came_back_and_what_was_given_up_and_what_is_outstanding() => Property.Holds(
        Gen.Choose(0, 5).Zip(Gen.Choose(1, 9_000)).ListOf(12), steps =>
        {
            var (recovery, payout, row) = (AnOpenedRecovery(), ASettledPayout(), (RecoveryRow?)null);
            Read(Reclaimed());
            foreach (var (step, yuan) in steps)
            {
                var decision = step switch
                {
                    0 => Confirm(recovery, Second),
                    1 => Agree(recovery, [new Instalment(Today.PlusDays(yuan), recovery.Outstanding)]),
                    2 or 3 => Repay(recovery, yuan, $"B-{yuan}", payout),
                    4 => ProposeWriteOffHandler.Handle(new ProposeWriteOff(TheRecovery, "r"), recovery, Releaser),
                    _ => yuan % 3 == 0 ? WriteOff(recovery, Second) : Cancel(recovery),
                };
                (recovery, payout) = (recovery.After(decision), payout.After(decision));
                foreach (var change in decision.Changes.Where(change => change.Stream == TheRecovery.Value))
                    foreach (var data in change.Events) Read(data);
                var owed = recovery.Status == RecoveryStatus.Cancelled ? Money.Zero : recovery.Amount;
                Assert.Equal(owed, recovery.Repaid + recovery.WrittenOff + recovery.Outstanding);
                Assert.True(recovery.Outstanding >= Money.Zero && payout.Recovered <= payout.Amount);
                Assert.Equal(recovery.Repaid, payout.Recovered);
                Assert.Equal(recovery.Outstanding == Money.Zero, !recovery.IsOwed && recovery.Status != RecoveryStatus.Opened);
                // the list says the same as the case
                Assert.Equal(
                    (recovery.Status, recovery.Repaid, recovery.WrittenOff, recovery.Outstanding, recovery.DueOn),
                    (row!.Status, row.Repaid, row.WrittenOff, row.Outstanding, row.DueOn));
            }

            void Read(object data) => row = RecoveryList.Evolve(
                row, World.Recorded(data, TheRecovery.Value, Recovery.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0)));
        });

    private static Decision Open(Payout payout, int yuan) => OpenRecoveryHandler.Handle(
        new OpenRecovery(ThePayout, Money.Yuan(yuan), RecoveryCause.Overpayment, "复核发现多付"), payout, TheRecovery, Cashier, Today);

    private static Decision Confirm(Recovery recovery, Actor by) =>
        ConfirmRecoveryHandler.Handle(new ConfirmRecovery(TheRecovery), recovery, by);

    private static Decision Cancel(Recovery recovery) =>
        CancelRecoveryHandler.Handle(new CancelRecovery(TheRecovery, "金额有误"), recovery, Cashier);

    private static Decision Agree(Recovery recovery, IReadOnlyList<Instalment> instalments) =>
        AgreeInstalmentsHandler.Handle(new AgreeInstalments(TheRecovery, instalments), recovery, Cashier, Today);

    private static Decision Repay(Recovery recovery, int yuan, string reference = "B-1", Payout? payout = null) =>
        RecordRepaymentHandler.Handle(
            new RecordRepayment(TheRecovery, Money.Yuan(yuan), Today, reference), recovery, payout ?? ASettledPayout(), Cashier, Today);

    private static Decision WriteOff(Recovery recovery, Actor by) =>
        ApproveWriteOffHandler.Handle(new ApproveWriteOff(TheRecovery, "同意核销"), recovery, by);

    private static RepaymentReceived Received(int yuan, string reference) => new(Money.Yuan(yuan), Today, reference, Cashier.Id);
}
