using static ClaimsEngine.Specs.Matrix.ClaimStates;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of money on its way out and back: a payout, its batch, a recovery.</summary>
public static class PaymentStates
{
    /// <summary>Of finance, who did not order the refund.</summary>
    private static readonly Actor Authoriser = new("sample-finance-gansu-3", [Role.Finance], Gansu);

    public static readonly Actor Confirmer = new("sample-approver-wuwei", [Role.Approver], Wuwei);

    public static readonly Family<Payout> Payouts = new("payout",
    [
        new("ordered", () => ThePayout(Approved())),
        new("held", () => ThePayout(Approved()).Then(Cashier, Hold)),
        new("suspected", () => ThePayout(Suspected(Approved()))),
        new("published", () => ThePayout(Published())),
        new("published, over", () => Later(ThePayout(Published()), 10)),
        new("objected", () => ThePayout(Objected(null))),
        new("objection upheld", () => Later(ThePayout(Objected(ObjectionOutcome.Upheld)), 10)),
        new("authorised", () => AuthorisedPayout(Approved())),
        new("authorised, held", () => AuthorisedPayout(Approved()).Then(Cashier, Hold)),
        new("batched", () => ThePayout(TheBatchOf(Approved()))),
        new("batched, held", () => ThePayout(TheBatchOf(Approved())).Then(Cashier, Hold)),
        new("sent", () => ThePayout(Released(Approved()))),
        new("settled", () => ThePayout(SettledPayout(Approved()))),
        new("returned", () => ThePayout(ReturnedPayout(Approved()))),
        new("returned, held", () => ThePayout(ReturnedPayout(Approved())).Then(Cashier, Hold)),
        new("returned, suspected", () => ThePayout(Suspected(ReturnedPayout(Approved())))),
        new("reissued", () => Reissued()),
        new("changed account", () => Reissue(Reissued())),
        new("changed, cooled", () => Later(Reissue(Reissued()), 10)),
        new("authorised once", () => Reissue(Reissued()).Then(Releaser, Authorisation)),
        new("another's account", AnothersAccount),
        new("another's, accepted", () => Reviewed(AccountFinding.Accepted)),
        new("another's, once", () => Reviewed(AccountFinding.Accepted).Then(ThirdCashier, Authorisation)),
        new("another's, refused", () => Reviewed(AccountFinding.Refused)),
        new("refused, reissued", () => Reviewed(AccountFinding.Refused).Then(Cashier, b =>
            new ReissuePayout(new(b.Of), DriversAccountDetails, "改付本人账户"))),
        new("reclaimed", () => ThePayout(Opened())),
        new("partly recovered", () => ThePayout(Repaid(Confirmed(), 20_000))),
        new("recovered", () => ThePayout(Repaid(Confirmed(), 120_000))),
        new("written off", () => ThePayout(WrittenOff())),
        new("of relief", () => ThePayout(ReliefStates.Granted())),
        new("cancelled", () => ThePayout(Revoked())),
        new("of a refund", CoverStates.Refunded),
        new("returned refund", () => ThePayout(ReturnedPayout(CoverStates.Refunded()))),
    ],
    [
        .. Family<Payout>.Each(payout => payout.Status),
        .. Enum.GetValues<HoldGround>().Select(ground =>
            ($"held: {ground}", (Func<Payout, bool>)(payout => payout.Holds.Any(hold => hold.Ground == ground)))),
        ("batched and not sent", payout => payout is { Status: PayoutStatus.Authorised, Batch: not null }),
        ("replaced", payout => payout.ReissuedAs is not null),
        ("ordered anew", payout => payout.Reissues is not null),
        ("asked back", payout => payout.Recovery is not null),
        ("partly recovered", payout => payout is { Status: PayoutStatus.Settled, Recovered.IsPositive: true }),
        .. Enum.GetValues<PayoutWait>().Select(wait =>
            ($"waits for: {wait}", (Func<Payout, bool>)(payout => payout.WaitsFor == wait))),
        .. Enum.GetValues<AccountFinding>().Select(finding =>
            ($"account: {finding}", (Func<Payout, bool>)(payout => payout.AccountReview?.Finding == finding))),
        .. Family<Payout>.Each(payout => payout.Kind),
        ("of an organisation", payout => payout.Organisation is not null),
    ]);

    public static readonly Family<PaymentBatch> Batches = new("payment-batch",
    [
        new("assembled", () => TheBatchOf(Approved())),
        new("assembled, held", () => Held(TheBatchOf(Approved()))),
        new("dissolved", () => TheBatchOf(Approved()).Then(Cashier, b => new DissolvePaymentBatch(new(b.Of), "一笔付款已暂缓"))),
        new("released", () => Released(Approved())),
        new("completed", () => Results(Released(Approved()), PaymentOutcome.Settled)),
        new("returned", () => Results(Released(Approved()), PaymentOutcome.Returned)),
    ],
    Family<PaymentBatch>.Each(batch => batch.Status));

    /// <summary>At eight o'clock of every day; the worlds' clock stands at noon.</summary>
    public static readonly OpenPaymentSchedule Daily = new("每日付款", new PayoutFilter(Gansu), "08:00");

    public static readonly Family<PaymentSchedule> Schedules = new("payment-schedule",
    [
        new("due", () => Scheduled(AuthorisedPayout(Approved()))),
        new("nothing to pay", () => Scheduled(ThePayout(Approved()))),
        new("followed", () => Scheduled(AuthorisedPayout(Approved())).Then(Cashier, b => new FollowPaymentSchedule(new(b.Of)))),
        new("due again", () => Later(
            Scheduled(ThePayout(Approved())).Then(Cashier, b => new FollowPaymentSchedule(new(b.Of))), 1)),
        new("ended", () => Scheduled(ThePayout(Approved())).Then(Cashier, b => new EndPaymentSchedule(new(b.Of), "改为人工组批"))),
    ],
    [("ended", schedule => schedule.Ended), ("followed", schedule => schedule.LastBatch is not null)]);

    /// <summary>A day of the account with nothing of ours on it.</summary>
    public static readonly RecordBankStatement Day = new("00000000000000000000", "2025-11-20", Today, Today, Money.Zero, Money.Yuan(3),
        [new ReportedBooking(Today, Money.Yuan(1)), new ReportedBooking(Today, Money.Yuan(2), BankReference: "B-9")]);

    public static readonly Family<BankStatement> Statements = new("bank-statement",
    [
        new("recorded", Recorded),
        new("one explained", () => Recorded().Then(Cashier, b => new ExplainStatementLine(new(b.Of), 1, "活期利息"))),
        new("all explained", () => Recorded().Then(Cashier, b => new ExplainStatementLine(new(b.Of), 1, "活期利息"))
            .Then(Cashier, b => new ExplainStatementLine(new(b.Of), 2, "活期利息"))),
    ],
    [("open", statement => statement.Open > 0), ("explained", statement => statement.Open == 0)]);

    /// <summary>A statement that shows a payout's money leave.</summary>
    public static RecordBankStatement StatementOf(Built payout, string number) => Day with
    {
        Number = number, Opening = payout.State<Payout>().Amount, Closing = Money.Zero,
        Lines = [new ReportedBooking(Today, Money.Zero - payout.State<Payout>().Amount, $"{payout.Of:N}", "B-1")],
    };

    private static Built Recorded()
    {
        var world = new World();
        world.Do(Cashier, Day).The<BankStatementRecorded>();
        return new Built(world, world.All<BankStatement>().Single().StreamId);
    }

    private static Built Scheduled(Built built)
    {
        built.World.Do(Cashier, Daily).The<PaymentScheduleOpened>();
        return built with { Of = built.World.All<PaymentSchedule>().Single().StreamId };
    }

    public static readonly Family<Recovery> Recoveries = new("recovery",
    [
        new("opened", () => TheRecovery(Opened())),
        new("cancelled", () => TheRecovery(Opened()).Then(Cashier, b => new CancelRecovery(new(b.Of), "金额有误"))),
        new("confirmed", Confirmed),
        new("in instalments", ByInstalments),
        new("partly repaid", () => Repaid(ByInstalments(), 20_000)),
        new("write-off proposed", Proposed),
        new("closed", () => Repaid(Confirmed(), 120_000)),
        new("written off", WrittenOff),
    ],
    [
        .. Family<Recovery>.Each(recovery => recovery.Status),
        ("write-off proposed", recovery => recovery is { IsOwed: true, Proposal: not null }),
        ("partly repaid", recovery => recovery is { IsOwed: true, Repaid.IsPositive: true }),
    ]);

    /// <summary>The claim's own payment is settled; the case goes on being the one that it was.</summary>
    public static Built SettledPayout(Built built) => Results(Released(built), PaymentOutcome.Settled) with { Of = built.Of };

    public static Built ReleasedPayout(Built built) => Released(built) with { Of = built.Of };

    public static Built ReturnedPayout(Built built) => Results(Released(built), PaymentOutcome.Returned) with { Of = built.Of };

    /// <summary>The payout of this world that was ordered first.</summary>
    public static Built ThePayout(Built built) =>
        built with { Of = built.World.All<Payout>().First(own => own.Reissues is null).StreamId };

    public static Built AuthorisedPayout(Built built) => ThePayout(built).Then(
        built.World.All<Payout>().First().Kind == PayoutKind.Refund ? Authoriser : Cashier, b => new AuthorisePayout(new(b.Of)));

    public static Built TheBatchOf(Built built)
    {
        var payout = AuthorisedPayout(built).Then(Cashier, b => new AssemblePaymentBatch([new(b.Of)]));
        return payout with { Of = payout.World.All<PaymentBatch>().Last().StreamId };
    }

    public static Built Released(Built built) => TheBatchOf(built).Then(Releaser, b => new ReleasePaymentBatch(new(b.Of)));

    public static Built Results(Built batch, PaymentOutcome outcome) => batch.Then(Releaser, b => new RecordPaymentResults(
        new(b.Of), [.. b.State<PaymentBatch>().Lines.Select(line => ResultOf(line.Payout, outcome))]));

    public static ReportedResult ResultOf(PayoutId payout, PaymentOutcome outcome) => outcome == PaymentOutcome.Settled
        ? new(payout, ReportedOutcome.Settled, "SAMPLE-BANK-0001")
        : new(payout, ReportedOutcome.Returned, "SAMPLE-BANK-0001", "户名不符");

    public static Built Reissued() => ThePayout(ReturnedPayout(Approved()))
        .Then(Cashier, b => new ReissuePayout(new(b.Of), DriversAccountDetails with { Bank = "样例银行武威分行" }, "开户行已更正"));

    private static Built Reissue(Built built) =>
        built with { Of = built.World.All<Payout>().Single(own => own.Reissues is not null).StreamId };

    /// <summary>Ordered anew to the account of the payee's guardian.</summary>
    private static Built AnothersAccount() => Reissue(ThePayout(ReturnedPayout(Approved()))
        .Then(Cashier, b => new ReissuePayout(new(b.Of), GuardiansAccountDetails, "改付监护人账户")));

    private static Built Reviewed(AccountFinding finding) =>
        AnothersAccount().Then(Releaser, b => new ReviewPayoutAccount(new(b.Of), finding, "监护证明已核对"));

    private static AuthorisePayout Authorisation(Built built) => new(new(built.Of));

    private static HoldPayout Hold(Built built) => new(new(built.Of), "账户待核实");

    private static Built Held(Built batch) => ThePayout(batch).Then(Cashier, Hold) with { Of = batch.Of };

    private static Built Suspected(Built claim) => claim.Then(Officer, Suspicion);

    private static Built Objected(ObjectionOutcome? outcome)
    {
        var notice = Published().Then(Finder, b => new RaiseObjection(b.State<PublicNotice>().Claim, "反映不实"));
        return outcome is not { } decided ? notice
            : notice.Then(SecondApprover, b => new DecideObjection(b.State<PublicNotice>().Claim, 1, decided, "已核实"));
    }

    public static Built Opened() => ThePayout(SettledPayout(Approved())).Then(
        Cashier, b => new OpenRecovery(new(b.Of), Money.Yuan(120_000), RecoveryCause.Overpayment, "复核发现多付"));

    public static Built TheRecovery(Built built) => built with { Of = built.World.All<Recovery>().Single().StreamId };

    public static Built Confirmed() => TheRecovery(Opened()).Then(Confirmer, b => new ConfirmRecovery(new(b.Of)));

    public static Built Repaid(Built recovery, int yuan) => recovery.Then(
        Cashier, b => new RecordRepayment(new(b.Of), Money.Yuan(yuan), Today, $"B-{yuan}"));

    private static Built ByInstalments() => Confirmed().Then(Cashier, b => new AgreeInstalments(new(b.Of),
        [new Instalment(Today.PlusMonths(1), Money.Yuan(20_000)), new Instalment(Today.PlusMonths(2), Money.Yuan(100_000))]));

    private static Built WrittenOff() => Proposed().Then(Confirmer, b => new ApproveWriteOff(new(b.Of), "同意核销"));

    private static Built Proposed() => Confirmed().Then(Releaser, b => new ProposeWriteOff(new(b.Of), "当事人无力偿还"));
}
