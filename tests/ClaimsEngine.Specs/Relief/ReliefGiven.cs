namespace ClaimsEngine.Specs;

/// <summary>A relief fund of Gansu and an application of Liangzhou, in plain words: states are folds of events.</summary>
public static class ReliefGiven
{
    public const string FundCode = "sample-relief-2026", Papers = "incomeProof";
    public const string TopPool = $"relief/{FundCode}", WuweisPool = $"{TopPool}/6206", LiangzhousPool = $"{TopPool}/620602";

    public static readonly ReliefApplicationId TheApplication = new(Id(80));
    public static readonly Actor Checker = Assessor;
    public static readonly Actor DistrictApprover = new("sample-approver-liangzhou", [Role.Approver], Liangzhou, Money.Yuan(50_000));
    public static readonly Actor CityCashier = new("sample-finance-wuwei", [Role.Finance], Wuwei);

    public static readonly ReliefKind LowIncome = new("low-income", "家庭收入低", Money.Yuan(3_000), [Papers]);
    public static readonly ReliefKind Schooling = new("schooling-cost", "子女上学负担重", Money.Yuan(4_000), []);

    public static OpenReliefFund Opening => new(
        FundCode, "样例送温暖资金", Gansu, Money.Yuan(10_000), new LocalDate(2025, 11, 1), new LocalDate(2026, 3, 31), [LowIncome, Schooling]);

    public static ApplyForRelief Application => new(
        FundCode, LowIncome.Code,
        new ReliefApplicant("陈样例", DriversNumber, Liangzhou, DriversAccountDetails), Money.Yuan(2_000), "一人务工，收入低于当地低保标准",
        new ReliefHousehold(Money.Yuan(1_800), [new HouseholdMember("李样例", RelativesNumber)]),
        [new ReliefEvidence(Papers, Digest(1))]);

    public static ReliefFundOpened FundOpened() => new(
        FundCode, Opening.Name, Gansu, Opening.Budget, Opening.From, Opening.To, Opening.Kinds, PlanAdmin.Id);

    public static ReliefMoneyAllocated ToWuwei(Money? amount = null) =>
        new(Wuwei, null, amount ?? Money.Yuan(5_000), WuweisPool, TopPool, Cashier.Id);

    public static ReliefMoneyAllocated ToLiangzhou(Money? amount = null) =>
        new(Liangzhou, null, amount ?? Money.Yuan(3_000), LiangzhousPool, WuweisPool, CityCashier.Id);

    /// <summary>10,000 yuan, all with the province.</summary>
    public static ReliefFund AFund() => StateOf<ReliefFund>(FundOpened());

    /// <summary>Of 10,000 yuan 5,000 went to Wuwei, and 3,000 of these to Liangzhou.</summary>
    public static ReliefFund AFundPassedDown() => AFund().After(ToWuwei(), ToLiangzhou());

    public static ReliefFund AClosedFund() => AFundPassedDown().After(new ReliefFundClosed("活动结束", PlanAdmin.Id));

    public static ReliefApplicationRecorded Recorded(string? unit = null) => new(
        TheApplication, "H62-20251120-7K3F9QTN", FundCode, LowIncome.Code, DriverId, DriversAccount, Liangzhou, unit, Money.Yuan(2_000),
        Application.Facts, [RelativeId], Money.Yuan(1_800), Application.Evidence, Today, Officer.Id);

    public static ReliefApplicationChecked Checked() => new("入户走访，情况属实", Checker.Id);

    public static ReliefGranted Granted() =>
        new(Money.Yuan(2_000), Liangzhou, null, LiangzhousPool, ThePayout, "符合条件", DistrictApprover.Id);

    public static ReliefApplication AnApplication(string? unit = null) => StateOf<ReliefApplication>(Recorded(unit));

    public static ReliefApplication ACheckedApplication(string? unit = null) => AnApplication(unit).After(Checked());

    public static ReliefApplication AGrantedApplication() => ACheckedApplication().After(Granted());

    public static ReliefPayoutOrdered ReliefOrdered() => new(
        ThePayout, TheApplication, "H62-20251120-7K3F9QTN", FundCode, Liangzhou, Money.Yuan(2_000), DriverId, DriversAccount, Today,
        DistrictApprover.Id, PayBy: HandlingRules.For(Liangzhou, Today).PayReliefBy(Today), FundYear: Opening.From.Year);

    /// <summary>One sample of every event, every member set.</summary>
    public static readonly IReadOnlyList<object> Events =
    [
        FundOpened(), ToWuwei() with { Unit = EmployerCode },
        new ReliefMoneyReturned(Wuwei, EmployerCode, Cny("100.50"), WuweisPool, TopPool, CityCashier.Id),
        new ReliefFundClosed("活动结束", PlanAdmin.Id), Recorded(EmployerCode), Checked(), Granted() with { Unit = EmployerCode },
        new ReliefRefused("收入高于标准", DistrictApprover.Id), new ReliefApplicationWithdrawn("申请人撤回", Officer.Id),
        ReliefOrdered() with { Reissues = OtherPayout, ReissuedBy = Cashier.Id, ApprovedFor = "sample-approver-gansu-2",
            Controls = AllControls, FundYear = 2025 },
    ];
}
