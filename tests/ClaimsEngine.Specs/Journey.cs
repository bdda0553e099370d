namespace ClaimsEngine.Specs;

/// <summary>The first steps of the main path, for specs that begin further on.</summary>
public static class Journey
{
    public static readonly PersonDetails TheDriver = new("陈样例", DriversNumber, Occupation.Of("truckDriver"), Liangzhou);

    public static ClaimId ToAClaimWithAllPapers(World world, Incident? incident = null, EnrolmentId? enrolment = null)
    {
        enrolment ??= world.Do(Officer, new Enrol(TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        var claim = world.Do(Officer, new SubmitClaim(enrolment.Value, incident ?? GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>().Claim;
        foreach (var kind in DisabilityPapers)
            world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        return claim;
    }

    /// <summary>The driver is dead. His wife claims, for herself and two other heirs.</summary>
    public static ClaimId ToADeathWithAllPapers(World world, EnrolmentId enrolment)
    {
        var claim = world.Do(Officer, new SubmitClaim(enrolment, DeathByAccident, HeirsSpecs.AsWife, HeirsSpecs.Three))
            .The<ClaimSubmitted>().Claim;
        foreach (var kind in world.All<Claim>().Single(own => own.Id == claim).MissingDocuments)
            world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        return claim;
    }

    /// <summary>Enrols the driver directly under a plan, the day before cover begins.</summary>
    public static Enrolment UnderAPlan(World world, string plan, LocalDate coverFrom, Enrol? asked = null)
    {
        world.Now = coverFrom.PlusDays(-1).AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant();
        var id = world.Do(Officer, (asked ?? new Enrol(TheDriver)) with { Plan = plan }).The<EnrolmentStarted>().Enrolment;
        return world.All<Enrolment>().Single(enrolment => enrolment.Id == id);
    }

    /// <summary>Enrols the driver once more, under another plan of the same benefits with a programme of its own.</summary>
    public static EnrolmentId UnderAnotherPlan(World world)
    {
        const string Other = "sample-other";
        world.Publish(Other, 1, new LocalDate(2025, 1, 1), ACard());
        world.Do(PlanAdmin, new OpenProgramme(
            Other, Other, "甘肃省总工会", 10, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), [Gansu],
            [Occupation.Of("truckDriver")], [new FundingShare("甘肃省总工会", CardReading.OfRecord(ACard()).Prices![0].PerUnit)]))
            .The<ProgrammeOpened>();
        return world.Do(Officer, new Enrol(TheDriver, Other)).The<EnrolmentStarted>().Enrolment;
    }

    /// <summary>Submitted by the officer of Liangzhou with all its papers a month after the incident or later, assessed by the officer of
    /// Wuwei.</summary>
    public static ClaimAssessed ToAnAssessment(World world, EnrolmentId enrolment, Incident incident, out ClaimId claim)
    {
        world.Now = Instant.Max(world.Now, incident.LastDay.PlusDays(30).AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant());
        var id = world.Do(Officer, new SubmitClaim(enrolment, incident,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>().Claim;
        foreach (var kind in world.All<Claim>().Single(own => own.Id == id).MissingDocuments)
            world.Do(Officer, new AddDocument(id, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        claim = id;
        return world.Do(Assessor, new AssessClaim(id)).The<ClaimAssessed>();
    }

    public static World ToAnApprovedClaim(out PayoutId payout)
    {
        var world = World.WithAProgramme();
        var claim = ToAClaimWithAllPapers(world);
        world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        payout = world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).The<PayoutOrdered>().Payout;
        return world;
    }
}
