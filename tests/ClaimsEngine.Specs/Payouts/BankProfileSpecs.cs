namespace ClaimsEngine.Specs;

public class BankProfileSpecs
{
    [Fact]
    public void The_bank_of_the_nearest_organiser_is_taken()
    {
        Assert.Equal(("hohhot", "default", "default"),
            (BankProfile.For(RegionCode.Of("150102")).Code, BankProfile.For(RegionCode.Of("15")).Code, BankProfile.For(Gansu).Code));
        Assert.Equal("hohhot", BankProfile.Of("hohhot")!.Code);
    }

    [Fact]
    public void Every_bank_can_be_read_and_its_debtor_is_sample_data() => Assert.All(BankProfile.All, bank =>
    {
        Assert.Contains("样例", bank.Debtor.Name);
        Assert.True(bank.Debtor.Account.Length is > 0 and <= 34, "ISO 20022: 34 characters at most");
        Assert.All((string[])[bank.Transfers.Separator, bank.Results.Separator, bank.Statements.Separator], one => Assert.Single(one));
        Assert.Contains(bank.Transfers.Encoding, (string[])["utf-8", "gb18030"]);
        Assert.Contains(bank.Transfers.Columns, column => column.Field == TransferField.PayoutId);
        Assert.Contains(bank.Results.Columns, column => column.Field == ResultField.PayoutId);
        Assert.Equal(bank.Results.Columns.Count, bank.Results.Columns.Select(column => column.Field).Distinct().Count());
        if (bank.Results.Totals is { } totals)
            Assert.All((ResultField[])[totals.CountIn, totals.AmountIn],
                field => Assert.Contains(bank.Results.Columns, column => column.Field == field));
    });

    [Fact]
    public void No_two_banks_are_of_one_region_or_code()
    {
        Assert.Equal(BankProfile.All.Count, BankProfile.All.Select(bank => bank.Code).Distinct().Count());
        Assert.Equal(BankProfile.All.Count, BankProfile.All.Select(bank => bank.Region).Distinct().Count());
    }

    [Fact]
    public void An_amount_is_read_as_it_is_written()
    {
        foreach (var unit in Enum.GetValues<MoneyUnit>())
            foreach (var fen in (long[])[0, 1, 99, 100, 12_000_000, -5])
                Assert.Equal(new Money(fen), unit.Read(unit.Text(new Money(fen))));
        Assert.Null(MoneyUnit.Fen.Read("1.00"));
        Assert.Null(MoneyUnit.Fen.Read(" 1"));
        Assert.Null(MoneyUnit.Yuan.Read("1.005"));
    }

    [Fact]
    public async Task The_seal_of_a_release_holds_while_nothing_changes_and_not_when_an_account_is_another()
    {
        var world = Journey.ToAnApprovedClaim(out var payout);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>().Batch;
        var content = world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>().Content!;
        Assert.Equal((1, Money.Yuan(120_000), "default", world.Now), (content.Lines, content.Total, content.Bank, content.At));

        var file = await BankFile.Of((await world.Find<PaymentBatch>(batch.Value))!, world);
        Assert.Null(file.Differs(content, world));
        var other = file with { Lines = [file.Lines[0] with { AccountNumber = "6222020000000000005" }] };
        Assert.Equal(Refuse.FileDiffers, other.Differs(content, world)!.Rule);
        Assert.Equal(Refuse.NoAccountOnRecord, (file with { WithoutAccount = [payout] }).Differs(content, world)!.Rule);
        Assert.DoesNotContain(file.Lines[0].AccountNumber, JsonSerializer.Serialize(content, ClaimsJson.Options));
    }
}
