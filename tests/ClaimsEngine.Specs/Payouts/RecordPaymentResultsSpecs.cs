namespace ClaimsEngine.Specs;

public class RecordPaymentResultsSpecs
{
    [Fact]
    public void Each_line_settles_or_returns_its_payout()
    {
        var decision = Record(AReleasedBatch(), SettlementTold, ReturnTold).Decides(
            new PaymentResultsRecorded([TheSettlement, TheReturn], Releaser.Id),
            new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
        Assert.Equal([TheBatch.Value, ThePayout.Value, OtherPayout.Value], decision.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void The_batch_is_completed_by_its_last_result()
    {
        var half = AReleasedBatch().After(Record(AReleasedBatch(), SettlementTold));
        Assert.Equal(PaymentBatchStatus.Released, half.Status);
        Assert.Equal(PaymentBatchStatus.Completed, half.After(Record(half, ReturnTold)).Status);
    }

    [Fact]
    public void Only_what_was_not_told_before_is_recorded()
    {
        var half = AReleasedBatch().After(Record(AReleasedBatch(), SettlementTold));
        Record(half, SettlementTold, ReturnTold).Decides(
            new PaymentResultsRecorded([TheReturn], Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
    }

    [Fact]
    public void Results_told_before_in_the_same_words_change_nothing() =>
        Record(ACompletedBatch(), ReturnTold, SettlementTold).ChangesNothing();

    [Fact]
    public void Another_outcome_or_reference_than_before_contradicts()
    {
        Record(ACompletedBatch(), SettlementTold, ReturnTold with { Outcome = ReportedOutcome.Settled, Reason = null })
            .IsRefused(Refuse.ResultContradicts, "lines.1");
        Record(ACompletedBatch(), SettlementTold with { BankReference = "SAMPLE-BANK-0009" })
            .IsRefused(Refuse.ResultContradicts, "lines.0");
    }

    [Fact]
    public void A_payout_of_another_batch_refuses_the_whole_list() =>
        Record(AReleasedBatch(), SettlementTold, ReturnTold with { PayoutId = new PayoutId(Id(77)) })
            .IsRefused(Refuse.NotInBatch, "lines.1.payoutId");

    [Fact]
    public void A_batch_that_was_not_released_has_no_results() => Record(AnAssembledBatch(), SettlementTold).IsRefused(Refuse.WrongState);

    [Fact]
    public void A_result_names_its_payout_once_and_a_return_its_reason()
    {
        Assert.Empty(new RecordPaymentResults(TheBatch, [SettlementTold, ReturnTold]).BrokenFields());
        Assert.Equal(["lines"], new RecordPaymentResults(TheBatch, []).BrokenFields());
        Assert.Equal(["lines"], new RecordPaymentResults(TheBatch, [SettlementTold, SettlementTold]).BrokenFields());
        Assert.Equal(["lines.0.reason", "lines.1.bankReference", "lines.1.reason"], new RecordPaymentResults(
            TheBatch, [SettlementTold with { Reason = "户名不符" }, ReturnTold with { Reason = null, BankReference = "" }]).BrokenFields());
    }

    [Fact]
    public void A_return_without_reason_is_told_so_in_words() =>
        Assert.Equal([("lines.0.reason", "a returned line has the bank's reason")],
            new RecordPaymentResults(TheBatch, [ReturnTold with { Reason = null }]).Breaches());

    [Fact]
    public void Every_faulty_line_of_a_report_is_named_and_nothing_is_taken()
    {
        var decision = Record(AReleasedBatch(), SettlementTold with { Amount = Money.Yuan(1) },
            ReturnTold with { Currency = "USD", Amount = Money.Yuan(120_000) }, new ReportedResult(
                new PayoutId(Id(77)), ReportedOutcome.Settled, "SAMPLE-BANK-0003"));
        decision.IsRefused(Refuse.ResultDiffers, "lines.0.amount");
        Assert.Equal(["lines.0.amount", "lines.1.currency", "lines.2.payoutId"],
            decision.Refusal!.Faults!.Select(fault => fault.Field));
    }

    [Fact]
    public void A_line_that_the_bank_has_not_decided_waits_on()
    {
        Record(AReleasedBatch(), new ReportedResult(ThePayout, ReportedOutcome.Pending)).ChangesNothing();
        Record(AReleasedBatch(), new ReportedResult(ThePayout, ReportedOutcome.Pending), ReturnTold).Decides(
            new PaymentResultsRecorded([TheReturn], Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
        Record(ACompletedBatch(), new ReportedResult(ThePayout, ReportedOutcome.Pending)).IsRefused(Refuse.ResultContradicts, "lines.0");
    }

    [Fact]
    public void A_code_without_words_gets_the_words_of_the_list_and_an_unlisted_code_is_its_own()
    {
        string? Kept(string code) => Record(AReleasedBatch(), ReturnTold with { Reason = null, ReasonCode = code })
            .The<PayoutReturned>().Reason;
        Assert.Equal(("账户已销户", "ZZ99"), (Kept("AC04"), Kept("ZZ99")));
        Assert.Equal(["lines.0.reasonCode"], new RecordPaymentResults(TheBatch, [ReturnTold with { ReasonCode = "a" }]).BrokenFields());
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("count")]
    [InlineData("amount")]
    [InlineData("lines")]
    [InlineData("sum")]
    public void What_a_report_says_of_itself_must_fit(string member)
    {
        var fits = new ReportControl("B62-20251120-7K3F9QTN", 2, Money.Yuan(240_000), 1, Money.Yuan(120_000));
        ReportControl wrong = member switch
        {
            "batch" => fits with { Batch = "B62-20251120-OTHER" },
            "count" => fits with { Count = 3 },
            "amount" => fits with { Amount = Money.Yuan(1) },
            "lines" => fits with { Lines = 2 },
            _ => fits with { Sum = Money.Yuan(119_999) },
        };
        Decision With(ReportControl control) => RecordPaymentResultsHandler.Handle(
            new RecordPaymentResults(TheBatch, [SettlementTold], control), CaseOf(AReleasedBatch()), Releaser);
        With(fits).The<PayoutSettled>();
        With(wrong).IsRefused(Refuse.ResultDiffers, $"control.{member}");
    }

    [Fact]
    public async Task What_a_report_would_do_is_told_without_doing_it()
    {
        var world = Journey.ToAnApprovedClaim(out var payout);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>().Batch;
        world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>();
        var report = new RecordPaymentResults(batch, [new ReportedResult(payout, ReportedOutcome.Settled, "SAMPLE")]);

        var (preview, _) = await ResultsPreview.Of(report, world);
        Assert.Equal(new ResultsPreview(1, Money.Yuan(120_000), 0, Money.Zero, 0, 0, 0), preview);
        world.Do(Releaser, report).The<PayoutSettled>();
        (preview, _) = await ResultsPreview.Of(report, world);
        Assert.Equal(new ResultsPreview(0, Money.Zero, 0, Money.Zero, 0, 1, 0), preview);
        var (_, refusal) = await ResultsPreview.Of(
            report with { Lines = [report.Lines[0] with { BankReference = "OTHER" }] }, world);
        Assert.Equal(Refuse.ResultContradicts, refusal!.Rule);
    }

    private static Decision Record(PaymentBatch batch, params ReportedResult[] lines) =>
        RecordPaymentResultsHandler.Handle(new RecordPaymentResults(TheBatch, lines), CaseOf(batch), Releaser);

    private static RecordPaymentResultsHandler.Case CaseOf(PaymentBatch batch) => new(batch, batch.Lines.ToDictionary(
        line => line.Payout, line => ABatchedPayout(line.Payout).After(new PayoutSent(TheBatch, Releaser.Id))));
}
