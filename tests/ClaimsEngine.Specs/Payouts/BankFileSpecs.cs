namespace ClaimsEngine.Specs;

public class BankFileSpecs
{
    [Fact]
    public async Task The_file_names_the_payees_own_account_and_is_the_same_each_time()
    {
        var world = Journey.ToAnApprovedClaim(out var payout);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>();
        var state = (await world.Find<PaymentBatch>(batch.Batch.Value))!;

        var line = Assert.Single((await BankFile.Of(state, world)).Lines);
        Assert.Equal((1, payout, batch.Number, "陈样例", DriversAccountDetails.Number.Value, Money.Yuan(120_000), "CNY"),
            (line.Line, line.LineId, line.BatchNumber, line.AccountHolder, line.AccountNumber, line.Amount, line.Currency));
        Assert.Equal([line], (await BankFile.Of(state, world)).Lines);
    }
}
