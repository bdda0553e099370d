namespace ClaimsEngine.Specs;

/// <summary>Several benefits of one event in one go: each is asked what a single claim is asked, and all are stored or none.</summary>
public class ReportOccurrenceSpecs
{
    private static readonly ClaimantDetails TheDriver = new("陈样例", DriversNumber, Relation.Self, DriversAccountDetails);
    private static readonly ClaimantDetails AChild = new("李样例", RelativesNumber, Relation.Child, RelativesAccountDetails);

    private readonly World world = World.WithAProgramme();
    private readonly EnrolmentId first, second;

    public ReportOccurrenceSpecs()
    {
        world.Now = Instant.FromUtc(2025, 1, 2, 4, 0);   // before the accident, which else has a flag of its own
        first = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        second = Journey.UnderAnotherPlan(world);
        world.Now = Instant.FromUtc(2025, 11, 20, 4, 0);
    }

    [Fact]
    public void One_accident_is_claimed_under_two_plans_and_neither_claim_is_flagged()
    {
        var decision = Report(TheDriver, [new(first, GradeOneDisability), new(second, GradeOneDisability)]);
        var claims = decision.Events.OfType<ClaimSubmitted>().ToArray();
        Assert.Equal([first, second], claims.Select(claim => claim.Enrolment));
        Assert.All(claims, claim => Assert.Null(claim.Flags));
        var occurrence = decision.The<OccurrenceReported>();
        Assert.Equal(claims.Select(claim => claim.Claim), occurrence.Claims);
        Assert.All(claims, claim => Assert.Equal(occurrence.Occurrence, claim.Occurrence));
        Assert.Equal(2, world.All<BenefitAccount>().Single().Claims.Count);
    }

    [Fact]
    public async Task The_answer_shows_every_claim_of_the_report()
    {
        Report(TheDriver, [new(first, GradeOneDisability), new(second, GradeOneDisability)]).The<OccurrenceReported>();
        var view = await OccurrenceView.Of(Assert.Single(world.All<Occurrence>()), world);
        Assert.Equal([first, second], view.Claims.Select(claim => claim.EnrolmentId));
    }

    [Fact]
    public void A_death_and_an_earlier_disability_are_paid_to_the_child_and_to_the_member()
    {
        var decision = Report(
            AChild, [new(first, GradeOneDisability), new(second, DeathByAccident)], memberAccount: DriversAccountDetails);
        var (disability, death) = (decision.Events.OfType<ClaimSubmitted>().First(), decision.Events.OfType<ClaimSubmitted>().Last());
        var child = decision.The<PersonRegistered>().Person;
        Assert.Equal((child, death.Member), (death.Payee, disability.Payee));
        Assert.Equal(child, disability.Claimant);
    }

    [Fact]
    public void A_death_and_other_benefits_need_the_members_account_too() =>
        Report(AChild, [new(first, GradeOneDisability), new(second, DeathByAccident)])
            .IsRefused(Refuse.InvalidRequest, "memberAccount");

    [Fact]
    public void Where_one_benefit_is_refused_none_is_claimed_and_its_place_is_named()
    {
        Report(TheDriver, [new(first, GradeOneDisability), new(second, GradeOneDisability with { Date = Day("2027-01-01") })])
            .IsRefused(Refuse.IncidentInFuture, "benefits.1.incident.date");
        Assert.Empty(world.All<Claim>());
    }

    [Fact]
    public void A_certificate_that_is_not_there_is_named_by_its_place() =>
        Report(TheDriver, [new(first, GradeOneDisability), new(new EnrolmentId(Id(999)), GradeOneDisability)])
            .IsRefused(Refuse.UnknownEnrolment, "benefits.1.enrolmentId");

    [Fact]
    public void Two_benefits_of_one_report_do_not_claim_the_same() =>
        Report(TheDriver, [new(first, GradeOneDisability), new(first, GradeOneDisability)])
            .IsRefused(Refuse.DuplicateClaim, "benefits.1.incident.date");

    [Fact]
    public void A_benefit_that_is_claimed_already_refuses_the_report()
    {
        world.Do(Officer, new SubmitClaim(first, GradeOneDisability, TheDriver)).The<ClaimSubmitted>();
        Assert.Equal(Refuse.DuplicateClaim,
            Report(TheDriver, [new(second, GradeOneDisability), new(first, GradeOneDisability)]).Refusal!.Rule);
        Assert.Single(world.All<Claim>());
    }

    [Fact]
    public void All_certificates_are_one_members()
    {
        var other = world.Do(Officer, new Enrol(
            new PersonDetails("李样例", RelativesNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode))
            .The<EnrolmentStarted>().Enrolment;
        Report(TheDriver, [new(first, GradeOneDisability), new(other, GradeOneDisability)])
            .IsRefused(Refuse.SeveralMembers, "benefits.1.enrolmentId");
    }

    [Fact]
    public void One_benefit_is_no_report() =>
        Report(TheDriver, [new(first, GradeOneDisability)]).IsRefused(Refuse.InvalidRequest, "benefits");

    private Decision Report(
        ClaimantDetails claimant, IReadOnlyList<ClaimedBenefit> benefits, AccountDetails? memberAccount = null) =>
        world.Do(Officer, new ReportOccurrence(claimant, benefits, memberAccount));
}
