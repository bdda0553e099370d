using ClaimsEngine.Specs.Matrix;
using FsCheck.Fluent;
using static ClaimsEngine.Specs.PayersGiven;

namespace ClaimsEngine.Specs;

/// <summary>What payers get back of certificates that ended, and how it is paid.</summary>
public class RefundSpecs
{
    private const string Sponsor = "甘肃省总工会", Own = "member (会员)";

    [Fact]
    public void Each_payer_of_a_cancelled_certificate_gets_one_payout_of_what_it_has_paid()
    {
        var world = Cancelled(out var enrolment).WithThePayer().WithThePayer("SAMPLE-PAYER-2", Sponsor);
        var decision = world.Do(Cashier, new OrderRefunds(enrolment));
        var orders = decision.Events.OfType<RefundPayoutOrdered>().ToArray();
        Assert.Equal([(Company, Money.Yuan(40)), (Sponsor, Money.Yuan(80))], orders.Select(order => (order.Payer, order.Amount)));
        Assert.Equal([PayerId.Of(PayerCode), PayerId.Of("SAMPLE-PAYER-2")], orders.Select(order => order.Organisation!.Value));
        Assert.All(orders, order => Assert.Null(order.Payee));
        Assert.Equal(2, world.All<Enrolment>().Single().RefundOrders.Count);
        world.Do(Releaser, new OrderRefunds(enrolment)).ChangesNothing();
    }

    [Fact]
    public void A_payer_without_a_confirmed_account_is_registered_first()
    {
        var world = Cancelled(out var enrolment);
        world.Do(Cashier, new OrderRefunds(enrolment)).IsRefused(Refuse.RefundAccountMissing, "payer");
        world.Do(Cashier, new RegisterPayer(PayerCode, Company, Gansu, CompanysDetails)).The<PayerRegistered>();
        world.Do(Cashier, new OrderRefunds(enrolment, Company)).IsRefused(Refuse.RefundAccountMissing, "payer");
        world.Do(Releaser, new ConfirmPayerAccount(PayerCode, CompanysDetails.Number)).The<PayerAccountConfirmed>();
        // the other payer waits for its own account
        Assert.Equal(Company, world.Do(Cashier, new OrderRefunds(enrolment, Company)).The<RefundPayoutOrdered>().Payer);
        world.Do(Cashier, new OrderRefunds(enrolment)).IsRefused(Refuse.RefundAccountMissing, "payer");
        world.Do(Cashier, new OrderRefunds(enrolment, "别的单位")).IsRefused(Refuse.UnknownPayer, "payer");
    }

    [Fact]
    public void The_employer_that_has_paid_gets_it_back_and_not_the_one_of_today()
    {
        var built = CoverStates.Pending();
        var (world, enrolment) = (built.World, new EnrolmentId(built.Of));
        Moved(world, enrolment, "LZ-0008");
        world.Do(Cashier, new RegisterPayer(PayerCode, Company, Gansu, CompanysDetails, "LZ-0008"));
        world.Do(Releaser, new ConfirmPayerAccount(PayerCode, CompanysDetails.Number)).The<PayerAccountConfirmed>();
        world.Do(Cashier, new RecordContribution(enrolment, Company, Money.Yuan(40), "T-1", Today)).The<ContributionPaid>();
        Moved(world, enrolment, "LZ-0009");
        world.Do(Cashier, new RegisterPayer("SAMPLE-PAYER-9", Company, Gansu, CompanysNewDetails, "LZ-0009"));
        world.Do(Releaser, new ConfirmPayerAccount("SAMPLE-PAYER-9", CompanysNewDetails.Number)).The<PayerAccountConfirmed>();
        world.Do(Officer, new CancelEnrolment(enrolment, "退出")).The<EnrolmentCancelled>();
        Assert.Equal(PayerId.Of(PayerCode), world.Do(Cashier, new OrderRefunds(enrolment)).The<RefundPayoutOrdered>().Organisation);
    }

    [Fact]
    public void A_certificate_that_is_void_or_lapsed_gives_back_all_that_was_paid()
    {
        var partly = APendingEnrolment().After(Paid(Company, 15, "T-1"), Paid(Sponsor, 80, "T-1"));
        foreach (var end in (object[])[new EnrolmentVoided("重复参保", null, Officer.Id), new EnrolmentLapsed("未缴费", Cashier.Id)])
            Assert.Equal(
                [new Refund(Company, Money.Yuan(15), Today), new Refund(Sponsor, Money.Yuan(80), Today)], partly.After(end).Refunds(Today));
        Assert.Empty(partly.Refunds(Today));
        Assert.Empty(APendingEnrolment().After(new EnrolmentLapsed("未缴费", Cashier.Id)).Refunds(Today));
    }

    [Fact]
    public void A_live_certificate_gives_nothing_back_and_one_without_payments_neither()
    {
        Order(AnEnrolledTruckDriver().After(Paid(Sponsor, 120, "T-1"))).IsRefused(Refuse.WrongState);
        Order(AnEnrolledTruckDriver().After(new EnrolmentCancelled("退出", null, Officer.Id))).IsRefused(Refuse.NothingToRefund);
    }

    [Fact]
    public void What_is_refunded_at_the_end_of_the_term_is_not_ordered_before()
    {
        var cancelled = AnEnrolledTruckDriver().After(Paid(Sponsor, 120, "T-1"), new EnrolmentCancelled(
            "退出", Today, Officer.Id, [new Refund(Sponsor, Money.Yuan(120), Today.PlusDays(1))]));
        Order(cancelled).IsRefused(Refuse.RefundNotDue);
        Order(cancelled, Today.PlusDays(1), payers: true).The<RefundPayoutOrdered>();
    }

    [Fact]
    public void The_members_share_goes_to_the_members_own_account()
    {
        var cancelled = OfTheMember().After(new EnrolmentCancelled("退出", null, Officer.Id, [new Refund(Own, Money.Yuan(40), Today)]));
        Order(cancelled).IsRefused(Refuse.RefundAccountMissing, "account");
        var known = Order(cancelled, member: ATruckDriverWithAnAccount()).The<RefundPayoutOrdered>();
        Assert.Equal((DriverId, DriversAccount, null), (known.Payee!.Value, known.Account, known.Organisation));

        var named = Order(cancelled, account: DriversAccountDetails);
        Assert.Equal(named.The<AccountRegistered>().Account, named.The<RefundPayoutOrdered>().Account);
        Order(cancelled, account: RelativesAccountDetails).IsRefused(Refuse.AccountNotOwn, "account.holder");
    }

    [Fact]
    public void Only_the_members_share_goes_to_an_account_that_the_request_names()
    {
        var cancelled = APendingEnrolment().After(Paid(Company, 40, "T-1"),
            new EnrolmentCancelled("退出", null, Officer.Id, [new Refund(Company, Money.Yuan(40), Today)]));
        Order(cancelled, payers: true, account: DriversAccountDetails).IsRefused(Refuse.InvalidRequest, "account");
    }

    [Fact]
    public void Who_ordered_the_refund_or_ended_the_certificate_does_not_authorise_it()
    {
        foreach (var by in (Actor[])[Cashier, Cashier with { Id = Officer.Id }, Releaser with { OnBehalfOf = Cashier.Id }])
            AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), ARefund(), null, by, Today).IsRefused(Refuse.FourEyes);
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), ARefund(), null, Releaser, Today).The<PayoutAuthorised>();
        var endedForReleaser = StateOf<Payout>(RefundOrdered() with { EndedFor = Releaser.Id });
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), endedForReleaser, null, Releaser, Today).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public async Task A_refund_goes_to_the_bank_in_a_batch_under_the_number_of_the_certificate()
    {
        var batch = PaymentStates.TheBatchOf(CoverStates.Refunded());
        var line = Assert.Single((await BankFile.Of(batch.State<PaymentBatch>(), batch.World)).Lines);
        var enrolment = batch.World.All<Enrolment>().Single();
        Assert.Equal((Company, CompanysDetails.Number.Value, Money.Yuan(40), enrolment.CertificateNumber),
            (line.AccountHolder, line.AccountNumber, line.Amount, line.Number));
    }

    [Fact]
    public void A_returned_refund_is_ordered_anew_to_the_account_that_is_confirmed_now()
    {
        var built = PaymentStates.ThePayout(PaymentStates.ReturnedPayout(CoverStates.Refunded()));
        var (world, refund) = (built.World, built.State<Payout>());
        world.Do(Cashier, new ReissuePayout(refund.Id, DriversAccountDetails, "账户已更正")).IsRefused(Refuse.AccountNotConfirmed);
        world.Do(Cashier, new ProposePayerAccount(PayerCode, CompanysNewDetails, "账户已变更")).The<PayerAccountProposed>();
        world.Do(Releaser, new ConfirmPayerAccount(PayerCode, CompanysNewDetails.Number)).The<PayerAccountConfirmed>();

        var anew = world.Do(Cashier, new ReissueRefund(refund.Id, "账户已变更")).The<RefundPayoutOrdered>();
        var account = world.All<Payer>().Single().Account!;
        Assert.Equal((account.Id, refund.Amount, refund.Id), (anew.Account, anew.Amount, anew.Reissues!.Value));
        Assert.Equal(CompanysNewDetails.Number, account.Number);
        world.Do(Cashier, new AuthorisePayout(anew.Payout)).IsRefused(Refuse.FourEyes);
        world.Do(Cashier, new ReissueRefund(refund.Id, "账户已变更")).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void An_organisation_is_told_by_nobody_and_a_member_of_the_refund()
    {
        var settled = new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id);
        Assert.Null(Notice.Of(settled, ARefund().After(settled)));
        var own = StateOf<Payout>(RefundOrdered() with { Payer = Own, Payee = DriverId, Organisation = null });
        Assert.Equal((NoticeKind.RefundPaid, DriverId), (Notice.Of(settled, own.After(settled))!.Kind, Notice.Of(settled, own)!.To));
    }

    [Fact]
    public void Whatever_was_paid_and_whenever_it_is_ordered_no_payer_gets_more_back_than_it_has_paid_and_none_gets_it_twice() =>
        Property.Holds(
            from company in Gen.Choose(0, 4_000)
            from sponsor in Gen.Choose(0, 8_000)
            from end in Gen.Choose(0, 2)
            from asked in Gen.Choose(0, 2).ArrayOf(5)
            select (company, sponsor, end, asked), at =>
            {
                var built = CoverStates.Pending();
                var (world, id) = (built.World, new EnrolmentId(built.Of));
                world.WithThePayer().WithThePayer("SAMPLE-PAYER-2", Sponsor);
                if (at.company > 0)
                    world.Do(Cashier, new RecordContribution(id, Company, new Money(at.company), "T-1", Today)).The<ContributionPaid>();
                if (at.sponsor > 0)
                    world.Do(Cashier, new RecordContribution(id, Sponsor, new Money(at.sponsor), "T-1", Today)).The<ContributionPaid>();
                world.Do(at.end == 1 ? Cashier : Officer, at.end switch
                {
                    0 => new CancelEnrolment(id, "退出"), 1 => new LapseEnrolment(id, "未缴费"), _ => new VoidEnrolment(id, "重复参保"),
                });
                foreach (var which in at.asked)
                    world.Do(Cashier, new OrderRefunds(id, which switch { 0 => null, 1 => Company, _ => Sponsor }));
                var enrolment = world.All<Enrolment>().Single();
                Assert.Equal(world.All<Payout>().Count(), world.All<Payout>().Select(payout => payout.Refund!.Payer).Distinct().Count());
                foreach (var payer in (string[])[Company, Sponsor])
                {
                    var back = Money.Sum(world.All<Payout>().Where(own => own.Refund!.Payer == payer).Select(own => own.Amount));
                    Assert.True(back == Money.Zero || back == enrolment.PaidBy(payer), $"{back} of {enrolment.PaidBy(payer)}");
                    if (!enrolment.IsLive && at.asked.Contains(0)) Assert.Equal(enrolment.PaidBy(payer), back);
                }
            }, runs: 60);

    /// <summary>Pending, with a share of the member.</summary>
    private static Enrolment OfTheMember() => StateOf<Enrolment>(EnrolledPending() with
    {
        Funding = [new FundingShare(Sponsor, Money.Yuan(80)), new FundingShare(Own, Money.Yuan(40), Due: true)],
    }).After(Paid(Own, 40, "T-1"));

    private static ContributionPaid Paid(string payer, int yuan, string reference) =>
        new(payer, Money.Yuan(yuan), reference, Today, Cashier.Id);

    private static void Moved(World world, EnrolmentId enrolment, string employer)
    {
        world.Do(Officer, new RegisterEmployer(employer, "样例物流有限公司", Liangzhou, 1, 0)).The<EmployerRegistered>();
        Assert.Contains(world.Do(Officer, new ChangeEmployer(enrolment, employer)).Events, data => data is EmployerChanged);
    }

    private static World Cancelled(out EnrolmentId enrolment)
    {
        var built = CoverStates.CancelledPaid();
        enrolment = new EnrolmentId(built.Of);
        return built.World;
    }

    private static Decision Order(
        Enrolment enrolment, LocalDate? today = null, Person? member = null, AccountDetails? account = null, bool payers = false) =>
        OrderRefundsHandler.Handle(new OrderRefunds(enrolment.Id, Account: account), new(
            enrolment, member ?? ATruckDriver(),
            payers ? new Dictionary<string, Payer> { [Company] = APayer(), [Sponsor] = APayer() } : new Dictionary<string, Payer>(),
            enrolment.Funding.Index().ToDictionary(share => share.Item.Payer, share => new PayoutId(Id(150 + share.Index))),
            new AccountId(Id(160))), Cashier, today ?? Today);
}
