namespace ClaimsEngine.Specs;

public class ApplicantSpecs
{
    private readonly World world = World.WithAProgramme();

    private static readonly ClaimantDetails TheDriver = new("陈样例", DriversNumber, Relation.Self, DriversAccountDetails);

    [Theory]
    [InlineData(ApplicantKind.Member, Relation.Self, true)]
    [InlineData(ApplicantKind.Member, Relation.Child, false)]
    [InlineData(ApplicantKind.Relative, Relation.Child, true)]
    [InlineData(ApplicantKind.Relative, Relation.Self, false)]
    [InlineData(ApplicantKind.Officer, Relation.Self, true)]
    [InlineData(ApplicantKind.Officer, Relation.Child, true)]
    public void Who_comes_with_a_claim_fits_the_claimant(ApplicantKind kind, Relation relation, bool fits)
    {
        var claimant = relation == Relation.Self ? TheDriver : new ClaimantDetails("李样例", RelativesNumber, relation, DriversAccountDetails);
        var decision = Submit(new Applicant(kind), claimant);
        if (fits) Assert.Equal(kind, decision.The<ClaimSubmitted>().Applicant);
        else decision.IsRefused(Refuse.RelationMismatch, "applicant.kind");
    }

    [Fact]
    public async Task The_employers_agent_is_named_in_the_members_stream_and_nowhere_else()
    {
        var decision = Submit(new Applicant(ApplicantKind.Agent, "王样例", "000-0000-0009"));
        var submitted = decision.The<ClaimSubmitted>();
        Assert.Equal(new AgentNamed(submitted.Claim, "王样例", "000-0000-0009", Officer.Id), decision.The<AgentNamed>());
        Assert.DoesNotContain("王样例", System.Text.Json.JsonSerializer.Serialize(submitted, ClaimsJson.Options));
        var view = await ClaimView.Of(Assert.Single(world.All<Claim>()), world);
        Assert.Equal(new ApplicantView(ApplicantKind.Agent, "王样例", "000-0000-0009"), view.Applicant);
    }

    [Fact]
    public void An_agent_has_a_name() =>
        Submit(new Applicant(ApplicantKind.Agent)).IsRefused(Refuse.InvalidRequest, "applicant.name");

    [Fact]
    public void A_member_is_not_named_twice() =>
        Submit(new Applicant(ApplicantKind.Member, "陈样例")).IsRefused(Refuse.InvalidRequest, "applicant.name");

    private Decision Submit(Applicant applicant, ClaimantDetails? claimant = null) => world.Do(Officer, new SubmitClaim(
        world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment, GradeOneDisability,
        claimant ?? TheDriver, Applicant: applicant));
}
