namespace ClaimsEngine.Specs;

public class RecordPaymentResultsSpecs
{
    [Fact]
    public void Each_line_settles_or_returns_its_payout()
    {
        var decision = Record(AReleasedBatch(), TheSettlement, TheReturn).Decides(
            new PaymentResultsRecorded([TheSettlement, TheReturn], Releaser.Id),
            new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
        Assert.Equal([TheBatch.Value, ThePayout.Value, OtherPayout.Value], decision.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void The_batch_is_completed_by_its_last_result()
    {
        var half = AReleasedBatch().After(Record(AReleasedBatch(), TheSettlement));
        Assert.Equal(PaymentBatchStatus.Released, half.Status);
        Assert.Equal(PaymentBatchStatus.Completed, half.After(Record(half, TheReturn)).Status);
    }

    [Fact]
    public void Only_what_was_not_told_before_is_recorded()
    {
        var half = AReleasedBatch().After(Record(AReleasedBatch(), TheSettlement));
        Record(half, TheSettlement, TheReturn).Decides(
            new PaymentResultsRecorded([TheReturn], Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
    }

    [Fact]
    public void Results_told_before_in_the_same_words_change_nothing() =>
        Record(ACompletedBatch(), TheReturn, TheSettlement).ChangesNothing();

    [Fact]
    public void Another_outcome_or_reference_than_before_contradicts()
    {
        Record(ACompletedBatch(), TheSettlement, TheReturn with { Outcome = PaymentOutcome.Settled, Reason = null })
            .IsRefused(Refuse.ResultContradicts, "lines.1");
        Record(ACompletedBatch(), TheSettlement with { BankReference = "SAMPLE-BANK-0009" }).IsRefused(Refuse.ResultContradicts, "lines.0");
    }

    [Fact]
    public void A_payout_of_another_batch_refuses_the_whole_list() =>
        Record(AReleasedBatch(), TheSettlement, TheReturn with { PayoutId = new PayoutId(Id(77)) })
            .IsRefused(Refuse.NotInBatch, "lines.1.payoutId");

    [Fact]
    public void A_batch_that_was_not_released_has_no_results() => Record(AnAssembledBatch(), TheSettlement).IsRefused(Refuse.WrongState);

    [Fact]
    public void A_result_names_its_payout_once_and_a_return_its_reason()
    {
        Assert.Empty(new RecordPaymentResults(TheBatch, [TheSettlement, TheReturn]).BrokenFields());
        Assert.Equal(["lines"], new RecordPaymentResults(TheBatch, []).BrokenFields());
        Assert.Equal(["lines"], new RecordPaymentResults(TheBatch, [TheSettlement, TheSettlement]).BrokenFields());
        Assert.Equal(["lines.0.reason", "lines.1.bankReference", "lines.1.reason"], new RecordPaymentResults(
            TheBatch, [TheSettlement with { Reason = "户名不符" }, TheReturn with { Reason = null, BankReference = "" }]).BrokenFields());
    }

    [Fact]
    public void A_return_without_reason_is_told_so_in_words() =>
        Assert.Equal([("lines.0.reason", "a returned line has the bank's reason")],
            new RecordPaymentResults(TheBatch, [TheReturn with { Reason = null }]).Breaches());

    private static Decision Record(PaymentBatch batch, params PaymentResult[] lines) =>
        RecordPaymentResultsHandler.Handle(new RecordPaymentResults(TheBatch, lines), batch,
            batch.Lines.ToDictionary(line => line.Payout, line => ABatchedPayout(line.Payout).After(new PayoutSent(TheBatch, Releaser.Id))),
            Releaser);
}
