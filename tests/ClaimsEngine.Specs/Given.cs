namespace ClaimsEngine.Specs;

/// <summary>
/// The "given" of a spec: who acts, and states in plain words. A state is always the fold of its events, never built by hand; persons,
/// numbers and accounts are plainly samples.
/// </summary>
public static class Given
{
    public const string PlanCode = "gansu-2025-new-employment";
    public const string ProgrammeCode = "gansu-2025-new-employment";

    public static readonly RegionCode Gansu = RegionCode.Of("62"), Wuwei = RegionCode.Of("6206"),
        Liangzhou = RegionCode.Of("620602"), Lanzhou = RegionCode.Of("6201");

    public static readonly LocalDate Today = new(2025, 11, 20);
    public static readonly LocalDate IncidentDay = new(2025, 10, 20);

    public static readonly Actor Officer = new("sample-officer-liangzhou", [Role.Officer], Liangzhou);
    public static readonly Actor Assessor = new("sample-officer-wuwei", [Role.Officer], Wuwei);
    public static readonly Actor Approver = new("sample-approver-gansu", [Role.Approver], Gansu, Money.Yuan(1_000_000));
    public static readonly Actor Cashier = new("sample-finance-gansu-1", [Role.Finance], Gansu);
    public static readonly Actor Releaser = new("sample-finance-gansu-2", [Role.Finance], Gansu);
    public static readonly Actor ThirdCashier = new("sample-finance-gansu-3", [Role.Finance], Gansu);
    public static readonly Actor PlanAdmin = new("sample-plan-admin", [Role.PlanAdmin], RegionCode.National);
    public static readonly Actor SecondPlanAdmin = new("sample-plan-admin-2", [Role.PlanAdmin], RegionCode.National);

    public static readonly PersonId DriverId = new(Id(1)), RelativeId = new(Id(2));
    public static readonly AccountId DriversAccount = new(Id(3)), RelativesAccount = new(Id(4));
    public static readonly EnrolmentId TheEnrolment = new(Id(5));
    public static readonly ClaimId TheClaim = new(Id(6));
    public static readonly PayoutId ThePayout = new(Id(7)), OtherPayout = new(Id(8));
    public static readonly PaymentBatchId TheBatch = new(Id(9));
    public static readonly BankStatementId TheStatement = new(Id(131));
    public static readonly PaymentScheduleId TheSchedule = new(Id(130));

    public static readonly IdentityNumber DriversNumber = IdentityNumber.Of("620602198503120010");
    public static readonly IdentityNumber RelativesNumber = IdentityNumber.Of(
        "62060219870415002" + IdentityNumber.CheckCharacter("62060219870415002"));
    public static readonly AccountDetails DriversAccountDetails = new(
        "样例银行武威凉州支行", BankCardNumber.Of("6222020000000000018"), "陈样例");
    public static readonly AccountDetails GuardiansAccountDetails = new(
        "样例银行武威凉州支行", BankCardNumber.Of("6222020000000000026"), "李样例",
        new OtherHolder(HolderGround.GuardianOfAdult, "法院指定监护人，见指定监护决定书"));
    public static readonly AccountDetails RelativesAccountDetails = new(
        "样例银行武威凉州支行", BankCardNumber.Of("6222020000000000026"), "李样例");

    public static readonly IReadOnlyList<string> DisabilityPapers =
        ["eventStatement", "identityDocument", "disabilityCertificate", "accountProof"];

    /// <summary>The seeded card of the Gansu case as JSON.</summary>
    public static JsonObject CardJson() =>
        Repository.Json(Repository.Seeds("plans", "gansu-2025-new-employment.v1.json"))["card"]!.DeepClone().AsObject();

    /// <summary>The seeded card, changed.</summary>
    public static JsonElement ACard(Action<JsonObject>? change = null)
    {
        var card = CardJson();
        change?.Invoke(card);
        return JsonSerializer.SerializeToElement(card);
    }

    /// <summary>The seeded card with cover from the day after enrolment, without programme.</summary>
    public static JsonElement ACardOfDirectEntry(Action<JsonObject>? change = null) => ACard(card =>
    {
        card["cover"]!["start"] = "nextDay";
        change?.Invoke(card);
    });

    /// <summary>The data of a golden event.</summary>
    public static T Golden<T>(int version = 1) =>
        Repository.Json(Repository.Seeds("events", $"{EventTypes.NameFor(typeof(T))}.v{version}.json"))["data"]
            .Deserialize<T>(ClaimsJson.Options)!;

    /// <summary>A day written as in a request.</summary>
    public static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    /// <summary>An amount written as in a request.</summary>
    public static Money Cny(string text) => Money.TryParse(text, out var amount, out var error) ? amount : throw new FormatException(error);

    /// <summary>A GUID that reads as its number.</summary>
    public static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The state that these events make.</summary>
    public static T StateOf<T>(params IEnumerable<object> events) where T : AggregateState, IAggregate<T> =>
        Fold.Of<T>(events) ?? throw new InvalidOperationException($"these events make no {T.StreamType}");

    public static T After<T>(this T state, params IEnumerable<object> events) where T : AggregateState, IAggregate<T> =>
        Fold.On(state, events)!;

    /// <summary>The state of this kind after a decision on top of what was.</summary>
    public static T After<T>(this T state, Decision decision) where T : AggregateState, IAggregate<T> =>
        state.After(decision.Changes.Where(change => change.Stream == state.StreamId).SelectMany(change => change.Events));

    // plans

    public static PlanVersionProposed VersionProposed(int version = 1, LocalDate? from = null, JsonElement? card = null)
    {
        var json = card ?? ACard();
        return new(PlanCode, version, from ?? new LocalDate(2025, 1, 1), json, CardReading.Hash(json), PlanAdmin.Id);
    }

    /// <summary>Proposed by one plan administrator, confirmed by another.</summary>
    public static PlanVersionPublished VersionPublished(int version = 1, LocalDate? from = null, JsonElement? card = null)
    {
        var json = card ?? ACard();
        return new(PlanCode, version, from ?? new LocalDate(2025, 1, 1), json, CardReading.Hash(json), PlanAdmin.Id, SecondPlanAdmin.Id);
    }

    public static PlanVersionRejected VersionRejected(int version = 1, JsonElement? card = null) =>
        new(PlanCode, version, CardReading.Hash(card ?? ACard()), "金额有误", SecondPlanAdmin.Id);

    public static Plan AProposedPlan(JsonElement? card = null) => StateOf<Plan>(VersionProposed(card: card));

    public static Plan APlan() => StateOf<Plan>(VersionPublished());

    /// <summary>The rules that bind the sample enrolment.</summary>
    public static PlanVersion TheRules() => APlan().Version(1)!;

    /// <summary>The plan as it was first published, its card in format 1 and confirmed by nobody.</summary>
    public static Plan APlanOfFormat1() => StateOf<Plan>(Golden<PlanVersionPublished>());

    public static Plan APlanWith(JsonElement card) => StateOf<Plan>(VersionPublished(card: card));

    /// <summary>A second version from 2026 on, with a contribution of 150 yuan.</summary>
    public static Plan APlanOfTwoVersions() =>
        APlan().After(VersionPublished(2, new LocalDate(2026, 1, 1), ACard(card => card["prices"]![0]!["perUnit"] = "150.00")));

    // programmes

    public static ProgrammeOpened Opened(int quota = 10_000, IReadOnlyList<RegionCode>? regions = null) => new(
        ProgrammeCode, "甘肃省2025年为民实事：新就业形态劳动者互助保障", PlanCode, 1, "甘肃省总工会", quota, new LocalDate(2025, 1, 1),
        new LocalDate(2025, 12, 31), regions ?? [Gansu], [Occupation.Of("truckDriver"), Occupation.Of("courier")],
        [new FundingShare("甘肃省总工会", Money.Yuan(120))], PlanAdmin.Id);

    public static PlacesAllocated Allocated(RegionCode region, int places, string from) =>
        new(region, places, $"{Programme.RootPool(ProgrammeCode)}/{region}", from, PlanAdmin.Id);

    public static Programme AProgramme() => StateOf<Programme>(Opened());

    /// <summary>10,000 places, of which 700 for Wuwei, of which 100 for Liangzhou.</summary>
    public static Programme AProgrammeAllocatedDownToLiangzhou() => AProgramme().After(
        Allocated(Wuwei, 700, Programme.RootPool(ProgrammeCode)),
        Allocated(Liangzhou, 100, $"{Programme.RootPool(ProgrammeCode)}/6206"));

    // persons

    public static PersonRegistered DriverRegistered() => new(DriverId, "陈样例", DriversNumber, "000-0000-0001", Liangzhou, Officer.Id);

    public static Person ATruckDriver() => StateOf<Person>(DriverRegistered());

    public static AccountRegistered DriversAccountRegistered() => new(
        DriversAccount, DriversAccountDetails.Bank, DriversAccountDetails.Number, DriversAccountDetails.Holder, Officer.Id);

    public static Account TheAccount() => Account.Of(DriversAccountRegistered());

    public static Person ATruckDriverWithAnAccount() => ATruckDriver().After(DriversAccountRegistered());

    /// <summary>A person and, if named, an account that were on record before.</summary>
    public static PersonOnRecord Known(PersonId person, AccountId? account = null) => new(person, account, Decision.Nothing);

    // employers
    public const string EmployerCode = "SAMPLE-0001";
    public static EmployerRegistered Listed(int staff = 120, int women = 40) =>
        new(EmployerCode, "样例运输有限公司", Liangzhou, staff, women, Officer.Id);
    public static EmployerCovered CoveredTogether(LocalDate? from = null, int units = 1, string? programme = ProgrammeCode) => new(
        PlanCode, programme, from ?? new LocalDate(2025, 1, 1), (from ?? new LocalDate(2025, 1, 1)).PlusYears(1).PlusDays(-1), units,
        Officer.Id);

    /// <summary>120 people in Liangzhou, 40 of them women.</summary>
    public static Employer AnEmployer() => StateOf<Employer>(Listed());

    // enrolments

    public static EnrolmentStarted Enrolled(int units = 1) => new(
        TheEnrolment, "E62-20250301-7K3F9QTN", DriverId, PlanCode, 1, ProgrammeCode, Occupation.Of("truckDriver"), Liangzhou, Sex.Male, 39,
        units, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), Money.Yuan(120) * units,
        [new FundingShare("甘肃省总工会", Money.Yuan(120) * units)], Programme.RootPool(ProgrammeCode), Officer.Id);

    public static BenefitUsed Used(Money amount) => new(TheClaim, ThePayout, amount, Approver.Id, IncidentKind.Disability);

    public static BenefitCounted Counted(Money amount) =>
        new(DriverId, TheClaim, PlanCode, null, IncidentKind.Disability, amount, Approver.Id);

    public static Enrolment AnEnrolledTruckDriver() => StateOf<Enrolment>(Enrolled());

    public const string Company = "样例物流公司";

    /// <summary>80 yuan of the federation, guaranteed, and 40 of the employer, due before cover.</summary>
    public static EnrolmentStarted EnrolledPending() => Enrolled() with
    {
        Funding = [new FundingShare("甘肃省总工会", Money.Yuan(80)), new FundingShare(Company, Money.Yuan(40), Due: true)], Pending = true,
    };

    public static Enrolment APendingEnrolment() => StateOf<Enrolment>(EnrolledPending());

    // claims

    public static readonly Incident GradeOneDisability = new(IncidentKind.Disability, IncidentDay, 1);
    public static readonly Incident DeathByAccident = new(IncidentKind.AccidentDeath, IncidentDay);

    public static ClaimSubmitted Submitted(Incident? incident = null) => new(
        TheClaim, "C62-20251101-7K3F9QTN", TheEnrolment, DriverId, PlanCode, 1, ProgrammeCode, Liangzhou, incident ?? GradeOneDisability,
        DriverId, Relation.Self, DriverId, DriversAccount, DisabilityPapers, Officer.Id);

    public static string Digest(int number) => number.ToString("x64");

    public static DocumentReceived Received(int number, string kind, bool fillsGap = true) =>
        new(new DocumentId(Id(100 + number)), kind, Digest(number), fillsGap, Officer.Id);

    public static IEnumerable<DocumentReceived> AllPapers() => DisabilityPapers.Select((kind, number) => Received(number, kind));

    public static ClaimAssessed Assessed(Money? used = null, Incident? incident = null, Actor? by = null)
    {
        var version = TheRules();
        var enrolment = used is { } amount ? AnEnrolledTruckDriver().After(Used(amount)) : AnEnrolledTruckDriver();
        var facts = CaseFacts.Of(incident ?? GradeOneDisability, 1, enrolment.Used, enrolment.Cover, null,
            BenefitAccount.CountersFor(enrolment, version.Card, null));
        var assessment = Adjudication.Assess(version.Card, facts).Assessment!;
        return new ClaimAssessed(assessment.Amount, facts, assessment.Steps, 1, version.RuleHash,
            Adjudication.InterpreterFor(version.Card), (by ?? Assessor).Id,
            DecisionLevel: HandlingRules.For(Liangzhou, Today).LevelFor(assessment.Amount));
    }

    public static Claim ASubmittedClaim() => StateOf<Claim>(Submitted());

    public static Claim AClaimWithAllPapers() => ASubmittedClaim().After(AllPapers());

    /// <summary>Submitted by the officer of Liangzhou, assessed at 120,000.00 by the officer of Wuwei.</summary>
    public static Claim AnAssessedClaim() => AClaimWithAllPapers().After(Assessed());

    public static Claim AnApprovedClaim() =>
        AnAssessedClaim().After(new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "材料齐全"));

    /// <summary>By the approver of Gansu today: an appeal is possible for 60 days.</summary>
    public static readonly ClaimRefused TheRefusal = new("不属于保障责任", "第五条", Approver.Id, Gansu, new LocalDate(2026, 1, 19));

    public static Claim ARefusedClaim() => AnAssessedClaim().After(TheRefusal);

    public static readonly ClaimAppealed TheAppeal =
        new("伤残鉴定结论可以证明", Deadline.For(ClaimStep.AppealDecision, Liangzhou, Today), Officer.Id);

    public static Claim AnAppealedClaim() => ARefusedClaim().After(TheAppeal);

    /// <summary>Submitted today, with the deadline of its first step.</summary>
    public static Claim ATimedClaim() =>
        StateOf<Claim>(Submitted() with { Deadline = Deadline.For(ClaimStep.Check, Liangzhou, Today) });

    /// <summary>Published for five working days from the day of its approval.</summary>
    public static PublicNoticeOpened NoticeOpened() => new(
        PublicNoticeId.Of(TheClaim), TheClaim, "C62-20251101-7K3F9QTN", DriverId, PlanCode, 1, Liangzhou, Money.Yuan(120_000), Today,
        Day("2025-11-27"), "6207/1", "cn-2025/1", Approver.Id);

    public static PublicNotice APublicNotice() => StateOf<PublicNotice>(NoticeOpened());

    public static Claim AWithdrawnClaim() => AnAssessedClaim().After(new ClaimWithdrawn("申领人撤回", Officer.Id));

    // payouts

    public static PayoutOrdered Ordered(PayoutId? payout = null, RegionCode? region = null) => new(
        payout ?? ThePayout, TheClaim, "C62-20251101-7K3F9QTN", TheEnrolment, PlanCode, ProgrammeCode, region ?? Liangzhou,
        IncidentKind.Disability, Money.Yuan(120_000), DriverId, DriversAccount, Today, Approver.Id);

    public static Payout AnOrderedPayout(PayoutId? id = null, RegionCode? region = null) => StateOf<Payout>(Ordered(id, region));

    public static Payout AnAuthorisedPayout(PayoutId? id = null, RegionCode? region = null) =>
        AnOrderedPayout(id, region).After(new PayoutAuthorised(Cashier.Id));

    public static Payout ABatchedPayout(PayoutId? id = null) => AnAuthorisedPayout(id).After(new PayoutBatched(TheBatch, Cashier.Id));

    public static Payout ASentPayout() => ABatchedPayout().After(new PayoutSent(TheBatch, Releaser.Id));

    public static Payout ASettledPayout() => ASentPayout().After(new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id));

    public static Payout AReturnedPayout() =>
        ASentPayout().After(new PayoutReturned(TheBatch, "SAMPLE-BANK-0001", "户名不符", Releaser.Id));

    public static PaymentBatchAssembled Assembled() => new(
        TheBatch, "B62-20251120-7K3F9QTN", Liangzhou,
        [new PaymentLine(ThePayout, Money.Yuan(120_000)), new PaymentLine(OtherPayout, Money.Yuan(120_000))], Cashier.Id);

    public static readonly PaymentResult TheSettlement = new(ThePayout, PaymentOutcome.Settled, "SAMPLE-BANK-0001");
    public static readonly PaymentResult TheReturn = new(OtherPayout, PaymentOutcome.Returned, "SAMPLE-BANK-0002", "户名不符");

    public static readonly ReportedResult SettlementTold = new(ThePayout, ReportedOutcome.Settled, "SAMPLE-BANK-0001");
    public static readonly ReportedResult ReturnTold = new(OtherPayout, ReportedOutcome.Returned, "SAMPLE-BANK-0002", "户名不符");

    public static readonly ReleasedContent Content = new(
        Instant.FromUtc(2025, 11, 20, 4, 0), "default", 2, Money.Yuan(240_000), "sample-seal");

    public static Decision Releasing(ReleasePaymentBatch command, PaymentBatch batch, IReadOnlyList<Payout> payouts, Actor by) =>
        ReleasePaymentBatchHandler.Handle(command, new(batch, payouts, Content, null), by);

    public static Decision Assembling(
        AssemblePaymentBatch command, IReadOnlyList<Payout?> listed, PaymentBatchId id, Actor by, LocalDate today) =>
        AssemblePaymentBatchHandler.Handle(command, new(listed, null, id), by, today);

    /// <summary>Two payouts, authorised and assembled by the cashier.</summary>
    public static PaymentBatch AnAssembledBatch() => StateOf<PaymentBatch>(Assembled());

    public static PaymentBatch AReleasedBatch() => AnAssembledBatch().After(new PaymentBatchReleased(Releaser.Id));

    public static PaymentBatch ACompletedBatch() =>
        AReleasedBatch().After(new PaymentResultsRecorded([TheSettlement, TheReturn], Releaser.Id));

    // recoveries

    public static readonly RecoveryId TheRecovery = new(Id(90));

    /// <summary>20,000 of the 120,000 yuan, opened by the cashier.</summary>
    public static RecoveryOpened Reclaimed() => new(
        TheRecovery, "R62-20251120-7K3F9QTN", ThePayout, TheClaim, "C62-20251101-7K3F9QTN", DriverId, PlanCode, ProgrammeCode, Liangzhou,
        Money.Yuan(20_000), RecoveryCause.Overpayment, "复核发现多付", Today, Approver.Id, Cashier.Id,
        PlanYear: 2025);

    public static readonly InstalmentsAgreed TheInstalments = new(
        [
            new Instalment(new LocalDate(2025, 12, 31), Money.Yuan(12_000)), new Instalment(new LocalDate(2026, 1, 31), Money.Yuan(8_000)),
        ],
        Money.Zero, Cashier.Id);

    public static Recovery AnOpenedRecovery() => StateOf<Recovery>(Reclaimed());

    /// <summary>Confirmed by the releaser's colleague, so that the approver of Gansu has no part in it but the payment.</summary>
    public static Recovery AConfirmedRecovery() => AnOpenedRecovery().After(new RecoveryConfirmed("sample-approver-wuwei"));

    /// <summary>12,000 due on the last day of the year, 8,000 a month later.</summary>
    public static Recovery ARecoveryByInstalments() => AConfirmedRecovery().After(TheInstalments);

    // bars

    public static readonly BarId TheBar = new(Id(91));

    /// <summary>The driver, from today for a year, from everything in Wuwei.</summary>
    public static BarProposed BarAsked() =>
        new(TheBar, DriverId, BarScope.Both, Wuwei, Today, Today.PlusYears(1), "冒名申领已查实", Assessor.Id);

    public static Bar AProposedBar() => StateOf<Bar>(BarAsked());

    /// <summary>With every member.</summary>
    public static PayoutControls AllControls => new(
        HolderGround.GuardianOfAdult, Today.PlusDays(3), Money.Yuan(100_000), Officer.Id, "sample-officer-liangzhou-2", "default/1");
}
