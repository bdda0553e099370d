namespace ClaimsEngine.Specs;

public class BankStatementSpecs
{
    private const string Account = "00000000000000000000";

    [Fact]
    public void A_line_is_matched_with_the_payout_whose_id_and_amount_it_names()
    {
        var (world, payout) = Sent();
        var decision = world.Do(Cashier, Statement("1", new ReportedBooking(Today, Money.Yuan(-120_000), $"{payout.Value:N}", "B-1")));
        Assert.Equal(new LineMatch(Payout: payout), Assert.Single(decision.The<BankStatementRecorded>().Lines).Match);
        Assert.Equal((1, false), (decision.The<PayoutReconciled>().Line, decision.The<PayoutReconciled>().CameBack));
        Assert.Equal(SeenByBank.Left, world.All<Payout>().Single().Seen);
        Assert.Equal(0, world.All<BankStatement>().Single().Open);
    }

    [Fact]
    public void Money_leaves_once_a_second_debit_stays_open_for_a_person()
    {
        var (world, payout) = Sent();
        var debit = new ReportedBooking(Today, Money.Yuan(-120_000), payout.ToString());
        world.Do(Cashier, Statement("1", debit, debit)).The<PayoutReconciled>();
        var statement = world.All<BankStatement>().Single();
        Assert.Null(statement.Lines[1].Match);
        world.Do(Cashier, Statement("2", debit)).The<BankStatementRecorded>();
        Assert.All(world.All<BankStatement>(), one => Assert.Equal(1, one.Open));
    }

    [Fact]
    public void Money_that_came_back_is_matched_with_the_returned_payout_after_it_left()
    {
        var (world, payout) = Sent();
        var batch = world.All<PaymentBatch>().Single().Id;
        world.Do(Releaser, new RecordPaymentResults(batch, [new ReportedResult(payout, ReportedOutcome.Returned, "B-2", "户名不符")]));
        world.Do(Cashier, Statement("1", new ReportedBooking(Today, Money.Yuan(120_000), payout.ToString()))).The<BankStatementRecorded>();
        Assert.Equal(SeenByBank.Nothing, world.All<Payout>().Single().Seen);
        world.Do(Cashier, Statement("2", new ReportedBooking(Today, Money.Yuan(-120_000), payout.ToString()),
            new ReportedBooking(Today, Money.Yuan(120_000), payout.ToString()))).The<BankStatementRecorded>();
        Assert.Equal(SeenByBank.CameBack, world.All<Payout>().Single().Seen);
    }

    [Fact]
    public void Another_amount_another_id_and_a_payout_that_was_not_sent_do_not_match()
    {
        var world = Journey.ToAnApprovedClaim(out var ordered);
        world.Do(Cashier, Statement("1", new ReportedBooking(Today, Money.Yuan(-120_000), ordered.ToString()),
            new ReportedBooking(Today, Money.Yuan(-1), "NOTPROVIDED"), new ReportedBooking(Today, Money.Yuan(-1), $"{Id(77)}")));
        Assert.Equal(3, world.All<BankStatement>().Single().Open);
    }

    [Fact]
    public void A_credit_is_matched_with_the_repayment_of_its_reference()
    {
        var built = Matrix.PaymentStates.Repaid(Matrix.PaymentStates.Confirmed(), 20_000);
        built.World.Do(Cashier, Statement("1", new ReportedBooking(Today, Money.Yuan(20_000), BankReference: "b-20000")));
        Assert.Equal(new RecoveryId(built.Of), built.World.All<BankStatement>().Single().Lines[0].Match!.Recovery);
    }

    [Fact]
    public void A_credit_of_another_amount_than_the_repayment_and_a_second_one_stay_open()
    {
        var built = Matrix.PaymentStates.Repaid(Matrix.PaymentStates.Confirmed(), 20_000);
        var repaid = new ReportedBooking(Today, Money.Yuan(20_000), BankReference: "B-20000");
        built.World.Do(Cashier, Statement("1", repaid with { Amount = Money.Yuan(2_000) }, repaid, repaid));
        Assert.Equal([false, true, false], built.World.All<BankStatement>().Single().Lines.Select(line => line.Match is not null));
    }

    [Fact]
    public void Money_may_come_back_on_a_statement_before_the_results_say_so()
    {
        var (world, payout) = Sent();
        world.Do(Cashier, Statement("1", new ReportedBooking(Today, Money.Yuan(-120_000), payout.ToString()),
            new ReportedBooking(Today, Money.Yuan(120_000), payout.ToString())));
        Assert.Equal(SeenByBank.CameBack, world.All<Payout>().Single().Seen);
    }

    [Fact]
    public void An_office_records_the_statements_of_its_own_bank_alone()
    {
        var good = Statement("1", new ReportedBooking(Today, Money.Yuan(1)));
        var theirs = BankProfile.All.First(bank => bank.Region.Level > 0);
        new World().Do(Cashier, good with { Account = theirs.Debtor.Account }).IsRefused(Refuse.OutsideRegion, "account");
        new World().Do(Cashier with { Region = theirs.Region }, good).IsRefused(Refuse.OutsideRegion, "account");
        new World().Do(Cashier with { Region = theirs.Region }, good with { Account = theirs.Debtor.Account })
            .The<BankStatementRecorded>();
    }

    [Fact]
    public void A_statement_whose_balances_do_not_fit_its_lines_or_of_a_strange_account_is_no_statement()
    {
        var good = Statement("1", new ReportedBooking(Today, Money.Yuan(1)));
        Assert.Empty(good.BrokenFields());
        Assert.Equal(["closing"], (good with { Closing = Money.Yuan(2) }).BrokenFields());
        Assert.Equal(["account", "number", "to"],
            (good with { Account = "1", Number = "", From = Today.PlusDays(1), Lines = [], Closing = good.Opening })
            .BrokenFields().Order());
        Assert.Equal(["lines.0"], (good with { Lines = [good.Lines[0] with { BookedOn = Today.PlusDays(1) }] }).BrokenFields());
    }

    [Fact]
    public void An_account_has_one_statement_of_a_number_and_a_line_one_explanation()
    {
        var world = new World();
        var statement = world.Do(Cashier, Statement("1", new ReportedBooking(Today, Money.Yuan(1)))).The<BankStatementRecorded>().Statement;
        world.Do(Releaser, Statement("1", new ReportedBooking(Today, Money.Yuan(2)))).IsRefused(Refuse.StatementRecorded, "number");
        world.Do(Cashier, new ExplainStatementLine(statement, 2, "活期利息")).IsRefused(Refuse.UnknownStatementLine, "line");
        world.Do(Cashier, new ExplainStatementLine(statement, 1, "活期利息")).The<StatementLineExplained>();
        world.Do(Cashier, new ExplainStatementLine(statement, 1, "活期利息")).ChangesNothing();
        world.Do(Releaser, new ExplainStatementLine(statement, 1, "手续费")).IsRefused(Refuse.WrongState, "line");
    }

    private static RecordBankStatement Statement(string number, params ReportedBooking[] lines) => new(
        Account, number, Today, Today, Money.Yuan(1_000_000), Money.Yuan(1_000_000) + Money.Sum(lines.Select(line => line.Amount)), lines);

    private static (World World, PayoutId Payout) Sent()
    {
        var world = Journey.ToAnApprovedClaim(out var payout);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>().Batch;
        world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>();
        return (world, payout);
    }
}
