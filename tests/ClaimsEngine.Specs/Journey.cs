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
        foreach (var kind in DisabilityPapers) world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        return claim;
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
