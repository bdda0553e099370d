namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Contributions of certificates that ended go back to those who paid them, through the batches of all payouts.</summary>
public sealed class RefundTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_refund_goes_through_authorisation_batch_file_and_results_to_the_employers_account()
    {
        var made = await Refunding();
        var number = (await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200).Text("certificateNumber");
        var ordered = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        Assert.Equal(("refund", "40.00", Sample.Employer, number), (ordered.Text("kind"), ordered.Text("amount"), ordered.Text("payee"),
            (string)ordered["refund"]!["certificateNumber"]!));
        Assert.EndsWith("0018", (string)ordered["payer"]!["account"]!["number"]!);
        Assert.DoesNotContain(Sample.PayerAccount, ordered.Body);
        await ChangesNothing(() => Releaser.Do($"/api/enrolments/{made.Enrolment}/refunds", new { payer = Sample.Employer }));

        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 403, "four-eyes");
        await ReturnedByTheBank(made.Payout);
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person)), 409, "account-not-confirmed");
        var anew = (await Finance.Do($"/api/payouts/{made.Payout}/refund-reissue", new { reason = "银行已更正" })).Is(200).Text("reissuedAs");

        (await Releaser.Do($"/api/payouts/{anew}/authorisation")).Is(200);
        var batch = (await Releaser.Post("/api/payment-batches", new { payouts = new[] { anew } })).Is(201).Text("id");
        var third = Api.As("zhang", "finance", "62");
        (await third.Do($"/api/payment-batches/{batch}/release")).Is(200);
        var file = (await Finance.Get($"/api/payment-batches/{batch}/file")).Is(200).Body;
        Assert.Contains($"{Sample.Employer},{Sample.PayerAccount}", file);
        Assert.Contains(number, file);
        var settled = (await third.Do($"/api/payment-batches/{batch}/results", Result(anew, "settled"))).Is(200);

        var rows = (await Finance.Get($"/api/payouts?kind=refund&refundOf={made.Enrolment}", settled.Position)).Is(200).Items;
        Assert.Equal(["settled", "returned"], rows.Select(row => (string)row!["status"]!));
        Assert.All(rows, row => Assert.Null(row!["payeeName"]));
    }

    [Fact]
    public async Task Of_many_who_order_a_refund_at_once_one_does()
    {
        var made = await CancelledPaid();
        await PayerNamed(Sample.Employer);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Finance.Do($"/api/enrolments/{made.Enrolment}/refunds", new { payer = Sample.Employer })));
        Assert.All(replies, reply => Assert.True(reply.Status == 200 || reply.Status == 409, reply.Body));
        var rows = (await All(Finance, $"/api/payouts?refundOf={made.Enrolment}", minPosition: await LastPosition()));
        Assert.Equal("40.00", (string)Assert.Single(rows)["amount"]!);
    }

    [Fact]
    public async Task An_account_of_an_organisation_is_paid_to_once_a_second_person_has_entered_it_too()
    {
        var payer = $"/api/payers/{await RegisteredPayer()}";
        Assert.Null((await Finance.Get(payer)).Is(200)["account"]);
        await Refused(() => Finance.Do($"{payer}/account/confirmation", new { number = Sample.PayerAccount }), 403, "four-eyes");
        await Refused(() => Releaser.Do($"{payer}/account/confirmation", new { number = "620000000000026" }), 409, "account-differs",
            "number");
        var confirmed = (await Releaser.Do($"{payer}/account/confirmation", new { number = "6200 0000 0000 018" })).Is(200);
        Assert.EndsWith("0018", (string)confirmed["account"]!["number"]!);
        await Refused(() => Finance.Post("/api/payers", Sample.Payer(Sample.NewCode("payer"), confirmed.Text("name"))), 409, "payer-exists",
            "name");
    }

    [Fact]
    public async Task A_payment_that_went_back_is_due_again()
    {
        var made = await Enrolled(await OpenSharedProgramme());
        var paid = (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
            Sample.Contribution(paidOn: Sample.DayFromToday(0)))).Is(200);
        Assert.Equal("inForce", paid.Text("status"));
        var back = (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions/return", new
        {
            payer = Sample.Employer, reference = "T-1", returnedOn = Sample.DayFromToday(0), reason = "代扣退回",
        })).Is(200);
        Assert.Equal(("pending", "40.00"), (back.Text("status"), (string)back["returned"]![0]!["amount"]!));
        Assert.Empty(back["contributions"]!.AsArray());
    }

    [Fact]
    public async Task A_budget_that_is_raised_lets_exactly_so_many_more_in()
    {
        var programme = Sample.NewCode("budget");
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(programme, budget: "160.00"))).Is(201);
        var raise = new { amount = "160.00", reference = "样例文号", reason = "追加" };
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(nth => nth == 3
            ? PlanAdmin.Do($"/api/programmes/{programme}/budget", raise)
            : Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme))));
        replies[3].Is(200);
        await ChangesNothing(() => PlanAdmin.Do($"/api/programmes/{programme}/budget", raise));
        for (var full = false; !full;)
        {
            var reply = await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme));
            full = reply.Status == 409;
            if (full) reply.IsProblemOf(409, "budget-exceeded", "programme");
        }
        var budget = (await PlanAdmin.Get($"/api/programmes/{programme}/places")).Is(200)["budget"]!;
        Assert.Equal(("320.00", "320.00", "0.00"),
            ((string)budget["amount"]!, (string)budget["spent"]!, (string)budget["left"]!));
    }
}
