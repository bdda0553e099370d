namespace ClaimsEngine.Specs;

/// <summary>One sample of every event in the shape of today: what the newest golden file of each was first written from, and what
/// properties of all events run over.</summary>
public static class Samples
{
    /// <summary>A plan with most of what a card can say, so that its golden decision holds the words of <c>plan-rules/1</c>.</summary>
    public static readonly PlanCard HospitalPlan = SampleCards.OverTheYear() with
    {
        CoverTiers = [new CoverTier("100", new LocalName("100元档", "100-yuan tier"))],
        Waiting = [new WaitingPeriod([IncidentKind.Hospitalisation], "样例第七条", 30, DayCounting.Inclusive, Trigger.Admission, 90, 50)],
        Exclusions = [new Exclusion("drunkDriving", new LocalName("酒后驾驶", "drunk driving"))],
        Coordination = new Coordination(["criticalRelief"], WithinOwnShare: true),
        Caps = new Caps(PerPeriod: Money.Yuan(50_000), PerLifetime: Money.Yuan(200_000),
            AcrossPlans: new GroupCap("sample-hospital", Money.Yuan(100_000))),
        Review = [new ReviewLevel(UnionLevel.City, Money.Yuan(20_000)), new ReviewLevel(UnionLevel.Province)],
        Assumed = [new Assumption("coordination", "made up")],
    };

    public static readonly Incident TwoStays = new(
        IncidentKind.Hospitalisation, new LocalDate(2025, 4, 1), DiagnosedOn: new LocalDate(2025, 4, 2),
        Admissions:
        [
            new Admission(new LocalDate(2025, 4, 1), new LocalDate(2025, 4, 11), 3, Cny("20000.00"), Cny("15000.00"), Cny("6000.00")),
            new Admission(new LocalDate(2025, 6, 1), new LocalDate(2025, 6, 4), OwnShare: Cny("4500.50")),
        ],
        OtherPayments: [new OtherPayment("criticalRelief", Cny("500.00"))]);

    private static readonly PlanVersionPublished HospitalPlanPublished = VersionPublished(
        card: HospitalPlan.Json()) with { Plan = "sample-hospital" };

    private static readonly EnrolmentStarted Insured = Enrolled() with { FirstCoverFrom = new LocalDate(2024, 1, 1), CoverTier = "100" };

    private static readonly IReadOnlyList<FundingShare> SharedFunding =
        [new("甘肃省总工会", Money.Yuan(80)), new("样例物流公司", Money.Yuan(40), Due: true)];

    /// <summary>8,000 yuan of the deductible stood before; with 10,500.50 more, 8,500.50 lie above it: 80 % are 6,800.40, less 500 paid by
    /// others.</summary>
    private static readonly PaymentDeadline ToPayBy = HandlingRules.For(Liangzhou, Today).PayReliefBy(Today)!;

    private static readonly PayoutFilter EveryFilter = new(
        Gansu, PlanCode, ProgrammeCode, IncidentKind.Disability, "sample-relief-2026", new LocalDate(2025, 11, 1),
        new LocalDate(2025, 11, 30), new LocalDate(2025, 12, 5));

    private static Deadline Until(ClaimStep step) => Deadline.For(step, Liangzhou, Today);

    private static ClaimAssessed TwoStaysAssessed()
    {
        var enrolment = StateOf<Enrolment>(Insured, new BenefitUsed(
            new ClaimId(Id(60)), null, Money.Zero, Approver.Id, IncidentKind.Hospitalisation,
            new Consumption(Admissions: 1, Deductible: Money.Yuan(8_000), OwnShare: Money.Yuan(8_000))));
        var version = StateOf<Plan>(HospitalPlanPublished).Version(1)!;
        var claim = StateOf<Claim>([Submitted(TwoStays), .. AllPapers()]);
        return AssessClaimHandler.Handle(new AssessClaim(TheClaim), new(claim, enrolment, null, version), Assessor, Today)
            .The<ClaimAssessed>();
    }

    public static readonly IReadOnlyList<object> Events =
    [
        VersionProposed(), HospitalPlanPublished, VersionRejected(),
        Opened() with { Funding = SharedFunding, Budget = Money.Yuan(800_000) }, Allocated(Wuwei, 700, Programme.RootPool(ProgrammeCode)),
        DriverRegistered(), new PhoneChanged("000-0000-0002", Officer.Id),
        new PersonCorrected("陈样例二", "000-0000-0003", "户口簿姓名有误", Officer.Id),
        DriversAccountRegistered() with
        {
            OtherHolder = GuardiansAccountDetails.OtherHolder, ChangedOn = Today, OnBehalfOf = "sample-officer-liangzhou-2",
        },
        new DocumentFiled(new DocumentId(Id(100)), TheClaim, "事故情况说明.pdf", Officer.Id),
        new AgentNamed(TheClaim, "王样例", "000-0000-0009", Officer.Id),
        Insured with { Funding = SharedFunding, Employer = "LZ-0001", Pending = true, Previous = new EnrolmentId(Id(50)),
            Drawn = Money.Yuan(80), SeniorRank = true, EnrolledOn = new LocalDate(2025, 3, 1),
            AwaitsRatio = true },
        new ContributionPaid("样例物流公司", Money.Yuan(40), "SAMPLE-TRANSFER-0001", new LocalDate(2025, 3, 3), Cashier.Id),
        new CoverTookEffect(new LocalDate(2025, 3, 4), new LocalDate(2025, 12, 31), Cashier.Id, new LocalDate(2024, 1, 1), 39),
        new EmployerChanged("LZ-0001", "LZ-0002", Officer.Id, Lanzhou),
        new RatioReached(60, 45, 75, new LocalDate(2025, 3, 2), Officer.Id),
        new EnrolmentCancelled("会员申请退出", new LocalDate(2025, 6, 30), Officer.Id,
            [new Refund("样例物流公司", Money.Yuan(40), new LocalDate(2026, 1, 1))]),
        new EnrolmentVoided("已由另一单位参保", new EnrolmentId(Id(51)), Officer.Id, "sample-officer-liangzhou-2"),
        new EnrolmentLapsed("逾期未缴费", Cashier.Id),
        new ClaimOpened(TheClaim, Officer.Id), new ClaimClosed(TheClaim, Approver.Id),
        Listed(), new StaffCounted(130, 41, Officer.Id), CoveredTogether(),
        Used(Money.Yuan(120_000)) with
        {
            Consumed = new Consumption(10, 2, Cny("2000.00"), Cny("10500.50")), Payouts = [ThePayout, OtherPayout],
        },
        Counted(Money.Yuan(120_000)) with { Group = "sample-hospital" }, new BenefitClaimed(DriverId, TheClaim, Officer.Id),
        new OccurrenceReported(
            new OccurrenceId(Id(61)), DriverId, Liangzhou, IncidentDay, [TheClaim, new ClaimId(Id(62))], Officer.Id),
        Submitted(TwoStays with
        {
            Illness = "other", Severity = Severity.Severe, Circumstances = ["drunkDriving"], Injuries = [new Injury(3, "leftHand")],
        }) with
        {
            Flags = [ClaimFlags.IncidentBeforeEnrolment], Deadline = Until(ClaimStep.Check),
            Heirs =
            [
                new Heir(DriverId, DriversAccount, Relation.Parent, new Share(2, 3)),
                new Heir(RelativeId, RelativesAccount, Relation.Child, new Share(1, 3)),
            ],
            Settlement = new Settlement("样例市医保中心", "SAMPLE-0001"), Receipts = ["SAMPLE-R-0001", "SAMPLE-R-0002"],
            Resembles = [new ClaimId(Id(60))], Applicant = ApplicantKind.Agent, Occurrence = new OccurrenceId(Id(61)),
            Assisting = RegionCode.Of("530100"), PlanYear = 2025, Reserve = Cny("12345.67"),
        },
        Received(0, "eventStatement") with
        {
            Deadline = Until(ClaimStep.Assessment), Content = new PaperContent(PaperContent.Jpeg, 123_456, Digest(1)),
        },
        new OriginalChecked(new DocumentId(Id(100)), "eventStatement", Officer.Id),
        new IdentityOpened(new PersonId(Id(1)), Liangzhou, "核对申领人身份证", Officer.Id, "sample-officer-liangzhou-2"),
        new PaperDownloaded(new DocumentId(Id(100)), TheClaim, Liangzhou, Digest(0), Approver.Id),
        new SupplementRequested(
            ["identityDocument", "accountProof"], ["accountProof"], "请补交银行卡复印件", Until(ClaimStep.Supplement), ClaimStep.Assessment, 4,
            Officer.Id),
        new ClaimReclassified(
            TwoStays with { Illness = "other", Severity = Severity.Mild }, TwoStays with
            {
                Illness = "other", Severity = Severity.Severe, Circumstances = ["drunkDriving"], Injuries = [new Injury(3, "leftHand")],
            },
            DisabilityPapers, ["accountProof"], "诊断为重度", Officer.Id, [ClaimFlags.IncidentBeforeEnrolment], Until(ClaimStep.Check),
            [new ClaimId(Id(60))]),
        TwoStaysAssessed() with
        {
            Deadline = Until(ClaimStep.Decision), ReviewsNeeded = 1, FourEyesExempt = true,
        },
        new ClaimReviewed(ReviewFinding.Agree, "材料与核定金额相符", "sample-reviewer-gansu", "sample-reviewer-gansu-2"),
        new DeadlinePassed(ClaimStep.Decision, Today.PlusDays(12), "deadlines"),
        new ClaimExpired(["accountProof"], Today.PlusDays(30), "papers that were asked for did not come by 2025-12-20", "deadlines"),
        new ClaimApproved(Money.Zero, null, Approver.Id, "未超过起付线，计入年度累计", [ClaimFlags.IncidentBeforeEnrolment],
            [new HeirPayout(DriverId, Cny("0.01"), ThePayout), new HeirPayout(RelativeId, Money.Zero, null)], "sample-approver-gansu-2"),
        new ClaimSampled("default/1", "default-2026", 417, 1000, [ClaimFlags.IncidentBeforeEnrolment], Approver.Id),
        new SecondLookCompleted(
            SecondLookFinding.Questioned, "发票日期与出院日期不符", "sample-reviewer-gansu", "sample-reviewer-gansu-2"),
        new ApprovalRevoked(RevocationCause.Objection, Money.Yuan(120_000), Approver.Id, "sample-approver-gansu-2"),
        new BenefitReturned(TheClaim, Money.Yuan(120_000), Approver.Id), new BenefitUncounted(DriverId, TheClaim, Approver.Id),
        new PayoutCancelled(Approver.Id), new PaymentBatchDissolved("一笔付款已暂缓", Cashier.Id),
        TheRefusal with { OnBehalfOf = "sample-approver-gansu-2" },
        TheAppeal,
        new RefusalUpheld("维持原决定", "第五条", "sample-approver-national", "sample-approver-national-2"),
        new RefusalReversed("鉴定结论成立", Until(ClaimStep.Assessment), "sample-approver-national", "sample-approver-national-2",
            [new ClaimId(Id(60))]),
        new AppealWithdrawn("申领人撤回复议申请", Officer.Id),
        new ClaimWithdrawn("申领人撤回", Officer.Id, Today),
        new ClaimReopened(ReopeningCause.NewEvidence, "补交病理报告", Until(ClaimStep.Assessment), "sample-approver-national",
            "sample-approver-national-2", [new ClaimId(Id(60))]),
        NoticeOpened() with { OnBehalfOf = "sample-approver-gansu-2" },
        new ObjectionRaised(1, "反映该会员已离职", Officer.Id), new ObjectionDismissed(1, "经核实在职", "sample-approver-wuwei"),
        new ObjectionUpheld(2, "经核实已离职", "sample-approver-wuwei"),
        new ClaimantInformed(new NoticeId(Id(120)), ContactWay.Phone, Officer.Id),
        new WebhookRegistered(new WebhookId(Id(121)), "https://platform.example/claims", ["claim.*", "payout.settled"],
            RegionCode.Of("62"), "sample-operator"),
        new WebhookSecretRotated(2, Instant.FromUtc(2025, 11, 21, 4, 0), "sample-operator"),
        new WebhookPaused("平台升级", "sample-operator"), new WebhookResumed("sample-operator"), new WebhookRemoved("sample-operator"),
        Ordered() with
        {
            Heir = DriverId, ApprovedFor = "sample-approver-gansu-2", PayBy = ToPayBy,
            Basis = new PayoutBasis(2025, "sample-logistics", Occupation.Of("truckDriver"), "2025-06"), Controls = AllControls,
        },
        new PayoutAuthorised(Cashier.Id), new PayoutCoAuthorised(ThirdCashier.Id, "sample-finance-gansu-4"),
        new PayoutAccountReviewed(AccountFinding.Accepted, "监护证明已核对", Releaser.Id, "sample-finance-gansu-4"),
        new PayoutBatched(TheBatch, Cashier.Id),
        new PayoutSent(TheBatch, Releaser.Id),
        new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id),
        new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id, "AC01"),
        new PayoutReissued(OtherPayout, "户名已更正，附银行卡复印件", Cashier.Id),
        new SuspicionRaised(SuspicionKind.FalsePapers, "伤残鉴定书编号不存在", Approver.Id, "sample-approver-gansu-2"),
        new SuspicionCleared(SuspicionKind.FalsePapers, "鉴定机构已函复确认", Approver.Id),
        new HoldPlaced(HoldGround.Suspicion, RaiseSuspicionHandler.HoldReason, Approver.Id, "sample-approver-gansu-2"),
        new HoldReleased(HoldGround.Office, "账户已核实", Releaser.Id), new PayoutUnbatched(TheBatch, Releaser.Id),
        new PayoutReclaimed(TheRecovery, Money.Yuan(20_000), Cashier.Id), new PayoutRecovered(TheRecovery, Money.Yuan(5_000), Cashier.Id),
        Reclaimed() with
        {
            Programme = ProgrammeCode, PaidOutFor = "sample-approver-gansu-2", OnBehalfOf = "sample-approver-wuwei-2",
            Organisation = PayerId.Of(PayersGiven.PayerCode), PlanYear = 2025, Fund = ReliefGiven.FundCode,
        }, new RecoveryConfirmed(Approver.Id),
        new RecoveryCancelled("金额有误，另行立案", Approver.Id), TheInstalments,
        new RepaymentReceived(Money.Yuan(5_000), Today, "SAMPLE-BANK-0003", Cashier.Id),
        new WriteOffProposed("当事人已故，无遗产", Cashier.Id), new WriteOffApproved(Money.Yuan(15_000), "同意核销", Approver.Id),
        BarAsked() with { OnBehalfOf = "sample-approver-wuwei-2" }, new BarConfirmed(Approver.Id), new BarLifted("已退还全部款项", Approver.Id),
        new PersonBarred(TheBar, BarScope.Both, Wuwei, Today, Today.PlusYears(1), Approver.Id), new PersonUnbarred(TheBar, Approver.Id),
        Assembled() with
        {
            OnBehalfOf = "sample-finance-gansu-3", Filter = EveryFilter, LeftOut = new LeftOut(1, 2, 3, 4), Schedule = TheSchedule,
        },
        new PaymentBatchReleased(
            Releaser.Id, [new PaymentLine(OtherPayout, Money.Yuan(120_000))], "sample-finance-gansu-3", Content),
        new PaymentResultsRecorded([TheSettlement, TheReturn with { ReasonCode = "AC01" }], Releaser.Id),
        new BankStatementRecorded(
            TheStatement, "00000000000000000000", "2025-11-20", Gansu, Today, Today, Money.Yuan(500_000), Money.Yuan(380_001),
            [
                new StatementLine(Today, Money.Yuan(-120_000), "B-1", new LineMatch(Payout: ThePayout)),
                new StatementLine(Today, Money.Yuan(1), "B-2", new LineMatch(Recovery: TheRecovery)),
            ],
            Cashier.Id, "sample-finance-gansu-3"),
        new StatementLineExplained(2, "活期利息", Cashier.Id, "sample-finance-gansu-3"),
        new PayoutReconciled(TheStatement, 1, Today, true, Cashier.Id),
        new PaymentScheduleOpened(TheSchedule, "每日付款", Gansu, EveryFilter, [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], "09:30", 500,
            Cashier.Id, "sample-finance-gansu-3"),
        new PaymentScheduleFollowed(Today, TheBatch, 2, new LeftOut(1, 2, 3, 4), EngineActors.PaymentSchedules),
        new PaymentScheduleEnded("改为人工组批", Cashier.Id),
        new DutyDelegated("sample-stand-in", Liangzhou, Gansu, Money.Yuan(200_000), Today, Today.PlusDays(7), "外出培训", Approver.Id, true),
        new AbsenceNoted(Today, Today.PlusDays(7), Gansu, Approver.Id), new AbsenceEnded(Approver.Id),
        new DelegationEnded(Approver.Id),
        .. ReliefGiven.Events, .. PayersGiven.Events,
        new PeriodClosed(PlanCode, BookMonth.Of("2025-10"), 417, Today, Gansu, Cashier.Id, "sample-finance-gansu-3"),
        new ContributionsEarned(PlanCode, BookMonth.Of("2025-10"), ProgrammeCode, Liangzhou,
            [new EarnedCover(2025, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), Cny("120.00"), Cny("89.75"), Cny("10.19"))]),
        new ReopeningProposed(BookMonth.Of("2025-10"), "一笔付款入账有误", Cashier.Id, "sample-finance-gansu-3"),
        new PeriodReopened(BookMonth.Of("2025-10"), Releaser.Id, "sample-finance-gansu-3"),
        new PlanYearClosed(PlanCode, 2025, 418, Today, Gansu, [new AccountBalance(BookAccount.ContributionsEarned, Cny("-120.00"))],
            Cny("120.00"), Cny("120.00"), Money.Zero, Cashier.Id, "sample-finance-gansu-3"),
    ];
}
