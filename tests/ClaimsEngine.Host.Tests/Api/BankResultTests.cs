namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What the bank says of a payment, and what follows when it came back.</summary>
public sealed class BankResultTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_returned_payout_is_ordered_anew_and_paid_once()
    {
        var made = await Released();
        (await Releaser.Do($"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "returned", "BANK-9", "账户已销户"))).Is(200);
        var old = (await Finance.Do($"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person))).Is(200);
        var anew = old.Text("reissuedAs");
        Assert.Equal(("returned", made.Payout), (old.Text("status"), old.Text("id")));
        (await Finance.Do($"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person))).IsProblemOf(409, "wrong-state");
        (await Finance.Do($"/api/payouts/{anew}/authorisation")).IsProblemOf(403, "four-eyes");

        // the account has just been changed: two people authorise it, and a third one releases it
        var (second, third) = (Api.As("feng", "finance", "62"), Api.As("tang", "finance", "62"));
        var once = (await Releaser.Do($"/api/payouts/{anew}/authorisation")).Is(200);
        Assert.Equal(("ordered", "secondAuthorisation", "qian"), (once.Text("status"), once.Text("waitsFor"), once.Text("coAuthorisedBy")));
        Assert.NotNull(once["controls"]!["coolingUntil"]);
        await ChangesNothing(() => Releaser.Do($"/api/payouts/{anew}/authorisation"));
        (await Releaser.Post("/api/payment-batches", new { payouts = new[] { anew } })).IsProblemOf(409, "wrong-state");
        (await second.Do($"/api/payouts/{anew}/authorisation")).Is(200);
        var batch = (await Releaser.Post("/api/payment-batches", new { payouts = new[] { anew } })).Is(201).Text("id");
        foreach (var by in (Caller[])[Finance, Releaser, second])
            (await by.Do($"/api/payment-batches/{batch}/release")).IsProblemOf(403, "four-eyes");
        (await third.Do($"/api/payment-batches/{batch}/release")).Is(200);
        var reply = (await Finance.Do($"/api/payment-batches/{batch}/results", Result(anew, "settled", "BANK-10"))).Is(200);

        var claims = (await Finance.Get($"/api/payouts?claim={made.Claim}", reply.Position)).Is(200).Items;
        Assert.Equal(["settled", "returned"], claims.Select(row => (string)row!["status"]!));
        Assert.Equal(anew,
            await Api.Ask("SELECT holder::text FROM claims.unique_keys WHERE scope = 'live-payout' AND value LIKE $1 || '%'", made.Claim));
    }

    [Fact]
    public async Task The_banks_results_come_as_csv_too()
    {
        var made = await Released();
        var csv = $"付款编号,结果,银行流水号,退汇原因\r\n{made.Payout},成功,BANK-11,\r\n";
        HttpRequestMessage Sent(string text)
        {
            var message = Releaser.Command(HttpMethod.Post, $"/api/payment-batches/{made.Batch}/results", null, "*", null);
            message.Content = new StringContent(text, System.Text.Encoding.UTF8, "text/csv");
            return message;
        }
        (await Releaser.Send(Sent("付款编号,备注\r\n1,2\r\n"))).IsProblemOf(422, "invalid-request", "body");
        (await Releaser.Send(Sent(csv.Replace("成功", "也许", StringComparison.Ordinal))))
            .IsProblemOf(422, "invalid-request", "lines.0.outcome");
        Assert.Equal("completed", (await Releaser.Send(Sent(csv))).Is(200).Text("status"));
        Assert.Equal("settled", (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("status"));
    }
}
