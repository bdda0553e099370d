namespace ClaimsEngine.Specs;

public class AssemblePaymentBatchSpecs
{
    [Fact]
    public void Authorised_payouts_go_into_one_batch_line_by_line()
    {
        var decision = Assemble(AnAuthorisedPayout(), AnAuthorisedPayout(OtherPayout));
        var assembled = decision.The<PaymentBatchAssembled>();
        Assert.Equal([new PaymentLine(ThePayout, Money.Yuan(120_000)), new PaymentLine(OtherPayout, Money.Yuan(120_000))], assembled.Lines);
        Assert.Equal([TheBatch.Value, ThePayout.Value, OtherPayout.Value], decision.Changes.Select(change => change.Stream));
        Assert.All(decision.Events.Skip(1), batched => Assert.Equal(new PayoutBatched(TheBatch, Cashier.Id), batched));
        decision.Guards(new UniqueKey("batch-number", assembled.Number), TheBatch.Value);
    }

    [Fact]
    public void The_batch_belongs_to_the_smallest_region_that_holds_its_payouts()
    {
        Assert.Equal(Liangzhou, Assemble(AnAuthorisedPayout()).The<PaymentBatchAssembled>().Region);
        Assert.Equal(Gansu, Assemble(AnAuthorisedPayout(), AnAuthorisedPayout(OtherPayout, Lanzhou)).The<PaymentBatchAssembled>().Region);
    }

    [Fact]
    public void A_batch_of_two_districts_of_a_municipality_can_be_read_back()
    {
        var assembled = Assemble(
            AnAuthorisedPayout(region: RegionCode.Of("110101")), AnAuthorisedPayout(OtherPayout, RegionCode.Of("110102")))
            .The<PaymentBatchAssembled>();
        var again =
            JsonSerializer.Deserialize<PaymentBatchAssembled>(JsonSerializer.Serialize(assembled, ClaimsJson.Options), ClaimsJson.Options)!;
        Assert.Equal("北京市", again.Region.Name);
    }

    [Fact]
    public void A_payout_that_is_not_authorised_is_named() =>
        Assemble(AnAuthorisedPayout(), AnOrderedPayout(OtherPayout)).IsRefused(Refuse.WrongState, "payouts.1");

    [Fact]
    public void A_payout_is_in_one_batch_at_most() => Assemble(ABatchedPayout()).IsRefused(Refuse.WrongState, "payouts.0");

    [Fact]
    public void An_unknown_payout_is_named() =>
        new World().Do(Cashier, new AssemblePaymentBatch([ThePayout])).IsRefused(Refuse.UnknownPayout, "payouts.0");

    [Fact]
    public void A_batch_has_1_to_10000_payouts_each_once()
    {
        Assert.Equal(["payouts"], new AssemblePaymentBatch([]).BrokenFields());
        Assert.Equal(["payouts"], new AssemblePaymentBatch([ThePayout, ThePayout]).BrokenFields());
        Assert.Empty(new AssemblePaymentBatch([.. Enumerable.Range(1, 10_000).Select(number => new PayoutId(Id(number)))]).BrokenFields());
        Assert.Equal(["payouts"],
            new AssemblePaymentBatch([.. Enumerable.Range(1, 10_001).Select(number => new PayoutId(Id(number)))]).BrokenFields());
    }

    private static Decision Assemble(params Payout[] payouts) => Assembling(
        new AssemblePaymentBatch([.. payouts.Select(payout => payout.Id)]), payouts, TheBatch, Cashier, Today);
}
