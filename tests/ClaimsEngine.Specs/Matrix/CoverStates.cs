namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of cover and of what it rests on: enrolments, plans, programmes, employers, people.</summary>
public static class CoverStates
{
    public const string OtherEmployer = "SAMPLE-0002";

    /// <summary>The employer's share of the pending certificate.</summary>
    public static RecordContribution Share(Built built) => new(new(built.Of), Company, Money.Yuan(40), "T-1", Today);

    public static readonly Family<Enrolment> Enrolments = new("enrolment",
    [
        new("before cover", () => DirectEntry()),
        new("in force", () => InForce()),
        new("waits for payment", () => Pending()),
        new("paid", () => Pending().Then(Cashier, Share)),
        new("paid, returned", () => Pending().Then(Cashier, Share).Then(Cashier, b => ReturnContributionSpecs.Back(new(b.Of)))),
        new("waits for ratio", AwaitsRatio),
        new("claim open", () => OfClaim(ClaimStates.Documented())),
        new("benefit granted", () => OfClaim(ClaimStates.Approved())),
        new("claim refused", () => OfClaim(ClaimStates.Refused())),
        new("cancelled early", () => DirectEntry().Then(Officer, Cancellation)),
        new("cancelled in term", () => ClaimStates.Later(DirectEntry(), 30).Then(Officer, Cancellation)),
        new("cancelled, paid", () => CancelledPaid()),
        new("refunded", () => Refunding(CancelledPaid())),
        new("void", () => InForce().Then(Officer, b => new VoidEnrolment(new(b.Of), "重复参保"))),
        new("lapsed", () => Pending().Then(Cashier, b => new LapseEnrolment(new(b.Of), "单位未缴费"))),
        new("over", () => ClaimStates.Later(InForce(), 60)),
    ],
    [
        .. Family<Enrolment>.Each(enrolment => enrolment.Status),
        .. Enum.GetValues<WaitsFor>().Select(what =>
            ($"waits for {what}", (Func<Enrolment, bool>)(enrolment => enrolment.WaitsFor.Contains(what)))),
        ("open claim", enrolment => enrolment.OpenClaims.Count > 0),
        ("benefit granted", enrolment => enrolment.Benefits > 0),
        ("paid", enrolment => enrolment.Paid.Count > 0),
        ("returned", enrolment => enrolment.Returned.Count > 0),
        ("to be refunded", enrolment => enrolment.Refunds(Today).Count > enrolment.RefundOrders.Count),
        ("refunded", enrolment => enrolment.RefundOrders.Count > 0),
    ]);

    public static readonly Family<Programme> Programmes = new("programme",
    [
        new("open", () => OfProgramme(World.WithAProgramme(quota: 10))),
        new("allocated", () => OfProgramme(World.WithAProgramme(quota: 10)).Then(PlanAdmin, _ => Allocation(Wuwei))),
        new("all allocated", () => OfProgramme(World.WithAProgramme(quota: 5)).Then(PlanAdmin, _ => Allocation(Lanzhou))),
        new("full", () => OfProgramme(InForce(quota: 1).World)),
        new("with a budget", () => OfProgramme(World.OfSharedFunding(budget: Money.Yuan(800)))),
        new("over", () => ClaimStates.Later(OfProgramme(World.WithAProgramme(quota: 10)), 60)),
    ],
    [
        ("budget", programme => programme.Budget is not null), ("allocated", programme => programme.Allocations.Count > 0),
        ("not allocated", programme => programme.Allocations.Count == 0),
    ]);

    public static readonly Family<Plan> Plans = new("plan",
    [
        new("proposed", Proposed),
        new("published", () => Proposed().Then(SecondPlanAdmin, _ => new ConfirmPlanVersion(PlanCode, 1))),
        new("rejected", () => Proposed().Then(SecondPlanAdmin, _ => new RejectPlanVersion(PlanCode, 1, "金额有误"))),
        new("next proposed", () => Proposed().Then(SecondPlanAdmin, _ => new ConfirmPlanVersion(PlanCode, 1))
            .Then(PlanAdmin, _ => new ProposePlanVersion(PlanCode, 2, Today.PlusDays(10), ACard()))),
    ],
    [
        ("first proposed", plan => plan is { Proposal: not null, Latest: null }),
        ("published", plan => plan is { Proposal: null, Latest: not null }),
        ("next proposed", plan => plan is { Proposal: not null, Latest: not null }),
        ("nothing", plan => plan is { Proposal: null, Latest: null }),
    ]);

    public static readonly Family<Employer> Employers = new("employer",
    [
        new("registered", () => AtWork(World.WithAProgramme())),
        new("covered", () => Employed(World.WithAProgramme())),
    ]);

    public static readonly Family<Person> People = new("person",
    [
        new("known", () => OfPerson(InForce())),
        new("barred", () => OfPerson(new Built(OfficeStates.Confirmed().World, default))),
    ],
    [("barred", person => person.Bars.Count > 0)]);

    /// <summary>Both payers have paid, and the certificate was cancelled before its cover began.</summary>
    public static Built CancelledPaid() => Pending()
        .Then(Cashier, Share).Then(Cashier, b => new RecordContribution(new(b.Of), "甘肃省总工会", Money.Yuan(80), "T-1", Today))
        .Then(Officer, Cancellation);

    /// <summary>The employer's refund was ordered.</summary>
    public static Built Refunding(Built cancelled)
    {
        cancelled.World.WithThePayer();
        return cancelled.Then(Cashier, b => new OrderRefunds(new(b.Of), Company));
    }

    /// <summary>The payout of a refund to an organisation.</summary>
    public static Built Refunded() => PaymentStates.ThePayout(Refunding(CancelledPaid()));

    private static CancelEnrolment Cancellation(Built built) => new(new(built.Of), "本人退出");

    public static Built InForce(int quota = 10_000) => Entered(World.WithAProgramme(quota));

    private static Built Entered(World world, Enrol? enrol = null) =>
        new(world, world.Do(Officer, enrol ?? new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment.Value);

    public static Built Pending(World? world = null) => Entered(world ?? World.OfSharedFunding());

    /// <summary>Under the plan alone, with cover from the next day.</summary>
    private static Built DirectEntry()
    {
        var world = new World();
        world.Publish(PlanCode, 1, new LocalDate(2025, 1, 1), ACardOfDirectEntry());
        return Entered(world, new Enrol(Journey.TheDriver, Plan: PlanCode));
    }

    /// <summary>The first of an employer, of whose people three quarters have to take part.</summary>
    private static Built AwaitsRatio() => Employed(World.WithAProgramme(card: ACard(card =>
        card["eligibility"]!["participation"] = new JsonObject { ["percent"] = 75 })), enrolment: true);

    private static Built Employed(World world, bool enrolment = false)
    {
        var employer = AtWork(world);
        var entered = Entered(world, new Enrol(Journey.TheDriver, ProgrammeCode, Employer: EmployerCode));
        return enrolment ? entered : employer;
    }

    private static Built AtWork(World world)
    {
        world.Do(Officer, new RegisterEmployer(EmployerCode, "样例运输有限公司", Liangzhou, 120, 40)).The<EmployerRegistered>();
        return new Built(world, EmployerId.Of(EmployerCode).Value);
    }

    private static Built OfClaim(Built claim) => claim with { Of = claim.State<Claim>().Enrolment.Value };

    private static Built OfProgramme(World world) => new(world, ProgrammeId.Of(ProgrammeCode).Value);

    private static Built OfPerson(Built built) => built with { Of = built.World.All<Person>().First().StreamId };

    private static AllocatePlaces Allocation(RegionCode region) => new(ProgrammeCode, region, 5);

    private static Built Proposed()
    {
        var world = new World();
        world.Do(PlanAdmin, new ProposePlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard())).The<PlanVersionProposed>();
        return new Built(world, PlanId.Of(PlanCode).Value);
    }
}
