namespace ClaimsEngine.Specs;

public class ReleasePaymentBatchSpecs
{
    [Fact]
    public void Releasing_sends_the_batch_and_every_payout_of_it()
    {
        var decision = Release(AnAssembledBatch()).Decides(
            new PaymentBatchReleased(Releaser.Id, Content: Content), new PayoutSent(TheBatch, Releaser.Id),
            new PayoutSent(TheBatch, Releaser.Id));
        Assert.Equal([TheBatch.Value, ThePayout.Value, OtherPayout.Value], decision.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void Who_ordered_a_payout_anew_does_not_release_it() => Releasing(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(),
        [ABatchedPayout() with { ReissuedBy = Releaser.Id }], Releaser).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_assembled_the_batch_does_not_release_it_nor_does_whose_stand_in_did()
    {
        Payout[] payouts = [ABatchedPayout() with { AuthorisedBy = Releaser.Id }];
        var batch = StateOf<PaymentBatch>(Assembled() with { By = "sample-stand-in", OnBehalfOf = "sample-finance-gansu-3" });
        Releasing(new ReleasePaymentBatch(TheBatch), batch, payouts, Third with { Id = "sample-stand-in" }).IsRefused(Refuse.FourEyes);
        Releasing(new ReleasePaymentBatch(TheBatch), batch, payouts, Third).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void A_payout_whose_account_is_no_longer_on_record_stops_the_release() => ReleasePaymentBatchHandler.Handle(
        new ReleasePaymentBatch(TheBatch), new(AnAssembledBatch(), [ABatchedPayout()], Content,
            new Refusal(Refuse.NoAccountOnRecord, "no account is on record")), Releaser).IsRefused(Refuse.NoAccountOnRecord);

    [Fact]
    public void Releasing_twice_changes_nothing()
    {
        Release(AReleasedBatch()).ChangesNothing();
        Release(ACompletedBatch()).ChangesNothing();
    }

    [Fact]
    public void What_another_person_released_is_not_released_again() =>
        Release(AReleasedBatch(), Third).IsRefused(Refuse.WrongState);

    private static readonly Actor Third = new("sample-finance-gansu-3", [Role.Finance], Gansu);

    private static Decision Release(PaymentBatch batch, Actor? by = null) =>
        Releasing(new ReleasePaymentBatch(TheBatch), batch,
            [ABatchedPayout(), ABatchedPayout(OtherPayout)], by ?? Releaser);
}
