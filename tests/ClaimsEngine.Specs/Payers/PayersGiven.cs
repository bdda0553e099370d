namespace ClaimsEngine.Specs;

/// <summary>The employer of the pending certificate as a registered payer, in plain words.</summary>
public static class PayersGiven
{
    public const string PayerCode = "SAMPLE-PAYER-1";

    public static readonly AccountId CompanysAccount = new(Id(140)), CompanysNewAccount = new(Id(141));

    public static readonly PayerAccountDetails CompanysDetails = new("样例银行武威分行", AccountNumber.Of("620000000000018"), Company);
    public static readonly PayerAccountDetails CompanysNewDetails = CompanysDetails with { Number = AccountNumber.Of("620000000000026") };

    public static RegisterPayer Registration => new(PayerCode, Company, Liangzhou, CompanysDetails);

    public static PayerRegistered PayerRegistered() => new(
        PayerCode, Company, Liangzhou, null, CompanysAccount, CompanysDetails.Bank, CompanysDetails.Number, CompanysDetails.Holder,
        Cashier.Id);

    public static PayerAccountProposed AccountProposed() => new(
        CompanysNewAccount, CompanysNewDetails.Bank, CompanysNewDetails.Number, CompanysNewDetails.Holder, "账户已变更，附开户许可证", Cashier.Id);

    public static Payer ARegisteredPayer() => StateOf<Payer>(PayerRegistered());

    public static Payer APayer() => ARegisteredPayer().After(new PayerAccountConfirmed(CompanysAccount, Releaser.Id));

    /// <summary>The refund of the employer's share of the certificate.</summary>
    public static RefundPayoutOrdered RefundOrdered() => new(
        ThePayout, TheEnrolment, EnrolledPending().CertificateNumber, PlanCode, ProgrammeCode, Liangzhou, Company, Money.Yuan(40), Today,
        null, PayerId.Of(PayerCode), CompanysAccount, Today, Cashier.Id, Officer.Id, PlanYear: 2025);

    public static Payout ARefund() => StateOf<Payout>(RefundOrdered());

    /// <summary>Registered by one person of finance, confirmed by another.</summary>
    public static World WithThePayer(this World world, string code = PayerCode, string name = Company)
    {
        var details = CompanysDetails with { Holder = name };
        world.Do(Cashier, new RegisterPayer(code, name, Gansu, details)).The<PayerRegistered>();
        world.Do(Releaser, new ConfirmPayerAccount(code, details.Number)).The<PayerAccountConfirmed>();
        return world;
    }

    /// <summary>One sample of every event, every member set.</summary>
    public static readonly IReadOnlyList<object> Events =
    [
        PayerRegistered() with { Employer = EmployerCode, OnBehalfOf = "sample-finance-gansu-3" },
        AccountProposed() with { OnBehalfOf = "sample-finance-gansu-3" },
        new PayerAccountConfirmed(CompanysAccount, Releaser.Id, "sample-finance-gansu-3"),
        new PayerAccountRejected(CompanysNewAccount, "开户许可证与户名不符", Releaser.Id, "sample-finance-gansu-3"),
        RefundOrdered() with
        {
            Payee = DriverId, Reissues = OtherPayout, ReissuedBy = Cashier.Id, ApprovedFor = "sample-finance-gansu-3",
            Controls = AllControls, EndedFor = "sample-officer-liangzhou-2", EnteredIn = Lanzhou,
        },
        new RefundOrdered(Company, Money.Yuan(40), ThePayout, Cashier.Id),
        new ContributionCalled(
            new ContributionCallId(Id(143)), "F62-20251120-7K3F9QTN", PlanCode, ProgrammeCode, Company, EmployerCode, Liangzhou, Today,
            Today.PlusDays(30), 1, Money.Yuan(40), Cashier.Id, "sample-finance-gansu-3"),
        new CallLinesListed([new CallLine(TheEnrolment, EnrolledPending().CertificateNumber, Money.Yuan(40))]),
        new ContributionCallClosed("已缴清", Cashier.Id),
        new BudgetRaised(Money.Yuan(12_000), "甘工发〔2025〕18号", "追加名额", PlanAdmin.Id, "sample-plan-admin-2"),
        new ContributionReturned(
            Company, Money.Yuan(40), "T-1", Today, "代扣退回", Cashier.Id, "sample-finance-gansu-3", CoverWaits: true),
    ];
}
