namespace ClaimsEngine.Specs;

public class ReleasePaymentBatchSpecs
{
    [Fact]
    public void Releasing_sends_the_batch_and_every_payout_of_it()
    {
        var decision = Release(AnAssembledBatch()).Decides(
            new PaymentBatchReleased(Releaser.Id), new PayoutSent(TheBatch, Releaser.Id), new PayoutSent(TheBatch, Releaser.Id));
        Assert.Equal([TheBatch.Value, ThePayout.Value, OtherPayout.Value], decision.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void Who_ordered_a_payout_anew_does_not_release_it() => ReleasePaymentBatchHandler
        .Handle(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(), [ABatchedPayout() with { ReissuedBy = Releaser.Id }], Releaser)
            .IsRefused(Refuse.FourEyes);

    [Fact]
    public void Releasing_twice_changes_nothing()
    {
        Release(AReleasedBatch()).ChangesNothing();
        Release(ACompletedBatch()).ChangesNothing();
    }

    [Fact]
    public void What_another_person_released_is_not_released_again() =>
        Release(AReleasedBatch(), new Actor("sample-finance-gansu-3", [Role.Finance], Gansu)).IsRefused(Refuse.WrongState);

    private static Decision Release(PaymentBatch batch, Actor? by = null) =>
        ReleasePaymentBatchHandler.Handle(new ReleasePaymentBatch(TheBatch), batch,
            [ABatchedPayout(), ABatchedPayout(OtherPayout)], by ?? Releaser);
}
