namespace ClaimsEngine.Specs;

/// <summary>Under a sample plan that pays for disability, for illness by severity, for days in hospital and for deaths.</summary>
public class ReclassifyClaimSpecs
{
    private static readonly IReadOnlyList<string> IllnessPapers = ["eventStatement", "diagnosisCertificate", "accountProof"];

    private static readonly PlanCard Card = SampleCards.Of(
        new Benefit(IncidentKind.Disability, SampleCards.Clause, ByGrade: new GradeRule("jrt-0083-2013", Money.Yuan(120_000))),
        new Benefit(IncidentKind.CriticalIllness, SampleCards.Clause, Illness: new IllnessRule(
        [
            new IllnessAmount(Money.Yuan(3_000), Severity: Severity.Mild), new IllnessAmount(Money.Yuan(10_000), Severity: Severity.Severe),
        ])),
        new Benefit(IncidentKind.WomensIllness, SampleCards.Clause, Illness: new IllnessRule([new IllnessAmount(Money.Yuan(15_000))])),
        new Benefit(IncidentKind.HospitalDays, SampleCards.Clause, Allowance: new AllowanceRule(Money.Yuan(60))),
        new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(120_000))),
        new Benefit(IncidentKind.IllnessDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(20_000)))) with
    {
        Documents = new Dictionary<IncidentKind, IReadOnlyList<string>>
        {
            [IncidentKind.Disability] = DisabilityPapers, [IncidentKind.CriticalIllness] = IllnessPapers,
            [IncidentKind.WomensIllness] = IllnessPapers, [IncidentKind.HospitalDays] = ["dischargeRecord"],
            [IncidentKind.AccidentDeath] = ["deathCertificate"], [IncidentKind.IllnessDeath] = ["deathCertificate", "diagnosisCertificate"],
        },
    };

    private static readonly Incident Mild = new(IncidentKind.CriticalIllness, IncidentDay, Severity: Severity.Mild);
    private static readonly Incident Severe = Mild with { Severity = Severity.Severe };
    private static readonly Incident GradeSeven = GradeOneDisability with { Grade = 7 };

    [Fact]
    public void A_mild_illness_that_was_severe_is_assessed_anew_at_the_sum_of_the_severe_one()
    {
        var claim = Assessed(AnIllness(Mild));
        Assert.Equal(Money.Yuan(3_000), claim.Assessment!.Amount);
        var decision = Reclassify(claim, Severe);
        decision.Decides(new ClaimReclassified(Mild, Severe, IllnessPapers, [], "诊断为重度", Officer.Id));
        Assert.Empty(decision.Keys);   // the same illness, which the claim has
        var corrected = claim.After(decision);
        Assert.Equal((ClaimStatus.Submitted, null), (corrected.Status, corrected.Assessment));
        Assert.Equal(Money.Yuan(10_000), Assessed(corrected).Assessment!.Amount);
    }

    [Fact]
    public void The_same_incident_changes_nothing_however_often_it_is_told()
    {
        var stay = Stay("2025-03-01");
        Reclassify(AnIllness(Mild), Mild).ChangesNothing();
        Reclassify(AClaim(stay), Stay("2025-03-01")).ChangesNothing();
        Reclassify(AnIllness(Mild).After(Reclassify(AnIllness(Mild), Severe)), Severe).ChangesNothing();
    }

    [Fact]
    public void Only_an_open_claim_is_reclassified()
    {
        foreach (var claim in new[] { AnApprovedClaim(), ARefusedClaim(), AnAppealedClaim(), AWithdrawnClaim() })
            Reclassify(claim, GradeSeven).IsRefused(Refuse.WrongState);
        Reclassify(ARefusedClaim(), GradeOneDisability).IsRefused(Refuse.WrongState);   // though nothing differs
    }

    [Fact]
    public void A_death_is_not_made_of_another_incident_nor_the_reverse_since_others_are_paid()
    {
        Assert.Contains("withdraw",
            Reclassify(ASubmittedClaim(), DeathByAccident).IsRefused(Refuse.PayeeWouldChange, "incident.kind").Detail);
        Reclassify(AClaim(DeathByAccident), GradeSeven).IsRefused(Refuse.PayeeWouldChange, "incident.kind");
    }

    [Fact]
    public void One_death_may_be_of_another_cause()
    {
        var illness = DeathByAccident with { Kind = IncidentKind.IllnessDeath };
        var decision = Reclassify(AClaim(DeathByAccident), illness);
        Assert.Equal(["deathCertificate", "diagnosisCertificate"], decision.The<ClaimReclassified>().RequiredDocuments);
        Assert.Empty(decision.Keys);   // a member dies once
    }

    [Fact]
    public void Another_kind_asks_for_its_own_papers()
    {
        var claim = AClaimWithAllPapers();
        var decision = Reclassify(claim, Severe);
        Assert.Equal(["diagnosisCertificate"], decision.The<ClaimReclassified>().Missing);
        Assert.Equal(IllnessPapers, claim.After(decision).RequiredDocuments);
        Assert.Equal(["diagnosisCertificate"], claim.After(decision).MissingDocuments);
    }

    [Fact]
    public void The_incident_that_it_was_is_free_and_the_one_that_it_is_is_taken()
    {
        var (was, now) = (Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), Claim.IncidentKeys(TheEnrolment, Severe).Single());
        Reclassify(ASubmittedClaim(), Severe).Guards(was, TheClaim.Value, take: false).Guards(now, TheClaim.Value, Refuse.DuplicateClaim);
    }

    [Fact]
    public void Of_a_longer_stay_only_the_days_that_are_added_are_taken()
    {
        var decision = Reclassify(AClaim(Stay("2025-03-01", days: 3)), Stay("2025-03-02", days: 3));
        Assert.Equal(["2025-03-04"], Days(decision, take: true));
        Assert.Equal(["2025-03-01"], Days(decision, take: false));
        Assert.Equal("incident.admissions", decision.Keys.Single(guarded => guarded.Change.Take).Otherwise!.Field);

        static IEnumerable<string> Days(Decision decision, bool take) =>
            decision.Keys.Where(guarded => guarded.Change.Take == take).Select(guarded => guarded.Change.Key.Value[^10..]);
    }

    [Fact]
    public void What_another_claim_has_is_not_taken()
    {
        var world = World.WithAProgramme();
        var first = Journey.ToAClaimWithAllPapers(world);
        var nextDay = GradeOneDisability with { Date = IncidentDay.PlusDays(1) };
        Journey.ToAClaimWithAllPapers(world, nextDay, world.All<Enrolment>().Single().Id);
        world.Do(Officer, new ReclassifyClaim(first, nextDay, "日期有误")).IsRefused(Refuse.DuplicateClaim, "incident.date");
    }

    [Fact]
    public void All_is_asked_of_the_incident_that_a_new_claim_is_asked()
    {
        Reclassify(ASubmittedClaim(), new Incident(IncidentKind.Hospitalisation, IncidentDay))
            .IsRefused(Refuse.BenefitNotCovered, "incident.kind");
        Reclassify(ASubmittedClaim(), Mild with { Kind = IncidentKind.WomensIllness }).IsRefused(Refuse.SexNotCovered, "incident.kind");
        Reclassify(ASubmittedClaim(), GradeSeven with { Date = Today.PlusDays(1) }).IsRefused(Refuse.IncidentInFuture, "incident.date");
        Reclassify(ASubmittedClaim(), GradeSeven with { Date = Day("2024-12-31") }).IsRefused(Refuse.IncidentOutsideCover, "incident.date");
        Reclassify(ASubmittedClaim(), Mild with { Severity = null }).IsRefused(Refuse.IncidentIncomplete, "incident.severity");
        Reclassify(ASubmittedClaim(), Mild with { DiagnosedOn = Day("1970-01-01") })
            .IsRefused(Refuse.InvalidRequest, "incident.diagnosedOn");
        Reclassify(ASubmittedClaim(), GradeSeven, AnEnrolledTruckDriver().After(new EnrolmentVoided("职业填报不实", null, Officer.Id)))
            .IsRefused(Refuse.NotInForce);
        Reclassify(ASubmittedClaim(), GradeSeven, death: AClaim(DeathByAccident with { Date = IncidentDay.PlusDays(-1) }).After(
                new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "材料齐全")))
            .IsRefused(Refuse.IncidentOutsideCover, "incident.date");
    }

    [Fact]
    public void The_time_to_apply_was_kept_and_is_not_asked_again()
    {
        var world = World.WithAProgramme(card: ACard(card => card["claimWindow"] = new JsonObject { ["applicationMonths"] = 2 }));
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Now = Instant.FromUtc(2026, 3, 1, 4, 0);
        world.Do(Officer, new ReclassifyClaim(claim, GradeSeven, "鉴定为七级")).The<ClaimReclassified>();
        Assert.Equal(Money.Yuan(48_000), world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>().Amount);
    }

    [Fact]
    public void What_an_approver_has_to_look_at_is_found_anew()
    {
        var late = StateOf<Enrolment>(Enrolled() with { EnrolledOn = IncidentDay });
        var claim = ASubmittedClaim();
        var flagged = claim.After(Reclassify(claim, GradeSeven with { Date = IncidentDay.PlusDays(-1) }, late));
        Assert.Equal([ClaimFlags.IncidentBeforeEnrolment], flagged.Flags!);
        Assert.Null(flagged.After(Reclassify(flagged, GradeSeven, late)).Flags);
    }

    [Fact]
    public void Who_reclassified_a_claim_does_not_decide_it()
    {
        var claim = Assessed(AnIllness(Mild).After(Reclassify(AnIllness(Mild), Severe, by: Approver)));
        RefuseClaimHandler.Handle(new RefuseClaim(TheClaim, "不属于保障责任"), claim, AnEnrolledTruckDriver(), Approver, Today)
            .IsRefused(Refuse.FourEyes);
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(10_000), "同意"),
            new(claim, AnEnrolledTruckDriver(), null, Version), [ThePayout], Approver, Today).IsRefused(Refuse.FourEyes);
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(10_000), "同意"), new(claim, AnEnrolledTruckDriver(), null, Version),
            [ThePayout], Approver with { Id = "sample-approver-2" }, Today).The<ClaimApproved>();
    }

    [Fact]
    public void A_claim_from_before_deadlines_were_kept_goes_on_without() =>
        Assert.Null(Reclassify(AClaimWithAllPapers(), Severe).The<ClaimReclassified>().Deadline);

    [Fact]
    public void A_step_that_goes_on_wins_no_time()
    {
        var later = Day("2025-11-25");
        Assert.Equal(ATimedClaim().Deadline, Next(ATimedClaim(), GradeSeven, later));
        var complete = Complete(ATimedClaim(), Today);
        Assert.Equal(Deadline.For(ClaimStep.Assessment, Liangzhou, Today), Next(complete, GradeSeven, later));
    }

    [Fact]
    public void A_step_that_begins_has_all_its_time()
    {
        var later = Day("2025-11-25");
        var complete = Complete(ATimedClaim(), Today);
        var assessed = complete.After(Given.Assessed() with { Deadline = Deadline.For(ClaimStep.Decision, Liangzhou, Today) });
        Assert.Equal(Deadline.For(ClaimStep.Assessment, Liangzhou, later), Next(assessed, GradeSeven, later));
        Assert.Equal(Deadline.For(ClaimStep.Check, Liangzhou, later), Next(complete, Severe, later));
        Assert.Equal(Deadline.For(ClaimStep.Assessment, Liangzhou, later),
            Next(ATimedClaim().After(Received(1, "dischargeRecord")), Stay("2025-03-01"), later));
    }

    [Fact]
    public void A_paper_that_only_the_former_kind_needs_is_no_longer_asked_for()
    {
        var later = Day("2025-11-25");
        var asked = ATimedClaim().After(Received(0, "eventStatement"), Received(3, "accountProof"),
            Asking(["identityDocument", "disabilityCertificate", "deathCertificate"], added: ["deathCertificate"]));
        var corrected = asked.After(Reclassify(asked, Severe, on: later));
        Assert.Equal(["deathCertificate"], corrected.Asked);
        Assert.Equal(["diagnosisCertificate", "deathCertificate"], corrected.MissingDocuments);
        Assert.Equal(Deadline.For(ClaimStep.Check, Liangzhou, later), corrected.Deadline);   // one paper was not asked for
    }

    [Fact]
    public void The_claimant_goes_on_to_answer_where_all_that_is_missing_was_asked_for()
    {
        var asked = ATimedClaim().After(Asking(DisabilityPapers));
        Assert.Equal(Deadline.For(ClaimStep.Supplement, Liangzhou, Today), Next(asked, GradeSeven, Day("2025-11-25")));
    }

    [Fact]
    public void Where_nothing_that_was_asked_for_is_needed_the_clock_goes_on_with_what_was_left()
    {
        var complete = Complete(ATimedClaim().After(Received(8, "dischargeRecord")), Today);
        var asked = complete.After(
            Asking(["disabilityCertificate"], ["disabilityCertificate"]) with { Stopped = ClaimStep.Assessment, Left = 4 });
        Assert.Equal(
            Deadline.For(ClaimStep.Assessment, Liangzhou, Day("2025-11-25"), 4), Next(asked, Stay("2025-03-01"), Day("2025-11-25")));
    }

    [Fact]
    public void After_a_decision_that_stood_still_the_next_step_is_the_new_assessment()
    {
        var assessed = Complete(ATimedClaim(), Today)
            .After(Given.Assessed() with { Deadline = Deadline.For(ClaimStep.Decision, Liangzhou, Today) });
        var asked = assessed.After(
            Asking(["disabilityCertificate"], ["disabilityCertificate"]) with { Stopped = ClaimStep.Decision, Left = 3 });
        var corrected = asked.After(Reclassify(asked, GradeSeven, on: Day("2025-11-25")));
        Assert.Equal(asked.Deadline, corrected.Deadline);
        var answered = AddDocumentHandler.Handle(new AddDocument(TheClaim, "disabilityCertificate", "样例.pdf", Digest(21)), corrected,
            ATruckDriver(), new DocumentId(Id(221)), Officer, Day("2025-11-26")).The<DocumentReceived>();
        Assert.Equal(Deadline.For(ClaimStep.Assessment, Liangzhou, Day("2025-11-26")), answered.Deadline);
    }

    [Fact]
    public void The_list_says_what_the_claim_says_and_nothing_of_the_assessment_that_was()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        var nextDay = GradeSeven with { Date = IncidentDay.PlusDays(1) };
        world.Do(Officer, new ReclassifyClaim(claim, nextDay, "鉴定为七级")).The<ClaimReclassified>();
        var row = world.Stream(claim.Value).Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!;
        Assert.Equal((ClaimStatus.Submitted, nextDay.Date, 0, null, ClaimStep.Assessment),
            (row.Status, row.IncidentDate, row.MissingDocuments, row.AssessedAmount, row.Step));
        Assert.Null(world.Stream(claim.Value).Aggregate((AssessmentRow?)null, AssessmentBoard.Evolve));
        world.Do(Approver, new ApproveClaim(claim, Money.Yuan(48_000), "同意")).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_reclassification_has_its_reason_and_an_incident_that_agrees_with_itself()
    {
        Assert.Empty(new ReclassifyClaim(TheClaim, GradeSeven, "鉴定为七级").BrokenFields());
        Assert.Equal(["incident.grade", "reason"], new ReclassifyClaim(TheClaim, GradeSeven with { Grade = 11 }, "").BrokenFields());
    }

    private static PlanVersion Version => APlanWith(Card.Json()).Version(1)!;

    private static Incident Stay(string admitted, int days = 5) => new(IncidentKind.HospitalDays, Day(admitted),
        Admissions: [new Admission(Day(admitted), Day(admitted).PlusDays(days))]);

    private static Claim AClaim(Incident incident) =>
        StateOf<Claim>(Submitted(incident) with { RequiredDocuments = Card.Documents[incident.Kind] });

    private static Claim AnIllness(Incident incident) =>
        AClaim(incident).After(IllnessPapers.Select((kind, number) => Received(number, kind)));

    private static Claim Assessed(Claim claim) => claim.After(AssessClaimHandler.Handle(
        new AssessClaim(TheClaim), new(claim, AnEnrolledTruckDriver(), null, Version), Assessor, Today));

    private static Claim Complete(Claim claim, LocalDate on) => claim.After(AllPapers().SkipLast(1)).After(
        Received(3, DisabilityPapers[3]) with { Deadline = Deadline.For(ClaimStep.Assessment, Liangzhou, on) });

    private static SupplementRequested Asking(IReadOnlyList<string> kinds, IReadOnlyList<string>? added = null) =>
        new(kinds, added ?? [], null, Deadline.For(ClaimStep.Supplement, Liangzhou, Today), null, null, Officer.Id);

    private static Deadline? Next(Claim claim, Incident incident, LocalDate on) =>
        Reclassify(claim, incident, on: on).The<ClaimReclassified>().Deadline;

    private static Decision Reclassify(
        Claim claim, Incident incident, Enrolment? enrolment = null, Claim? death = null, Actor? by = null, LocalDate? on = null) =>
        ReclassifyClaimHandler.Handle(new ReclassifyClaim(TheClaim, incident, "诊断为重度"), claim,
            new IncidentRules(enrolment ?? AnEnrolledTruckDriver(), Card, ATruckDriver(), death), by ?? Officer, on ?? Today);
}
