namespace ClaimsEngine.Specs;

/// <summary>Another place takes a claim in, and the home office decides it (workflow.md, 2).</summary>
public class AssistedClaimSpecs
{
    private static readonly ClaimantDetails TheDriver = new("陈样例", DriversNumber, Relation.Self, DriversAccountDetails);
    private static readonly Actor InKunming = new("sample-officer-kunming", [Role.Officer], RegionCode.Of("5301"));

    private readonly World world = World.WithAProgramme();
    private readonly string certificate;

    public AssistedClaimSpecs() =>
        certificate = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().CertificateNumber;

    [Fact]
    public void The_claim_is_the_home_offices_and_names_the_office_that_assists()
    {
        var submitted = TakeIn().The<ClaimSubmitted>();
        Assert.Equal((Liangzhou, RegionCode.Of("5301"), InKunming.Id), (submitted.Region, submitted.Assisting!.Value, submitted.By));
    }

    [Fact]
    public void The_assisting_office_passes_papers_and_wishes_on()
    {
        var claim = TakeIn().The<ClaimSubmitted>().Claim;
        world.Do(InKunming, new AddDocument(claim, DisabilityPapers[0], "样例.pdf", Digest(1))).The<DocumentReceived>();
        world.Do(InKunming, new WithdrawClaim(claim, "申领人撤回")).The<ClaimWithdrawn>();
    }

    [Fact]
    public void Only_the_home_office_assesses_and_decides()
    {
        var claim = TakeIn().The<ClaimSubmitted>().Claim;
        foreach (var kind in DisabilityPapers)
            world.Do(InKunming, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        world.Do(InKunming, new AssessClaim(claim)).IsRefused(Refuse.DecidedAtHome, null);
        var amount = world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>().Amount;
        world.Do(InKunming with { Roles = [Role.Approver] }, new ApproveClaim(claim, amount, "同意")).IsRefused(Refuse.DecidedAtHome, null);
        world.Do(Approver, new ApproveClaim(claim, amount, "同意")).The<ClaimApproved>();
    }

    [Fact]
    public void Another_office_sees_nothing_of_it()
    {
        var claim = TakeIn().The<ClaimSubmitted>().Claim;
        world.Do(InKunming with { Region = RegionCode.Of("6101") }, new AssessClaim(claim)).IsRefused(Refuse.NoSuch, null);
    }

    [Fact]
    public void At_the_assisting_office_those_who_handle_cases_see_it_and_finance_does_not()
    {
        var claim = StateOf<Claim>([Submitted() with { Assisting = InKunming.Region }]);
        foreach (var (role, sees) in ((Role, bool)[])
            [(Role.Officer, true), (Role.Approver, true), (Role.Auditor, true), (Role.Finance, false), (Role.Operator, false)])
            Assert.Equal(sees, (InKunming with { Roles = [role] }).Sees(claim));
        Assert.True((InKunming with { Roles = [Role.Finance], Region = Gansu }).Sees(claim));
    }

    [Theory]
    [InlineData("number")]
    [InlineData("name")]
    [InlineData("identity number")]
    public void Whatever_does_not_fit_the_answer_is_the_same(string wrong)
    {
        var decision = TakeIn(
            wrong == "number" ? "HB00-000000-AAAAAAAA" : certificate,
            new NamedMember(wrong == "name" ? "陈例样" : "陈样例", wrong == "identity number" ? RelativesNumber : DriversNumber));
        decision.IsRefused(Refuse.UnknownEnrolment, "certificateNumber");
        Assert.Equal("no certificate has this number, name and identity number together", decision.Refusal!.Detail);
    }

    [Fact]
    public void At_home_it_is_a_claim_like_any_other()
    {
        var submitted = TakeIn(by: Officer).The<ClaimSubmitted>();
        Assert.Null(submitted.Assisting);
    }

    private Decision TakeIn(string? number = null, NamedMember? member = null, Actor? by = null) => world.Do(by ?? InKunming,
        new SubmitAssistedClaim(number ?? certificate, member ?? new NamedMember("陈样例", DriversNumber), GradeOneDisability, TheDriver));
}
