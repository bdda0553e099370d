using static ClaimsEngine.Specs.Matrix.ClaimStates;
using static ClaimsEngine.Specs.Matrix.PaymentStates;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>Killed between any two steps, a case is found again in a consistent state: every decision is one transaction, so after each of
/// them all streams, keys, pools and read models have to agree.</summary>
public class KilledSpecs
{
    private static readonly Money Granted = Money.Yuan(120_000);

    /// <summary>The main paths, each from an empty world that watches itself.</summary>
    private static readonly Dictionary<string, Action<World>> Paths = new()
    {
        ["a claim is paid"] = world => SettledPayout(Approved(Documented(world))),
        ["papers are asked for"] = world => SettledPayout(Approved(AllPapers(
            Submitted(world).Then(Officer, b => new RequestSupplement(Id(b), ["disabilityCertificate"]))))),
        ["a paper is asked for again"] = world => SettledPayout(Assessed(Documented(world))
            .Then(Officer, b => new RequestSupplement(Id(b), ["disabilityCertificate"]))
            .Then(Officer, b => new AddDocument(Id(b), "disabilityCertificate", "样例.pdf", Digest(5)))
            .Then(Approver, Approval)),
        ["papers do not come, and come late"] = world => SettledPayout(Approved(AllPapers(
            Later(Submitted(world).Then(Officer, b => new RequestSupplement(Id(b))), 31)
                .Then(Finder, b => new PassDeadline(Id(b)))
                .Then(SecondApprover, b => new ReopenClaim(Id(b), ReopeningCause.LatePapers, "材料已补"))))),
        ["a refusal is reversed"] = world => SettledPayout(Approved(Refused(Documented(world))
            .Then(Officer, b => new AppealRefusal(Id(b), "鉴定结论可以证明"))
            .Then(National, b => new DecideAppeal(Id(b), AppealOutcome.Reversed, "撤销")))),
        ["a refusal is upheld and the claim reopened"] = world => Approved(Refused(Documented(world))
            .Then(Officer, b => new AppealRefusal(Id(b), "鉴定结论可以证明"))
            .Then(National, b => new DecideAppeal(Id(b), AppealOutcome.Upheld, "维持"))
            .Then(National with { Id = "sample-approver-national-2" }, b => new ReopenClaim(Id(b), ReopeningCause.NewEvidence, "新鉴定"))),
        ["a claim is withdrawn and claimed again"] = world =>
            SettledPayout(Approved(new Built(world, Journey.ToAClaimWithAllPapers(
                world, enrolment: Documented(world).Then(Officer, b => new WithdrawClaim(Id(b), "撤回")).State<Claim>().Enrolment).Value))),
        ["what the incident is, is corrected"] = world => SettledPayout(Documented(world)
            .Then(Finder, b => new ReclassifyClaim(Id(b), GradeOneDisability with { Date = IncidentDay.PlusDays(2) }, "日期更正"))
            .Then(Assessor, b => new AssessClaim(Id(b))).Then(Approver, Approval)),
        ["three heirs are paid, one of them anew"] = PayHeirs,
        ["a suspicion holds the payment"] = world =>
        {
            var claim = ReleasedPayout(Approved(Documented(world))).Then(Finder, Suspicion);
            ThePayout(claim);
            Results(claim with { Of = world.All<PaymentBatch>().Single().StreamId }, PaymentOutcome.Returned);
            Reissue(claim.Then(SecondApprover, b => new ClearSuspicion(Id(b), SuspicionKind.FalsePapers, "属实")));
        },
        ["an office holds a batch"] = world => TheBatchOf(Approved(Documented(world))).Then(Cashier, _ => new HoldPayout(
                world.All<Payout>().Single().Id, "账户待核实"))
            .Then(Releaser, _ => new ReleaseHold(world.All<Payout>().Single().Id, "账户已核实"))
            .Then(Releaser, b => new ReleasePaymentBatch(new(b.Of))),
        ["an approval is published"] = world => Later(Published(world)
                .Then(Finder, b => new RaiseObjection(b.State<PublicNotice>().Claim, "反映不实"))
                .Then(SecondApprover, b => new DecideObjection(b.State<PublicNotice>().Claim, 1, ObjectionOutcome.Dismissed, "已核实")), 10)
            .Then(Cashier, _ => new AuthorisePayout(world.All<Payout>().Single().Id)),
        ["an objection takes the approval back, and an appeal grants it after all"] = world =>
        {
            var claim = new Built(world, Published(world)
                .Then(Finder, b => new RaiseObjection(b.State<PublicNotice>().Claim, "反映不实"))
                .Then(SecondApprover, b => new DecideObjection(b.State<PublicNotice>().Claim, 1, ObjectionOutcome.Upheld, "已核实"))
                .State<PublicNotice>().Claim.Value);
            claim.Then(National, b => new RevokeApproval(Id(b), RevocationCause.Objection, "经核实不符合条件"))
                .Then(Finder, b => new AppealRefusal(Id(b), "有新证明"))
                .Then(National with { Id = "sample-approver-national-2" }, b => new DecideAppeal(Id(b), AppealOutcome.Reversed, "属实"));
            claim.Then(Finder with { Id = "sample-officer-gansu-2" }, b => new AssessClaim(Id(b))).Then(SecondApprover, Approval);
        },
        ["a held payout leaves its batch and is cancelled"] = world =>
        {
            var claim = Approved(Documented(world));
            TheBatchOf(claim).Then(Cashier, _ => new HoldPayout(world.All<Payout>().Single().Id, "账户待核实"))
                .Then(Cashier, b => new DissolvePaymentBatch(new(b.Of), "一笔付款已暂缓"));
            claim.Then(SecondApprover, b => new RevokeApproval(Id(b), RevocationCause.OfficeError, "鉴定书非本人"));
        },
        ["paid money comes back"] = world => Recovered(ThePayout(SettledPayout(Approved(Documented(world))))),
        ["relief is granted and paid"] = world => SettledPayout(ReliefStates.Granted(world)
            .Then(ReliefGiven.CityCashier, _ => new ReturnReliefMoney(ReliefGiven.FundCode, Money.Yuan(900), Liangzhou))),
        ["relief is refused and asked for again"] = world => ReliefStates.Checked(world)
            .Then(ReliefGiven.DistrictApprover, b => new RefuseRelief(new(b.Of), "收入高于标准"))
            .Then(Officer, _ => ReliefGiven.Application),
        ["a certificate is paid for and moves"] = world => CoverStates.Pending(world).Then(Cashier, CoverStates.Share)
            .Then(Officer, _ => new RegisterEmployer(EmployerCode, "样例运输有限公司", Liangzhou, 120, 40))
            .Then(Officer, b => new ChangeEmployer(new(b.Of), EmployerCode))
            .Then(Officer, b => new CancelEnrolment(new(b.Of), "本人退出")),
        ["a certificate that was paid for is refunded"] = world =>
        {
            world.WithThePayer();
            var refund = ThePayout(CoverStates.Pending(world).Then(Cashier, CoverStates.Share)
                .Then(Officer, b => new CancelEnrolment(new(b.Of), "本人退出")).Then(Cashier, b => new OrderRefunds(new(b.Of))));
            ReturnedPayout(refund).Then(Cashier, b => new ReissueRefund(new(b.Of), "银行已更正"));
        },
        ["a certificate is voided under a claim"] = world => Assessed(Documented(world))
            .Then(Approver, b => new VoidClaimedEnrolment(b.State<Claim>().Enrolment, "重复参保"))
            .Then(SecondApprover, b => new RefuseClaim(Id(b), "参保无效")),
    };

    public static TheoryData<string> Names => [.. Paths.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void After_every_single_decision_all_that_is_stored_agrees(string path)
    {
        var steps = new HashSet<int>();
        var world = path.Contains("relief", StringComparison.Ordinal) ? new World()
            : path.Contains("paid for", StringComparison.Ordinal) ? World.OfSharedFunding() : World.WithAProgramme();
        world.Stored = stored => Invariants.Hold(stored, $"{path}, after event {Seen(stored, steps)}");
        Paths[path](world);
        Assert.True(steps.Count >= 4, $"{path} has {steps.Count} steps only");
    }

    private static int Seen(World world, HashSet<int> steps)
    {
        var count = world.Events.Count();
        Assert.True(steps.Add(count), "a decision stored nothing");
        return count;
    }

    private static Built AllPapers(Built built)
    {
        foreach (var kind in built.State<Claim>().MissingDocuments)
            built.Then(Officer, b => new AddDocument(Id(b), kind, "样例.pdf", Digest(1)));
        return built;
    }

    private static ApproveClaim Approval(Built built) => new(Id(built), Granted, "材料齐全");

    private static Built Assessed(Built built) => built.Then(Assessor, b => new AssessClaim(Id(b)));

    private static Built Approved(Built built) => Assessed(built).Then(Approver, Approval);

    private static Built Refused(Built built) => Assessed(built).Then(Approver, b => new RefuseClaim(Id(b), "不属于保障责任"));

    private static void PayHeirs(World world)
    {
        Heirs(world).Then(Approver, Approval);
        PayoutId[] payouts = [.. world.All<Payout>().Select(payout => payout.Id)];
        Assert.Equal(3, payouts.Length);
        foreach (var payout in payouts) world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch(payouts)).The<PaymentBatchAssembled>().Batch;
        world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>();
        foreach (var (place, payout) in payouts.Index())
            world.Do(Releaser, new RecordPaymentResults(
                batch, [ResultOf(payout, place == 0 ? PaymentOutcome.Returned : PaymentOutcome.Settled)])).The<PaymentResultsRecorded>();
        Reissue(new Built(world, default));
        Assert.Equal(2, world.All<Payout>().Count(payout => payout.Status == PayoutStatus.Settled));
    }

    /// <summary>The returned payout is ordered anew, to another account of the same payee.</summary>
    private static void Reissue(Built built)
    {
        var returned = built.World.All<Payout>().Single(payout => payout.Status == PayoutStatus.Returned);
        var payee = built.World.All<Person>().Single(person => person.Id == returned.Payee);
        built.World.Do(Cashier, new ReissuePayout(
            returned.Id, new AccountDetails("样例银行武威分行", DriversAccountDetails.Number, payee.Name), "开户行已更正")).The<PayoutReissued>();
    }

    private static void Recovered(Built payout)
    {
        payout.Then(Cashier, b => new OpenRecovery(new(b.Of), Money.Yuan(50_000), RecoveryCause.Overpayment, "复核发现多付"));
        TheRecovery(payout).Then(Confirmer, b => new ConfirmRecovery(new(b.Of)))
            .Then(Cashier, b => new AgreeInstalments(new(b.Of), [new Instalment(Today.PlusMonths(1), Money.Yuan(50_000))]))
            .Then(Cashier, b => new RecordRepayment(new(b.Of), Money.Yuan(20_000), Today, "B-20"))
            .Then(Releaser, b => new ProposeWriteOff(new(b.Of), "当事人无力偿还"))
            .Then(Confirmer, b => new ApproveWriteOff(new(b.Of), "同意核销"));
        payout.Then(Cashier, b => new OpenRecovery(new(b.Of), Money.Yuan(100_000), RecoveryCause.Fraud, "又发现"))
            .Then(Cashier, b => new CancelRecovery(b.State<Payout>().Recovery!.Value, "金额有误"));
    }
}
