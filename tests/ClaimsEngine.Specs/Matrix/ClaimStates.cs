namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of a claim, of its public notice, and how they are reached.</summary>
public static class ClaimStates
{
    public static readonly RegionCode Minle = RegionCode.Of("620722");

    public static readonly Actor Finder = new("sample-officer-gansu", [Role.Officer], Gansu);
    public static readonly Actor SecondApprover = new("sample-approver-gansu-2", [Role.Approver], Gansu, Money.Yuan(1_000_000));
    public static readonly Actor National = new("sample-approver-national", [Role.Approver], RegionCode.National);
    private static readonly Actor InKunming = new("sample-officer-kunming", [Role.Officer], RegionCode.Of("5301"));
    private static readonly Money Granted = Money.Yuan(120_000);

    public static readonly Family<Claim> Claims = new("claim",
    [
        new("submitted", () => Submitted()),
        new("documented", () => Documented()),
        new("asked", () => Asked()),
        new("check late", () => Later(Submitted(), 30)),
        new("check overdue", () => Overdue(Submitted(), 30)),
        new("asked, late", () => Later(Asked(), 31)),
        new("expired", Expired),
        new("reclassified", () => Documented().Then(
            Finder, b => new ReclassifyClaim(Id(b), GradeOneDisability with { Grade = 2 }, "鉴定为二级"))),
        new("assessed", Assessed),
        new("asked anew", () => Assessed().Then(Officer, b => new RequestSupplement(Id(b), ["disabilityCertificate"]))),
        new("decision overdue", () => Overdue(Assessed(), 30)),
        new("needs review", () => Dear()),
        new("reviewed", () => Dear().Then(SecondApprover, b => new ReviewClaim(Id(b), ReviewFinding.Agree, "同意"))),
        new("approved", Approved),
        new("drawn", Drawn),
        new("looked at", () => Drawn().Then(National, b => new CompleteSecondLook(Id(b), SecondLookFinding.Confirmed, "无误"))),
        new("revoked", Revoked),
        new("settled", () => PaymentStates.SettledPayout(Approved())),
        new("bank returned", () => PaymentStates.ReturnedPayout(Approved())),
        new("refused", Refused),
        new("refused, final", () => Later(Refused(), 61)),
        new("refused, too old", () => Later(Refused(), 300)),
        new("appealed", Appealed),
        new("appeal late", () => Later(Appealed(), 60)),
        new("appeal withdrawn", () => Appealed().Then(Officer, b => new WithdrawAppeal(Id(b), "申领人撤回"))),
        new("upheld", () => Appealed().Then(National, b => new DecideAppeal(Id(b), AppealOutcome.Upheld, "维持"))),
        new("reversed", () => Appealed().Then(National, b => new DecideAppeal(Id(b), AppealOutcome.Reversed, "撤销"))),
        new("withdrawn", Withdrawn),
        new("reopened", () => Withdrawn().Then(
            SecondApprover, b => new ReopenClaim(Id(b), ReopeningCause.ClaimantAsks, "申请继续"))),
        new("suspected", () => Documented().Then(Finder, Suspicion)),
        new("assessed, suspected", () => Assessed().Then(Finder, Suspicion)),
        new("approved, suspected", () => Approved().Then(Finder, Suspicion)),
        new("sent, suspected", () => PaymentStates.ReleasedPayout(Approved()).Then(Finder, Suspicion)),
        new("settled, suspected", () => PaymentStates.SettledPayout(Approved()).Then(Finder, Suspicion)),
        new("refused, suspected", () => Refused().Then(Finder, Suspicion)),
        new("heirs", () => Heirs()),
        new("heirs approved", HeirsApproved),
        new("assisted", Assisted),
        new("certificate void", () => Assessed().Then(
            Approver, b => new VoidClaimedEnrolment(b.State<Claim>().Enrolment, "重复参保"))),
        new("told", () => Submitted().Then(Officer, b => new TellClaimant(Id(b), ANotice(b), ContactWay.Phone))),
    ],
    [
        .. Family<Claim>.Each(claim => claim.Status),
        ("suspected", claim => claim.Suspicions.Count > 0),
        ("supplement asked", claim => claim.Asked.Count > 0),
        ("overdue", claim => claim.Overdue is not null),
        ("with heirs", claim => claim.Heirs is not null),
        ("assisted", claim => claim.Assisting is not null),
        ("reviews needed", claim => claim.Assessment?.ReviewsNeeded > 0 && claim.Reviews.Count == 0),
        ("reviewed", claim => claim.Reviews.Count > 0),
        ("drawn for a second look", claim => claim is { Sampled: not null, SecondLook: null }),
        ("second look taken", claim => claim.SecondLook is not null),
        ("reclassified", claim => claim.Reclassifications.Count > 0),
        ("reopened", claim => claim.ReopenedBy.Count > 0),
        ("reversed", claim => claim.ReversedBy.Count > 0),
        ("flagged", claim => claim.Flags is { Count: > 0 }),
        ("told", claim => claim.Told.Count > 0),
        ("revoked", claim => claim.WasRevoked),
    ]);

    public static readonly Family<PublicNotice> Notices = new("public-notice",
    [
        new("running", () => Published()),
        new("over", () => Later(Published(), 10)),
        new("objected", () => Objected()),
        new("objected, over", () => Later(Objected(), 10)),
        new("dismissed", () => Objected().Then(National, b => Decide(b, ObjectionOutcome.Dismissed))),
        new("upheld", () => Objected().Then(National, b => Decide(b, ObjectionOutcome.Upheld))),
    ],
    [
        ("objected", notice => notice.Objections.Any(one => one.Outcome is null)),
        ("dismissed", notice => notice.Objections.Any(one => one.Outcome == ObjectionOutcome.Dismissed)),
        ("upheld", notice => notice.Objections.Any(one => one.Outcome == ObjectionOutcome.Upheld)),
    ]);

    /// <summary>Brings a case further on. The command must be taken.</summary>
    public static Built Then(this Built built, Actor by, Func<Built, Command> command)
    {
        var decision = built.World.Do(by, command(built));
        Assert.True(decision.Refusal is null && !decision.IsNothing, $"{command(built).GetType().Name}: {decision.Refusal}");
        return built;
    }

    public static Built Later(Built built, int days)
    {
        built.World.Now += Duration.FromDays(days);
        return built;
    }

    public static ClaimId Id(Built built) => new(built.Of);

    /// <summary>The sample notice about the claim that the world is about.</summary>
    public static NoticeId ANotice(Built built)
    {
        var notice = new NoticeId(Given.Id(70));
        built.World.Notices[notice] = Id(built);
        return notice;
    }

    public static Built Documented(World? world = null)
    {
        world ??= World.WithAProgramme();
        return new Built(world, Journey.ToAClaimWithAllPapers(world).Value);
    }

    public static Built Assessed() => Documented().Then(Assessor, b => new AssessClaim(Id(b)));

    public static Built Approved() => Assessed().Then(Approver, b => new ApproveClaim(Id(b), Granted, "材料齐全"));

    public static Built Revoked() =>
        Approved().Then(SecondApprover, b => new RevokeApproval(Id(b), RevocationCause.OfficeError, "鉴定书非本人", "第八条"));

    public static Built Refused() => Assessed().Then(Approver, b => new RefuseClaim(Id(b), "不属于保障责任", "第五条"));

    public static Built Appealed() => Refused().Then(Officer, b => new AppealRefusal(Id(b), "伤残鉴定结论可以证明"));

    public static Built HeirsApproved() => Heirs().Then(Approver, b => new ApproveClaim(Id(b), Granted, "材料齐全"));

    public static Built Heirs(World? world = null)
    {
        world ??= World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        return new Built(world, Journey.ToADeathWithAllPapers(world, enrolment).Value).Then(Assessor, b => new AssessClaim(Id(b)));
    }

    /// <summary>Approved where the organiser of the example publishes what it grants before it pays (seeds/handling).</summary>
    public static Built Published(World? world = null)
    {
        world ??= World.WithAProgramme();
        var enrolment = world.Do(Finder, new Enrol(Journey.TheDriver with { Region = Minle }, ProgrammeCode)).The<EnrolmentStarted>();
        var claim = world.Do(Finder, Trials.OfDisability(enrolment.Enrolment)).The<ClaimSubmitted>().Claim;
        foreach (var kind in DisabilityPapers)
            world.Do(Finder, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        world.Do(Finder with { Id = Assessor.Id }, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new ApproveClaim(claim, Granted, "材料齐全")).The<PublicNoticeOpened>();
        return new Built(world, PublicNoticeId.Of(claim).Value);
    }

    /// <summary>So much that it is reviewed before the approval and drawn for a second look after it.</summary>
    private static Built Dear() => Documented(World.WithAProgramme(card: ACard(card =>
    {
        card["benefits"]![1]!["byGrade"]!["perUnit"] = "600000.00";
        card["caps"]!["perPeriod"] = "600000.00";
    }))).Then(Assessor, b => new AssessClaim(Id(b)));

    private static Built Drawn() => Dear().Then(SecondApprover, b => new ReviewClaim(Id(b), ReviewFinding.Agree, "同意"))
        .Then(Approver, b => new ApproveClaim(Id(b), Money.Yuan(600_000), "材料齐全"));

    public static Built Submitted(World? world = null)
    {
        world ??= World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        return new Built(world, world.Do(Officer, Trials.OfDisability(enrolment)).The<ClaimSubmitted>().Claim.Value);
    }

    private static Built Asked() => Submitted().Then(Officer, b => new RequestSupplement(Id(b), Text: "请补正"));

    private static Built Overdue(Built built, int days) => Later(built, days).Then(Finder, b => new PassDeadline(Id(b)));

    private static Built Expired() => Overdue(Asked(), 31);

    private static Built Withdrawn() => Assessed().Then(Officer, b => new WithdrawClaim(Id(b), "申领人撤回"));

    public static RaiseSuspicion Suspicion(Built built) => new(Id(built), SuspicionKind.FalsePapers, "样例：印章可疑");

    private static Built Assisted()
    {
        var world = World.WithAProgramme();
        var number = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().CertificateNumber;
        return new Built(world, world.Do(InKunming, Trials.Assisted(number)).The<ClaimSubmitted>().Claim.Value);
    }

    private static Built Objected() =>
        Published().Then(Finder, b => new RaiseObjection(b.State<PublicNotice>().Claim, "反映不实"));

    private static DecideObjection Decide(Built built, ObjectionOutcome outcome) =>
        new(built.State<PublicNotice>().Claim, 1, outcome, "已核实");
}
