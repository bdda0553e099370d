using static ClaimsEngine.Specs.Matrix.ClaimStates;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>One valid sample of every command of the engine, with the kind of case that it is tried on.</summary>
public static class Trials
{
    private const string Why = "样例";

    public static readonly IReadOnlyList<IFamily> Families =
    [
        ClaimStates.Claims, ClaimStates.Notices, PaymentStates.Payouts, PaymentStates.Batches, PaymentStates.Schedules,
        PaymentStates.Recoveries, PaymentStates.Statements,
        CoverStates.Enrolments, CoverStates.Programmes, CoverStates.Plans, CoverStates.Employers, CoverStates.People, ReliefStates.Funds,
        ReliefStates.Applications, BookStates.Books, OfficeStates.Bars,
        OfficeStates.Delegations, OfficeStates.Absences, OfficeStates.Webhooks,
        PayerStates.Payers,
    ];

    private static readonly Trial[] OfClaim =
    [
        OnClaim(c => new AddDocument(c, "eventStatement", "样例.pdf", Digest(7))),
        OnClaim(c => new AddPapers(
            c, [new Paper("accountProof", "样例.pdf", Digest(8), new PaperContent(PaperContent.Pdf, 600, Digest(9)))])),
        OnClaim(c => new AnswerSupplement(c, [new SentDocument("identityDocument", "样例.pdf", Digest(10))])),
        Trial.Of("claim", b => new CheckOriginal(Id(b), b.State<Claim>().Documents.FirstOrDefault()?.Id ?? new DocumentId(Given.Id(60)))),
        OnClaim(c => new RequestSupplement(c, Text: Why)),
        Trial.Of("claim", b => new ReclassifyClaim(Id(b), b.State<Claim>().Incident is { Grade: { } grade } disability
            ? disability with { Grade = grade + 1 } : DeathByAccident with { Date = IncidentDay.PlusDays(1) }, Why)),
        OnClaim(c => new PassDeadline(c)),
        OnClaim(c => new AssessClaim(c)),
        OnClaim(c => new ReviewClaim(c, ReviewFinding.Agree, Why)),
        Trial.Of("claim", b => new ApproveClaim(Id(b), b.State<Claim>().Assessment?.Amount ?? Money.Yuan(120_000), Why)),
        OnClaim(c => new RefuseClaim(c, Why)),
        OnClaim(c => new RevokeApproval(c, RevocationCause.OfficeError, Why)),
        OnClaim(c => new AppealRefusal(c, Why)),
        OnClaim(c => new DecideAppeal(c, AppealOutcome.Reversed, Why)),
        OnClaim(c => new CompleteSecondLook(c, SecondLookFinding.Questioned, Why)),
        OnClaim(c => new RaiseSuspicion(c, SuspicionKind.Collusion, Why)),
        OnClaim(c => new ClearSuspicion(c, SuspicionKind.FalsePapers, Why)),
        OnClaim(c => new WithdrawAppeal(c, Why)),
        OnClaim(c => new ReopenClaim(c, ReopeningCause.NewEvidence, Why)),
        OnClaim(c => new WithdrawClaim(c, Why)),
        Trial.Of("claim", b => new TellClaimant(Id(b), ANotice(b), ContactWay.Phone)),
        Trial.Of("public-notice", b => new RaiseObjection(b.State<PublicNotice>().Claim, Why)),
        Trial.Of("public-notice", b => new DecideObjection(b.State<PublicNotice>().Claim, 1, ObjectionOutcome.Dismissed, Why)),
    ];

    private static readonly Trial[] OfMoney =
    [
        Trial.Of("payout", b => new AuthorisePayout(new(b.Of))),
        Trial.Of("payout", b => new ReviewPayoutAccount(new(b.Of), AccountFinding.Accepted, Why)),
        Trial.Of("payout", b => new AssemblePaymentBatch([new(b.Of)])),
        Trial.Of("payment-schedule", _ => PaymentStates.Daily),
        Trial.Of("payment-schedule", b => new FollowPaymentSchedule(new(b.Of))),
        Trial.Of("payment-schedule", b => new EndPaymentSchedule(new(b.Of), Why)),
        Trial.Of("bank-statement", b => new ExplainStatementLine(new(b.Of), 2, Why)),
        Trial.Of("payout", b => PaymentStates.StatementOf(b, "2025-11-21")),
        Trial.Of("payout", b => new HoldPayout(new(b.Of), Why)),
        Trial.Of("payout", b => new ReleaseHold(new(b.Of), Why)),
        Trial.Of("payout", b => new ReissuePayout(new(b.Of), DriversAccountDetails, Why)),
        Trial.Of("payout", b => new OpenRecovery(new(b.Of), Money.Yuan(1_000), RecoveryCause.Overpayment, Why)),
        Trial.Of("payout", b => new ReissueRefund(new(b.Of), Why)),
        Trial.Of("payer", _ => PayersGiven.Registration),
        Trial.Of("payer", _ => new ProposePayerAccount(
            PayersGiven.PayerCode, PayersGiven.CompanysDetails with { Number = AccountNumber.Of("620000000000034") }, Why)),
        Trial.Of("payer", b => new ConfirmPayerAccount(
            PayersGiven.PayerCode, b.State<Payer>().Proposed?.Account.Number ?? PayersGiven.CompanysDetails.Number)),
        Trial.Of("payer", _ => new RejectPayerAccount(PayersGiven.PayerCode, Why)),
        Trial.Of("payment-batch", b => new ReleasePaymentBatch(new(b.Of))),
        Trial.Of("payment-batch", b => new DissolvePaymentBatch(new(b.Of), Why)),
        Trial.Of("payment-batch", b => new RecordPaymentResults(
            new(b.Of), [PaymentStates.ResultOf(b.State<PaymentBatch>().Lines[0].Payout, PaymentOutcome.Settled)])),
        Trial.Of("recovery", b => new ConfirmRecovery(new(b.Of))),
        Trial.Of("recovery", b => new CancelRecovery(new(b.Of), Why)),
        Trial.Of("recovery", b => new AgreeInstalments(
            new(b.Of), [new Instalment(Today.PlusMonths(3), Money.Max(b.State<Recovery>().Outstanding, Money.Yuan(1)))])),
        Trial.Of("recovery", b => new RecordRepayment(new(b.Of), Money.Yuan(500), Today, "B-1")),
        Trial.Of("recovery", b => new ProposeWriteOff(new(b.Of), Why)),
        Trial.Of("recovery", b => new ApproveWriteOff(new(b.Of), Why)),
    ];

    private static readonly Trial[] OfCover =
    [
        Trial.Of("enrolment", b => OfDisability(new(b.Of))),
        Trial.Of("enrolment", b => Assisted(b.State<Enrolment>().CertificateNumber)),
        Trial.Of("enrolment", b => new ReportOccurrence(
            TheDriver, [new(new(b.Of), GradeOneDisability), new(new(b.Of), GradeOneDisability with { Date = Today.PlusDays(-9) })])),
        Trial.Of("enrolment", CoverStates.Share),
        Trial.Of("enrolment", b => new ConfirmParticipation(new(b.Of))),
        Trial.Of("enrolment", b => new CancelEnrolment(new(b.Of), Why)),
        Trial.Of("enrolment", b => new VoidEnrolment(new(b.Of), Why)),
        Trial.Of("enrolment", b => new VoidClaimedEnrolment(new(b.Of), Why)),
        Trial.Of("enrolment", b => ReturnContributionSpecs.Back(new(b.Of))),
        Trial.Of("enrolment", b => new OrderRefunds(new(b.Of))),
        Trial.Of("enrolment", b => new LapseEnrolment(new(b.Of), Why)),
        Trial.Of("enrolment", b => new ChangeEmployer(new(b.Of), AnotherEmployer(b))),
        Trial.Of("programme", _ => new Enrol(
            new PersonDetails("李样例", RelativesNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode)),
        Trial.Of("programme", _ => new AllocatePlaces(ProgrammeCode, Wuwei, 2)),
        Trial.Of("programme", _ => new RaiseBudget(ProgrammeCode, Money.Yuan(1_200), "样例文号", Why)),
        Trial.Of("programme", _ => new OpenProgramme(
            ProgrammeCode, PlanCode, "甘肃省总工会", 10, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), [Gansu],
            [Occupation.Of("truckDriver")], [new FundingShare("甘肃省总工会", Money.Yuan(120))])),
        Trial.Of("plan", b => new ProposePlanVersion(PlanCode, (b.State<Plan>().Latest?.Number ?? 0) + 1, Today.PlusDays(20), ACard())),
        Trial.Of("plan", b => new ConfirmPlanVersion(PlanCode, (b.State<Plan>().Latest?.Number ?? 0) + 1)),
        Trial.Of("plan", b => new RejectPlanVersion(PlanCode, (b.State<Plan>().Latest?.Number ?? 0) + 1, Why)),
        Trial.Of("employer", _ => new RegisterEmployer(EmployerCode, "样例运输有限公司", Liangzhou, 120, 40)),
        Trial.Of("employer", _ => new CountStaff(EmployerCode, 90, 30)),
        Trial.Of("person", b => new CorrectPerson(new(b.Of), Why, Phone: "000-0000-0009")),
    ];

    private static readonly Trial[] OfOffice =
    [
        Trial.Of("relief-fund", _ => ReliefGiven.Opening),
        Trial.Of("relief-fund", _ => new AllocateReliefMoney(ReliefGiven.FundCode, Money.Yuan(100), Wuwei),
            repeatsBecause: "a level gets money again and again"),
        Trial.Of("relief-fund", _ => new ReturnReliefMoney(ReliefGiven.FundCode, Money.Yuan(100), Wuwei),
            repeatsBecause: "a level gives money back again and again"),
        Trial.Of("relief-fund", _ => new CloseReliefFund(ReliefGiven.FundCode, Why)),
        Trial.Of("relief-fund", _ => ReliefGiven.Application),
        Trial.Of("relief-application", b => new CheckReliefApplication(new(b.Of), Why)),
        Trial.Of("relief-application", b => new GrantRelief(new(b.Of), Money.Yuan(1_500), Why)),
        Trial.Of("relief-application", b => new RefuseRelief(new(b.Of), Why)),
        Trial.Of("relief-application", b => new WithdrawReliefApplication(new(b.Of), Why)),
        Trial.Of("plan-books", b => new ClosePeriod(PlanCode, BookStates.NextOf(b))),
        Trial.Of("plan-books", b => new ProposeReopening(PlanCode, BookStates.LastOf(b), Why)),
        Trial.Of("plan-books", b => new ConfirmReopening(PlanCode, BookStates.LastOf(b))),
        Trial.Of("plan-books", _ => new ClosePlanYear(PlanCode, 2025)),
        Trial.Of("bar", b => new ProposeBar(BarScope.Both, b.World.Now.Date(), b.World.Now.Date().PlusYears(1), Why,
            b.World.All<Enrolment>().First().Id), repeatsBecause: "a second bar of the same person is another case"),
        Trial.Of("bar", b => new ConfirmBar(new(b.Of))),
        Trial.Of("bar", b => new LiftBar(new(b.Of), Why)),
        Trial.Of("delegation", b => OfficeStates.Standing(b.World.Now.Date()), Given.Approver),
        Trial.Of("delegation", b => new EndDelegation(new(b.Of)), Given.Approver),
        Trial.Of("absence", b => OfficeStates.Absent(b.World.Now.Date()), Given.Approver),
        Trial.Of("absence", b => new EndAbsence(new(b.Of)), Given.Approver),
        Trial.Of("webhook", _ => new RegisterWebhook(OfficeStates.Address, ["*"], Gansu)),
        Trial.Of("webhook", b => new RotateWebhookSecret(new(b.Of)), repeatsBecause: "each time another secret signs"),
        Trial.Of("webhook", b => new PauseWebhook(new(b.Of), Why)),
        Trial.Of("webhook", b => new ResumeWebhook(new(b.Of))),
        Trial.Of("webhook", b => new RemoveWebhook(new(b.Of))),
    ];

    public static readonly IReadOnlyList<Trial> All = [.. OfClaim, .. OfMoney, .. OfCover, .. OfOffice];

    private static ClaimantDetails TheDriver => new("陈样例", DriversNumber, Relation.Self, DriversAccountDetails);

    public static SubmitClaim OfDisability(EnrolmentId enrolment) => new(enrolment, GradeOneDisability, TheDriver);

    public static SubmitAssistedClaim Assisted(string certificate) =>
        new(certificate, new NamedMember("陈样例", DriversNumber), GradeOneDisability, TheDriver);

    private static Trial OnClaim<TCommand>(Func<ClaimId, TCommand> make) where TCommand : Command => Trial.Of("claim", b => make(Id(b)));

    /// <summary>An employer to whom the member has not belonged.</summary>
    private static string AnotherEmployer(Built built)
    {
        built.World.Do(Officer, new RegisterEmployer(CoverStates.OtherEmployer, "样例物流有限公司", Liangzhou, 1, 0));
        return CoverStates.OtherEmployer;
    }
}
