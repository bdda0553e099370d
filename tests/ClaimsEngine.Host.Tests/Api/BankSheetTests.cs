using System.Text;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The bank's results as a sheet that says something twice: none of it is taken.</summary>
public sealed class BankSheetTests(ApiFixture api) : ApiTest(api)
{
    [Theory]
    [InlineData("付款编号,付款编号,结果,银行流水号", "{0},{1},成功,BANK-1")]
    [InlineData("payoutId,付款编号,结果,银行流水号", "{0},{1},成功,BANK-1")]
    [InlineData("付款编号,结果,outcome,银行流水号", "{0},成功,退汇,BANK-1")]
    [InlineData("付款编号,结果,银行流水号,银行流水号", "{0},成功,BANK-1,BANK-2")]
    [InlineData("付款编号,结果,银行流水号,备注", "{0},成功,BANK-1,x")]
    [InlineData("付款编号,结果,银行流水号,", "{0},成功,BANK-1,")]
    public async Task A_heading_that_stands_twice_or_is_unknown_settles_nothing(string headings, string line)
    {
        var (made, other) = (await Released(), await Released());
        var file = $"{headings}\r\n{string.Format(null, line, made.Payout, other.Payout)}\r\n";
        await Refused(() => Send(made, file), 422, "invalid-request", "body");
        await AreSent(made, other);
    }

    [Fact]
    public async Task A_payout_that_stands_on_two_lines_is_not_settled()
    {
        var made = await Released();
        const string headings = "付款编号,结果,银行流水号,退汇原因\r\n";
        var settled = $"{made.Payout},成功,BANK-1,\r\n";
        foreach (var second in (string[])
        [
            settled, $"{made.Payout},退汇,BANK-2,账户已销户\r\n", $"{made.Payout.ToUpperInvariant()},成功,BANK-3,\r\n",
        ])
            await Refused(() => Send(made, headings + settled + second), 422, "invalid-request", "lines");
        await AreSent(made);
        (await Send(made, headings + settled)).Is(200);
    }

    private async Task AreSent(params Case[] cases)
    {
        foreach (var made in cases)
            Assert.Equal("sent", (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("status"));
    }

    private Task<Reply> Send(Case made, string file) => Releaser.Do(
        $"/api/payment-batches/{made.Batch}/results", new StringContent(file, Encoding.UTF8, "text/csv"));
}
