using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.Host.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Batches by filter and by schedule, their files, and the bank's reports, over HTTP.</summary>
public sealed class BatchTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_filter_takes_what_may_be_paid_and_says_what_it_left_out()
    {
        var programme = await OpenProgramme();
        Case[] free = [await Authorised(programme), await Authorised(programme)];
        var (held, ordered) = (await Authorised(programme), await Approved(programme));
        (await Finance.Do($"/api/payouts/{held.Payout}/hold", new { reason = "账户待核实" })).Is(200);

        var batch = (await Finance.Post("/api/payment-batches", new { filter = new { programme } })).Is(201);
        Assert.Equal(free.Select(made => made.Payout).Order(), Lines(batch).Order());
        Assert.Equal(["1", "0", "1", "0"],
            ((string[])["held", "batched", "notAuthorised", "beyond"]).Select(why => batch["leftOut"]![why]!.ToString()));
        await Refused(() => Finance.Post("/api/payment-batches", new { filter = new { programme } }), 409, "nothing-to-batch", "filter");
        await Refused(() => Finance.Post("/api/payment-batches", new { filter = new { programme }, payouts = new[] { ordered.Payout } }),
            422, "invalid-request", "payouts");
        (await Finance.Do($"/api/payment-batches/{batch.Text("id")}/release")).IsProblemOf(403, "four-eyes");
    }

    [Fact]
    public async Task Of_many_who_assemble_at_once_none_share_a_payout()
    {
        var programme = await OpenProgramme();
        for (var i = 0; i < 6; i++) await Authorised(programme);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Api.As($"assembler-{i}", "finance", "62")
            .Post("/api/payment-batches", new { filter = new { programme }, most = 2 })));
        Assert.All(replies, reply => Assert.Contains(reply.Status, (int[])[201, 409]));
        var batched = replies.Where(reply => reply.Status == 201).SelectMany(Lines).ToArray();
        Assert.Equal(batched.Length, batched.Distinct().Count());
        var rows = await All(Finance, $"/api/payouts?programme={programme}", minPosition: await LastPosition());
        Assert.Equal(batched.Order(), rows.Where(row => row["batch"] is not null).Select(row => (string)row["id"]!).Order());
    }

    [Fact]
    public async Task A_schedule_is_followed_once_however_many_processes_try()
    {
        var programme = await OpenProgramme();
        var made = await Authorised(programme);
        var schedule = (await Finance.Post("/api/payment-schedules", new
        {
            name = Sample.NewCode("schedule"), filter = new { programme }, time = "00:00",
        })).Is(201);
        await Finance.Get("/api/payment-schedules", await LastPosition());
        var watch = Api.Services.GetRequiredService<PaymentScheduleWatch>();
        await Task.WhenAll(watch.Run(CancellationToken.None), watch.Run(CancellationToken.None));

        var followed = (await Finance.Get($"/api/payment-schedules/{schedule.Text("id")}")).Is(200);
        var batch = (await Finance.Get($"/api/payment-batches/{followed.Text("lastBatch")}")).Is(200);
        Assert.Equal(([made.Payout], "assembled", schedule.Text("id")), (Lines(batch), batch.Text("status"), batch.Text("schedule")));
        Assert.Single(await All(Finance, $"/api/payouts?batch={batch.Text("id")}", minPosition: await LastPosition()));
        (await Finance.Do($"/api/payment-schedules/{schedule.Text("id")}/end", new { reason = "r" })).Is(200);
    }

    [Fact]
    public async Task The_files_of_a_release_are_the_same_each_time_and_show_their_digest()
    {
        var made = await Released();
        var shown = (await Finance.Get($"/api/payment-batches/{made.Batch}")).Is(200)["released"]!;
        Assert.Equal((1, "120000.00", "default"), ((int)shown["lines"]!, (string)shown["total"]!, (string)shown["bank"]!));
        Assert.Matches("^[0-9a-f]{64}$", (string)shown["seal"]!);
        foreach (var format in (string[])["csv", "pain.001"])
        {
            var (first, second) = (await File(made.Batch, format), await File(made.Batch, format));
            Assert.Equal(first.Bytes, second.Bytes);
            Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(first.Bytes))}:", first.Digest);
        }
    }

    [Fact]
    public async Task A_report_is_checked_then_taken_and_the_same_again_changes_nothing()
    {
        var made = await Released();
        var number = (await Finance.Get($"/api/payment-batches/{made.Batch}")).Is(200).Text("number");
        var results = $"/api/payment-batches/{made.Batch}/results";
        string Report(string batch, string sum) => $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>{batch}</OrgnlMsgId><OrgnlNbOfTxs>1</OrgnlNbOfTxs><OrgnlCtrlSum>{sum}</OrgnlCtrlSum>
            </OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch}</OrgnlPmtInfId><TxInfAndSts>
            <OrgnlEndToEndId>{made.Payout.Replace("-", "", StringComparison.Ordinal)}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
            <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf><AcctSvcrRef>B-7</AcctSvcrRef></TxInfAndSts></OrgnlPmtInfAndSts>
            </CstmrPmtStsRpt></Document>
            """;
        Task<Reply> Send(string path, string xml) => Releaser.Do(path, new StringContent(xml, Encoding.UTF8, "application/xml"));

        await Refused(() => Send(results, Report(number, "1.00")), 422, "result-differs", "control.amount");
        await Refused(() => Send(results, Report("B62-20251120-OTHER", "120000.00")), 422, "result-differs", "control.batch");
        await Refused(() => Send(results, Report(number, "120000.00")[..300]), 422, "invalid-request", "body");
        await Refused(() => Send($"{results}/check", Report(number, "1.00")), 422, "result-differs", "control.amount");
        var would = await ChangesNothing(() => Send($"{results}/check", Report(number, "120000.00")));
        Assert.Equal(("1", "120000.00", "0"), (would["returned"]!.ToString(), would.Text("returnedAmount"), would["awaited"]!.ToString()));

        var told = (await Send(results, Report(number, "120000.00"))).Is(200);
        Assert.Equal(("completed", "AC04", "账户已销户"), (told.Text("status"), (string)told["lines"]![0]!["reasonCode"]!,
            (string)told["lines"]![0]!["reason"]!));
        await ChangesNothing(() => Releaser.Send(Xml(results, Report(number, "120000.00"))));
    }

    [Fact]
    public async Task A_statement_shows_which_payouts_left_the_account_and_what_a_person_has_to_explain()
    {
        var made = await Settled();
        var number = Sample.NewCode("st");
        var csv = "记账日期,支出,收入,余额,付款编号,银行流水号\r\n"
            + $"2025-11-20,120000.00,,380000.00,{made.Payout},B-1\r\n2025-11-20,,1.00,380001.00,,B-2\r\n";
        Task<Reply> Send() => Finance.Post($"/api/bank-statements/00000000000000000000/{number}",
            new StringContent(csv, Encoding.UTF8, "text/csv"));
        var statement = (await Send()).Is(201);
        Assert.Equal((made.Payout, "1"), ((string)statement["lines"]![0]!["payoutId"]!, statement["open"]!.ToString()));
        await Refused(Send, 409, "bank-statement-recorded", "number");
        var row = Assert.Single((await Finance.Get($"/api/payouts?claim={made.Claim}", statement.Position)).Is(200).Items);
        Assert.Equal("2025-11-20", (string)row!["leftOn"]!);
        var path = $"/api/bank-statements/{statement.Text("id")}";
        await Refused(() => Finance.Do($"{path}/explanation", new { line = 1, reason = "r" }), 409, "wrong-state", "line");
        Assert.Equal("0", (await Finance.Do($"{path}/explanation", new { line = 2, reason = "活期利息" })).Is(200)["open"]!.ToString());
    }

    private HttpRequestMessage Xml(string path, string xml)
    {
        var message = Releaser.Command(HttpMethod.Post, path, null, "*", null);
        message.Content = new StringContent(xml, Encoding.UTF8, "application/xml");
        return message;
    }

    private async Task<(byte[] Bytes, string? Digest)> File(string batch, string format)
    {
        var reply = (await Finance.Get($"/api/payment-batches/{batch}/file?format={format}")).Is(200);
        return (reply.Bytes, reply.Digest);
    }

    private static string[] Lines(Reply batch) => [.. batch["lines"]!.AsArray().Select(line => (string)line!["payoutId"]!)];
}
